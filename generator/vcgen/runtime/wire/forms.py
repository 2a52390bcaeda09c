"""Multipart forms: files and other fields."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from mimetypes import guess_type
from typing import Any, Protocol, Self, TypeAlias, cast
from urllib.parse import unquote

from msgspec import UNSET, Struct, to_builtins
from msgspec.json import encode
from msgspec.structs import fields

from vcgen.runtime.wire.basics import Plain
from vcgen.runtime.wire.checks import checked
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.styles import Style, styled_pairs

# The file name of a part, its content, its media type, and its other headers.
Content: TypeAlias = "tuple[str | None, bytes, str, dict[str, str]]"
Part: TypeAlias = "tuple[str, Content]"


class File(bytes):
    """The content of a file to upload, with its name, media type and headers."""

    filename: str
    media_type: str
    headers: Mapping[str, str]

    def __new__(
        cls,
        content: bytes,
        filename: str,
        media_type: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Self:
        """Create a file.

        Args:
            content: The bytes to send.
            filename: The file name to send.
            media_type: By default, that of the API document.
            headers: Headers of this part of the form, such as `Content-ID`.
        """
        file = super().__new__(cls, content)
        file.filename = filename
        file.media_type = media_type
        file.headers = dict(headers or {})
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

    def parts(self, name: str, value: object) -> Iterable[Part]:
        """Return the parts of a field."""
        return parts_of(name, value)


@dataclass(frozen=True)
class EncodedMultipartBody(MultipartBody):
    """A multipart form with the fields of an object, some with an encoding."""

    encodings: Mapping[str, Encoding] = field(default_factory=dict[str, "Encoding"])

    def parts(self, name: str, value: object) -> Iterable[Part]:
        """Return the parts of a field."""
        encoding = self.encodings.get(name)
        return encoding.parts(name, value) if encoding else parts_of(name, value)


class Encoding(Protocol):
    """Encoding of a form field."""

    def parts(self, name: str, value: object, /) -> Iterable[Part]:
        """Return the parts of a field."""
        ...


@dataclass(frozen=True)
class PartType:
    """A field with a media type."""

    media_type: str

    def parts(self, name: str, value: object, /) -> Iterable[Part]:
        """Return the parts of a field."""
        return parts_of(name, value, self.media_type)


@dataclass(frozen=True)
class PartTypes:
    """A field with one of several media types, such as `image/png` and `text/*`."""

    media_types: Sequence[str]

    def parts(self, name: str, value: object, /) -> Iterable[Part]:
        """Return the parts of a field."""
        many = cast("list[object]", value) if isinstance(value, list) else [value]
        for one in many:
            yield from parts_of(name, one, self.media_type_of(one))

    def media_type_of(self, value: object) -> str:
        """Return the media type that fits best: a file tells it by its name."""
        filename = value.filename if isinstance(value, File) else ""
        guess = guess_type(filename)[0] or ""
        if any(guess.startswith(one.removesuffix("*")) for one in self.media_types):
            return guess
        is_json = not isinstance(value, (bytes, str))
        usual = (one for one in self.media_types if not one.endswith("*"))
        found = [one for one in usual if is_json or not one.endswith("json")]
        fitting = [one for one in found if one.endswith("json")] if is_json else found
        return next(iter([*fitting, *found]), "")


@dataclass(frozen=True)
class PartHeaders:
    """A field whose parts need headers.

    Attributes:
        headers: The value of each if the caller gives none; None if the caller must.
        encoding: How the field is written otherwise.
    """

    headers: Mapping[str, str | None]
    encoding: Encoding

    def parts(self, name: str, value: object, /) -> Iterable[Part]:
        """Return the parts of a field, or raise ValueError if one lacks a header."""
        for key, (filename, content, media_type, given) in self.encoding.parts(
            name, value
        ):
            own = {one.lower() for one in given}
            lacking = {k: v for k, v in self.headers.items() if k.lower() not in own}
            for header, text in lacking.items():
                if text is None and filename is not None:
                    how = f"give a File with headers={{{header!r}: ...}}"
                    raise ValueError(f"{name} needs the header {header}: {how}")
            usual = {k: text for k, text in lacking.items() if text is not None}
            yield key, (filename, content, media_type, {**given, **usual})


@dataclass(frozen=True)
class PartStyle:
    """A field in a style: the pairs of a query, without escaping."""

    style: Style

    def parts(self, name: str, value: object, /) -> Iterable[Part]:
        """Return the parts of a field."""
        for key, text in styled_pairs(name, value, self.style):
            yield unquote(key), part_of(key, unquote(text))


def items_of(value: object) -> Iterable[tuple[str, Any]]:
    """Return the fields of an object by their JSON names."""
    if isinstance(value, Struct):
        pairs = ((one.encode_name, getattr(value, one.name)) for one in fields(value))
        return [(name, inner) for name, inner in pairs if inner is not UNSET]
    return cast("dict[str, Any]", value).items()


def parts_of(name: str, value: object, media_type: str = "") -> Iterable[Part]:
    """Return the parts of a field; an array has one for each item."""
    many = cast("list[object]", value) if isinstance(value, list) else [value]
    return [(name, part_of(name, one, media_type)) for one in many if one is not None]


def part_of(name: str, value: object, media_type: str = "") -> Content:
    """Return the file name, content, media type and headers of a part."""
    if isinstance(value, bytes):
        media_type = media_type or "application/octet-stream"
        if isinstance(value, File):
            kind = value.media_type or media_type
            return value.filename, bytes(value), kind, dict(value.headers)
        return name, value, media_type, {}
    plain: Plain = to_builtins(checked(value))
    if isinstance(plain, str) and not media_type.endswith("json"):
        return None, plain.encode(), media_type or "text/plain; charset=utf-8", {}
    usual = "application/json" if isinstance(plain, (dict, list)) else "text/plain"
    return None, encode(plain), media_type or usual, {}
