"""What can go wrong: every failure of a client is a `ClientError`."""

from __future__ import annotations

from typing import Any, ClassVar, TypeAlias


def _line(text: str) -> str:
    """Return a text as a line that can neither forge others nor command a terminal."""
    shown = text if len(text) < 3000 else f"{text[:3000]}..."
    printable = (character if character.isprintable() else " " for character in shown)
    return " ".join("".join(printable).split())


class ClientError(Exception):
    """Base of every failure that this client reports."""


class TransportError(ClientError):
    """No answer came: the connection was refused, TLS failed, or time ran out."""

    def __init__(self, method: str, url: str, reason: str) -> None:
        super().__init__(method, url, reason)
        self.method = method
        self.url = url
        self.reason = reason

    def __str__(self) -> str:
        return _line(f"{self.method} {self.url}: no answer: {self.reason}")


class UnexpectedResponse(ClientError):
    """An answer came that the API does not declare; `body` keeps it as it came."""

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
        answer = f"unexpected answer {self.status_code}"
        return _line(f"{self.method} {self.url}: {answer}: {self.reason}")


_Body: TypeAlias = Any
_BODY_TYPES: tuple[Any, ...] = (Any,)


class ApiError(ClientError):
    """The server answered with an error; `body` keeps the answer as it came."""

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
        """The body, or None where it is not what the API declares."""
        error: _Body = self._error
        return error

    @property
    def message(self) -> str:
        """What the server says, the outermost of several causes first."""
        return _message(self._error, self.body)

    def __str__(self) -> str:
        answer = f"{self.status_code} {type(self).__name__}"
        return _line(f"{self.method} {self.url}: {answer}: {self.message}")


def _message(_: Any, body: bytes) -> str:
    return _excerpt(body)


def _excerpt(body: bytes) -> str:
    text = body.decode(errors="replace")
    shown = text if len(text) < 200 else f"{text[:200]}..."
    return repr(shown) if text else "empty answer"


KINDS: dict[str, type[ApiError]] = {}
"""The exception for each kind of error."""

DISCRIMINATORS: tuple[str, ...] = ()
"""The properties of a body that tell its kind."""

ENVELOPE: tuple[str, str] = ("", "")
"""The properties of a body that tell its kind, and that hold the error."""
