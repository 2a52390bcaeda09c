"""`format` beside alternatives: it is that of the alternative which is a text."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, types_of
from vcgen.text.nodes import listed, mapping

_OF_TEXTS = frozenset({"contentEncoding", "contentMediaType", "format"})
_VALUES = frozenset({"const", "enum"})
_NUMBERS = frozenset({"integer", "number"})


@dialect_pass(Kind.SCHEMA, fields=_OF_TEXTS)
def formats_beside_alternatives(node: Node, place: Place) -> Change | None:
    """Write what is said of any text where the text is described, which is no defect.

    So do msgspec and pydantic add to a text that may be null. Beside a number, it may be of that.
    """
    said = {key: value for key, value in node.items() if key in _OF_TEXTS}
    for keyword in ("anyOf", "oneOf", "allOf"):
        parts = listed(node.get(keyword))
        stated_types = (types_of(place.document.resolve(part)) for part in parts)
        are_numbers = any(map(_NUMBERS.intersection, stated_types))
        changed = [{**part, **said} if _is_open_text(mapping(part)) else part for part in parts]
        if changed != parts and not are_numbers:
            rest = {key: value for key, value in node.items() if key not in said}
            return Change({**rest, keyword: changed})
    return None


def _is_open_text(part: Node) -> bool:
    return "string" in types_of(part) and part.keys().isdisjoint(_OF_TEXTS | _VALUES)
