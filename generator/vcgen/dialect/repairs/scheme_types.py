"""Types of security schemes as Swagger 2.0 and people have them: `basic`, `bearer`, `apikey`.

Some state no type, and some no scheme of HTTP: what else is there tells it, or the name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text.nodes import mapping, text
from vcgen.text.pointers import pointer_keys
from vcgen.text.tokens import is_token

# OpenAPI 3.2.0, section 4.27.1: the types, by what they are in small letters.
TYPES = {one.lower(): one for one in ("apiKey", "http", "mutualTLS", "oauth2", "openIdConnect")}
HTTP = frozenset({"basic", "bearer", "digest"})

# The field that a scheme of a type must have, and others need not.
_TELLING = {"flows": "oauth2", "openIdConnectUrl": "openIdConnect", "scheme": "http"}
_FLOWS = {
    "accessCode": "authorizationCode",
    "application": "clientCredentials",
    "implicit": "implicit",
    "password": "password",
}
# A header with the beginning of its value, as people write `Authorization: Bearer`.
_WITH_VALUE = re.compile(r"\s*(Authorization)\s*:\s*(\w*).*", re.IGNORECASE)
_OF_FLOW = ("authorizationUrl", "tokenUrl", "refreshUrl", "scopes")


@dialect_pass(Kind.SECURITY_SCHEME)
def scheme_types(node: Node, place: Place) -> Change | None:
    """Read the type of OpenAPI: `basic` is `http` with the scheme `basic`."""
    if "$ref" in node:
        return None
    told: list[str] = []
    changed = _typed(node, told)
    if changed.get("type") == "http" and not changed.get("scheme"):
        scheme = _scheme(changed, place)
        changed = {**changed, "scheme": scheme}
        told.append(f'`scheme` is missing: read as "{scheme}"')
    if changed.get("type") == "oauth2" and "flows" not in changed:
        changed = _with_flow(changed, told)
    if changed.get("type") == "apiKey":
        changed = _with_place(changed, place, told)
    changed = _with_scopes(changed, told)
    return Change(changed, tuple(told)) if told else None


def _typed(node: Node, told: list[str]) -> Node:
    """Return a scheme with its type as OpenAPI has it."""
    stated = node.get("type")
    folded = stated.lower() if isinstance(stated, str) else ""
    if folded in HTTP:
        told.append(f'`type` is "{stated}": read as `http` with that scheme')
        return {**node, "type": "http", "scheme": folded}
    if stated is None:
        found = next((type_ for key, type_ in _TELLING.items() if key in node), "")
        type_ = "apiKey" if not found and {"in", "name"} <= node.keys() else found
        if not type_:
            return node
        told.append(f'`type` is missing: read as "{type_}"')
        return {**node, "type": type_}
    if stated in TYPES.values() or folded not in TYPES:
        return node
    told.append(f'`type` is "{stated}": read as "{TYPES[folded]}"')
    return {**node, "type": TYPES[folded]}


def _with_place(node: Node, place: Place, told: list[str]) -> Node:
    """Return a scheme of a key that says where this is: in a header of the scheme's own name."""
    name = (pointer_keys(place.pointer) or ("",))[-1]
    missing = {key: value for key, value in (("in", "header"), ("name", name)) if not node.get(key)}
    told += (f'`{key}` is missing: read as "{value}"' for key, value in missing.items())
    found = {**node, **missing}
    stated = found["name"]
    if found["in"] != "header" or not isinstance(stated, str) or is_token(stated):
        return found
    header, scheme = parts.groups() if (parts := _WITH_VALUE.fullmatch(stated)) else ("", "")
    if scheme.lower() in HTTP:
        told.append(f'no header is called "{stated}": read as `http` with that scheme')
        rest = {key: value for key, value in found.items() if key not in {"in", "name"}}
        return {**rest, "type": "http", "scheme": scheme.lower()}
    candidates = (stated.strip(), header, name)
    meant = next((one for one in candidates if is_token(one)), stated)
    if meant != stated:
        told.append(f'no header is called "{stated}": read as "{meant}"')
    return {**found, "name": meant}


def _scheme(node: Node, place: Place) -> str:
    """Return the scheme of HTTP that its name in the document tells, or else the usual one."""
    name = (pointer_keys(place.pointer) or ("",))[-1].lower()
    is_token = "bearerFormat" in node
    return next((one for one in sorted(HTTP) if one in name and not is_token), "bearer")


def _with_scopes(node: Node, told: list[str]) -> Node:
    """Return a scheme whose scopes are mappings: a list has their names alone."""
    flows = mapping(node.get("flows"))
    listed = {
        name: flow["scopes"]
        for name, flow in flows.items()
        if isinstance(flow, Mapping) and isinstance(flow.get("scopes"), list)
    }
    if not listed:
        return node
    told.append("`scopes` is a list: read as a mapping to descriptions")
    found = {
        name: {**flows[name], "scopes": {str(scope): "" for scope in scopes}}
        for name, scopes in listed.items()
    }
    return {**node, "flows": {**flows, **found}}


def _with_flow(node: Node, told: list[str]) -> Node:
    """Return a scheme of OAuth 2 whose one flow is as Swagger 2.0 has it, as OpenAPI has it."""
    flow = _FLOWS.get(text(node.get("flow")))
    if flow is None:
        return node
    told.append(f'`flow` is "{node["flow"]}": read as the one of `flows`')
    inner: Mapping[str, object] = {key: node[key] for key in _OF_FLOW if key in node}
    rest = {key: value for key, value in node.items() if key not in {"flow", *_OF_FLOW}}
    return {**rest, "flows": {flow: {"scopes": {}, **inner}}}
