"""Styles that a parameter cannot have where it is: `style: simple` in a query."""

from collections.abc import Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import text

# OpenAPI 3.2, section 4.12.3; first as it is where the document does not say.
_STYLES: Mapping[str, tuple[str, ...]] = {
    "path": ("simple", "label", "matrix"),
    "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
    "header": ("simple",),
    "cookie": ("form",),
}
_LATER = {"cookie": (*_STYLES["cookie"], "cookie")}
_BY_COMMAS = frozenset({"simple", "commaDelimited", "csv"})


@dialect_pass(Kind.PARAMETER)
def parameter_styles(node: Node, place: Place) -> Change | None:
    """Read the usual style of the place; what is between commas elsewhere is so in a query, too."""
    stated, position = node.get("style"), text(node.get("in"))
    known = _STYLES if place.document.version < (3, 2) else {**_STYLES, **_LATER}
    styles = known.get(position, ())
    if not styles or not isinstance(stated, str) or stated in styles:
        return None
    changed: dict[str, object] = {**node, "style": styles[0]}
    if stated in _BY_COMMAS:
        changed["explode"] = False
    message = f'the style of a {position} parameter cannot be "{stated}": read as {styles[0]}'
    return Change(changed, (message,))
