"""An allOf of enums. One that has no value in common is meant to add values, and admits none."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, mapping
from vcgen.dialect.view import DocumentView

_ENUM = frozenset(
    {"const", "enum", "type", "title", "description", "default", "example", "deprecated"}
)


@dialect_pass(Kind.SCHEMA, fields={"allOf"})
def all_of_enums(node: Node, place: Place) -> Change | None:
    """Make one enum of all the values, where the parts are enums and nothing else.

    Those that parts without a name have in common are meant to be: that is no defect.
    """
    parts = node.get("allOf")
    if not isinstance(parts, list) or len(parts) < 2 or {"const", "enum"} & node.keys():
        return None
    found = [_enum(part, place.document) for part in parts]
    if not all(found):
        return None
    values = [value for enum in found for value in enum]
    common = [value for value in values if all(value in enum for enum in found)]
    if common and any("$ref" in part for part in parts):
        return None  # the class of a component
    rest = {key: value for key, value in node.items() if key != "allOf"}
    types = [_resolved(part, place.document).get("type") for part in parts]
    stated = {"type": type_} if (type_ := next(filter(None, types), None)) else {}
    kept = common or values
    unique = [value for at, value in enumerate(kept) if value not in kept[:at]]
    message = "the enums of the allOf have no value in common: read as one enum of all values"
    return Change({**stated, **rest, "enum": unique}, () if common else (message,))


def _enum(part: object, document: DocumentView) -> list[object]:
    """Return the values of a schema that is an enum and nothing else, or an empty list."""
    schema = _resolved(part, document)
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    is_plain = all(key in _ENUM or key.startswith("x-") for key in schema)
    return values if isinstance(values, list) and is_plain else []


def _resolved(part: object, document: DocumentView) -> Node:
    return mapping(document.resolve(part))
