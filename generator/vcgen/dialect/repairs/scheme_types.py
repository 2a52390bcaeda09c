"""Types of security schemes as Swagger 2.0 and people have them: `basic`, `bearer`, `apikey`."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass

# OpenAPI 3.2.0, section 4.27.1: the types, by what they are in small letters.
TYPES = {one.lower(): one for one in ("apiKey", "http", "mutualTLS", "oauth2", "openIdConnect")}
HTTP = frozenset({"basic", "bearer", "digest"})


@dialect_pass(Kind.SECURITY_SCHEME)
def scheme_types(node: Node, place: Place) -> Change | None:
    """Read the type of OpenAPI: `basic` is `http` with the scheme `basic`."""
    stated = node.get("type")
    folded = stated.lower() if isinstance(stated, str) else ""
    if folded in HTTP:
        message = f'`type` is "{stated}": read as `http` with that scheme'
        return Change({**node, "type": "http", "scheme": folded}, (message,))
    if stated in TYPES.values() or folded not in TYPES:
        return None
    message = f'`type` is "{stated}": read as "{TYPES[folded]}"'
    return Change({**node, "type": TYPES[folded]}, (message,))
