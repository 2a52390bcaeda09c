"""An allOf of enums. One that has no value in common is meant to add values, and admits none."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping

_ENUM = frozenset(
    {"const", "enum", "type", "title", "description", "default", "example", "deprecated"}
)
# Limits say no more of a value that is listed.
_LIMITS = frozenset(
    {"exclusiveMaximum", "exclusiveMinimum", "format", "maxLength", "maximum", "minLength"}
    | {"minimum", "multipleOf", "nullable", "pattern"}
)
_LISTS = frozenset({"anyOf", "oneOf"})


@dialect_pass(Kind.SCHEMA, fields={"allOf"})
def all_of_enums(node: Node, place: Place) -> Change | None:
    """Make one enum of all the values, where the parts are enums, or their type, and nothing else.

    One beside the allOf is a part, too. What parts have in common is meant to be: that is no
    defect.
    """
    parts = node.get("allOf")
    if not isinstance(parts, list) or "const" in node:
        return None
    if not _LISTS.isdisjoint(node) and not _values(node):
        return None  # alternatives that are more than values
    schemas = [mapping(place.document.resolve(part)) for part in parts]
    found = [values for schema in (*schemas, node) if (values := _values(schema))]
    if len(found) < 2 or not all(map(_is_plain, schemas)):
        return None
    values = [value for enum in found for value in enum]
    common = [value for value in values if all(value in enum for enum in found)]
    # The class of a component, or one that narrows it, has all of them as it is.
    is_known = bool(_values(node)) or any(all(one in common for one in enum) for enum in found)
    if common and is_known and any("$ref" in part for part in parts):
        return None
    rest = {key: value for key, value in node.items() if key not in ("allOf", "enum", *_LISTS)}
    types = [schema["type"] for schema in schemas if schema.get("type")]
    stated = {"type": types[0]} if types else {}
    kept = common or values
    unique = [value for at, value in enumerate(kept) if value not in kept[:at]]
    message = "the enums of the allOf have no value in common: read as one enum of all values"
    return Change({**stated, **rest, "enum": unique}, () if common else (message,))


def _values(schema: Node) -> list[object]:
    """Return the values that a schema lists, in alternatives or not, or an empty list."""
    values = [schema["const"]] if "const" in schema else schema.get("enum")
    if isinstance(values, list):
        return values
    lists = [schema[key] for key in _LISTS & schema.keys() if isinstance(schema[key], list)]
    each = [_values(mapping(one)) for one in lists[0]] if len(lists) == 1 else []
    return [value for values in each for value in values] if all(each) else []


def _is_plain(schema: Node) -> bool:
    """Tell whether a schema lists values or states their type, and says nothing else of them."""
    values = _values(schema)
    known = _ENUM | _LIMITS | (_LISTS if values else frozenset[str]())
    is_said = "type" in schema or bool(values)
    return is_said and all(key in known or key.startswith("x-") for key in schema)
