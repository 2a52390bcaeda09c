"""Styles: how arrays and objects are written in a URL, a header, a cookie or a form."""

from __future__ import annotations

from typing import Protocol

from vcgen import ir
from vcgen.records import replace

# What `allowReserved` leaves as it is, but for what would end or divide a query (RFC 3986).
_RESERVED = ":/?@!$'()*,;"

# How arrays and objects can be written in a query or form; first as it is where none is stated.
QUERY_STYLES = ("form", "spaceDelimited", "pipeDelimited", "deepObject")


class _Described(Protocol):
    """What the specification describes by a style: parameters, and the fields of forms."""

    style: str | None
    explode: bool | None
    allowReserved: bool


def default_style(name: str) -> ir.Style:
    """Return a style as it is where the document does not say more."""
    return ir.Style(name, explode=name in {"form", "deepObject", "cookie"})


def style_of(described: _Described, usual: str) -> ir.Style:
    """Return the style of a parameter or of a field of a form."""
    name = described.style or usual
    explode = described.explode
    if explode is None:
        explode = default_style(name).explode
    return ir.Style(name, explode, _RESERVED if described.allowReserved else "")


def in_path(style: ir.Style, *, spans: bool) -> ir.Style:
    """Return a style as a path has it, where a question mark would begin the query.

    Args:
        style: The style as the document states it.
        spans: Whether the value is several segments, with the slashes between them.
    """
    safe = _RESERVED if style.safe or spans else ""
    return replace(style, safe=safe.replace("?", ""))
