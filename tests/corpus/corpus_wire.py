"""What went over the wire, read back by the rules of the standard, and compared."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from email.message import Message
from email.parser import BytesParser
from email.policy import HTTP
from typing import Any
from urllib.parse import parse_qsl, quote, unquote

from corpus_operations import Parameter

_SEPARATORS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}


def segments(template: str, target: str) -> dict[str, str] | None:
    """Return the raw text in the place of each parameter of a path, or None if it is another."""
    names = re.findall(r"\{([^}]*)\}", template)
    pattern = "([^/?]+)".join(map(re.escape, re.split(r"\{[^}]*\}", template)))
    found = re.fullmatch(pattern, target)
    return dict(zip(names, found.groups(), strict=True)) if found else None


def pairs(query: str) -> list[tuple[str, str]]:
    """Return names, decoded, and values, raw, of a query."""
    split = (part.partition("=") for part in query.split("&") if part)
    return [(unquote(name), value) for name, _, value in split]


def differences(parameter: Parameter, meant: Any, raw: list[tuple[str, str]]) -> list[str]:
    """Return how a parameter, sent as `raw` names and values, differs from what was meant."""
    wanted = _written(parameter, meant)
    found = _split(parameter, meant, raw)
    return [] if same(wanted, found) else [f"{parameter.name}: {wanted!r} meant, {found!r} sent"]


def _written(parameter: Parameter, meant: Any) -> list[tuple[str, list[Any]]]:
    """Return the pairs that a value should be, each with the parts that a separator joins."""
    name, style, explode = parameter.name, parameter.style, parameter.explode
    if style == "json":
        return [(name, [meant])]
    if isinstance(meant, list):
        if explode and style in {"form", "matrix"}:
            return [(name, [item]) for item in meant]
        return [(name, meant)] if meant else []
    if isinstance(meant, dict):
        if style == "deepObject":
            return list(_in_brackets(name, meant))
        if explode and style in {"form", "matrix"}:
            return [(key, [value]) for key, value in meant.items()]
        flat = [part for item in meant.items() for part in item]
        # An empty header says nothing.
        return [(name, flat)] if flat or parameter.place != "header" else []
    return [(name, [meant])]


def _in_brackets(name: str, value: Any) -> Iterator[tuple[str, list[Any]]]:
    """Yield the pairs of a deepObject; what is inside goes on as most servers read it."""
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _in_brackets(f"{name}[{key}]", one)
    elif isinstance(value, list):
        for index, one in enumerate(value):
            place = index if isinstance(one, dict | list) else ""
            yield from _in_brackets(f"{name}[{place}]", one)
    elif value is not None:
        yield name, [value]


def _split(
    parameter: Parameter, meant: Any, raw: list[tuple[str, str]]
) -> list[tuple[str, list[Any]]]:
    is_many = isinstance(meant, list | dict) and parameter.style != "json"
    separator = _SEPARATORS.get(parameter.style, ",")
    if parameter.style == "label" and parameter.explode:
        separator = "."
    found: list[tuple[str, list[Any]]] = []
    for name, value in raw:
        text = value.removeprefix(".") if parameter.style == "label" else value
        joined = is_many and (not parameter.explode or parameter.style in {"simple", "label"})
        parts = text.split(separator) if joined and (text or meant) else [text] * (not joined)
        if joined and isinstance(meant, dict) and parameter.explode:
            parts = [one for part in parts for one in part.split("=")]
        decoded: list[Any] = [unquote(part) for part in parts]
        if parameter.style == "json":
            decoded = [json.loads(decoded[0])]
        found.append((name, decoded))
    return found


def form(content: bytes) -> dict[str, list[str]]:
    """Return the fields of a form in the manner of a query."""
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(content.decode(), keep_blank_values=True):
        found.setdefault(name, []).append(value)
    return found


def parts(content: bytes, content_type: str) -> dict[str, list[tuple[str, bytes]]]:
    """Return the parts of a form by name: the media type and the content of each."""
    head = f"Content-Type: {content_type}\r\nMIME-Version: 1.0\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(head + content)
    found: dict[str, list[tuple[str, bytes]]] = {}
    for part in message.iter_parts():
        assert isinstance(part, Message)
        name = part.get_param("name", header="content-disposition")
        payload = part.get_payload(decode=True)
        found.setdefault(str(name), []).append((part.get_content_type(), bytes(payload)))
    return found


def same(one: Any, other: Any) -> bool:
    """Tell whether two values mean the same.

    Times are compared as instants and numbers as numbers; a number in a path or query is text. That
    a property is null and that it is absent are one thing, for the generated code says so.
    """
    if isinstance(one, dict) and isinstance(other, dict):
        return all(same(one.get(key), other.get(key)) for key in one.keys() | other.keys())
    if isinstance(one, list | tuple) and isinstance(other, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if one is None or other is None:
        return one is other
    if isinstance(one, dict | list) and isinstance(other, str):
        return same(one, _decoded(other))  # what is nested in a query has no style: it is JSON
    if isinstance(one, bool) or isinstance(other, bool):
        return one is other or str(one).lower() == other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return one == other
    if isinstance(one, int | float) and isinstance(other, str):
        return _number(other) == one
    if isinstance(one, str) and isinstance(other, str):
        return one == other or (_instant(one) is not None and _instant(one) == _instant(other))
    return bool(one == other)


def first_difference(meant: Any, found: Any, at: str = "") -> str:
    """Return where two values begin to differ, and how."""
    if isinstance(meant, dict) and isinstance(found, dict):
        for key in [*meant, *found]:
            if not same(meant.get(key), found.get(key)):
                return first_difference(meant.get(key), found.get(key), f"{at}/{key}")
    if isinstance(meant, list) and isinstance(found, list) and len(meant) == len(found):
        for index, (one, other) in enumerate(zip(meant, found, strict=True)):
            if not same(one, other):
                return first_difference(one, other, f"{at}/{index}")
    return f"{at or '.'}: {str(meant)[:120]!r} became {str(found)[:120]!r}"


def _decoded(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _number(text: str) -> float | None:
    try:
        return json.loads(text) if re.fullmatch(r"-?\d.*", text) else None
    except ValueError:
        return None


def _instant(text: str) -> datetime | date | timedelta | None:
    try:
        if re.match(r"\d{4}-\d\d-\d\dT", text):
            return datetime.fromisoformat(text)
        if re.match(r"\d\d:\d\d:\d\d", text):
            return datetime.fromisoformat(f"2000-01-01T{text}")
    except ValueError:
        return None
    units = re.fullmatch(r"P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?)?", text)
    if not units or text == "P":
        return None
    days, hours, minutes, seconds = (float(unit or 0) for unit in units.groups())
    return timedelta(days=days, hours=hours, minutes=minutes, seconds=seconds)


def plain(value: Any) -> Any:
    """Return a value whose texts may stand in a header: printable ASCII without separators."""
    if isinstance(value, str):
        return re.sub(r"[^ -~]|[ ,;&=%]", "", value) or "x"
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {plain(key): plain(one) for key, one in value.items()}
    return value


def quoted(text: str) -> str:
    """Return a text as a query holds it."""
    return quote(text, safe="~-._")


def taken(parameter: Parameter, meant: Any, left: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Take the pairs of a parameter out of those of a query that are left."""
    is_object = isinstance(meant, dict)
    if is_object and parameter.style == "deepObject":
        names = [name for name, _ in _in_brackets(parameter.name, meant)]
    elif is_object and parameter.style == "form" and parameter.explode:
        # Another parameter can have the name of one of its properties: the first is its own.
        found = [next((pair for pair in left if pair[0] == key), (key, "")) for key in meant]
        for pair in found:
            left.remove(pair) if pair in left else None
        return found
    else:
        names = [parameter.name]
    found = [pair for pair in left if pair[0] in names]
    left[:] = [pair for pair in left if pair not in found]
    return found
