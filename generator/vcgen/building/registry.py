"""The classes of the package: who has which name, and in which order they are written."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial

from vcgen import ir
from vcgen.building.context import Context, component_of


class Registry:
    """The classes made so far, by name, and those that are declared."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._made: dict[str, dict[str, ir.Definition]] = {}
        self._promised: dict[str, dict[str, Callable[[], None]]] = {}
        # What is being made, and waits for what is inside it.
        self._waiting: dict[str, dict[str, Callable[[], None]]] = {}
        self._objects: set[str] = set()
        self._seen: set[tuple[str, str]] = set()
        self._order: dict[str, tuple[int, ...]] = {}
        names = context.components.schemas or {}
        self._index = {name: index for index, name in enumerate(names)}

    def promise(self, name: str, pointer: str, build: Callable[[], None]) -> None:
        """Have an object class made when somebody looks at it: it may be in a cycle."""
        if (name, pointer) not in self._seen:
            self._seen.add((name, pointer))
            self._objects.add(name)
            self._promised.setdefault(name, {})[pointer] = build
            self._note(name, pointer)

    def define(self, definition: ir.Definition, pointer: str) -> None:
        """Add the class that the schema at `pointer` becomes."""
        self._note(definition.name, pointer)
        self._made.setdefault(definition.name, {})[pointer] = definition

    def get(self, name: str) -> ir.Definition | None:
        """Return the class of that name, or None where there is none, or it is being made."""
        if name in self._promised:
            self._context.descent.into(partial(self._keep, name), partial(self._begin, name))
        return _first(self._made.get(name, {}).values())

    def _begin(self, name: str) -> None:
        """Mark what was promised as being made: it waits for what is inside it."""
        self._waiting[name] = self._promised.pop(name, {})

    def _keep(self, name: str) -> None:
        """Make what was promised; where that does not come to its end, it is a promise still."""
        builds = {**self._waiting.pop(name, {}), **self._promised.pop(name, {})}
        try:
            for build in builds.values():
                build()
        except BaseException:
            self._promised[name] = {**builds, **self._promised.get(name, {})}
            raise

    def is_object(self, type_: ir.Type) -> bool:
        """Tell whether a type is an object class, made or declared."""
        return type_.kind is ir.TypeKind.CLASS and type_.name in self._objects

    def struct(self, type_: ir.Type) -> ir.Struct | None:
        """Return the object class that `type_` is, or None."""
        found = self.get(type_.name) if type_.kind is ir.TypeKind.CLASS else None
        return found if isinstance(found, ir.Struct) else None

    def enum(self, type_: ir.Type) -> ir.EnumClass | None:
        """Return the enumeration that `type_` is, or None."""
        found = [] if self.is_object(type_) else self._made.get(type_.name, {}).values()
        return next((one for one in found if isinstance(one, ir.EnumClass)), None)

    def definitions(self) -> tuple[ir.Definition, ...]:
        """Return every class, in the order of the document, bases before what extends them.

        Two schemas of one name and one structure are one class; of two structures, they clash.
        """
        while self._promised:
            self.get(next(iter(self._promised)))
        ordered: dict[str, ir.Definition] = {}
        for name in sorted(self._made, key=lambda name: self._order[name]):
            self._check(name)
            self._add_after_base(name, ordered)
        return tuple(ordered.values())

    def pointer_of(self, name: str) -> str:
        """Return where the schema stands that the class of that name is made of."""
        return next(iter(self._made[name]))

    def _note(self, name: str, pointer: str) -> None:
        component = component_of(pointer)[1].split("/")[0] if "#/components" in pointer else ""
        index = self._index.get(component, len(self._index))
        self._order.setdefault(name, (index, pointer.count("/"), len(self._order)))

    def _add_after_base(self, name: str, ordered: dict[str, ir.Definition]) -> None:
        definition = _first(self._made[name].values())
        # Where two schemas clash, a class may seem to extend itself.
        if isinstance(definition, ir.Struct) and name not in ordered:
            for base in reversed(self.lineage(definition)):
                ordered.setdefault(base.name, base)
        if definition:
            ordered.setdefault(name, definition)

    def lineage(self, struct: ir.Struct) -> list[ir.Struct]:
        """Return an object class and all that it extends, its own base first."""
        found = {struct.name: struct}
        base = self.get(struct.base)
        while isinstance(base, ir.Struct) and base.name not in found:
            found[base.name] = base
            base = self.get(base.base)
        return list(found.values())

    def _check(self, name: str) -> None:
        (_, first), *others = self._made[name].items()
        for pointer, other in others:
            if other.shape == first.shape:
                continue
            one, two = first.spec_name, other.spec_name
            self._context.refuse(
                pointer,
                f'schemas "{one}" and "{two}" both become the class {name}',
                f'name one in the configuration: rename.schemas."{two}" = "..."',
            )


def _first(made: Iterable[ir.Definition]) -> ir.Definition | None:
    """Return one of several equal classes: one that keeps what it has no field for, if any does."""
    every = list(made)
    kept = (one for one in every if isinstance(one, ir.Struct) and one.is_kept)
    return next(kept, every[0] if every else None)
