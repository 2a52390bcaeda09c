"""The address: host, basePath and schemes are the servers of OpenAPI 3."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vcgen.reading.swagger2.notes import Spot
from vcgen.reading.swagger2.values import refusal, stated_list
from vcgen.text.nodes import type_shown
from vcgen.text.pointers import child

# What is sent in the clear comes after what is not, whatever the document prefers.
_RANKS = {"https": 0, "http": 1, "wss": 2, "ws": 3}

_SCHEME = re.compile(r"([a-zA-Z][a-zA-Z0-9+.-]*)://")
_PLACEHOLDER = re.compile(r"[<{]+([^<>{}/]+)[>}]+")
_NOT_IN_NAMES = re.compile(r"[^a-zA-Z0-9_.-]+")


def servers(tree: Mapping[str, Any], schemes: Any, spot: Spot) -> list[dict[str, Any]]:
    """Return the servers of a document, one for each scheme, the encrypted ones first.

    Without a host they are relative to where the document came from; without a scheme, https.

    Raises:
        SpecError: A part of the address is of a wrong type.
    """
    host = _text(tree, "host").strip().rstrip("/")
    path = "/" + _text(tree, "basePath").strip().strip("/")
    if not host:
        return [_server(path)]
    stated = _SCHEME.match(host)
    if stated:
        return [_server(host + path.rstrip("/"))]
    pointer = child(spot.source, "schemes")
    stated_schemes = [schemes] if isinstance(schemes, str) else schemes
    names = [] if schemes is None else stated_list(stated_schemes, "`schemes`", pointer)
    for index, name in enumerate(names):
        if not isinstance(name, str) or name.lower() not in _RANKS:
            shown = f'"{name}"' if isinstance(name, str) else type_shown(name)
            hint = f"it is one of {', '.join(_RANKS)}"
            place = pointer if isinstance(schemes, str) else child(pointer, index)
            raise refusal(f"unknown scheme {shown}", place, hint)
    lowered = dict.fromkeys(name.lower() for name in names)  # as in any URL, case does not count
    ranked = sorted(lowered, key=_RANKS.__getitem__) or ["https"]
    return [_server(f"{name}://{host}{path.rstrip('/')}") for name in ranked]


def _text(tree: Mapping[str, Any], key: str) -> str:
    value = tree.get(key)
    if value is None or isinstance(value, str):
        return value or ""
    raise refusal(f"`{key}` is {type_shown(value)}, not a string", child("#", key))


def _server(url: str) -> dict[str, Any]:
    """Return a server; what is left open in an address, as in `<host>`, is a variable of it.

    What it is usually, nobody knows: it goes undeclared, but where all of the host is open.
    """
    is_open = False

    def variable(match: re.Match[str]) -> str:
        nonlocal is_open
        name = _NOT_IN_NAMES.sub("_", match[1].strip())
        # A host that is wholly open is called what documents of OpenAPI 3 call it.
        is_host = url[: match.start()].endswith("://") and url[match.end() :][:1] in ("", "/", ":")
        is_open = is_open or is_host
        return "{host}" if is_host else f"{{{name}}}"

    address = _PLACEHOLDER.sub(variable, url)
    variables = {"host": {"default": "localhost"}}
    return {"url": address, "variables": variables} if is_open else {"url": address}
