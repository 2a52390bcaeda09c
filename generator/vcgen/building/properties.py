"""Properties: what a path such as `messages.id` leads to, from a type of the package."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from vcgen import ir
from vcgen.building.tables import Place
from vcgen.building.unions import join
from vcgen.errors import did_you_mean
from vcgen.records import Record

_CHECKED = {"str": str, "int": int, "float": int | float, "bool": bool}


class Found(Record):
    """What a path leads to.

    Attributes:
        path: The fields on the way; keys, where it leads through a map.
        type: The type of what is there.
    """

    path: tuple[str, ...]
    type: ir.Type


class Properties:
    """The properties of the classes of a package."""

    def __init__(self, definitions: Iterable[ir.Definition]) -> None:
        self._nodes = {node.name: node for node in definitions}

    def find(self, type_: ir.Type, path: str, place: Place) -> Found:
        """Return what a path leads to; it goes through each item of a list.

        Raises:
            SpecError: There is no such property.
        """
        parts = path.split(".")
        found = list(self._walk(type_, parts))
        if not found:
            raise self._missing(type_, parts, place)
        ways = dict.fromkeys(one.path for one in found)
        if len(ways) > 1:
            names = " and ".join(".".join(way) for way in ways)
            message = f'the property "{path}" has several names in Python: {names}'
            raise place.problem(
                message, "give it the same name in each schema, in rename.properties"
            )
        return Found(next(iter(ways)), join(one.type for one in found))

    def _walk(self, type_: ir.Type, parts: list[str]) -> Iterator[Found]:
        if not parts:
            yield Found((), type_)
            return
        for one in self._insides(type_):
            if isinstance(one, ir.Struct):
                fields = self.fields_of(one)
                # A name of the document may have dots itself.
                for size in range(len(parts), 0, -1):
                    if field := fields.get(".".join(parts[:size])):
                        for rest in self._walk(field.type, parts[size:]):
                            yield Found((field.name, *rest.path), rest.type)
                        break
            elif one == ir.ANY:
                yield Found(tuple(parts), ir.ANY)
            elif one.kind is ir.TypeKind.MAP:
                for rest in self._walk(one.arguments[0], parts[1:]):
                    yield Found((parts[0], *rest.path), rest.type)

    def _insides(self, type_: ir.Type) -> Iterator[ir.Struct | ir.Type]:
        """Yield the objects and maps that a type may be, those in lists included."""
        for one in type_.alternatives:
            node = self._nodes.get(one.name) if one.kind is ir.TypeKind.CLASS else None
            if isinstance(node, ir.Struct):
                yield node
            elif isinstance(node, ir.UnionClass):
                for inner in node.types:
                    yield from self._insides(inner)
            elif one.kind is ir.TypeKind.LIST:
                yield from self._insides(one.arguments[0])
            elif one.kind is ir.TypeKind.MAP or one == ir.ANY:
                yield one

    def top_level(self, type_: ir.Type) -> list[ir.Field]:
        """Return the fields of an object; none for anything else."""
        nodes = [self._nodes.get(one.name) for one in type_.alternatives if one != ir.NONE]
        alone = nodes[0] if len(nodes) == 1 else None
        return [*self.fields_of(alone).values()] if isinstance(alone, ir.Struct) else []

    def near(self, type_: ir.Type) -> Iterator[tuple[tuple[str, ...], ir.Field]]:
        """Yield the fields of an object, then those of the objects in it, by their spec names."""
        top = self.top_level(type_)
        for field in top:
            yield (field.spec_name,), field
        for field in top:
            for inner in self.top_level(field.type):
                yield (field.spec_name, inner.spec_name), inner

    def fields_of(self, struct: ir.Struct) -> dict[str, ir.Field]:
        """Return the fields of an object, those that it inherits included, by their spec names."""
        base = self._nodes.get(struct.base)
        inherited = self.fields_of(base) if isinstance(base, ir.Struct) else {}
        return {**inherited, **{field.spec_name: field for field in struct.fields}}

    def _missing(self, type_: ir.Type, parts: list[str], place: Place) -> Exception:
        """Return what is wrong about a path: its first part that leads nowhere."""
        size = next(n for n in range(1, len(parts) + 1) if not list(self._walk(type_, parts[:n])))
        known: dict[str, None] = {}
        for found in self._walk(type_, parts[: size - 1]):
            for one in self._insides(found.type):
                if isinstance(one, ir.Struct):
                    known.update(dict.fromkeys(self.fields_of(one)))
        name = parts[size - 1]
        listed = f"the properties are: {', '.join(known)}" if known else "it has no properties"
        hint = did_you_mean(name, known, listed)
        where = f' of "{".".join(parts[: size - 1])}"' if size > 1 else ""
        return place.problem(f'there is no property "{name}"{where}', hint)

    def check_value(self, type_: ir.Type, value: object, place: Place) -> None:
        """Refuse a value that a type does not have.

        Raises:
            SpecError: It has no such value.
        """
        values: list[str | int] = []
        for one in self._scalars(type_):
            node = self._nodes.get(one.name)
            if isinstance(node, ir.EnumClass):
                values += [member.value for member in node.members]
            elif one == ir.ANY or _fits(one, value):
                return
        if value in values:
            return
        listed = "the property has no plain values"
        if values:
            listed = f"the values are: {', '.join(map(str, values))}"
        elif kinds := [one.name for one in self._scalars(type_) if one.name in _CHECKED]:
            listed = f"its type is {' or '.join(kinds)}"
        hint = did_you_mean(str(value), map(str, values), listed)
        shown = f'"{value}"' if isinstance(value, str) else str(value).lower()
        raise place.problem(f"the property has no value {shown}", hint)

    def _scalars(self, type_: ir.Type) -> Iterator[ir.Type]:
        """Yield what a type may be, those in lists included."""
        for one in type_.alternatives:
            node = self._nodes.get(one.name)
            inner = one.arguments[:1] if one.kind is ir.TypeKind.LIST else ()
            for other in node.types if isinstance(node, ir.UnionClass) else inner:
                yield from self._scalars(other)
            if not inner:
                yield one


def _fits(type_: ir.Type, value: object) -> bool:
    kind = _CHECKED.get(type_.name)
    if kind is None or (isinstance(value, bool) and kind is not bool):
        return False
    return isinstance(value, kind)
