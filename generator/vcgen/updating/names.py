"""Names that survive an update: what the new document would call otherwise keeps its old name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from vcgen import ir
from vcgen.comparing.changes import Comparison
from vcgen.comparing.changes.pairing import pair_arguments
from vcgen.comparing.changes.view import View
from vcgen.comparing.report import Name
from vcgen.config import ClientConfig, Renames
from vcgen.records import Record


class Names(Record):
    """The names that callers use and the new document would not give.

    Attributes:
        kept: Those that the configuration can keep.
        lost: Those that nothing can keep, because the new document needs them for something else.
    """

    kept: tuple[Name, ...]
    lost: tuple[Name, ...]


def names_to_keep(both: Comparison, tables: Sequence[str]) -> Names:
    """Return the names of some kinds that callers use and the new document would not give."""
    new = both.new.package
    given: Mapping[str, frozenset[str]] = {
        "tags": frozenset(resource.attribute for resource in new.resources),
        "schemas": frozenset(node.name for node in new.definitions),
        "operations": frozenset(method.name for method in both.new.methods),
    }
    kept: list[Name] = []
    lost: list[Name] = []
    for table in tables:
        names = list(_WANTED[table](both))
        # A name is free again where its new owner gets another one, too.
        taken = given.get(table, frozenset()) - {name.afresh for name in names}
        for name in names:
            (lost if name.kept in taken else kept).append(name)
    return Names(tuple(kept), tuple(lost))


def without(client: ClientConfig, entries: Iterable[tuple[str, str]]) -> ClientConfig:
    """Return a client whose configuration goes without some entries."""
    tables = {table: dict(names) for table, names in client.renames._asdict().items()}
    for table, key in entries:
        del tables[table][key]
    made = {table: MappingProxyType(entries) for table, entries in tables.items()}
    return client._replace(renames=Renames(**made))


def with_names(client: ClientConfig, names: Iterable[Name], both: Comparison) -> ClientConfig:
    """Return a client whose configuration keeps names; entries that they replace are gone."""
    tables = {table: dict(names) for table, names in client.renames._asdict().items()}
    known = ir.spec_names(both.new.package)
    carried = {(name.table, name.kept): name.spec_name for name in names}
    for name in names:
        tables[name.table][name.spec_name] = name.kept
    for table, entries in tables.items():
        there = known[table]
        for key, kept in list(entries.items()):
            if carried.get((table, kept), key) != key and key not in there:
                del entries[key]
    made = {table: MappingProxyType(entries) for table, entries in tables.items()}
    return client._replace(renames=Renames(**made))


def with_labels(client: ClientConfig, view: View, apart: frozenset[str]) -> ClientConfig:
    """Return a client that says what the schemas are called that could not share a name.

    Then they keep it, even where the documents come to agree.
    """
    found = {
        node.spec_name: node.name
        for node in view.package.definitions
        if node.spec_name in apart and node.spec_name not in client.renames.schemas
    }
    if not found:
        return client
    schemas = MappingProxyType({**client.renames.schemas, **found})
    return client._replace(renames=client.renames._replace(schemas=schemas))


def _tags(both: Comparison) -> Iterator[Name]:
    """Yield the resources whose methods were on another attribute, or most of them."""
    homes: dict[str, Counter[str]] = {}
    for one, other in both.methods:
        homes.setdefault(other.resource.spec_name, Counter())[one.resource.attribute] += 1
    given: set[str] = set()
    for resource in both.new.package.resources:
        counted = homes.get(resource.spec_name, Counter()).most_common(1)
        attribute = counted[0][0] if counted else resource.attribute
        if attribute != resource.attribute and attribute not in given:
            given.add(attribute)
            yield Name("tags", resource.spec_name, attribute, resource.attribute)


def _operations(both: Comparison) -> Iterator[Name]:
    """Yield the methods with another name, or on another attribute, than they had."""
    for one, other in both.methods:
        names = one.name, other.name
        if one.resource.attribute == other.resource.attribute:
            names = one.operation.name, other.operation.name
        if names[0] != names[1]:
            yield Name("operations", other.operation.key, *names)


def _classes(both: Comparison) -> Iterator[Name]:
    """Yield the classes with another name; a base and the union of its subtypes are one schema."""
    classes = both.new.classes
    bases = {node.spec_name for node in classes.values() if isinstance(node, ir.Struct)}
    for old, new in both.classes.items():
        node = classes[new]
        if old != new and not (isinstance(node, ir.UnionClass) and node.spec_name in bases):
            yield Name("schemas", node.spec_name, old, new)


def _fields(both: Comparison) -> Iterator[Name]:
    for old, new in both.classes.items():
        one, other = both.old.classes[old], both.new.classes[new]
        if not (isinstance(one, ir.Struct) and isinstance(other, ir.Struct)):
            continue
        known = both.old.fields(one)
        for field in other.fields:
            before = known.get(field.spec_name)
            if before is not None and before.name != field.name:
                yield Name(
                    "properties", f"{other.spec_name}.{field.spec_name}", before.name, field.name
                )


def _parameters(both: Comparison) -> Iterator[Name]:
    """Yield the arguments that had another name wherever their parameter is one of theirs."""
    found: dict[str, Counter[tuple[str, str]]] = {}
    for one, other in both.methods:
        for old, new in pair_arguments(one, other):
            key = f"{new.location}.{new.spec_name}"
            found.setdefault(key, Counter())[old.name, new.name] += 1
    for key, names in found.items():
        if len({kept for kept, _ in names}) == 1:
            kept, afresh = next(iter(names))
            if kept != afresh:
                yield Name("parameters", key, kept, afresh)


_WANTED: Mapping[str, Callable[[Comparison], Iterator[Name]]] = {
    "tags": _tags,
    "operations": _operations,
    "schemas": _classes,
    "properties": _fields,
    "parameters": _parameters,
}
