"""Operations that share an operationId, as those of one function with several methods do."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.OPERATION)
def operation_ids(node: Node, place: Place) -> Change | None:
    """Drop an operationId that another operation of the same first tag has, too.

    Each is called after its method and path then: that does not depend on which was selected.
    """
    name, tags = node.get("operationId"), node.get("tags")
    tag = tags[0] if isinstance(tags, list) and tags else None
    if not isinstance(name, str) or place.document.operation_ids[str(tag), name] < 2:
        return None
    rest = {key: value for key, value in node.items() if key != "operationId"}
    return Change(rest, (f'several operations have the operationId "{name}": read as none',))
