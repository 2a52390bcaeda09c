"""Requirements of several credentials that are sent in the same place: `{oauth2: [], oauth2c: []}`.

A request has one `Authorization`, so that one token must serve for all of them. Documents of Google
name each of its flows so; a caller has a token of one.
"""

from __future__ import annotations

from itertools import product

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass, text

# OpenAPI 3.1, section 4.8.27: what is sent as the header `Authorization`.
_AUTHORIZATION = frozenset({"basic", "bearer", "digest", "http", "oauth2", "openidconnect"})


@dialect_pass(Kind.DOCUMENT, Kind.OPERATION, fields={"security"})
def joint_credentials(node: Node, place: Place) -> Change | None:
    """Write alternatives in place of credentials of which a request has room for one."""
    stated = node.get("security")
    if not isinstance(stated, list) or not any(
        isinstance(one, dict) and len(one) > 1 for one in stated
    ):
        return None
    found: list[object] = []
    for one in stated:
        found += [new for new in _alternatives(one, place) if new not in found]
    is_other = isinstance(stated, list) and found != stated
    return Change({**node, "security": found}) if is_other else None


def _alternatives(requirement: object, place: Place) -> list[object]:
    """Return the requirements that take one scheme for each place of a request."""
    if not isinstance(requirement, dict) or len(requirement) < 2:
        return [requirement]
    groups: dict[str, list[str]] = {}
    for name in requirement:
        groups.setdefault(_sent_in(name, place) or f"alone {name}", []).append(name)
    if len(groups) == len(requirement):
        return [requirement]
    return [{name: requirement[name] for name in names} for names in product(*groups.values())]


def _sent_in(name: str, place: Place) -> str:
    """Return where a credential is sent, "" if that is not known."""
    scheme = place.document.resolve(place.document.components("securitySchemes").get(name))
    if text(scheme.get("type")).lower() in _AUTHORIZATION:
        return "header authorization"
    where, called = text(scheme.get("in")).lower(), text(scheme.get("name"))
    if not (where and called):
        return ""
    return f"{where} {called.lower() if where == 'header' else called}"
