"""`in: querystring` of OpenAPI 3.2: an object that is the whole query, written as a form is."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.errors import EXCLUDE, Diagnostic, SpecError
from vcgen.text.media_types import FORM
from vcgen.text.nodes import mapping


@dialect_pass(Kind.PARAMETER)
def querystring(node: Node, place: Place) -> Change | None:
    """Write it as the exploded form parameter that puts the same into the URL.

    Raises:
        SpecError: The query is of another media type than that of forms.
    """
    if node.get("in") != "querystring" or "$ref" in node:
        return None
    content = mapping(node.get("content"))
    if [*content] != [FORM] or mapping(content[FORM]).get("encoding"):
        message = "a query string other than a plain form is not supported"
        raise SpecError(Diagnostic(message, place.pointer, EXCLUDE))
    schema = mapping(content[FORM]).get("schema", {"type": "object"})
    rest = {key: value for key, value in node.items() if key != "content"}
    return Change({**rest, "in": "query", "style": "form", "explode": True, "schema": schema})
