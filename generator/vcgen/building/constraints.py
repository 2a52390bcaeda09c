"""Facts: what a schema says of a value beside its type, kept to tell what an update changes."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, TypedDict

from vcgen import ir
from vcgen.building.context import Context
from vcgen.building.limits import Limiting, ordered, strictest
from vcgen.building.openapi import Node, Reference
from vcgen.building.subschemas import alternatives_of, is_null, variants_of
from vcgen.building.unions import without_null

_KEYWORDS = ("deprecated", "default")
_ACCESS = {"readOnly": "read", "writeOnly": "write"}


class Facts(TypedDict):
    """The facts, as fields and parameters have them."""

    deprecated: bool
    default: str | None
    constraints: tuple[tuple[str, object], ...]


def facts_of(context: Context, limiting: Limiting, node: Node, type_: ir.Type) -> Facts:
    """Return what the schema of a value says, and what the components do that it refers to.

    A component with a class of its own says by that class whether it is deprecated.
    """
    own, *others = layers_of(context, node, _KEYWORDS)
    if others and without_null(type_).kind is ir.TypeKind.CLASS:
        others = [{"default": one["default"]} for one in others if "default" in one]
    said = {key: value for layer in reversed([own, *others]) for key, value in layer.items()}
    return Facts(
        deprecated=said.get("deprecated") is True,
        default=json.dumps(said["default"], ensure_ascii=False) if "default" in said else None,
        constraints=ordered(limiting.of(node)),
    )


def access_of(context: Context, node: Node) -> str:
    """Return which way alone a property goes, "" if it goes both.

    Its schema says so, one that it refers to, what stands beside the reference, or each of its
    alternatives but null.

    Args:
        context: The document.
        node: The schema of the property.
    """
    waiting, seen, ways = [node], set[str](), set[str]()
    while waiting and len(ways) < 2:
        one = waiting.pop()
        schema, at = context.resolve_part((one, ""))
        said = _access_said(context, one)
        keyword = "" if said else alternatives_of(schema)
        # An alternative that leads back to the whole says nothing.
        if at and keyword and at in seen:
            continue
        seen.add(at)
        parts = variants_of(schema, keyword, at) if keyword else []
        variants = [one for one, _ in parts if not is_null(one)]
        waiting += variants
        if not variants:
            ways.add(said)
    return ways.pop() if len(ways) == 1 else ""


def _access_said(context: Context, node: Node) -> str:
    """Return which way alone a property goes by what its schema says, its alternatives aside."""
    for said in filter(None, layers_of(context, node, _ACCESS)):
        for name, way in _ACCESS.items():
            if said.get(name) is True:
                return way
    return ""


def both(first: ir.Field, second: ir.Field) -> Facts:
    """Return what is said of a property in two places; the second decides its default."""
    return Facts(
        deprecated=first.deprecated or second.deprecated,
        default=first.default if second.default is None else second.default,
        constraints=strictest(first.constraints, second.constraints),
    )


def layers_of(context: Context, node: Node, keywords: Iterable[str]) -> list[dict[str, Any]]:
    """Return what a schema says by itself, then what it says by references and by allOf.

    Args:
        context: The document.
        node: The schema, or a reference to it.
        keywords: What is asked for, by the names of the fields.
    """
    found: list[dict[str, Any]] = []
    seen: set[str] = set()
    waiting = [node]
    for one in waiting:  # which grows on the way
        said = one.extra if isinstance(one, Reference) else vars(one)
        found.append({name: said[name] for name in keywords if name in said})
        if not isinstance(one, Reference):
            waiting += one.allOf or ()
        elif one.ref not in seen:
            seen.add(one.ref)
            waiting.append(context.resolve_part((one, one.ref))[0])
    return found
