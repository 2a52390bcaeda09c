"""An allOf of enums that have no value in common: meant to add values, it admits none."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, mapping
from vcgen.dialect.view import DocumentView

_ENUM = frozenset({"enum", "type", "title", "description", "default", "example", "deprecated"})


@dialect_pass(Kind.SCHEMA, fields={"allOf"})
def all_of_enums(node: Node, place: Place) -> Change | None:
    """Make one enum of all the values, where the parts are enums and nothing else."""
    parts = node.get("allOf")
    if not isinstance(parts, list) or len(parts) < 2 or "enum" in node:
        return None
    found = [_enum(part, place.document) for part in parts]
    if not all(found):
        return None
    values = [value for enum in found for value in enum]
    if any(all(value in enum for enum in found) for value in values):
        return None
    rest = {key: value for key, value in node.items() if key != "allOf"}
    types = [_resolved(part, place.document).get("type") for part in parts]
    stated = {"type": type_} if (type_ := next(filter(None, types), None)) else {}
    unique = [value for at, value in enumerate(values) if value not in values[:at]]
    message = "the enums of the allOf have no value in common: read as one enum of all values"
    return Change({**stated, **rest, "enum": unique}, (message,))


def _enum(part: object, document: DocumentView) -> list[object]:
    """Return the values of a schema that is an enum and nothing else, or an empty list."""
    schema = _resolved(part, document)
    values = schema.get("enum")
    is_plain = all(key in _ENUM or key.startswith("x-") for key in schema)
    return values if isinstance(values, list) and is_plain else []


def _resolved(part: object, document: DocumentView) -> Node:
    return mapping(document.resolve(part))
