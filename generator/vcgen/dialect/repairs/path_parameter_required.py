"""Path parameters that say nothing of being required: a path cannot go without them."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.PARAMETER)
def path_parameter_required(node: Node, _: Place) -> Change | None:
    """Require a path parameter, whatever the document says."""
    if node.get("in") != "path" or node.get("required") is True or "$ref" in node:
        return None
    return Change({**node, "required": True}, ("a path parameter is required: read as such",))
