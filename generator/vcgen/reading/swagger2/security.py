"""Security definitions are security schemes; OAuth 2 has its flows under other names."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from vcgen.reading.swagger2.context import Context
from vcgen.reading.swagger2.notes import Spot
from vcgen.reading.swagger2.values import refusal, stated_mapping
from vcgen.text.pointers import child

_FLOWS = {
    "implicit": ("implicit", ("authorizationUrl",)),
    "password": ("password", ("tokenUrl",)),
    "application": ("clientCredentials", ("tokenUrl",)),
    "accessCode": ("authorizationCode", ("authorizationUrl", "tokenUrl")),
}
_OF_FLOWS = frozenset({"flow", "authorizationUrl", "tokenUrl", "scopes"})


def convert_security(context: Context, node: Any, spot: Spot) -> dict[str, Any]:
    """Return a security scheme; a type that Swagger 2.0 does not know stays as it is.

    Raises:
        SpecError: It is no mapping, or its flow is unknown.
    """
    scheme: Mapping[str, Any] = stated_mapping(node, "the security scheme", spot.source)
    if scheme.get("type") == "basic":
        return {**scheme, "type": "http", "scheme": "basic"}
    if scheme.get("type") != "oauth2" or "flows" in scheme:
        return dict(scheme)
    flow = scheme.get("flow")
    if not isinstance(flow, str) or flow not in _FLOWS:
        hint = f"it is one of {', '.join(_FLOWS)}"
        raise refusal(f"unknown OAuth 2 flow {flow!r}", child(spot.source, "flow"), hint)
    name, urls = _FLOWS[flow]
    context.notes.moved(spot.becoming("flows", name))
    scopes = scheme.get("scopes")
    converted = {url: scheme[url] for url in urls if url in scheme}
    converted["scopes"] = {} if scopes is None else scopes
    rest = {key: value for key, value in scheme.items() if key not in _OF_FLOWS}
    return {**rest, "flows": {name: converted}}
