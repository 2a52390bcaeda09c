"""The older of vSphere's two APIs, `/rest`: which nodes are a part of it."""

from __future__ import annotations

from urllib.parse import urlsplit

from vcgen.dialect.protocol import Place
from vcgen.text.nodes import mapping, text
from vcgen.text.pointers import pointer_keys


def is_rest(place: Place) -> bool:
    """Return whether the node stands in an operation under `/rest`.

    The prefix is a part of the path key, or, in the oldest documents, of the server's URL.
    """
    keys = pointer_keys(place.pointer)
    if len(keys) < 3 or keys[0] != "paths":
        return False
    return keys[1].startswith("/rest/") or _is_served_under_rest(place)


def reply_status(place: Place) -> str:
    """Return the status of the reply that the media type is for, or ""."""
    keys = pointer_keys(place.pointer)
    is_reply = len(keys) == 7 and (keys[3], keys[5]) == ("responses", "content")
    return keys[4] if is_reply else ""


def _is_served_under_rest(place: Place) -> bool:
    servers = place.document.tree.get("servers")
    urls = [text(mapping(s).get("url")) for s in servers] if isinstance(servers, list) else []
    return bool(urls) and all(_path(url).rstrip("/").endswith("/rest") for url in urls)


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:  # such as an address in brackets that is none
        return ""
