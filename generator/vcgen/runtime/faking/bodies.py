"""Reading of bodies: JSON, lines of it, texts, bytes."""

from __future__ import annotations

from typing import Any

from msgspec.json import decode

from vcgen.runtime.faking.reading import alternatives_in
from vcgen.runtime.faking.requests import Sent


def json_in(_: Any, type_: Any, sent: Sent) -> Any:
    """Return the value of a JSON body, or raise ValueError."""
    return decode(sent.content, type=type_)


def lines_in(_: Any, type_: Any, sent: Sent) -> Any:
    """Return the values of lines of JSON, or raise ValueError."""
    return decode(b"[%b]" % b",".join(sent.content.splitlines()), type=type_)


def raw_in(carrier: Any, type_: Any, sent: Sent) -> Any:
    """Return a text or bytes, or raise ValueError."""
    if str not in alternatives_in(type_):
        return sent.content
    return sent.content.decode(getattr(carrier, "charset", "utf-8"))
