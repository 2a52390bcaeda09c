"""Locations in capitals, `in: Query`: those of OpenAPI are in small letters."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass

LOCATIONS = frozenset({"cookie", "header", "path", "query", "querystring"})


@dialect_pass(Kind.PARAMETER, Kind.SECURITY_SCHEME)
def locations(node: Node, _: Place) -> Change | None:
    """Read the location in small letters."""
    stated = node.get("in")
    if not isinstance(stated, str) or stated in LOCATIONS or stated.lower() not in LOCATIONS:
        return None
    message = f'`in` is "{stated}": read as "{stated.lower()}"'
    return Change({**node, "in": stated.lower()}, (message,))
