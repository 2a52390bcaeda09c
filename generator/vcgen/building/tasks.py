"""Tasks: the operations after whose response the server goes on, and how to follow them.

They are marked by `x-vcgen-task` (`start`, beside a `get` and a `cancel`), by Azure's extension, or
show by a 202 that declares the header `Location` or `Operation-Location`. `x-vcgen-result` is a
response that says what one comes to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vcgen import ir
from vcgen.building.contents import Contents
from vcgen.building.context import Context
from vcgen.building.located import LocatedOperation, located_operations
from vcgen.building.openapi import Response, extension
from vcgen.building.structuring import Doubt
from vcgen.records import Record, replace
from vcgen.text import marks

_AZURE = "x-ms-long-running-operation"
_HEADERS = frozenset({"location", "operation-location"})
_READERS = frozenset({"Enveloped", "Json", "NoContent", "Text"})
_ANYTHING = ir.Answer(200, "Anything", ir.ANY)
_NOTHING = ir.Answer(204, "NoContent", ir.NONE)


def with_tasks(
    context: Context, contents: Contents, resources: tuple[ir.Resource, ...]
) -> tuple[ir.Resource, ...]:
    """Return resources with the tasks that their operations begin."""
    sources = {one.name: one for one in located_operations(context)}
    maker = _Maker(context, contents, _Helpers.of(resources, sources))
    return tuple(
        replace(
            resource,
            tasks=tuple(
                task
                for operation in resource.operations
                if (task := maker.task(sources[operation.key], operation, resource))
            ),
        )
        for resource in resources
    )


class _Helpers(Record):
    """The functions of the operations that tell how a task stands, and that end one."""

    get: str = ""
    cancel: str = ""

    @classmethod
    def of(
        cls, resources: Iterable[ir.Resource], sources: Mapping[str, LocatedOperation]
    ) -> _Helpers:
        """Return those of a document; of several, those with the shortest path."""
        found: dict[str, ir.Operation] = {}
        for operation in (one for resource in resources for one in resource.operations):
            role: Any = extension(sources[operation.key].operation, marks.TASK)
            if role not in {"get", "cancel"} or len(operation.required) != 1:
                continue
            other = found.setdefault(role, operation)
            if len(operation.path) < len(other.path):
                found[role] = operation
        get, cancel = (found[role].function if role in found else "" for role in ("get", "cancel"))
        return cls(get, cancel)


class _Maker(Record):
    """Makes tasks of operations."""

    context: Context
    contents: Contents
    helpers: _Helpers

    def task(
        self, source: LocatedOperation, operation: ir.Operation, resource: ir.Resource
    ) -> ir.Task | None:
        """Return the task that an operation begins, or None."""
        mark: Any = extension(source.operation, marks.TASK)
        if mark == "start":
            is_text = all(one.type.annotation == "str" for one in operation.returns)
            if not self.helpers.get or not is_text:
                return None
            result = self._declared(source, operation, resource) or _ANYTHING
            return ir.Task(operation, result, self.helpers.get, self.helpers.cancel)
        if mark is not None:
            return None
        is_azure = extension(source.operation, _AZURE) is True
        if not is_azure and not self._has_location(source):
            return None
        default = _NOTHING if is_azure else _ANYTHING
        result = self._declared(source, operation, resource) or _final(operation) or default
        return ir.Task(operation, result, final=_place(source) if is_azure else "")

    def _declared(
        self, source: LocatedOperation, operation: ir.Operation, resource: ir.Resource
    ) -> ir.Answer | None:
        """Return what the document says by our extension."""
        node: Any = extension(source.operation, marks.RESULT)
        if not isinstance(node, Mapping):
            return None
        name = f"{resource.attribute}.{operation.name}.result"
        pointer = f"{source.pointer}/{marks.RESULT}"
        try:
            response = Response.of({"description": "", **node})
        except Doubt:
            self.context.refuse(
                pointer, "is not a response", "write `{content: {...: {schema: ...}}}`"
            )
            return None
        return self.contents.answer(200, source, response, pointer, name)

    def _has_location(self, source: LocatedOperation) -> bool:
        """Tell whether a 202 says where it goes on."""
        node = (source.operation.responses or {}).get("202")
        if node is None:
            return False
        response: Response
        response, _ = self.context.resolve(node, f"{source.pointer}/responses/202")
        return any(name.lower() in _HEADERS for name in response.headers or {})


def _final(operation: ir.Operation) -> ir.Answer | None:
    """Return the answer of an operation that is over at once: the one of a task, too."""
    finals = [one for one in operation.returns if str(one.status) in {"200", "201", "204"}]
    readable = [one for one in finals if one.reader in _READERS]
    return readable[0] if readable else None


def _place(source: LocatedOperation) -> str:
    """Return where the result is, as Azure's documents say it."""
    options: Any = extension(source.operation, f"{_AZURE}-options")
    place = options.get("final-state-via") if isinstance(options, Mapping) else None
    return place if isinstance(place, str) else ""
