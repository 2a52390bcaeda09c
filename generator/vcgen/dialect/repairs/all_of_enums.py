"""An allOf of enums. One that has no value in common is meant to add values, and admits none."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, mapping

_ENUM = frozenset(
    {"const", "enum", "type", "title", "description", "default", "example", "deprecated"}
)


@dialect_pass(Kind.SCHEMA, fields={"allOf"})
def all_of_enums(node: Node, place: Place) -> Change | None:
    """Make one enum of all the values, where the parts are enums, or their type, and nothing else.

    One beside the allOf is a part, too. What parts without a name have in common is meant to be:
    that is no defect.
    """
    parts = node.get("allOf")
    if not isinstance(parts, list) or "const" in node:
        return None
    schemas = [mapping(place.document.resolve(part)) for part in parts]
    found = [values for schema in (*schemas, node) if (values := _values(schema))]
    if len(found) < 2 or not all(map(_is_plain, schemas)):
        return None
    values = [value for enum in found for value in enum]
    common = [value for value in values if all(value in enum for enum in found)]
    if common and any("$ref" in part for part in parts):
        return None  # the class of a component
    rest = {key: value for key, value in node.items() if key not in ("allOf", "enum")}
    types = [schema["type"] for schema in schemas if schema.get("type")]
    stated = {"type": types[0]} if types else {}
    kept = common or values
    unique = [value for at, value in enumerate(kept) if value not in kept[:at]]
    message = "the enums of the allOf have no value in common: read as one enum of all values"
    return Change({**stated, **rest, "enum": unique}, () if common else (message,))


def _values(schema: Node) -> list[object]:
    """Return the values that a schema lists, or an empty list."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    return values if isinstance(values, list) else []


def _is_plain(schema: Node) -> bool:
    """Tell whether a schema lists values or states their type, and says nothing else of them."""
    is_said = "type" in schema or bool(_values(schema))
    return is_said and all(key in _ENUM or key.startswith("x-") for key in schema)
