"""Servers: what the URL is made of, and the client's arguments for its variables."""

from __future__ import annotations

from collections.abc import Iterable

from vcgen.records import Record


class ServerVariable(Record):
    """A part of the URL of a server that the caller chooses, and the client's argument for it.

    Attributes:
        default: What it is if the caller says nothing, None where the caller has to say.
        values: What it can be, () where that is anything.
        signs: What it may contain beside letters, digits and `-._~`.
        doc: What the document says of it.
    """

    name: str
    spec_name: str
    default: str | None = None
    values: tuple[str, ...] = ()
    signs: str = ""
    doc: str = ""

    @property
    def is_needed(self) -> bool:
        """Whether the caller has to say what it is."""
        return self.default is None

    @property
    def meaning(self) -> str:
        """What a docstring says of it."""
        place = f"Value of `{self.spec_name}` in the URL of the server"
        said = f"{place}; required without `base_url`." if self.is_needed else f"{place}."
        return f"{said} {self.doc}".rstrip()


class UrlPart(Record):
    """A part of a URL: a text as it is, the caller's host, or a variable."""

    text: str = ""
    is_host: bool = False
    variable: ServerVariable | None = None

    @property
    def is_known(self) -> bool:
        """Whether the document says what it is."""
        return not self.is_host and not (self.variable and self.variable.default is None)

    @property
    def shown(self) -> str:
        """What it is where the caller chooses nothing, in braces where the caller has to."""
        if self.is_host:
            return "{host}"
        if self.variable is None:
            return self.text
        default = self.variable.default
        return f"{{{self.variable.spec_name}}}" if default is None else default


class Server(Record):
    """Where the operations are.

    Attributes:
        scheme: What stands in front of `://`.
        host: What the caller's host is a part of.
        path: What every path begins with, without a slash at its end.
        whole: The URL where the caller names neither host nor URL, () where one is needed.
    """

    scheme: tuple[UrlPart, ...] = (UrlPart("https"),)
    host: tuple[UrlPart, ...] = (UrlPart(is_host=True),)
    path: tuple[UrlPart, ...] = ()
    whole: tuple[UrlPart, ...] = ()

    @property
    def apart(self) -> tuple[UrlPart, ...]:
        """The URL for operations that have it for themselves: whole, or a path on the host."""
        return self.whole or self.path or (UrlPart("/"),)

    @property
    def at_host(self) -> tuple[UrlPart, ...]:
        """The URL on the caller's host."""
        return joined((*self.scheme, UrlPart("://"), *self.host, *self.path))

    @property
    def variables(self) -> tuple[ServerVariable, ...]:
        """What the caller chooses, in the order of the URL."""
        found = (part.variable for part in (*self.whole, *self.at_host))
        return tuple(dict.fromkeys(one for one in found if one))

    @property
    def is_constant(self) -> bool:
        """Whether the whole URL is one text."""
        return all(part.variable is None for part in self.whole)

    @property
    def url(self) -> str:
        """The URL on the caller's host, as it is shown."""
        return shown(self.at_host)

    @property
    def default_url(self) -> str:
        """The URL where the caller names neither host nor URL, as it is shown, or ""."""
        return shown(self.whole)


class OwnServer(Record):
    """A server that only some operations have.

    Attributes:
        name: What the caller calls it: its URL, as it is shown.
        url: The URL, or a path on the host of the others.
    """

    name: str
    url: tuple[UrlPart, ...]

    @property
    def is_constant(self) -> bool:
        """Whether it is one text."""
        return all(part.variable is None for part in self.url)


def joined(parts: Iterable[UrlPart]) -> tuple[UrlPart, ...]:
    """Return parts, those that are texts beside each other as one."""
    found: list[UrlPart] = []
    for part in parts:
        is_text = not part.is_host and part.variable is None
        if is_text and found and found[-1].text:
            found[-1] = UrlPart(found[-1].text + part.text)
        elif part.text or not is_text:
            found.append(part)
    return tuple(found)


def shown(parts: Iterable[UrlPart]) -> str:
    """Return a URL as it is shown."""
    return "".join(part.shown for part in parts)
