"""`type` beside `oneOf` or `anyOf`, some of whose alternatives are of other types."""

from __future__ import annotations

from collections.abc import Sequence

from vcgen.dialect.protocol import Change, Kind, Node, Place, alike, dialect_pass, known_types
from vcgen.dialect.view import DocumentView

# An object with properties or parts of its own is that, whatever its alternatives are.
_OWN = ("properties", "allOf", "enum", "const")


@dialect_pass(Kind.SCHEMA, fields={"anyOf", "oneOf"})
def type_beside_alternatives(node: Node, place: Place) -> Change | None:
    """Read the alternatives with their own types: beside another, no value would be right."""
    own = known_types(node)
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
    stated = [known_types(document.resolve(one)) for one in alternatives]
    ours = alike(own)
    return any(one and not ours & alike(one) for one in stated if one != ["null"])
