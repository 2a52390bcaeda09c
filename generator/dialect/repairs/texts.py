"""Texts that are none: a version without quotes is a number, and some are missing altogether."""

from collections.abc import Iterator, Mapping

from generator.dialect.protocol import Change, Kind, Node, Place, dialect_pass

_TEXTS: Mapping[Kind, tuple[str, ...]] = {
    **dict.fromkeys(Kind, ("description",)),
    Kind.INFO: ("title", "version", "summary", "description", "termsOfService"),
    Kind.SERVER: ("url", "description"),
    Kind.OPERATION: ("operationId", "summary", "description"),
    Kind.SCHEMA: ("title", "description", "format", "pattern"),
    Kind.OBJECT: ("default", "description", "name"),
}

# What OpenAPI wants to be there, and nothing depends on.
_REQUIRED: Mapping[Kind, tuple[tuple[str, str], ...]] = {
    Kind.INFO: (("title", "API"), ("version", "")),
    Kind.RESPONSE: (("description", ""),),
}


@dialect_pass(*_TEXTS)
def texts(node: Node, place: Place) -> Change | None:
    """Write out numbers that stand for texts, drop what cannot be one, add what is missing."""
    if "$ref" in node:
        return None
    changed = dict(node)
    messages = [*_repaired(changed, place.kind), *_completed(changed, place.kind)]
    return Change(changed, tuple(messages)) if messages else None


def _repaired(node: dict[str, object], kind: Kind) -> Iterator[str]:
    for key in _TEXTS[kind]:
        value = node.get(key, "")
        if isinstance(value, str):
            continue
        if isinstance(value, int | float):
            node[key] = str(value).lower() if isinstance(value, bool) else str(value)
            yield f'`{key}` is no text: read as "{node[key]}"'
        else:
            del node[key]
            yield f"`{key}` is no text: dropped"


def _completed(node: dict[str, object], kind: Kind) -> Iterator[str]:
    for key, text in _REQUIRED.get(kind, ()):
        if key not in node:
            node[key] = text
            yield f'`{key}` is missing: read as "{text}"'
