"""Operations that share an operationId, as those of one function with several methods do."""

from __future__ import annotations

import re

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.clashes import number_of
from vcgen.text.pointers import pointer_keys

# Beyond this, nobody reads what tells two operations apart.
_LONGEST = 60


@dialect_pass(Kind.OPERATION)
def operation_ids(node: Node, place: Place) -> Change | None:
    """Add to an operationId that another operation of the same first tag has, what is different.

    That is of its path, or else its method. The one with the shortest path keeps it as it is; none
    of this depends on which was selected.
    """
    name, tags = node.get("operationId"), node.get("tags")
    tag = tags[0] if isinstance(tags, list) and tags else None
    keys = pointer_keys(place.pointer)
    if not isinstance(name, str) or len(keys) < 3:
        return None
    every = place.document.operation_ids[str(tag), name]
    own = (keys[1], keys[-1])
    if len(every) < 2 or own not in every:
        return None
    # Whoever was here already for as long as another is the first of them.
    first = min(every, key=lambda one: (one[0].count("/"), len(one[0]), every.index(one)))
    if own == first:
        return None
    told = _told_apart(own, first)
    if sum(_told_apart(one, first) == told for one in every if one != first) > 1:
        told = _words(f"{own[0]} {own[1]}")
    wanted = f"{name}_{told}"
    if len(wanted) > _LONGEST or (str(tag), wanted) in place.document.operation_ids:
        wanted = f"{name}_{number_of(' '.join(own))}"
    said = f'several operations have the operationId "{name}": read as "{wanted}"'
    return Change({**node, "operationId": wanted}, (said,))


def _told_apart(own: tuple[str, str], other: tuple[str, str]) -> str:
    """Return what is different about a path, or else the method."""
    parts, others = own[0].split("/"), other[0].split("/")
    return _words(" ".join(part for part in parts if part not in others)) or own[1]


def _words(text: str) -> str:
    return re.sub(r"[\W_]+", "_", text).strip("_")
