"""`prefixItems`: the tuples of JSON Schema since 2020-12, one schema for each of the items."""

from typing import Any

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.SCHEMA, fields={"prefixItems"})
def items_of_tuples(node: Node, place: Place) -> Change | None:
    """Read each item of a tuple that has no more items as one of those that it has.

    It is no defect. Where more items may follow, of any type or another, an item can be anything.
    """
    first: Any = node.get("prefixItems")
    most = node.get("maxItems")
    if not isinstance(first, list) or not first:
        return None
    if node.get("items") in (False, {"not": {}}):
        most = min(most, len(first)) if isinstance(most, int) else len(first)
    if not isinstance(most, int) or most > len(first):
        return None
    different = [one for index, one in enumerate(first) if one not in first[:index]]
    either: Any = different[0] if len(different) == 1 else {"anyOf": different}
    changed = {**node, "items": either, "maxItems": most}
    return None if changed == node else Change(changed)
