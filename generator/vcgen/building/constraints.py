"""Facts: what a schema says of a value beside its type, kept to tell what an update changes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any, TypedDict

from vcgen import ir
from vcgen.building.context import Context
from vcgen.building.openapi import Node, Reference, says_exclusive_by_number
from vcgen.building.unions import without_null

_CONSTRAINTS = (
    *("maximum", "minimum", "exclusiveMaximum", "exclusiveMinimum", "multipleOf"),
    *("minLength", "maxLength", "pattern", "minItems", "maxItems", "uniqueItems"),
    *("minProperties", "maxProperties"),
)
_KEYWORDS = ("deprecated", "default", *_CONSTRAINTS)


class Facts(TypedDict):
    """The facts, as fields and parameters have them."""

    deprecated: bool
    default: str | None
    constraints: tuple[tuple[str, object], ...]


def facts_of(context: Context, node: Node, type_: ir.Type) -> Facts:
    """Return what the schema of a value says, and what the components do that it refers to.

    A component with a class of its own says by that class what it is.
    """
    own, *others = _layers(context, node)
    if without_null(type_).kind is ir.TypeKind.CLASS:
        others = [{"default": one["default"]} for one in others if "default" in one]
    said = {key: value for layer in reversed([own, *others]) for key, value in layer.items()}
    limits = {name: _limit(context, name, said[name]) for name in _CONSTRAINTS if name in said}
    return Facts(
        deprecated=said.get("deprecated") is True,
        default=json.dumps(said["default"], ensure_ascii=False) if "default" in said else None,
        constraints=_constraints(limits),
    )


def both(first: ir.Field, second: ir.Field) -> Facts:
    """Return what is said of a property in two places; the second decides where they differ."""
    return Facts(
        deprecated=first.deprecated or second.deprecated,
        default=first.default if second.default is None else second.default,
        constraints=_constraints(dict(first.constraints) | dict(second.constraints)),
    )


def _constraints(limits: Mapping[str, object]) -> tuple[tuple[str, object], ...]:
    """Return what limits a value, in the order of the keywords; false and null do not."""
    given = [(name, limits.get(name)) for name in _CONSTRAINTS]
    return tuple((name, limit) for name, limit in given if limit is not None and limit is not False)


def _layers(context: Context, node: Node) -> Iterator[dict[str, Any]]:
    """Yield what a schema says by itself, then what it says by references and by allOf."""
    waiting = [node]
    seen: set[str] = set()
    while waiting:
        node = waiting.pop(0)
        if not isinstance(node, Reference):
            yield {name: getattr(node, name) for name in _KEYWORDS if name in node.model_fields_set}
            waiting += node.allOf or []
            continue
        extra = node.model_extra or {}
        yield {name: extra[name] for name in _KEYWORDS if name in extra}
        if node.ref not in seen:
            seen.add(node.ref)
            waiting.append(context.resolve_part((node, node.ref))[0])


def _limit(context: Context, name: str, value: Any) -> Any:
    """Return a constraint as the document has it: openapi-pydantic makes floats of them."""
    if name.startswith("exclusive") and not says_exclusive_by_number(context.document):
        return bool(value)
    return int(value) if isinstance(value, float) and value.is_integer() else value
