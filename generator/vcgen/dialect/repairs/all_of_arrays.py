"""`allOf` of arrays: their items are valid for the items of each. So are the values of maps."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping

_SAID = frozenset({"type", "title", "description", "nullable", "example", "x-go-name"})
_HELD = {"array": "items", "object": "additionalProperties"}


@dialect_pass(Kind.SCHEMA, fields={"allOf"})
def all_of_arrays(node: Node, _: Place) -> Change | None:
    """Write it as one array, which says the same: so the items are one class and not several."""
    parts = node.get("allOf")
    if not isinstance(parts, list) or len(parts) < 2:
        return None
    held = {_held(part) for part in parts}
    key = held.pop()
    if held or key is None:
        return None
    items: list[object] = []
    for part in parts:
        items += [] if part[key] in items else [part[key]]
    rest = {key: value for key, value in node.items() if key != "allOf"}
    merged = {key: value for part in reversed(parts) for key, value in part.items()}
    if any(part.get("nullable") is not True for part in parts):
        merged.pop("nullable", None)
    return Change({**merged, key: items[0] if len(items) == 1 else {"allOf": items}, **rest})


def _held(part: object) -> str | None:
    """Return the keyword for the items of an array, or the values of a map, of which it says all.

    It is None for anything else, such as an array that says how many items there are.
    """
    found = mapping(part)
    key = _HELD.get(str(found.get("type")))
    is_all = key and isinstance(found.get(key), dict) and found.keys() <= {*_SAID, key}
    return key if is_all else None
