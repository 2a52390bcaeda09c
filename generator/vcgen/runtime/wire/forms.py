"""Multipart forms: files and other fields."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import UnsupportedOperation
from mimetypes import guess_type
from pathlib import Path
from typing import Any, Protocol, Self, TypeAlias, cast
from urllib.parse import unquote

from msgspec import UNSET, Struct, field, to_builtins
from msgspec.json import encode
from msgspec.structs import fields

from vcgen.runtime.wire.basics import Plain
from vcgen.runtime.wire.checks import checked
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.styles import Style, styled_pairs
from vcgen.runtime.wire.uploads import (
    Upload,
    Uploadable,
    UploadBody,
    is_bytes,
    is_file,
    upload_of,
)
from vcgen.runtime.wire.values import put_header, text_of

# The file name of a part, its content, its media type, and its other headers.
Content: TypeAlias = "tuple[str | None, bytes | PartFile, str, dict[str, str]]"
Part: TypeAlias = "tuple[str, Content]"


class File(bytes):
    """The content of a file to upload, with its name, media type and headers."""

    filename: str
    media_type: str
    headers: Mapping[str, str]

    source: Uploadable

    def __new__(
        cls,
        content: Uploadable,
        filename: str = "",
        media_type: str = "",
        headers: Mapping[str, str] | None = None,
    ) -> Self:
        """Create a file.

        Args:
            content: Bytes, a file that is open in binary mode, a path, or an iterator.
                The object itself holds bytes only if it is given bytes.
            filename: The file name to send; by default, that of the file.
            media_type: By default, that of the API document.
            headers: Headers of this part of the form, such as `Content-ID`.
        """
        file = super().__new__(cls, bytes(content) if is_bytes(content) else b"")
        file.source = bytes(content) if is_bytes(content) else content
        file.filename = filename or name_of_file(content)
        file.media_type = media_type
        file.headers = dict(headers or {})
        return file


class TypedUploadBody(UploadBody, frozen=True):
    """An upload that may have one of several media types: a `File` tells which one."""

    media_types: Sequence[str]

    def put(self, draft: Draft, /) -> None:
        """Add it to a request.

        Raises:
            TypeError: It is of another kind.
            ValueError: Its media type lacks the boundary of its parts.
            OSError: The file cannot be read.
        """
        super().put(draft)
        if self.value is None:
            return
        file = self.value if isinstance(self.value, File) else File(self.value)
        fitting = fitting_type(self.media_types, file)
        media_type = file.media_type or fitting or self.media_type
        if media_type.startswith("multipart/") and "boundary=" not in media_type:
            how = f"give File(..., media_type='{media_type}; boundary=...')"
            raise ValueError(f"parts need a boundary: {how}")
        put_header(draft, "Content-Type", media_type)


class MultipartBody(Struct, frozen=True):
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
            draft.uploads += tuple(
                one for _, (_, one, *_) in parts if hasattr(one, "read")
            )
        else:
            # The HTTP library would send no form at all without a part in it.
            draft.options["content"] = b"--end--\r\n"
            draft.headers["Content-Type"] = "multipart/form-data; boundary=end"

    def parts(self, name: str, value: object) -> Iterable[Part]:
        """Return the parts of a field."""
        return parts_of(name, value)


class EncodedMultipartBody(MultipartBody, frozen=True):
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


class PartType(Struct, frozen=True):
    """A field with a media type."""

    media_type: str

    def parts(self, name: str, value: object, /) -> Iterable[Part]:
        """Return the parts of a field."""
        return parts_of(name, value, self.media_type)


class PartTypes(Struct, frozen=True):
    """A field with one of several media types, such as `image/png` and `text/*`."""

    media_types: Sequence[str]

    def parts(self, name: str, value: object, /) -> Iterable[Part]:
        """Return the parts of a field."""
        many = cast("list[object]", value) if isinstance(value, list) else [value]
        for one in many:
            yield from parts_of(name, one, fitting_type(self.media_types, one))


class PartHeaders(Struct, frozen=True):
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


class PartStyle(Struct, frozen=True):
    """A field in a style: the pairs of a query, without escaping."""

    style: Style

    def parts(self, name: str, value: object, /) -> Iterable[Part]:
        """Return the parts of a field."""
        for key, text in styled_pairs(name, value, self.style):
            yield unquote(key), part_of(key, unquote(text))


class PartFile:
    """Content of a part, as a file that the HTTP library reads.

    Attributes:
        is_kept: Whether it can be sent again.
    """

    def __init__(self, content: object) -> None:
        upload = upload_of(content)
        if not isinstance(upload, Upload):
            raise TypeError("an asynchronous iterator cannot be a part of a form")
        self._upload = upload
        self._parts: Iterator[bytes] | None = None
        self.is_kept = upload.is_kept

    def check(self) -> None:
        """Do nothing: both clients can send it."""

    def read(self, _: int = -1, /) -> bytes:
        """Return the next bytes; none at the end."""
        if self._parts is None:
            self._parts = self._upload.parts()
        return next(self._parts, b"")

    def tell(self) -> int:
        """Return the place before the first read, when the size is asked for."""
        return 0

    def seek(self, _: int, whence: int = os.SEEK_SET, /) -> int:
        """Go to the start, or tell the size if the place is the end."""
        if whence == os.SEEK_SET:
            self._parts = None
            return 0
        if self._upload.length is None:
            raise UnsupportedOperation("the size is not known")
        return self._upload.length


def fitting_type(media_types: Sequence[str], value: object) -> str:
    """Return the media type that fits a value best: of a file, by its name."""
    filename = value.filename if isinstance(value, File) else ""
    guess = guess_type(filename)[0] or ""
    if any(guess.startswith(one.removesuffix("*")) for one in media_types):
        return guess
    is_json = not (isinstance(value, str) or is_bytes(value))
    usual = (one for one in media_types if not one.endswith("*"))
    found = [one for one in usual if is_json or not one.endswith("json")]
    fitting = [one for one in found if one.endswith("json")] if is_json else found
    return next(iter([*fitting, *found]), "")


def name_of_file(content: object) -> str:
    """Return the name of a file or path, "" if it has none."""
    name = getattr(content, "name", "")
    return Path(name).name if isinstance(name, str) else ""


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
    kind = type(value).__name__
    if is_file(value) or isinstance(value, (os.PathLike, Iterator)):
        what = f"give bytes or File(...), not {kind}"
        raise TypeError(f"{what}, for the part {name} of the form")
    if is_bytes(value):
        media_type = media_type or "application/octet-stream"
        if isinstance(value, File):
            content = value.source
            return (
                value.filename or name,
                content if isinstance(content, bytes) else PartFile(content),
                value.media_type or media_type,
                dict(value.headers),
            )
        return name, bytes(value), media_type, {}
    plain: Plain = to_builtins(checked(value))
    if isinstance(plain, str) and not media_type.endswith("json"):
        return None, plain.encode(), media_type or "text/plain; charset=utf-8", {}
    usual = "application/json" if isinstance(plain, (dict, list)) else "text/plain"
    content = encode(plain) if isinstance(plain, str) else text_of(plain).encode()
    return None, content, media_type or usual, {}
