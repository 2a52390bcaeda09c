"""Mappings that are not there: PHP writes `[]` for an empty one, and YAML nothing at all."""

from collections.abc import Collection, Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping

_FIELDS: Mapping[Kind, tuple[str, ...]] = {
    Kind.SERVER: ("variables",),
    Kind.OPERATION: ("responses", "callbacks"),
    Kind.PARAMETER: ("schema", "content", "examples"),
    Kind.HEADER: ("schema", "content", "examples"),
    Kind.REQUEST_BODY: ("content",),
    Kind.RESPONSE: ("headers", "content", "links"),
    Kind.MEDIA_TYPE: ("schema", "encoding", "examples"),
    Kind.ENCODING: ("headers",),
    Kind.SCHEMA: (
        *("additionalProperties", "dependentSchemas", "items", "not", "patternProperties"),
        *("properties", "propertyNames"),
    ),
    Kind.SECURITY_SCHEME: ("flows",),
}
# Where a mapping has nodes, one that is empty or null says nothing of what it describes.
_MAPS: Mapping[Kind, tuple[str, ...]] = {
    Kind.OPERATION: ("responses",),
    Kind.REQUEST_BODY: ("content",),
    Kind.RESPONSE: ("content", "headers"),
    Kind.SCHEMA: ("properties", "patternProperties"),
}


def _concerns(kind: Kind, keys: Collection[str]) -> bool:
    return kind is Kind.REQUEST_BODY or any(key in keys for key in _FIELDS[kind])


@dialect_pass(*_FIELDS, when=_concerns)
def empty_mappings(node: Node, place: Place) -> Change | None:
    """Read an empty list, null in a mapping of nodes, or no content, as an empty mapping."""
    changed: dict[str, object] = {key: {} for key in _FIELDS[place.kind] if node.get(key) == []}
    messages = [f"`{key}` is an empty list: read as an empty mapping" for key in changed]
    for key in _MAPS.get(place.kind, ()):
        entries = node.get(key)
        for name, one in entries.items() if isinstance(entries, dict) else ():
            if one is None or one == []:
                changed[key] = {**mapping(changed.get(key, entries)), name: {}}
                messages.append(f'"{name}" of `{key}` is empty: read as an empty mapping')
    if place.kind is Kind.REQUEST_BODY and not {"content", "$ref"} & node.keys():
        changed["content"] = {}
        messages.append("`content` is missing: read as an empty mapping")
    return Change({**node, **changed}, tuple(messages)) if changed else None
