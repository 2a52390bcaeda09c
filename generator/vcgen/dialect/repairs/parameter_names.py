"""Blanks around the name of a parameter or a key: `name: "page "`. No server waits for these."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import text


@dialect_pass(Kind.PARAMETER, Kind.SECURITY_SCHEME, fields={"name"})
def parameter_names(node: Node, _: Place) -> Change | None:
    """Leave the blanks out. The name may be in a path with them: it is called the same there."""
    stated = text(node.get("name"))
    name = stated.strip()
    if name in {"", stated}:
        return None
    return Change({**node, "name": name}, (f'`name` is "{stated}": read as "{name}"',))
