"""What a document says around its operations: where they are, and which credentials they want."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from corpus_files import Node
from corpus_operations import Operation

Tree = dict[str, Any]
# What stands in front of the scopes of a token, which it shows so that a server can see them.
_TOKEN = "token-of:"


def url_of(document: Node) -> str:
    """Return the URL of the server that a document names first, with the defaults of its parts."""
    return _filled((document.get("servers") or [{"url": "/"}])[0])


def _filled(server: Tree) -> str:
    url = str(server["url"])
    for name, variable in (server.get("variables") or {}).items():
        url = url.replace(f"{{{name}}}", variable["default"])
    return url


def _item(document: Node, operation: Operation) -> tuple[Node, Node]:
    """Return a path item and an operation in it."""
    for path, shell in document.children("paths"):
        item = shell.resolved()
        if path.partition("?")[0] == operation.path and operation.method.lower() in item:
            return item, item[operation.method.lower()]
    raise KeyError(operation.name)


def servers_of(document: Node, operation: Operation) -> list[str]:
    """Return the URLs under which an operation is."""
    item, own = _item(document, operation)
    servers = own.get("servers") or item.get("servers") or document.get("servers") or [{"url": "/"}]
    return [_filled(one).replace("{host}", "server.test") for one in servers]


def schemes_of(document: Node) -> dict[str, Tree]:
    """Return the security schemes of a document by name."""
    around = document if "swagger" in document else document.get("components") or {}
    return dict(around.get("securityDefinitions") or around.get("securitySchemes") or {})


def places_of_keys(document: Node) -> Iterator[tuple[str, str]]:
    """Yield where keys are sent: the place, and their name there."""
    for scheme in schemes_of(document).values():
        if scheme["type"] == "apiKey":
            yield scheme["in"], scheme["name"].lower()


def wanted_by(document: Node, operation: Operation) -> list[dict[str, list[str]]]:
    """Return the alternatives of credentials of an operation: the schemes, and their scopes."""
    stated = _item(document, operation)[1].get("security")
    return (document.get("security") or []) if stated is None else stated


def needed_by(document: Node, operation: Operation) -> list[list[tuple[Tree, frozenset[str]]]]:
    """Return the alternatives with what each scheme is, and the scopes that a token must have."""
    schemes = schemes_of(document)
    return [
        [(schemes[name], frozenset(scopes)) for name, scopes in one.items() if name in schemes]
        for one in wanted_by(document, operation)
    ]


def token_of(scopes: list[str]) -> str:
    """Return a token that has been given scopes."""
    return _TOKEN + ",".join(scopes)


def allows(token: str, scopes: frozenset[str]) -> bool:
    """Tell whether a token has been given scopes; one that shows none has all of them."""
    return not token.startswith(_TOKEN) or scopes <= {*token.removeprefix(_TOKEN).split(",")}
