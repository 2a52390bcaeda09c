"""Servers: a client talks to one, so all of its documents have to be about the same."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import takewhile
from typing import Any
from urllib.parse import urlsplit

from vcgen.errors import Diagnostic, SpecError
from vcgen.records import Record
from vcgen.text.addresses import address_of

# What stands in a document where nobody knows the host yet.
_OPEN = frozenset({"", "localhost", "127.0.0.1", "example.com", "{host}"})
_HINT = "a client talks to one server: configure a client for each of the two"


class Servers(Record):
    """Where the operations of several documents are.

    Attributes:
        listed: What the whole says of its servers, or None if nothing.
        prefixes: What goes in front of the paths, by the number of the document.
    """

    listed: list[Any] | None
    prefixes: tuple[str, ...]


def common_servers(trees: Sequence[Mapping[str, Any]], names: Sequence[str]) -> Servers:
    """Return the servers of several documents as those of one.

    Where they differ in the path of the address, what is not common goes into the paths.

    Raises:
        SpecError: They are different hosts.
    """
    lists = [_listed(tree) for tree in trees]
    if all(one == lists[0] for one in lists):
        return Servers(lists[0], ("",) * len(trees))
    addresses = [_address(one) for one in lists]
    stated: dict[str, int] = {}
    for at, (host, _) in enumerate(addresses):
        if host:
            stated.setdefault(host, at)
    if len(stated) > 1:
        (one, first), (other, second) = list(stated.items())[:2]
        message = f"this document is for the server {other}, and {names[first]} for {one}"
        raise SpecError(Diagnostic(message, hint=_HINT, file=names[second]))
    paths = [path for _, path in addresses]
    common = _common(paths)
    prefixes = tuple(
        "/" + "/".join(path[len(common) :]) if path[len(common) :] else "" for path in paths
    )
    base = "/" + "/".join(common) if common else ""
    whole = next((at for at in stated.values()), 0)
    kept = next((one for one in (lists[whole], *lists) if one), None)
    return Servers(kept and [_with_path(kept[0], base)], prefixes)


def _listed(tree: Mapping[str, Any]) -> list[Any] | None:
    servers = tree.get("servers")
    return servers if isinstance(servers, list) and servers else None


def _address(servers: list[Any] | None) -> tuple[str, list[str]]:
    """Return the host that is the only one, or "" where any may be; and the parts of the path."""
    host, path = _split(address_of(servers[0]) if servers else "")
    return ("" if host in _OPEN else host), [part for part in path.split("/") if part]


def _split(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:  # such as an address in brackets that is none; the building tells of it
        return url, ""
    return parts.netloc, parts.path


def _common(paths: Sequence[list[str]]) -> list[str]:
    """Return the parts that all paths begin with."""
    columns = zip(*paths, strict=False)
    return [parts[0] for parts in takewhile(lambda one: len(set(one)) == 1, columns)]


def _with_path(server: Any, path: str) -> dict[str, Any]:
    """Return a server at another path of the same host."""
    url = address_of(server)
    own = _split(url)[1]
    variables = server.get("variables", {})
    host = {"host": variables["host"]} if "host" in variables else {}
    return {"url": url.removesuffix(own).rstrip("/") + path or "/"} | (
        {"variables": host} if host else {}
    )
