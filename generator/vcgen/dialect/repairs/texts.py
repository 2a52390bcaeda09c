"""Texts that are none: a version without quotes is a number, and some are missing altogether."""

from collections.abc import Collection, Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass

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

# Since then, the description of a response need not be there.
_NOT_REQUIRED = (3, 2)


def _missing(kind: Kind, keys: Collection[str]) -> list[tuple[str, str]]:
    return [pair for pair in _REQUIRED.get(kind, ()) if pair[0] not in keys]


def _concerns(kind: Kind, keys: Collection[str]) -> bool:
    return any(key in keys for key in _TEXTS[kind]) or bool(_missing(kind, keys))


@dialect_pass(*_TEXTS, when=_concerns)
def texts(node: Node, place: Place) -> Change | None:
    """Write out numbers that stand for texts, drop what cannot be one, add what is missing."""
    missing = _missing(place.kind, node)
    wrong = [key for key in _TEXTS[place.kind] if not isinstance(node.get(key, ""), str)]
    if not (wrong or missing) or "$ref" in node:
        return None
    changed = {key: value for key, value in node.items() if key not in wrong}
    told = (
        () if place.document.version >= _NOT_REQUIRED and place.kind is Kind.RESPONSE else missing
    )
    messages = [f'`{key}` is missing: read as "{text}"' for key, text in told]
    for key in wrong:
        text = _written_out(node[key])
        outcome = f'read as "{text}"' if text else "dropped"
        messages.append(f"`{key}` is not a text: {outcome}")
        changed |= {key: text} if text else {}
    return Change({**changed, **dict(missing)}, tuple(messages))


def _written_out(value: object) -> str:
    """Return a number or boolean as a document writes it, "" for anything else."""
    if isinstance(value, bool):
        return str(value).lower()
    return str(value) if isinstance(value, int | float) else ""
