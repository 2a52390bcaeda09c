"""References to a schema that is not there, and is called like a type, or nothing."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import text
from vcgen.text.pointers import pointer_keys

_NAMES = frozenset(
    {"any", "anytype", "anyvalue", "jsonany", "jsonnode", "jsonobject", "jsonvalue", "object"}
    | {"oasanytypenotmapped"}
    | {""}  # NestJS, of a type that is no class
)
# Types of languages, which tools take for classes: routing-controllers those of JavaScript.
_TYPES: dict[str, tuple[Node, str]] = {
    "boolean": ({"type": "boolean"}, "a boolean"),
    "date": ({"type": "string", "format": "date-time"}, "a date-time"),
    "integer": ({"type": "integer"}, "an integer"),
    "number": ({"type": "number"}, "a number"),
    "string": ({"type": "string"}, "a string"),
    **dict.fromkeys(_NAMES, ({}, "any value")),
}


@dialect_pass(Kind.SCHEMA, fields={"$ref"})
def any_by_name(node: Node, place: Place) -> Change | None:
    """Read what the name of the missing schema says, and anything if it has none."""
    keys = pointer_keys(text(node.get("$ref")))
    if len(keys) != 3 or keys[:2] != ("components", "schemas"):
        return None
    folded = keys[2].casefold().replace("_", "").replace("-", "")
    if folded not in _TYPES or keys[2] in place.document.components("schemas"):
        return None
    meant, words = _TYPES[folded]
    rest = {key: value for key, value in node.items() if key != "$ref"}
    return Change({**meant, **rest}, (f'there is no schema "{keys[2]}": read as {words}',))
