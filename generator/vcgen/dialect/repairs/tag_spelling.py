"""Tags that are one but for capitals and signs: "Vector-stores" beside "Vector Stores"."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.OPERATION)
def tag_spelling(node: Node, place: Place) -> Change | None:
    """Spell the tags of an operation as the document first does, wherever they are selected."""
    tags = node.get("tags")
    if not isinstance(tags, list):
        return None
    spelt = [place.document.tag(tag) if isinstance(tag, str) else tag for tag in tags]
    changes = [(old, new) for old, new in zip(tags, spelt, strict=True) if old != new]
    if not changes:
        return None
    messages = (f'the tag "{old}" is "{new}" elsewhere: read as that' for old, new in changes)
    return Change({**node, "tags": spelt}, tuple(messages))
