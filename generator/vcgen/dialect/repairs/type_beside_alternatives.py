"""`type` beside `oneOf` or `anyOf`, some of whose alternatives are of other types."""

from __future__ import annotations

from collections.abc import Sequence

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, mapping, types_of
from vcgen.dialect.view import DocumentView

_TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
# An object with properties or parts of its own is that, whatever its alternatives are.
_OWN = ("properties", "allOf", "enum", "const")


@dialect_pass(Kind.SCHEMA, fields={"anyOf", "oneOf"})
def type_beside_alternatives(node: Node, place: Place) -> Change | None:
    """Read the alternatives with their own types: beside another, no value would be right."""
    own = _types(node)
    if not own or any(key in node for key in _OWN):
        return None
    for keyword in ("oneOf", "anyOf"):
        alternatives = node.get(keyword)
        if isinstance(alternatives, list) and _is_beside(own, alternatives, place.document):
            rest = {key: value for key, value in node.items() if key != "type"}
            stated = " or ".join(own)
            message = f"`type: {stated}` beside `{keyword}` of other types: read as these"
            return Change(rest, (message,))
    return None


def _is_beside(own: Sequence[str], alternatives: Sequence[object], document: DocumentView) -> bool:
    """Tell whether an alternative has no value of the types beside it."""
    stated = [_types(document.resolve(one)) for one in alternatives]
    ours = _alike(own)
    return any(one and not ours & _alike(one) for one in stated if one != ["null"])


def _alike(types: Sequence[str]) -> set[str]:
    # An integer is a number.
    return {"number" if one == "integer" else one for one in types}


def _types(node: Node) -> list[str]:
    """Return the types that a schema states, if OpenAPI has them all."""
    found = types_of(node)
    if found == [""] and mapping(node.get("properties")):
        return ["object"]
    return found if _TYPES.issuperset(found) else []
