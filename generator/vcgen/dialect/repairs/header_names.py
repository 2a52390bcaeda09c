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
    resolved = [place.document.resolve(one) for one in declared]
    kept = [one for one, found in zip(declared, resolved, strict=True) if not _is_wrong(found)]
    if len(kept) == len(declared):
        return None
    names = [text(found.get("name")).strip() for found in resolved if _is_wrong(found)]
    told = [f'no header is called "{name}": left out' for name in names]
    return Change({**node, "parameters": kept}, tuple(told))


def _is_wrong(parameter: Node) -> bool:
    """Tell whether a parameter is an optional header with a name that none can have."""
    is_header = text(parameter.get("in")).lower() == "header"
    is_optional = is_header and parameter.get("required") is not True
    name = parameter.get("name")
    return is_optional and isinstance(name, str) and not is_token(name.strip())
