"""Addresses: the URLs of servers, with their variables as the document has them."""

from __future__ import annotations

from vcgen.text.nodes import mapping

# What callers always give stays a variable.
_GIVEN = "host"


def address_of(server: object) -> str:
    """Return the URL of a Server Object, with the defaults of its variables (OpenAPI 3.1, 4.8.5).

    It is "" where there is none, whatever the server is.
    """
    url = str(mapping(server).get("url", ""))
    for name, variable in mapping(mapping(server).get("variables")).items():
        if name != _GIVEN and isinstance(variable, dict):
            url = url.replace(f"{{{name}}}", str(variable.get("default", "")))
    return url
