"""References to a schema that is not there, and is called what stands for any type, or nothing."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, text
from vcgen.text.pointers import pointer_keys

_NAMES = frozenset(
    {"any", "anytype", "anyvalue", "jsonany", "jsonnode", "jsonobject", "jsonvalue", "object"}
    | {"oasanytypenotmapped"}
    | {""}  # NestJS, of a type that is no class
)


@dialect_pass(Kind.SCHEMA, fields={"$ref"})
def any_by_name(node: Node, place: Place) -> Change | None:
    """Read anything, where the name of the missing schema says so, or it has none."""
    keys = pointer_keys(text(node.get("$ref")))
    if len(keys) != 3 or keys[:2] != ("components", "schemas"):
        return None
    folded = keys[2].casefold().replace("_", "").replace("-", "")
    if folded not in _NAMES or keys[2] in place.document.components("schemas"):
        return None
    rest = {key: value for key, value in node.items() if key != "$ref"}
    return Change(rest, (f'there is no schema "{keys[2]}": read as any value',))
