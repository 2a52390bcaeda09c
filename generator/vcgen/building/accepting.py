"""Accepting: where callers may give the plain values of an enumeration for its members.

What is sent takes both, what is read is always a member. Each enumeration for which values are
given has a second name that stands for both: `State` and `StateLike`. What is only read has none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import is_

from vcgen import ir
from vcgen.building.unions import join
from vcgen.records import replace
from vcgen.text import naming


def with_accepted(
    definitions: Iterable[ir.Definition], resources: Sequence[ir.Resource]
) -> tuple[tuple[ir.Definition, ...], tuple[ir.Resource, ...]]:
    """Return definitions and resources whose fields and arguments tell what callers may give."""
    likes = _Likes(definitions, _parameters(resources))
    resources = tuple(map(likes.resource, resources))
    return likes.definitions(), resources


def _parameters(resources: Iterable[ir.Resource]) -> list[ir.Parameter]:
    return [one for each in resources for call in each.operations for one in call.parameters]


class _Likes:
    """Finds what callers may give for types, and notes for which classes they may."""

    def __init__(
        self, definitions: Iterable[ir.Definition], parameters: Iterable[ir.Parameter]
    ) -> None:
        self._classes = {one.name: one for one in definitions}
        self._in_parameters = self._reached(one.type for one in parameters)
        self._wider = self._found_wider()
        self._used: set[str] = set()

    def definitions(self) -> tuple[ir.Definition, ...]:
        """Return the definitions; those for which callers give values have the second name."""
        structs = {
            name: self._struct(one)
            for name, one in self._classes.items()
            if isinstance(one, ir.Struct)
        }
        unions = self._unions()
        found: list[ir.Definition] = []
        for name, one in self._classes.items():
            if isinstance(one, ir.EnumClass) and name in self._used:
                one = replace(one, like=naming.like(name))
            found.append(structs.get(name) or unions.get(name) or one)
        return tuple(found)

    def resource(self, resource: ir.Resource) -> ir.Resource:
        """Return a resource whose arguments tell what callers may give."""
        return replace(
            resource,
            operations=tuple(map(self._operation, resource.operations)),
            waiters=tuple(
                replace(one, operation=self._operation(one.operation)) for one in resource.waiters
            ),
            pages=tuple(
                replace(one, operation=self._operation(one.operation)) for one in resource.pages
            ),
            tasks=tuple(
                replace(one, operation=self._operation(one.operation)) for one in resource.tasks
            ),
        )

    def _operation(self, operation: ir.Operation) -> ir.Operation:
        body = operation.body
        if body and (argument := self._argument(body.argument)) is not body.argument:
            body = replace(body, argument=argument)
        parameters = tuple(map(self._argument, operation.parameters))
        if body is operation.body and all(map(is_, parameters, operation.parameters)):
            return operation
        return replace(operation, parameters=parameters, body=body)

    def _argument(self, argument: ir.Parameter) -> ir.Parameter:
        wider = join(self._given(argument.type))
        return replace(argument, accepts=wider) if wider != argument.type else argument

    def _struct(self, struct: ir.Struct) -> ir.Struct:
        fields = tuple(
            self._field(one) if self._is_given(struct, one) else one for one in struct.fields
        )
        if not any(one.accepts for one in fields):
            return struct
        accepts, base = True, self._classes.get(struct.base)
        while accepts and isinstance(base, ir.Struct):
            accepts = not any(
                self._is_given(base, one) and self._field(one).accepts for one in base.fields
            )
            base = self._classes.get(base.base)
        return replace(struct, fields=fields, converts=accepts)

    def _is_given(self, struct: ir.Struct, field: ir.Field) -> bool:
        """Tell whether callers give a field: in a body, or in an object that is a parameter."""
        return field.is_sent or struct.name in self._in_parameters

    def _reached(self, types: Iterable[ir.Type]) -> frozenset[str]:
        """Return the classes of types, with their bases and what is inside them."""
        found: set[str] = set()
        waiting = [name for type_ in types for name in type_.classes]
        while waiting:
            name = waiting.pop()
            if name in self._classes and name not in found:
                found.add(name)
                waiting += self._classes[name].classes
        return frozenset(found)

    def _field(self, field: ir.Field) -> ir.Field:
        """Return a field that tells what callers may give beside its type."""
        more = [self._like(one) for one in field.type.alternatives if self._is_wider(one)]
        return replace(field, accepts=join(more)) if more else field

    def _unions(self) -> dict[str, ir.UnionClass]:
        """Return the unions for which callers may give values, and note what these need."""
        every = {name: one for name, one in self._classes.items() if isinstance(one, ir.UnionClass)}
        found: dict[str, ir.UnionClass] = {}
        while waiting := [name for name in every if name in self._used and name not in found]:
            for name in waiting:
                given = (type_ for part in every[name].types for type_ in self._given(part))
                accepts = tuple(dict.fromkeys(given))
                found[name] = replace(every[name], like=naming.like(name), accepts=accepts)
        return found

    def _given(self, type_: ir.Type) -> list[ir.Type]:
        """Return what callers may give for a type, its own values among it."""
        found: list[ir.Type] = []
        for one in type_.alternatives:
            found += [one] if one.takes_any else []
            found.append(self._like(one))
        return found

    def _like(self, type_: ir.Type) -> ir.Type:
        """Return a type with the second names of its classes, and lists that nobody changes."""
        if not self._is_wider(type_):
            return type_
        found = self._classes.get(type_.name)
        if isinstance(found, ir.EnumClass) and type_.takes_any:
            return found.scalar
        if found:
            self._used.add(type_.name)
            return replace(type_, name=naming.like(type_.name))
        arguments = tuple(map(self._like, type_.arguments))
        return replace(type_, name=ir.UNCHANGED.get(type_.kind, ""), arguments=arguments)

    def _is_wider(self, type_: ir.Type) -> bool:
        """Tell whether callers may give more for a type than its own values."""
        if type_.kind is ir.TypeKind.CLASS:
            return type_.name in self._wider
        return any(map(self._is_wider, type_.arguments))

    def _found_wider(self) -> frozenset[str]:
        """Return the enumerations, and the unions that have some of them among what they hold."""
        found = {name for name, one in self._classes.items() if isinstance(one, ir.EnumClass)}
        unions = [one for one in self._classes.values() if isinstance(one, ir.UnionClass)]
        size = 0
        while size < len(found):
            size = len(found)
            found.update(one.name for one in unions if not found.isdisjoint(one.classes))
        return frozenset(found)
