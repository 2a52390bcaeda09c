"""Names in `required` that are no properties: misspelt ones, or ones that were taken away."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping, text
from vcgen.text.pointers import pointer_keys

# What else may declare a property of the same object.
_ELSEWHERE = {"allOf", "anyOf", "oneOf", "not", "if", "additionalProperties", "patternProperties"}


@dialect_pass(Kind.SCHEMA, fields={"required"})
def required_undeclared(node: Node, place: Place) -> Change | None:
    """Drop a name that neither the schema declares nor one that extends it.

    JSON Schema lets any value stand there; servers whose documents are like this send none, and a
    client that insisted on it could read nothing.
    """
    required, declared = node.get("required"), mapping(node.get("properties"))
    if not declared or not isinstance(required, list):
        return None
    elsewhere = {key for key in _ELSEWHERE & node.keys() if node[key] is not False}
    if elsewhere or _ELSEWHERE.intersection(pointer_keys(place.pointer)):
        return None
    tag = text(mapping(node.get("discriminator")).get("propertyName"))
    unknown = [name for name in required if text(name) not in (*declared, tag, "")]
    elsewhere = _of_extensions(place) if unknown else set()
    unknown = [name for name in unknown if name not in elsewhere]
    if not unknown:
        return None
    known = [name for name in required if name not in unknown]
    messages = [f"`required` names {name!r}, which is not a property: dropped" for name in unknown]
    rest = {key: value for key, value in node.items() if key != "required"}
    return Change({**rest, "required": known} if known else rest, tuple(messages))


def _of_extensions(place: Place) -> set[str]:
    """Return the properties that the schemas declare which extend the one at a place."""
    start = tuple(pointer_keys(place.pointer))
    found: set[str] = set()
    waiting, seen = [start], {start}
    while waiting:
        for name, node in place.document.extensions.get(waiting.pop(), ()):
            found.update(place.document.declared(node))
            keys = ("components", "schemas", name)
            if name and keys not in seen:
                seen.add(keys)
                waiting.append(keys)
    return found
