"""Headers with a name that none can have, such as `X Req`: nobody can send them."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import text
from vcgen.text.tokens import is_token


@dialect_pass(Kind.PATH_ITEM, Kind.OPERATION, fields={"parameters"})
def header_names(node: Node, place: Place) -> Change | None:
    """Leave them out, but for those that are required: without these, a call would be another."""
    declared = node.get("parameters")
    if not isinstance(declared, list):
        return None
    names = [_wrong_name(place.document.resolve(one)) for one in declared]
    if not any(names):
        return None
    kept = [one for one, name in zip(declared, names, strict=True) if not name]
    told = [f'no header is called "{name}": left out' for name in names if name]
    return Change({**node, "parameters": kept}, tuple(told))


def _wrong_name(parameter: Node) -> str:
    """Return the name of a parameter if it is an optional header that cannot have it, else ""."""
    is_header = text(parameter.get("in")).lower() == "header"
    is_optional = is_header and parameter.get("required") is not True
    name = text(parameter.get("name")).strip()
    return name if is_optional and not is_token(name) else ""
