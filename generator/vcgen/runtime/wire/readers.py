"""Readers: decoding of successful responses."""

from __future__ import annotations

import re
from contextlib import suppress
from typing import Any, Generic, NoReturn, Protocol

import httpx2
from msgspec import Raw, Struct
from msgspec.json import decode

from vcgen.runtime.lenient.deviations import Deviation
from vcgen.runtime.lenient.walk import reread
from vcgen.runtime.wire.basics import T, T_co

# What is not text, unless all of it can be decoded as text.
_FILE = re.compile("(audio|font|image|video)/|application/(octet-stream|pdf|zip)$")


class Reader(Protocol[T_co]):
    """Decodes a successful response."""

    def read(self, response: httpx2.Response, /) -> T_co:
        """Return the value, or raise ValueError if the body does not fit."""
        ...

    def reread(
        self, response: httpx2.Response, operation: str, /
    ) -> tuple[T_co, list[Deviation]]:
        """Return the value of a body that `read` refused, and its deviations.

        Raises:
            ValueError: The body is not of the documented kind.
        """
        ...


class Json(Struct, Generic[T], frozen=True):
    """A JSON body."""

    type: type[T] | Any

    def read(self, response: httpx2.Response, /) -> T:
        """Decode the body."""
        value: T = decode(response.content, type=self.type)
        return value

    def reread(
        self, response: httpx2.Response, operation: str, /
    ) -> tuple[T, list[Deviation]]:
        """Decode as much of the body as possible."""
        return reread(unicode_in(response), self.type, operation)


class Enveloped(Struct, Generic[T], frozen=True):
    """A JSON object with the value in its property `value`."""

    type: type[T] | Any

    def read(self, response: httpx2.Response, /) -> T:
        """Decode the value in the body."""
        envelope: dict[str, Raw] = decode(response.content, type=dict[str, Raw])
        if "value" not in envelope:
            raise ValueError("Object missing required field `value`")
        value: T = decode(envelope["value"], type=self.type)
        return value

    def reread(
        self, response: httpx2.Response, operation: str, /
    ) -> tuple[T, list[Deviation]]:
        """Decode as much of the value in the body as possible."""
        envelope: dict[str, Raw] = decode(response.content, type=dict[str, Raw])
        return reread(bytes(envelope.get("value", b"")), self.type, operation)


class Whole(Struct, frozen=True):
    """A reader that accepts any body."""

    def reread(self, _: httpx2.Response, operation: str, /) -> NoReturn:
        """Raise ValueError: a body of this kind has no lenient form."""
        raise ValueError(operation)


class Unread(Whole, frozen=True):
    """A reader of a body that the caller reads, part by part."""

    def fits(self, _: httpx2.Response, /) -> bool:
        """Return whether the body is what the API documents, as its media type says."""
        return True


class Text(Whole, frozen=True):
    """A body of plain text."""

    def read(self, response: httpx2.Response, /) -> str:
        """Decode the body; text that comes as JSON is a JSON string.

        Raises:
            ValueError: It is not text: an image, or another file.
        """
        media_type = media_type_of(response)
        if media_type.endswith("json"):
            with suppress(ValueError):
                return decode(response.content, type=str)
        text = text_in(response)
        if "\N{REPLACEMENT CHARACTER}" in text and _FILE.match(media_type):
            raise ValueError("the body is not text")
        return text


class JsonText(Json[str], frozen=True):
    """A JSON string, or the text itself, whatever its media type is."""

    type: Any = str

    def reread(
        self, response: httpx2.Response, operation: str, /
    ) -> tuple[str, list[Deviation]]:
        """Return text that is not JSON, or the JSON of an object or array."""
        media_type, content = media_type_of(response), response.content
        if media_type.startswith("text/"):
            return text_in(response), [Deviation(operation, "$", "JSON", media_type)]
        try:
            found: object = decode(content, type=Any)
        except (ValueError, RecursionError):
            # Spring sends a text as it is, and calls it JSON. What broke off is none.
            if (begins := content.lstrip()[:1]) not in b'"[{':
                return text_in(response), [Deviation(operation, "$", "JSON", "text")]
            # What was changed is changed, with no text, too.
            if not begins and not operation.startswith("GET "):
                return "", [Deviation(operation, "$", "JSON", "nothing")]
        else:
            if isinstance(found, dict | list):
                kind = "object" if isinstance(found, dict) else "array"
                return text_in(response), [Deviation(operation, "$", "string", kind)]
        return super().reread(response, operation)


class Untyped(Struct, frozen=True):
    """A body without a schema, decoded as its media type says."""

    def read(self, response: httpx2.Response, /) -> Any:
        """Return decoded JSON, text, or bytes."""
        media_type = media_type_of(response)
        is_lines = media_type.endswith("ndjson")
        if not media_type or (media_type.endswith("json") and not is_lines):
            return Json[Any](Any).read(response)
        if media_type.startswith("text/") or media_type.endswith("xml"):
            return text_in(response)
        return response.content

    def reread(
        self, response: httpx2.Response, operation: str, /
    ) -> tuple[Any, list[Deviation]]:
        """Decode as much of the JSON as possible; without a media type, it is bytes."""
        try:
            return reread(unicode_in(response), Any, operation)
        except ValueError:
            if media_type_of(response):
                raise
            return response.content, [Deviation(operation, "$", "JSON", "bytes")]


class Anything(Whole, frozen=True):
    """A body that the API does not describe."""

    def read(self, response: httpx2.Response, /) -> Any:
        """Return decoded JSON, text, or bytes; None if there is no body."""
        if not response.content:
            return None
        with suppress(ValueError, RecursionError):
            return Untyped().read(response)
        return text_in(response)


def media_type_of(response: httpx2.Response) -> str:
    """Return the media type of a body, without parameters."""
    kind: str = response.headers.get("Content-Type", "")
    return kind.partition(";")[0].strip().lower()


def unicode_in(response: httpx2.Response) -> bytes:
    """Return a body in UTF-8, whatever the character set that its media type states."""
    content, charset = response.content, response.charset_encoding or "utf-8"
    try:
        content.decode()
    except UnicodeDecodeError:
        with suppress(LookupError, UnicodeDecodeError):
            return content.decode(charset).encode()
    return content


def text_in(response: httpx2.Response) -> str:
    """Decode a body with the character set of its media type, if known."""
    charset = response.charset_encoding or "utf-8"
    try:
        return response.content.decode(charset, errors="replace")
    except LookupError:
        return response.content.decode(errors="replace")


class NoContent(Whole, frozen=True):
    """An ignored body."""

    def read(self, response: httpx2.Response, /) -> None:
        """Ignore the body."""
