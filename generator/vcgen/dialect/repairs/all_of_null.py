"""An allOf that adds null to a reference: meant to admit it, it admits what both parts do."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, types_of
from vcgen.text.nodes import mapping

_ANNOTATIONS = frozenset({"title", "description", "default", "example", "examples", "deprecated"})


@dialect_pass(Kind.SCHEMA, fields={"allOf"})
def all_of_null(node: Node, place: Place) -> Change | None:
    """Read null or the reference, where the other part says nothing but that null is a value.

    zod-to-openapi, as Hono uses it, writes every reference so that may be null.
    """
    stated = node.get("allOf")
    parts = list(map(mapping, stated)) if isinstance(stated, list) else []
    if len(parts) != 2 or _says_null(node):
        return None
    reference, added = parts
    if "$ref" not in reference or not _is_only_null(added):
        return None
    if _says_null(place.document.resolve(reference)):
        return None
    said = {key: value for key, value in added.items() if key in _ANNOTATIONS}
    rest = {key: value for key, value in node.items() if key != "allOf"}
    either: Node = {"allOf": [reference], "nullable": True}
    if place.document.version >= (3, 1):
        either = {"anyOf": [reference, {"type": "null"}]}
    message = "a part of the allOf says nothing but that null is a value: read as such"
    return Change({**either, **said, **rest}, (message,))


def _is_only_null(schema: Node) -> bool:
    return _says_null(schema) and _ANNOTATIONS.union({"type", "nullable"}).issuperset(schema)


def _says_null(schema: Node) -> bool:
    return schema.get("nullable") is True or "null" in types_of(schema)
