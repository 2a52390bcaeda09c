"""Fields that are null: what writes out objects without skipping their empty fields makes them."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass

# Values of the API, where null is a value as any other, and references, which cannot be guessed.
_VALUES = frozenset({"$ref", "const", "default", "example", "examples", "value"})

# What changes what is sent or read, if it was meant to be there after all.
_WEIGHTY = frozenset(
    {"additionalProperties", "content", "items", "parameters", "properties", "requestBody"}
    | {"responses", "schema", "security", "servers"}
)


@dialect_pass(*Kind)
def null_fields(node: Node, _: Place) -> Change | None:
    """Read a field that is null as one that is not there."""
    if None not in node.values():
        return None
    empty = [
        key
        for key, value in node.items()
        if value is None and key not in _VALUES and not key.startswith("x-")
    ]
    if not empty:
        return None
    told = [key for key in empty if key in _WEIGHTY]
    rest = {key: value for key, value in node.items() if key not in empty}
    return Change(rest, tuple(f"`{key}` is null: read as absent" for key in told))
