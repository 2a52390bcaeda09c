"""Matrix: which of several versions of a document has which part of a client."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from typing import NamedTuple

from vcgen import ir, pipeline
from vcgen.comparing.changes import Comparison
from vcgen.comparing.changes.reach import Reach
from vcgen.comparing.changes.view import View
from vcgen.comparing.declarations import translated
from vcgen.comparing.sides import Side
from vcgen.config import ClientConfig
from vcgen.errors import SpecError
from vcgen.reading.opened import Opened
from vcgen.records import Record


class Row(Record):
    """A part of a client.

    Attributes:
        kind: `operation`, `property` or `value`.
        name: What it is in the document of the client.
        there: Whether each of the versions has it; None if that cannot be read.
    """

    kind: str
    name: str
    there: tuple[bool | None, ...]


_Part = tuple[str, str]


class _Column(NamedTuple):
    """What a version has of a client, and what cannot be told of it."""

    there: set[_Part]
    unreadable: set[_Part]

    def tells(self, part: _Part) -> bool | None:
        return None if part in self.unreadable else part in self.there


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
        Row(*part, tuple(column.tells(part) for column in columns))
        for part in _parts(package, {node.name: node for node in package.definitions})
    ]


def _column(
    client: ClientConfig,
    package: ir.Package,
    base: Side,
    source: pipeline.Selection,
    version: Opened,
) -> _Column:
    """Return the parts of a client that a version of its document has."""
    side = Side(version)
    places = {key.name: place for place, key in base.keys.items()}
    # The names of the operations here by what the version calls them.
    names: dict[str, str] = {}
    unreadable: set[str] = set()
    for key in source.slice.operations:
        if there := side.same(places[key.name], base):
            names[side.keys[there].name] = key.name
        elif side.hides(places[key.name], base):
            unreadable.add(key.name)
    found = {("operation", name) for name in names.values()}
    unknown = {("operation", name) for name in unreadable}
    known_there = translated(client, side, base)
    other, refused = _package(known_there, version, [*names])
    unreadable |= {names[name] for name in refused}
    both = Comparison(package, other or package)
    known = {node.name: node for node in other.definitions} if other else {}
    matched = {old: known[new] for old, new in both.classes.items() if new in known}
    found |= {part for part in _parts(package, matched) if part[0] != "operation"}
    needed = {node.name: node for node in _used(both.old, unreadable) if node.name not in matched}
    unknown |= {part for part in _parts(package, needed) if part[0] != "operation"}
    return _Column(found, unknown)


def _package(
    client: ClientConfig, version: Opened, names: Sequence[str]
) -> tuple[ir.Package | None, Sequence[str]]:
    """Return what can be generated of some operations, and which of them cannot be."""
    if not names:
        return None, ()
    wanted = client._replace(operations=tuple(names), keep_going=True, strict=False)
    try:
        selection = pipeline.cut(wanted, version)
    except SpecError:
        return None, names
    return pipeline.build(selection), [one.operation for one in selection.refused]


def _used(view: View, operations: Container[str]) -> Iterator[ir.Definition]:
    """Yield the classes that some operations send or receive."""
    methods = {one.name for one in view.methods if one.operation.key in operations}
    reach = Reach(view) if methods else None
    for node in view.package.definitions:
        if reach and not methods.isdisjoint(reach.users(node.name)):
            yield node


def _parts(package: ir.Package, there: Mapping[str, ir.Definition]) -> Iterator[_Part]:
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
