"""Multipart forms: files and other fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol, Self, cast
from urllib.parse import unquote

from msgspec import UNSET, Struct, to_builtins
from msgspec.json import encode
from msgspec.structs import fields

from vcgen.runtime.wire.basics import Plain
from vcgen.runtime.wire.checks import checked
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.styles import Style, styled_pairs


class File(bytes):
    """The content of a file to upload, with its name and media type."""

    filename: str
    media_type: str

    def __new__(cls, content: bytes, filename: str, media_type: str = "") -> Self:
        """Create a file; the media type is that of the API document by default."""
        file = super().__new__(cls, content)
        file.filename = filename
        file.media_type = media_type
        return file


@dataclass(frozen=True)
class MultipartBody:
    """A multipart form of the fields of an object: bytes are files, objects JSON."""

    value: Any
    media_type: str

    def put(self, draft: Draft, /) -> None:
        """Add it to a request; a value of None is not sent."""
        if self.value is None:
            return
        parts = [
            one
            for name, value in items_of(self.value)
            for one in self.parts(name, value)
        ]
        if parts:
            draft.options["files"] = parts
        else:
            # The HTTP library would send no form at all without a part in it.
            draft.options["content"] = b"--end--\r\n"
            draft.headers["Content-Type"] = "multipart/form-data; boundary=end"

    def parts(self, name: str, value: object) -> Iterable[tuple[str, Any]]:
        """Return the parts of a field."""
        return parts_of(name, value)


@dataclass(frozen=True)
class EncodedMultipartBody(MultipartBody):
    """A multipart form with the fields of an object, some with an encoding."""

    encodings: Mapping[str, Encoding] = field(default_factory=dict[str, "Encoding"])

    def parts(self, name: str, value: object) -> Iterable[tuple[str, Any]]:
        """Return the parts of a field."""
        encoding = self.encodings.get(name)
        return encoding.parts(name, value) if encoding else parts_of(name, value)


class Encoding(Protocol):
    """Encoding of a form field."""

    def parts(self, name: str, value: object, /) -> Iterable[tuple[str, Any]]:
        """Return the parts of a field."""
        ...


@dataclass(frozen=True)
class PartType:
    """A field with a media type."""

    media_type: str

    def parts(self, name: str, value: object, /) -> Iterable[tuple[str, Any]]:
        """Return the parts of a field."""
        return parts_of(name, value, self.media_type)


@dataclass(frozen=True)
class PartStyle:
    """A field in a style: the pairs of a query, without escaping."""

    style: Style

    def parts(self, name: str, value: object, /) -> Iterable[tuple[str, Any]]:
        """Return the parts of a field."""
        for key, text in styled_pairs(name, value, self.style):
            yield unquote(key), part_of(key, unquote(text))


def items_of(value: object) -> Iterable[tuple[str, Any]]:
    """Return the fields of an object by their JSON names."""
    if isinstance(value, Struct):
        pairs = ((one.encode_name, getattr(value, one.name)) for one in fields(value))
        return [(name, inner) for name, inner in pairs if inner is not UNSET]
    return cast("dict[str, Any]", value).items()


def parts_of(
    name: str, value: object, media_type: str = ""
) -> Iterable[tuple[str, Any]]:
    """Return the parts of a field; an array has one for each item."""
    many = cast("list[object]", value) if isinstance(value, list) else [value]
    return [(name, part_of(name, one, media_type)) for one in many if one is not None]


def part_of(
    name: str, value: object, media_type: str = ""
) -> tuple[str | None, bytes, str]:
    """Return the file name, content and media type of a part."""
    if isinstance(value, bytes):
        filename = value.filename if isinstance(value, File) else name
        own = value.media_type if isinstance(value, File) else ""
        return filename, bytes(value), own or media_type or "application/octet-stream"
    plain: Plain = to_builtins(checked(value))
    if isinstance(plain, str) and not media_type.endswith("json"):
        return None, plain.encode(), media_type or "text/plain; charset=utf-8"
    usual = "application/json" if isinstance(plain, (dict, list)) else "text/plain"
    return None, encode(plain), media_type or usual
