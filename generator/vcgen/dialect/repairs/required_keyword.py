"""`required` of a schema is a list of property names, whatever a document writes there."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.SCHEMA, fields={"required"})
def required_keyword(node: Node, _: Place) -> Change | None:
    """Drop `required` where it is a boolean or empty; a single name becomes a list."""
    required = node.get("required")
    if isinstance(required, str):
        message = f"`required` is the name {required!r}: read as a list of that name"
        return Change({**node, "required": [required]}, (message,))
    if not (isinstance(required, bool) or required == []):
        return None
    rest = {key: value for key, value in node.items() if key != "required"}
    if required == []:  # forbidden by 3.0, and harmless
        return Change(rest)
    message = f"`required: {str(required).lower()}` on a schema has no meaning: dropped"
    return Change(rest, (message,))
