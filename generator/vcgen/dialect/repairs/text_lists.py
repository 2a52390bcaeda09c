"""Lists of texts that hold numbers: tags and names of properties that nobody put into quotes."""

from collections.abc import Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass

_LISTS: Mapping[Kind, str] = {Kind.OPERATION: "tags", Kind.SCHEMA: "required"}


@dialect_pass(*_LISTS, fields={"required", "tags"})
def text_lists(node: Node, place: Place) -> Change | None:
    """Write the numbers and booleans out as texts, and leave null out."""
    key = _LISTS[place.kind]
    entries = node.get(key)
    if key == "tags" and isinstance(entries, str):
        return Change({**node, key: [entries]}, (f'`tags` is "{entries}": read as a list of it',))
    if not isinstance(entries, list) or all(isinstance(one, str) for one in entries):
        return None
    if not all(isinstance(one, str | bool | int | float | None) for one in entries):
        return None
    found = [_written_out(one) for one in entries if one is not None]
    return Change({**node, key: found}, (f"`{key}` is not a list of texts: read as {found}",))


def _written_out(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
