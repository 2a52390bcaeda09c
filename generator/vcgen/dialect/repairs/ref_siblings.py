"""What stands beside a `$ref`: nothing in OpenAPI 3.0, from 3.1 on as much as the reference."""

from collections.abc import Collection

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.view import beside_reference


def _has_more(kind: Kind, keys: Collection[str]) -> bool:
    return bool(beside_reference(keys))


@dialect_pass(Kind.SCHEMA, fields={"$ref"}, when=_has_more)
def ref_siblings(node: Node, place: Place) -> Change | None:
    """Drop the keywords that say what a value is beside a `$ref`, or write it as an allOf."""
    beside = beside_reference(node)
    if place.document.version >= (3, 1):
        return _all_of(node)
    rest = {key: value for key, value in node.items() if key not in beside}
    message = f"OpenAPI 3.0 ignores keys beside a $ref: {', '.join(beside)} dropped"
    return Change(rest, (message,))


def _all_of(node: Node) -> Change | None:
    others = node.get("allOf", [])
    if not isinstance(others, list):
        return None
    rest = {key: value for key, value in node.items() if key != "$ref"}
    return Change({**rest, "allOf": [*others, {"$ref": node["$ref"]}]})
