"""Security requirements that name a scheme which is not there."""

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.DOCUMENT, Kind.OPERATION)
def unknown_security(node: Node, place: Place) -> Change | None:
    """Take the scheme of the same name in other capitals, or else call without it."""
    security = node.get("security")
    if not isinstance(security, list):
        return None
    known = {str(name) for name in place.document.components("securitySchemes")}
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
    names = {name: spelt.get(name.casefold(), "") for name in missing}
    kept = [_with_known(one, names) if isinstance(one, dict) else one for one in security]
    left = [one for one, old in zip(kept, security, strict=True) if one or not old]
    return Change({**node, "security": left}, tuple(map(_message, names, names.values())))


def _with_known(requirement: Node, names: dict[str, str]) -> dict[str, object]:
    return {
        names.get(str(name)) or str(name): scopes
        for name, scopes in requirement.items()
        if names.get(str(name), str(name))
    }


def _message(name: str, known: str) -> str:
    outcome = f'read as "{known}"' if known else "called without it"
    return f'there is no security scheme "{name}": {outcome}'
