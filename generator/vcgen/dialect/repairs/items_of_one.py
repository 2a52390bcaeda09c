"""`items` as a list of one schema, which was a tuple once, and is meant for all items."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.SCHEMA, fields={"items"})
def items_of_one(node: Node, _: Place) -> Change | None:
    """Take the one schema for all items."""
    items = node.get("items")
    if not isinstance(items, list) or len(items) != 1:
        return None
    return Change({**node, "items": items[0]}, ("`items` is a list of one schema: read as that",))
