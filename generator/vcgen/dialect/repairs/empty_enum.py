"""`enum: []`, which admits no value at all: whoever wrote it had no values to tell."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.SCHEMA, fields={"enum"})
def empty_enum(node: Node, _: Place) -> Change | None:
    """Drop an enum without values."""
    if node.get("enum") != []:
        return None
    rest = {key: value for key, value in node.items() if key != "enum"}
    return Change(rest, ("the enum has no values: read as any value of the type",))
