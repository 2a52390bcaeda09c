"""`items` as a list of schemas: the tuples of older JSON Schema, one schema an item."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.SCHEMA, fields={"items"})
def items_of_several(node: Node, _: Place) -> Change | None:
    """Read each item as one of them, which every version of OpenAPI can say."""
    items = node.get("items")
    if not isinstance(items, list) or len(items) < 2:
        return None
    different = [one for index, one in enumerate(items) if one not in items[:index]]
    either = different[0] if len(different) == 1 else {"anyOf": different}
    message = "`items` is a list of schemas: each item is read as one of them"
    return Change({**node, "items": either}, (message,))
