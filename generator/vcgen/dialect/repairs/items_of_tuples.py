"""`prefixItems`: the tuples of JSON Schema since 2020-12, one schema for each of the items."""

from typing import Any

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.SCHEMA, fields={"prefixItems"})
def items_of_tuples(node: Node, _: Place) -> Change | None:
    """Read each item of a tuple that has no more items as one of those that it has.

    It is no defect. Where more items of a type may follow, an item may be of that, too; which type
    the first has is not told then. Where any may follow, an item can be anything.
    """
    first: Any = node.get("prefixItems")
    rest = node.get("items")
    most = node.get("maxItems")
    if not isinstance(first, list) or not first:
        return None
    if rest in (False, {"not": {}}):
        most = min(most, len(first)) if isinstance(most, int) else len(first)
    if not isinstance(most, int) or most > len(first):
        if not isinstance(rest, dict) or not rest:
            return None
        others = {key: value for key, value in node.items() if key != "prefixItems"}
        return Change({**others, "items": _either([*first, rest])})
    changed = {**node, "items": _either(first), "maxItems": most}
    return None if changed == node else Change(changed)


def _either(schemas: list[Any]) -> Any:
    different = [one for index, one in enumerate(schemas) if one not in schemas[:index]]
    return different[0] if len(different) == 1 else {"anyOf": different}
