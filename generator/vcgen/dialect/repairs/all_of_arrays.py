"""`allOf` of arrays: their items are valid for the items of each."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, mapping

_SAID = frozenset({"type", "items", "title", "description", "nullable", "example", "x-go-name"})


@dialect_pass(Kind.SCHEMA, fields={"allOf"})
def all_of_arrays(node: Node, place: Place) -> Change | None:
    """Write it as one array, which says the same: so the items are one class and not several."""
    parts = node.get("allOf")
    if not isinstance(parts, list) or len(parts) < 2 or not all(map(_is_array, parts)):
        return None
    items: list[object] = []
    for part in parts:
        items += [] if part["items"] in items else [part["items"]]
    rest = {key: value for key, value in node.items() if key != "allOf"}
    merged = {key: value for part in reversed(parts) for key, value in part.items()}
    if any(part.get("nullable") is not True for part in parts):
        merged.pop("nullable", None)
    return Change({**merged, "items": items[0] if len(items) == 1 else {"allOf": items}, **rest})


def _is_array(part: object) -> bool:
    """Tell whether a schema is one of arrays with items, and says nothing of how many there are."""
    found = mapping(part)
    return (
        found.get("type") == "array"
        and isinstance(found.get("items"), dict)
        and found.keys() <= _SAID
    )
