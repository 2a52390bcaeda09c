"""Requirements of several credentials that are sent in the same place: `{oauth2: [], oauth2c: []}`.

A request has one `Authorization`, so that one token must serve for all of them. Documents of Google
name each of its flows so; a caller has a token of one.
"""

from __future__ import annotations

from itertools import product
from math import prod

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import text

# OpenAPI 3.1, section 4.8.27: what is sent as the header `Authorization`.
_AUTHORIZATION = frozenset({"basic", "bearer", "digest", "http", "oauth2", "openidconnect"})
# No document means as many alternatives: they multiply.
_MOST = 100


@dialect_pass(Kind.DOCUMENT, Kind.OPERATION, fields={"security"})
def joint_credentials(node: Node, place: Place) -> Change | None:
    """Write alternatives in place of credentials of which a request has room for one."""
    stated = node.get("security")
    if not isinstance(stated, list):
        return None
    found = [new for one in stated for new in _alternatives(one, place)]
    if found == stated:
        return None
    once = [one for index, one in enumerate(found) if one not in found[:index]]
    return Change({**node, "security": once})


def _alternatives(requirement: object, place: Place) -> list[object]:
    """Return the requirements that take one scheme for each place of a request."""
    if not isinstance(requirement, dict) or len(requirement) < 2:
        return [requirement]
    groups: dict[str, list[str]] = {}
    for name in requirement:
        groups.setdefault(_sent_in(name, place) or f"alone {name}", []).append(name)
    if len(groups) == len(requirement) or prod(map(len, groups.values())) > _MOST:
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
