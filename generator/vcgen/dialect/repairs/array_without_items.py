"""`type: array` says nothing of its items: they are anything."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.SCHEMA, fields={"type"})
def array_without_items(node: Node, place: Place) -> Change | None:
    """Give an array without items the schema that admits any item; from 3.1 on it needs none."""
    if node.get("type") != "array" or "items" in node or "$ref" in node:
        return None
    if place.document.version >= (3, 1):
        return None
    return Change(
        {**node, "items": {}}, ("the array does not declare its items: read as any value",)
    )
