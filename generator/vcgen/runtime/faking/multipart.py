"""Reading of multipart forms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from email import message_from_string
from typing import Any
from urllib.parse import quote

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from vcgen.runtime.faking.forms import field_of
from vcgen.runtime.faking.reading import (
    Readings,
    fitting,
    is_list,
    of_values,
    properties_of,
    without_none,
)
from vcgen.runtime.faking.requests import Sent
from vcgen.runtime.wire.forms import File


def multipart_in(carrier: Any, type_: Any, sent: Sent) -> Any:
    """Return the object of a multipart form, or raise ValueError."""
    parts = list(parts_in(sent))
    known, others = properties_of(type_)
    encodings = getattr(carrier, "encodings", {})
    found: dict[str, Any] = {}
    for name, kind in known.items():
        style = style_in(encodings.get(name))
        readings = [*part_readings(parts, name, kind, style, known)]
        if readings:
            found[name] = fitting(without_none(kind), readings)[0]
    if others is not None:
        found |= {name: value for name, value in parts if name not in known}
    value = fitting(without_none(type_), [found])[1]
    if isinstance(value, Struct):
        # A file has a name and a media type, which its bytes alone do not have.
        for one in fields(value):
            content = found.get(one.encode_name)
            many = content if is_list(content) else [content]
            if any(isinstance(inner, File) for inner in many):
                setattr(value, one.name, content)
    return value


def parts_in(sent: Sent) -> Iterator[tuple[str, Any]]:
    """Yield the names of parts, and their files, texts, or JSON values."""
    kind = message_from_string(f"Content-Type: {sent.headers['Content-Type']}\n\n")
    boundary = f"\r\n--{kind.get_param('boundary')}".encode()
    for part in (b"\r\n" + sent.content).split(boundary)[1:-1]:
        head, _, content = part.removeprefix(b"\r\n").partition(b"\r\n\r\n")
        headers = message_from_string(head.decode().replace("\r\n", "\n"))
        disposition = dict(headers.get_params(header="Content-Disposition") or ())
        media_type = headers.get_content_type()
        name = disposition.get("name", "").replace("%22", '"')
        if "filename" in disposition:
            filename = disposition["filename"].replace("%22", '"')
            file = File(content, filename, headers.get("Content-Type", ""))
            yield name, file
        elif media_type.endswith("json"):
            yield name, msgspec.json.decode(content)
        else:
            yield name, content.decode()


def style_in(encoding: Any) -> Any:
    """Return the style of a field, or None."""
    inner = getattr(encoding, "encoding", encoding)
    return getattr(inner, "style", None)


def part_readings(
    parts: Sequence[tuple[str, Any]], name: str, type_: Any, style: Any, known: Any
) -> Readings:
    """Yield what a field may stand for; nothing if it was not sent."""
    if style is None:
        own = [value for key, value in parts if key == name]
        return of_values(own) if own else iter(())
    texts = [(key, value) for key, value in parts if isinstance(value, str)]
    pairs = [(key, quote(text, safe=",")) for key, text in texts]
    return field_of(pairs, name, type_, style, known)
