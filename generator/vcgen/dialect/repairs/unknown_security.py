"""Security requirements that name a scheme which is not there, or of no type of OpenAPI."""

from __future__ import annotations

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.repairs.scheme_types import HTTP, TYPES
from vcgen.text.pointers import pointer_keys

_SCHEMES = "#/components/securitySchemes/"


@dialect_pass(Kind.DOCUMENT, Kind.OPERATION)
def unknown_security(node: Node, place: Place) -> Change | None:
    """Take the scheme that a URI means, or one in other capitals, or else call without it.

    From 3.2 on, a requirement may name a scheme by its URI (Security Requirement Object).
    """
    security = node.get("security")
    if not isinstance(security, list):
        return None
    schemes = place.document.components("securitySchemes")
    known = {str(name) for name, one in schemes.items() if _is_known(one, place)}
    spelt = {name.casefold(): name for name in known}
    missing = [
        str(name)
        for requirement in security
        if isinstance(requirement, dict)
        for name in requirement
        if str(name) not in known
    ]
    if not missing:
        return None
    names = {name: spelt.get(_plain(name).casefold(), "") for name in missing}
    kept = [_with_known(one, names) if isinstance(one, dict) else one for one in security]
    left = [one for one, old in zip(kept, security, strict=True) if one or not old]
    return Change({**node, "security": left}, tuple(map(_message, names, names.values())))


def _plain(name: str) -> str:
    """Return the name of a scheme that is given as the URI of one."""
    _, mark, rest = name.partition(_SCHEMES)
    return pointer_keys(f"#/{rest}")[0] if mark else name


def _is_known(scheme: object, place: Place) -> bool:
    """Tell whether a scheme is of a type that OpenAPI has."""
    stated = place.document.resolve(scheme).get("type", "")
    return not isinstance(stated, str) or stated.lower() in {"", *TYPES, *HTTP}


def _with_known(requirement: Node, names: dict[str, str]) -> dict[str, object]:
    return {
        names.get(str(name)) or str(name): [] if scopes is None else scopes
        for name, scopes in requirement.items()
        if names.get(str(name), str(name))
    }


def _message(name: str, known: str) -> str:
    outcome = f'read as "{known}"' if known else "called without it"
    return f'there is no usable security scheme "{name}": {outcome}'
