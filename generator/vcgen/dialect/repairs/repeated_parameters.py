"""Parameters that one list declares again: they are one, whatever the others say of it."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.repairs.locations import LOCATIONS
from vcgen.text.nodes import text

_PLACES = LOCATIONS - {"querystring"}  # which has the whole query


@dialect_pass(Kind.PATH_ITEM, Kind.OPERATION, fields={"parameters"})
def repeated_parameters(node: Node, place: Place) -> Change | None:
    """Read the first of them: an operation and its path have lists of their own."""
    declared = node.get("parameters")
    if not isinstance(declared, list) or len(declared) < 2:
        return None
    kept: list[object] = []
    known: set[tuple[str, str]] = set()
    told: list[str] = []
    for one in declared:
        found = place.document.resolve(one)
        name, where = text(found.get("name")).strip(), text(found.get("in")).lower()
        # The names of headers are the same in any capitals (RFC 9110, section 5.1).
        key = (name.lower() if where == "header" else name, where)
        if where in _PLACES and key in known:
            told.append(f'the {where} parameter "{name}" is declared again: the first is read')
        else:
            kept.append(one)
            known.add(key)
    return Change({**node, "parameters": kept}, tuple(told)) if told else None
