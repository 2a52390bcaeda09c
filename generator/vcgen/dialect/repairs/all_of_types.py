"""An allOf of types that have no value in common: no value is valid for a text and a number."""

from __future__ import annotations

from vcgen.dialect.protocol import Change, Kind, Node, Place, alike, dialect_pass, known_types
from vcgen.dialect.view import DocumentView
from vcgen.text.nodes import mapping

# What says more of a value than its type does.
_SHAPES = frozenset({"additionalProperties", "const", "enum", "items", "properties"})
# So deep are the parts of parts looked at.
_DEPTH = 5


@dialect_pass(Kind.SCHEMA, fields={"allOf"})
def all_of_types(node: Node, place: Place) -> Change | None:
    """Read it without the type around it, or as any value where the parts contradict each other."""
    parts = node.get("allOf")
    if not isinstance(parts, list) or "discriminator" in node:
        return None
    own, inner = _own(node), _common(parts, place.document, _DEPTH)
    if inner != set() and (not own or inner is None or own & inner):
        return None
    if inner and _SHAPES.isdisjoint(node):
        rest = {key: value for key, value in node.items() if key != "type"}
        message = "the `type` beside the allOf is another than those of its parts: left out"
        return Change(rest, (message,))
    kept = _SHAPES | {"allOf", "format", "required", "type"}
    rest = {key: value for key, value in node.items() if key not in kept}
    message = "the parts of the allOf have no value in common: read as any value"
    return Change(rest, (message,))


def _common(parts: list[object], document: DocumentView, depth: int) -> set[str] | None:
    """Return the types that all parts have; None if none of them states any."""
    common: set[str] | None = None
    for part in parts:
        found = _types(mapping(document.resolve(part)), document, depth)
        if found is not None:
            common = found if common is None else common & found
    return common


def _types(schema: Node, document: DocumentView, depth: int) -> set[str] | None:
    """Return the types of the values that are valid for a schema; None if it states none."""
    if "anyOf" in schema or "oneOf" in schema:
        return None  # They are those of its alternatives.
    # An object without properties says nothing, as many write it beside a reference.
    is_bare = schema.get("type") == "object" and _SHAPES.isdisjoint(schema)
    own = set[str]() if is_bare else _own(schema)
    parts = schema.get("allOf")
    inner = _common(parts, document, depth - 1) if depth and isinstance(parts, list) else None
    return inner and own & inner if own and inner is not None else own or inner


def _own(schema: Node) -> set[str]:
    """Return the types that a schema states itself, without null."""
    return alike(known_types(schema)) - {"null"}
