"""`additionalProperties: {type: object}`: how generators of documents write a map of anything."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass

_ANNOTATIONS = frozenset({"type", "title", "description", "example", "x-nullable", "nullable"})


@dialect_pass(Kind.SCHEMA, fields={"additionalProperties"})
def map_of_objects(node: Node, place: Place) -> Change | None:
    """Let the values be anything: what servers send there are texts and numbers as a rule.

    It is no defect, so it is none that strict refuses: all that the document allows is still read.
    """
    stated = node.get("additionalProperties")
    values: Node = place.document.resolve(stated) if isinstance(stated, dict) else {}
    if values.get("type") != "object":
        return None
    if not all(key in _ANNOTATIONS for key in values):
        return None
    kept = {key: value for key, value in values.items() if key != "type"}
    return Change({**node, "additionalProperties": kept})
