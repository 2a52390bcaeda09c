"""Exceptions: every failure of a client is a `ClientError`."""

from __future__ import annotations

from typing import Any, ClassVar, TypeAlias

import httpx2
import msgspec


def _line(text: str) -> str:
    """Return a text as one line of printable characters."""
    shown = text if len(text) < 3000 else f"{text[:3000]}..."
    printable = (character if character.isprintable() else " " for character in shown)
    return " ".join("".join(printable).split())


class ClientError(Exception):
    """Base of the exceptions that this client raises.

    Attributes:
        response: The HTTP response, without the headers of its request; None if there
            is none.
    """

    response: httpx2.Response | None = None

    @property
    def headers(self) -> httpx2.Headers:
        """The headers of the response."""
        return httpx2.Headers() if self.response is None else self.response.headers


class TransportError(ClientError):
    """No complete response: the connection or TLS failed, or the request timed out."""

    def __init__(self, method: str, url: str, reason: str) -> None:
        super().__init__(method, url, reason)
        self.method = method
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return _line(f"{self.method} {self.url}: no complete response: {self.reason}")


class UnexpectedResponse(ClientError):
    """The server sent a response that the API does not document.

    `body` holds the raw bytes.
    """

    def __init__(
        self, status_code: int, method: str, url: str, reason: str, body: bytes = b""
    ) -> None:
        super().__init__(status_code, method, url, reason)
        self.status_code = status_code
        self.method = method
        self.url = url
        self.reason = reason
        self.body = body

    def __str__(self) -> str:
        answer = f"unexpected response {self.status_code}"
        return _line(f"{self.method} {self.url}: {answer}: {self.reason}")


class WaitError(ClientError):
    """The wait ended without success; `last` is the last value, or None."""

    def __init__(self, method: str, path: str, reason: str, last: Any = None) -> None:
        super().__init__(method, path, reason, last)
        self.method = method
        self.path = path
        self.reason = reason
        self.last = last

    def __str__(self) -> str:
        return _line(f"{self.method} {self.path}: {self.reason}")


class WaitFailed(WaitError):
    """The wait failed: success is no longer possible."""


class WaitTimedOut(WaitError):
    """The wait did not end within its timeout."""


_Body: TypeAlias = Any
_BODY_TYPES: tuple[Any, ...] = (Any,)


class ApiError(ClientError):
    """The server responded with an error.

    `body` holds the raw bytes.
    """

    body_types: ClassVar[tuple[Any, ...]] = _BODY_TYPES

    def __init__(
        self, status_code: int, error: _Body, method: str, url: str, body: bytes = b""
    ) -> None:
        super().__init__(status_code, error, method, url)
        self.status_code = status_code
        self.method = method
        self.url = url
        self.body = body
        self._error: Any = error

    @property
    def error(self) -> _Body:
        """The decoded body, or None if it has nothing documented."""
        error: _Body = self._error
        return error

    @property
    def data(self) -> Any:
        """The body decoded as JSON, or None if it is not JSON."""
        try:
            return msgspec.json.decode(self.body)
        except (ValueError, RecursionError):
            return None

    @property
    def message(self) -> str:
        """The message of the server, the outermost of several causes first."""
        said, found = _message(self._error), error_text(self.data)
        # What is found may also name the wrong fields, or replace what is not text.
        is_more = found.startswith(said) or (found and said[0] in "[{")
        return (found if is_more else said) or excerpt(self.body)

    def __str__(self) -> str:
        answer = f"{self.status_code} {type(self).__name__}"
        return _line(f"{self.method} {self.url}: {answer}: {self.message}")


def _message(_: Any) -> str:
    return ""


# The properties that hold the message of an error: the first group that it has.
TEXTS = (
    ("title", "message", "detail"),
    ("msg",),
    ("error", "error_description"),
    ("error_message", "errormessage", "errordescription", "status_message"),
    ("exception_message",),
    ("description", "reason", "text"),
)


def error_text(data: Any, depth: int = 5) -> str:
    """Return the readable message of the JSON of an error, or ""."""
    kind = type(data).__name__
    if kind == "list" and depth:
        texts = (_placed_text(one, depth - 1) for one in data[:10])
        return "; ".join(filter(None, texts))
    if kind == "dict" and depth:
        return _object_text(data, depth - 1)
    return data if kind == "str" else ""


def _placed_text(data: Any, depth: int) -> str:
    """Return the message of one of several, after the field that it is about."""
    text = error_text(data, depth)
    if not text or type(data).__name__ != "dict":
        return text
    field = data.get("field") or data.get("property") or data.get("key")
    place = data.get("loc") or data.get("path") or field
    keys: Any = {"list": place, "str": [place]}.get(type(place).__name__, [])
    at = ".".join(str(key) for key in keys if isinstance(key, str | int))
    return f"{at}: {text}" if at else text


def _object_text(data: dict[str, Any], depth: int) -> str:
    """Return the message of an object: a text (RFC 9457), or its wrong fields."""
    # A field may be called like a text: where all are lists, several are fields.
    are_lists = all(isinstance(one, list) for one in data.values())
    are_fields = are_lists and (len(data) > 1 or "title" in data)
    # ASP.NET, AWS and others call it `Message`; JSend has it in `data`.
    known = {} if are_fields else {name.lower(): one for name, one in data.items()}
    names = next((group for group in TEXTS if any(map(known.get, group))), ())
    names = (*names, "errors", "issues", "constraints")
    found = [_said(known.get(name), depth) for name in names]
    others = map(known.get, ("details", "extra", "exception_detail"))
    found += [_details_text(one, depth) for one in others]
    inner = _beside_message(known.get("data"))
    found += [_said(inner.get(name), depth) for name in ("errors", "issues")]
    if not any(found) and all(isinstance(one, list | dict) for one in data.values()):
        found = [_fields_text(data, depth)]
    told = ""
    for text in found if any(found) else [_said(known.get("data"), depth)]:
        if text not in told:
            told = f"{told}: {text}" if told else text
    return told


def _said(data: Any, depth: int) -> str:
    """Return a message, or one for each wrong field, as flask-restx has them."""
    text = error_text(data, depth)
    if text or type(data).__name__ != "dict":
        return text
    # What has a number does not hold fields, but codes and the like.
    has_numbers = any(isinstance(one, int | float) for one in data.values())
    return "" if has_numbers else _fields_text(data, depth)


def _beside_message(data: Any) -> Any:
    """Return which fields are wrong: Moleculer, oRPC and Payload say it there."""
    if type(data).__name__ == "list":
        told = (type(one).__name__ == "dict" and "message" in one for one in data)
        return {"errors": data} if all(told) else {}
    return data if type(data).__name__ == "dict" else {}


def _details_text(data: Any, depth: int) -> str:
    """Return details for people; an object may be anything, or of fields."""
    if type(data).__name__ != "dict":
        return error_text(data, depth)
    are_told = (
        isinstance(one, list) or (isinstance(one, dict) and "message" in one)
        for one in data.values()
    )
    return _fields_text(data, depth) if all(are_told) else ""


def _fields_text(data: dict[str, Any], depth: int) -> str:
    """Return what is said of each field."""
    fields = {name: error_text(one, depth) for name, one in data.items()}
    return "; ".join(f"{name}: {text}" for name, text in fields.items() if text)


def excerpt(body: bytes) -> str:
    """Return the beginning of a body, for a message: a line of text as it is."""
    text = body.decode(errors="replace").strip() or "empty response"
    shown = text if len(text) < 200 else f"{text[:200]}..."
    return shown if text[:1].isalnum() and text.isprintable() else repr(shown)
