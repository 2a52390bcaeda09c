"""Parameters in other styles than the default."""

from __future__ import annotations

from collections.abc import Iterator
from json import dumps
from typing import cast
from urllib.parse import quote, unquote

from msgspec import Struct, to_builtins
from msgspec.json import encode
from msgspec.structs import replace

from vcgen.runtime.wire.basics import Plain
from vcgen.runtime.wire.checks import checked
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.hidden import Masked, hidden
from vcgen.runtime.wire.parameters import COOKIE_SAFE
from vcgen.runtime.wire.values import (
    plain_of,
    put_cookie,
    put_header,
    put_pairs,
    put_segment,
    quoted,
    text_of,
)


class Style(Struct, frozen=True):
    """Serialisation of arrays and objects outside of JSON (OpenAPI 3.1, 4.8.12).

    Attributes:
        name: `form`, `simple`, `label`, `matrix`, `spaceDelimited`, `pipeDelimited`,
            `deepObject`, `cookie`, or `json`.
        explode: Whether each item of an array, or property of an object, is separate.
        safe: The characters that are not escaped, beside letters, digits and `-._~`.
    """

    name: str
    explode: bool = False
    safe: str = ""


class StyledPath(Masked, Struct, frozen=True):
    """A parameter in the path, in a style."""

    name: str
    value: object
    style: Style

    def put(self, draft: Draft, /) -> None:
        """Add it to a request, or raise ValueError if it names another resource."""
        if self.style.name == "matrix":
            # An empty value has no equals sign (RFC 6570, section 3.2.7).
            pairs = styled_pairs(self.name, self.value, self.style)
            text = "".join(f";{k}={item}".removesuffix("=") for k, item in pairs)
        else:
            dot = "." if self.style.name == "label" else ""
            text = dot + styled_text(self.value, self.style)
        if {".", ".."} & set(text.split("/")):
            reason = "it would address another resource"
            raise ValueError(
                f"{self.name} must not have . or .. between slashes: {reason}"
            )
        put_segment(draft, self.name, self.value, text)


class StyledQuery(Masked, Struct, frozen=True):
    """A parameter in the query, in a style."""

    name: str
    value: object
    style: Style

    def put(self, draft: Draft, /) -> None:
        """Add it to a request."""
        pairs = styled_pairs(self.name, self.value, self.style)
        put_pairs(draft, (f"{key}={text}" for key, text in pairs))


class StyledHeader(Masked, Struct, frozen=True):
    """A parameter in a header, in a style; an empty array or object is not sent."""

    name: str
    value: object
    style: Style

    def put(self, draft: Draft, /) -> None:
        """Add it to a request, or raise ValueError if a header cannot hold it."""
        if self.value is None:
            return
        if self.style.name == "json":
            # JSON can write in ASCII what is not (RFC 8259, section 7).
            text = dumps(to_builtins(checked(self.value)), separators=(",", ":"))
        elif plain_of(self.value) in ([], {}):
            return
        else:
            text = styled_text(self.value, self.style, escape=False)
        put_header(draft, self.name, hidden(text))


class StyledCookie(Masked, Struct, frozen=True):
    """A parameter in a cookie, in a style."""

    name: str
    value: object
    style: Style

    def put(self, draft: Draft, /) -> None:
        """Add it to a request."""
        style = replace(self.style, safe=COOKIE_SAFE)
        for key, text in styled_pairs(self.name, self.value, style):
            put_cookie(draft, f"{key}={text}")


class RawCookie(Masked, Struct, frozen=True):
    """A parameter in a cookie that nobody escapes (`style: cookie`)."""

    name: str
    value: object
    style: Style

    def put(self, draft: Draft, /) -> None:
        """Add it to a request, or raise ValueError if a cookie cannot hold it."""
        style = replace(self.style, safe=COOKIE_SAFE)
        for key, text in styled_pairs(self.name, self.value, style):
            # A name ends at the first equals sign.
            name = quote(unquote(key), safe=COOKIE_SAFE.replace("=", ""))
            pair = f"{name}={text}"
            if "%" in pair.replace("%25", ""):
                what = 'give ASCII without spaces and any of ",;\\'
                raise ValueError(f"the cookie {self.name} cannot hold this: {what}")
            put_cookie(draft, pair.replace("%25", "%"))


def styled_pairs(name: str, value: object, style: Style) -> Iterator[tuple[str, str]]:
    """Yield the escaped names and values of a parameter: none if it is empty."""
    plain, key = plain_of(value), quote(name, safe="")
    if style.name == "json" and plain is not None:
        yield key, styled_text(value, style)
    elif style.name == "deepObject":
        yield from deep_pairs(key, plain, style.safe)
    elif style.explode and isinstance(plain, dict):
        for inner, one in plain.items():
            many = cast("list[object]", one) if isinstance(one, list) else [one]
            texts = (quoted(item, style.safe) for item in many)
            yield from ((quote(inner, safe=""), text) for text in texts)
    elif style.explode and isinstance(plain, list):
        yield from ((key, quoted(item, style.safe)) for item in plain)
    elif plain not in (None, [], {}):
        yield key, styled_text(value, style)


def deep_pairs(key: str, plain: object, safe: str) -> Iterator[tuple[str, str]]:
    """Yield `key[inner]=value` for objects and `key[]=value` for arrays.

    Objects and arrays in an array have an index: `[]` does not tell where one ends.
    """
    if isinstance(plain, dict):
        for inner, value in cast("dict[str, object]", plain).items():
            yield from deep_pairs(f"{key}%5B{quote(inner, safe='')}%5D", value, safe)
    elif isinstance(plain, list):
        for index, value in enumerate(cast("list[Plain]", plain)):
            place = index if isinstance(value, (dict, list)) else ""
            yield from deep_pairs(f"{key}%5B{place}%5D", value, safe)
    elif plain is not None:
        yield key, quoted(plain, safe)


def styled_text(value: object, style: Style, *, escape: bool = True) -> str:
    """Return a value as text: items of an array, keys and values of an object.

    Raises:
        ValueError: One of these has the sign in it that stands between them.
    """
    separators = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}
    separators["label"] = "." if style.explode else ","
    separator = separators.get(style.name, ",")
    separator = separator if escape else unquote(separator)
    is_json = style.name == "json"
    plain = encode(checked(value)).decode() if is_json else plain_of(value)
    is_one = not isinstance(plain, (dict, list))
    # Inside an item, what divides them is escaped.
    safe = style.safe if is_one else style.safe.replace(separator, "")

    def text(value: object) -> str:
        return quoted(value, safe) if escape else text_of(value)

    pairs: list[tuple[str, ...]]
    if isinstance(plain, dict):
        pairs = [(text(key), text(plain[key])) for key in plain]
    elif isinstance(plain, list):
        pairs = [(text(item),) for item in plain]
    else:
        return text(plain)
    # Escaped, a space is still the sign between two items.
    if separator.startswith("%") and any(
        separator in one for two in pairs for one in two
    ):
        raise ValueError(f"no item can have {unquote(separator)!r} in it here")
    equals = "=" if style.explode else separator
    return separator.join(map(equals.join, pairs))
