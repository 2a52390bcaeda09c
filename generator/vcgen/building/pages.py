"""Pages: what is declared of them is checked against the types, and becomes methods."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vcgen import ir
from vcgen.building.context import Context
from vcgen.building.declared import Declared
from vcgen.building.located import LocatedOperation, located_operations
from vcgen.building.openapi import extension
from vcgen.building.properties import Found, Properties
from vcgen.building.tables import Place, Table
from vcgen.building.turns import turns_of
from vcgen.building.unions import without_none
from vcgen.errors import SpecError, did_you_mean
from vcgen.records import Record, replace
from vcgen.text import naming
from vcgen.text.clashes import Claim, settle

EXTENSION = "x-vcgen-pages"

_WAYS = ("page", "offset", "cursor", "link", "url")
_KEYS = ("name", "off", "items", *_WAYS, "first", "next", "total", "more")
_VERBS = ("find", "get", "list", "query", "read", "search")
_NUMBERS = frozenset({"int", "float", "Decimal"})


class _Turn(Record):
    """What leads to the next page: a class of the run-time and its arguments."""

    name: str
    facts: tuple[ir.Fact, ...] = ()


def with_pages(
    context: Context, resources: tuple[ir.Resource, ...], definitions: Iterable[ir.Definition]
) -> tuple[ir.Resource, ...]:
    """Return resources with iterators over what comes in pages."""
    maker = _Maker(Properties(definitions))
    tables = dict(_configured(context, resources))
    sources = {one.name: one for one in located_operations(context)}
    made: list[ir.Resource] = []
    for resource in resources:
        found: list[tuple[ir.Pages, bool]] = []
        for operation in resource.operations:
            source = sources[operation.key]
            try:
                table = tables.get(operation.key) or _of_document(source)
                if table is None:
                    found += ((one, False) for one in maker.found(context, source, operation))
                elif not table.values.get("off"):
                    found.append((maker.pages(table, operation), "name" in table))
            except SpecError as error:
                context.note(error)
        made.append(replace(resource, pages=_named(resource, found)))
    return tuple(made)


def _configured(context: Context, resources: Iterable[ir.Resource]) -> Iterator[tuple[str, Table]]:
    """Yield the tables of the configuration, by operation."""
    for table in context.options.pages:
        try:
            table.check_keys(("operation", *_KEYS))
            _, operation = Declared(table.text("operation"), table).target(resources)
            yield operation.key, table
        except SpecError as error:
            context.note(error)


def _of_document(source: LocatedOperation) -> Table | None:
    """Return what the document says by our extension; `false` is that there are no pages."""
    declared: Any = extension(source.operation, EXTENSION)
    place = Place(f"{source.pointer}/{EXTENSION}")
    if declared is None:
        return None
    if declared is False:
        return Table({"off": True}, place)
    if not isinstance(declared, Mapping):
        raise place.problem("must be an object, or false", "write `{page: pageNumber, first: 1}`")
    table = Table(declared, place)
    table.check_keys(_KEYS)
    return table


def _named(resource: ir.Resource, found: list[tuple[ir.Pages, bool]]) -> tuple[ir.Pages, ...]:
    """Return iterators with names that nothing else of a resource has."""
    taken = [one.name for one in resource.operations]
    taken += [one.name for one in resource.waiters]
    claims = [
        Claim(
            pages.operation.name,
            (pages.name,) if is_fixed else _names(pages.operation.name),
            is_fixed=is_fixed,
        )
        for pages, is_fixed in found
    ]
    names = settle(claims, taken)
    return tuple(replace(one, name=name) for (one, _), name in zip(found, names, strict=True))


def _names(name: str) -> tuple[str, ...]:
    """Return what an iterator may be called, the best first: `list` is `iterate`."""
    verb, _, rest = name.partition("_")
    short = "_".join(filter(None, ("iterate", rest if verb in _VERBS else name)))
    return short, f"iterate_{name}", f"iterate_pages_of_{name}"


class _Maker:
    """Makes iterators of what is declared."""

    def __init__(self, properties: Properties) -> None:
        self._properties = properties

    def found(
        self, context: Context, source: LocatedOperation, operation: ir.Operation
    ) -> Iterator[ir.Pages]:
        """Yield the iterator that an operation has though nobody declared it to us, if any."""
        for values in turns_of(context, source, operation, self._properties):
            try:
                yield self.pages(Table(values, Place(source.pointer)), operation)
            except SpecError:
                continue  # what others mean by their extensions is not ours to refuse
            return

    def pages(self, table: Table, operation: ir.Operation) -> ir.Pages:
        """Return the iterator for an operation.

        Raises:
            SpecError: What is declared does not fit the document.
        """
        name = table.text("name", "")
        if name and not naming.is_identifier(name):
            raise table.problem(
                "name", f'"{name}" cannot be the name of a method', "use snake_case"
            )
        ways = [way for way in _WAYS if way in table]
        if len(ways) != 1:
            hint = f"write one of {', '.join(f'`{way}`' for way in _WAYS)}"
            raise table.place.problem("does not name what leads to the next page", hint)
        items, item = self._items(table, operation)
        turn = self._turn(ways[0], table, operation)
        return ir.Pages(
            name=name,
            operation=operation,
            item=item,
            items=items,
            turn=turn.name,
            facts=turn.facts,
            doc=f"Iterate over the items of all pages of `{operation.name}`.",
        )

    def _items(self, table: Table, operation: ir.Operation) -> tuple[tuple[str, ...], ir.Type]:
        """Return the fields that lead to the items of a page, and the type of one."""
        if "items" in table:
            found = [self._path(table, "items", operation)]
        else:
            found = [Found((), operation.result)]
            if not _list_in(operation.result):
                found = self._lists(operation.result)
        lists = [(one.path, inner) for one in found if (inner := _list_in(one.type))]
        if len(lists) == 1:
            return lists[0]
        hint = 'write `items = "..."`, the property that holds the list'
        message = "there are several lists" if lists else "does not name a list"
        raise table.problem("items", message, hint)

    def _lists(self, result: ir.Type) -> list[Found]:
        """Return the lists of an object, or else those of the objects in it."""
        top = self._properties.top_level(result)
        if lists := [Found((one.name,), one.type) for one in top if _is_public(one)]:
            return lists
        return [
            Found((outer.name, one.name), one.type)
            for outer in top
            for one in self._properties.top_level(outer.type)
            if _is_public(one)
        ]

    def _turn(self, way: str, table: Table, operation: ir.Operation) -> _Turn:
        match way:
            case "link":
                return _Turn("ByLink")
            case "url":
                return _Turn("ByUrl", (ir.Fact("path", self._path(table, "url", operation).path),))
            case "cursor":
                parameter = ir.Fact("parameter", _parameter(table, way, operation).spec_name)
                path = self._path(table, "next", operation).path
                return _Turn("ByCursor", (parameter, ir.Fact("path", path)))
        given = _parameter(table, way, operation)
        facts = [ir.Fact("parameter", given.spec_name)]
        for key, kinds in (("total", _NUMBERS), ("more", frozenset({"bool"}))):
            if key in table:
                found = self._path(table, key, operation)
                if not {one.name for one in without_none(found.type)} <= kinds:
                    what = "a number" if key == "total" else "true or false"
                    raise table.problem(key, f"is not {what}", "name another property")
                facts.append(ir.Fact(key, found.path))
        if way == "page":
            return _Turn("ByNumber", (*facts, ir.Fact("first", _first(table, given))))
        return _Turn("ByOffset", tuple(facts))

    def _path(self, table: Table, key: str, operation: ir.Operation) -> Found:
        return self._properties.find(operation.result, table.text(key), table.place.inside(key))


def _parameter(table: Table, key: str, operation: ir.Operation) -> ir.Parameter:
    """Return a query parameter that is declared to lead to a page."""
    name = table.text(key)
    known = {one.spec_name: one for one in operation.parameters if one.location == "query"}
    if name in known and known[name].style is None:
        return known[name]
    hint = did_you_mean(name, known, f"the query parameters are: {', '.join(known) or 'none'}")
    raise table.problem(key, f'there is no plain query parameter "{name}"', hint)


def _first(table: Table, parameter: ir.Parameter) -> int:
    """Return the number of the first page."""
    default = json.loads(parameter.default) if parameter.default else None
    first = table.values.get("first", default)
    if isinstance(first, bool) or not isinstance(first, int):
        message = "the document does not declare the number of the first page"
        raise table.problem("first", message, "write `first = 0` or `first = 1`")
    return first


def _list_in(type_: ir.Type) -> ir.Type | None:
    """Return the type of an item of a list, None for what is no list."""
    parts = without_none(type_)
    is_list = len(parts) == 1 and parts[0].kind is ir.TypeKind.LIST
    return parts[0].arguments[0] if is_list else None


def _is_public(field: ir.Field) -> bool:
    """Tell whether a list may be that of the items: `_links` is not."""
    return not field.spec_name.startswith("_") and _list_in(field.type) is not None
