"""The classes of the package: who has which name, and in which order they are written."""

from __future__ import annotations

from dataclasses import replace

from generator import ir
from generator.building.context import Context, component_of


class Registry:
    """The classes made so far, by name."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._made: dict[str, dict[str, ir.Definition]] = {}
        self._order: dict[str, tuple[int, ...]] = {}
        names = context.components.schemas or {}
        self._index = {name: index for index, name in enumerate(names)}

    def define(self, definition: ir.Definition, pointer: str) -> None:
        """Add the class that the schema at `pointer` becomes."""
        component = component_of(pointer)[1].split("/")[0] if "#/components" in pointer else ""
        index = self._index.get(component, len(self._index))
        self._order.setdefault(definition.name, (index, pointer.count("/"), len(self._order)))
        self._made.setdefault(definition.name, {})[pointer] = definition

    def get(self, name: str) -> ir.Definition | None:
        """Return the class of that name, or None."""
        return next(iter(self._made.get(name, {}).values()), None)

    def struct(self, type_: ir.Type) -> ir.Struct | None:
        """Return the object class that `type_` is, or None."""
        found = self.get(type_.name) if type_.kind is ir.TypeKind.CLASS else None
        return found if isinstance(found, ir.Struct) else None

    def definitions(self) -> tuple[ir.Definition, ...]:
        """Return every class, in the order of the document, bases before what extends them.

        Two schemas of one name and one structure are one class; of two structures, they clash.
        """
        ordered: dict[str, ir.Definition] = {}
        for name in sorted(self._made, key=lambda name: self._order[name]):
            self._check(name)
            self._add_after_base(name, ordered)
        return tuple(ordered.values())

    def _add_after_base(self, name: str, ordered: dict[str, ir.Definition]) -> None:
        definition = next(iter(self._made[name].values()))
        if isinstance(definition, ir.Struct) and definition.base in self._made:
            self._add_after_base(definition.base, ordered)
        ordered.setdefault(name, definition)

    def _check(self, name: str) -> None:
        (_, first), *others = self._made[name].items()
        for pointer, other in others:
            if _structure(other) == _structure(first):
                continue
            one, two = first.spec_name, other.spec_name
            self._context.refuse(
                pointer,
                f'schemas "{one}" and "{two}" both become the class {name}',
                f'name one in the configuration: rename.schemas."{two}" = "..."',
            )


def _structure(definition: ir.Definition) -> ir.Definition:
    """Return what makes a class what it is, whatever it is called and described as."""
    bare = replace(definition, spec_name="", doc="")
    if isinstance(bare, ir.Struct):
        return replace(bare, fields=tuple(replace(field, doc="") for field in bare.fields))
    if isinstance(bare, ir.EnumClass):
        return replace(bare, members=tuple(replace(member, doc="") for member in bare.members))
    return bare
