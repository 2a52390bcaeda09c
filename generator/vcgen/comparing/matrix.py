"""Matrix: which of several versions of a document has which part of a client."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from vcgen import ir, pipeline
from vcgen.comparing.changes import Comparison
from vcgen.comparing.documents import Side
from vcgen.config import ClientConfig
from vcgen.errors import SpecError
from vcgen.reading.opened import Opened


@dataclass(frozen=True)
class Row:
    """A part of a client.

    Attributes:
        kind: `operation`, `property` or `value`.
        name: What it is in the document of the client.
        there: Whether each of the versions has it.
    """

    kind: str
    name: str
    there: tuple[bool, ...]


def matrix(client: ClientConfig, whole: Opened, versions: Sequence[Opened]) -> list[Row]:
    """Return each operation, property and value of a client, and which versions have it.

    Args:
        client: The client.
        whole: What it is generated from.
        versions: The versions.

    Raises:
        SpecError: The client cannot be generated.
    """
    source = pipeline.cut(client, whole)
    package = pipeline.build(source)
    base = Side(whole)
    columns = [_column(client, package, base, source, one) for one in versions]
    return [
        Row(kind, name, tuple((kind, name) in column for column in columns))
        for kind, name in _parts(package, {node.name: node for node in package.definitions})
    ]


def _column(
    client: ClientConfig,
    package: ir.Package,
    base: Side,
    source: pipeline.Selection,
    version: Opened,
) -> set[tuple[str, str]]:
    """Return the parts of a client that a version of its document has."""
    side = Side(version)
    places = {key.name: place for place, key in base.keys.items()}
    found: set[tuple[str, str]] = set()
    names: list[str] = []
    for key in source.slice.operations:
        if there := side.same(places[key.name], base):
            found.add(("operation", key.name))
            names.append(side.keys[there].name)
    if not names:
        return found
    wanted = replace(client, operations=tuple(names), keep_going=True, strict=False)
    try:
        other = pipeline.build(pipeline.cut(wanted, version))
    except SpecError:
        return found  # what it has cannot be told, but for the operations
    both = Comparison(package, other)
    known: Mapping[str, ir.Definition] = {node.name: node for node in other.definitions}
    matched = {old: known[new] for old, new in both.classes.items() if new in known}
    return found | {part for part in _parts(package, matched) if part[0] != "operation"}


def _parts(package: ir.Package, there: Mapping[str, ir.Definition]) -> Iterator[tuple[str, str]]:
    """Yield the parts of a package that some classes have, which are its own by their names."""
    for resource in package.resources:
        for operation in resource.operations:
            yield "operation", operation.key
    for node in package.definitions:
        other = there.get(node.name)
        if isinstance(node, ir.Struct) and isinstance(other, ir.Struct):
            fields = {field.spec_name for field in other.fields}
            for field in node.fields:
                if field.spec_name in fields:
                    yield "property", f"{node.spec_name}.{field.spec_name}"
        elif isinstance(node, ir.EnumClass) and isinstance(other, ir.EnumClass):
            values = {member.value for member in other.members}
            for member in node.members:
                if member.value in values:
                    yield "value", f"{node.spec_name}: {member.value}"
