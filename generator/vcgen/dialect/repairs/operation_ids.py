"""Operations that share an operationId, as those of one function with several methods do."""

from __future__ import annotations

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
    own = (keys[1], keys[-1])
    # Whoever was here already for as long as another is the first of them.
    every = place.document.operation_ids[str(tag), name]
    if not every.shares(own) or own == every.first:
        return None
    wanted = f"{name}_{every.told_apart(own)}"
    if len(wanted) > _LONGEST or (str(tag), wanted) in place.document.operation_ids:
        wanted = f"{name}_{number_of(' '.join(own))}"
    said = f'several operations have the operationId "{name}": read as "{wanted}"'
    return Change({**node, "operationId": wanted}, (said,))
