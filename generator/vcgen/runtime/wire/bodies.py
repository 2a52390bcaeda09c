"""Request bodies. A value of None is not sent."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import UNSET, Struct, field, to_builtins
from msgspec.json import Encoder, encode

from vcgen.runtime.wire.basics import Plain
from vcgen.runtime.wire.checks import checked
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.hidden import Masked
from vcgen.runtime.wire.styles import Style, styled_pairs
from vcgen.runtime.wire.values import pairs_of, text_of


class Body(Masked, Struct, frozen=True):
    """Body of a request; a value of None is not sent."""

    value: Any
    media_type: str

    def put(self, draft: Draft, /) -> None:
        """Add it to a request."""
        if self.value is not None:
            draft.options["content"] = self.encode()
            draft.headers["Content-Type"] = self.media_type

    def encode(self) -> bytes:
        """Return the bytes to send."""
        raise NotImplementedError  # each kind of body has its own


class JsonBody(Body, frozen=True):
    """A JSON body."""

    def encode(self) -> bytes:
        """Return the bytes to send."""
        return encode(checked(self.value))


class LinesBody(Body, frozen=True):
    """Values as lines of JSON."""

    def encode(self) -> bytes:
        """Return the bytes to send, or raise TypeError if it is not a list."""
        if isinstance(self.value, (str, bytes)):
            raise TypeError(f"give a list of values, not {type(self.value).__name__}")
        return Encoder().encode_lines(checked(self.value))


class NullableJsonBody(JsonBody, frozen=True):
    """A value as JSON, None as null; UNSET is not sent."""

    def put(self, draft: Draft, /) -> None:
        """Add it to a request."""
        if self.value is not UNSET:
            draft.options["content"] = self.encode()
            draft.headers["Content-Type"] = self.media_type


class FormBody(Body, frozen=True):
    """A form in URL encoding, with the fields of an object."""

    def encode(self) -> bytes:
        """Return the bytes to send; nested objects are JSON."""
        plain: dict[str, Plain] = to_builtins(checked(self.value))
        pairs = (
            pair
            for name, value in plain.items()
            for pair in pairs_of(
                name, text_of(value) if isinstance(value, dict) else value
            )
        )
        return "&".join(pairs).encode()


class StyledFormBody(Body, frozen=True):
    """A form in URL encoding, with the fields of an object, some in a style."""

    styles: Mapping[str, Style] = field(default_factory=dict[str, Style])

    def encode(self) -> bytes:
        """Return the bytes to send; nested objects are JSON, or in their style."""
        plain: dict[str, Plain] = to_builtins(checked(self.value))
        return "&".join(self._pairs(plain.items())).encode()

    def _pairs(self, items: Iterable[tuple[str, Plain]]) -> Iterable[str]:
        for name, value in items:
            usual = Style("json") if isinstance(value, dict) else Style("form", True)
            style = self.styles.get(name, usual)
            yield from (f"{key}={t}" for key, t in styled_pairs(name, value, style))


class RawBody(Body, frozen=True):
    """A text in UTF-8, or bytes."""

    def encode(self) -> bytes:
        """Return the bytes to send, or raise TypeError if it is neither."""
        if isinstance(self.value, bytes):
            return self.value
        return checked_text(self.value).encode()


class TextBody(Body, frozen=True):
    """A text in a given character set."""

    charset: str

    def encode(self) -> bytes:
        """Return the bytes to send, or raise TypeError if it is not text."""
        return checked_text(self.value).encode(self.charset)


def checked_text(value: object) -> str:
    """Return a text, or raise TypeError if it is not one."""
    if isinstance(value, str):
        return value
    raise TypeError(f"give a text, not {type(value).__name__}")
