"""Inline parts of an allOf that declare the same property: it is one property, of both schemas."""

from collections import Counter

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, mapping


@dialect_pass(Kind.SCHEMA)
def all_of_twice(node: Node, place: Place) -> Change | None:
    """Declare the property in the first part alone; where the schemas differ, as an allOf."""
    parts = node.get("allOf")
    if not isinstance(parts, list):
        return None
    inline = [at for at, part in enumerate(parts) if isinstance(part, dict) and "$ref" not in part]
    count = Counter(name for at in inline for name in mapping(parts[at].get("properties")))
    twice = [name for name, times in count.items() if times > 1]
    if not twice:
        return None
    changed = list(parts)
    for name in twice:
        _merge(changed, inline, name)
    messages = (f'several parts of the allOf declare "{name}": read as one' for name in twice)
    return Change({**node, "allOf": changed}, tuple(messages))


def _merge(parts: list[Node], inline: list[int], name: str) -> None:
    """Leave a property to the first part that has it."""
    having = [at for at in inline if name in mapping(parts[at].get("properties"))]
    schemas: list[object] = []
    for at in having:
        properties = dict(parts[at]["properties"])
        schema = properties.pop(name)
        schemas += [] if schema in schemas else [schema]
        parts[at] = {**parts[at], "properties": properties}
    first = parts[having[0]]
    merged = schemas[0] if len(schemas) == 1 else {"allOf": schemas}
    parts[having[0]] = {**first, "properties": {**first["properties"], name: merged}}
