"""A walk through a reply that strict decoding refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from types import NoneType, UnionType
from typing import Annotated, Any, TypeGuard, Union, get_args, get_origin

import msgspec
from msgspec import Struct, UnsetType
from msgspec.structs import fields

from vcgen.runtime.lenient.deviations import Deviation
from vcgen.runtime.lenient.partial import partial
from vcgen.runtime.lenient.scalars import Unreadable, scalar

BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_JSON_TYPES = {
    UnsetType: "nothing",
    NoneType: "null",
    bool: "boolean",
    int: "integer",
    float: "number",
    str: "string",
    list: "array",
    dict: "object",
}
# The deviations, each once, in order.
Found = dict[Deviation, None]


def reread(content: bytes, type_: Any, operation: str) -> tuple[Any, list[Deviation]]:
    """Decode a response that strict decoding refused, and return its deviations.

    Args:
        content: The body.
        type_: The documented type.
        operation: The operation, for the deviations.

    Raises:
        ValueError: It is not JSON, or not of the kind of the documented type.
    """
    walk = walk_of(operation)
    text = content.removeprefix(BYTE_ORDER_MARK)
    found = walk.note("$", "JSON", "a byte order mark") if text != content else {}
    nothing = {b""} if operation.startswith("GET ") else {b"", b"null"}
    if (body := text.strip()) in nothing:
        if type_ is not Any:  # oRPC and tRPC describe nothing as anything
            found |= walk.note("$", name_of(type_), body.decode() or "nothing")
        return walk.empty(type_), [*found]
    data, is_json = parsed(text)
    if not is_json:
        found |= walk.note("$", "JSON", "almost JSON")
    value, others = walk.read(type_, data, "$")
    return value, [*found, *others]


def parsed(content: bytes) -> tuple[Any, bool]:
    """Parse JSON; return whether it is valid.

    Many parsers also accept NaN, infinity, and control characters in texts. Bytes that
    are not UTF-8 are replaced.

    Raises:
        ValueError: It is neither.
    """
    try:
        return msgspec.json.decode(content), True
    except ValueError:
        for text in (content, content.decode(errors="replace")):
            with suppress(ValueError):
                return json.loads(text, strict=False), False
        raise


class Walk:
    """Decodes what it can, and notes each value that is not as documented."""

    def __init__(self, operation: str) -> None:
        self._operation = operation
        # Each part is read once as each type, however alternatives are nested.
        self._known: dict[tuple[int, Any], tuple[Any, Found] | None] = {}

    def note(self, path: str, expected: str, received: str) -> Found:
        """Return a deviation."""
        return {Deviation(self._operation, path, expected, received): None}

    def read(self, type_: Any, data: Any, path: str) -> tuple[Any, Found]:
        """Convert a value to a type, and return its deviations.

        Raises:
            Unreadable: It is not of that kind.
        """
        if _kind(data) not in {"array", "object"}:
            return self._read(type_, data, path)
        key = (id(data), type_)
        if key not in self._known:
            self._known[key] = None
            self._known[key] = self._read(type_, data, path)
        known = self._known[key]
        if known is None:
            raise Unreadable(name_of(type_))
        return known

    def empty(self, type_: Any) -> Any:
        """Return the value of a type for a missing property.

        Raises:
            Unreadable: The type has no empty value.
        """
        origin = get_origin(type_)
        if type_ in {Any, None, NoneType} or NoneType in get_args(type_):
            return None
        if origin is list:
            return []
        if origin is dict:
            return {}
        # What a GET is for is missing; anything else was done all the same.
        is_done = not self._operation.startswith("GET ")
        if _may_be_empty(type_) or (is_done and _is_struct(type_)):
            return self._object(type_, {}, "$")[0]
        raise Unreadable("the body is empty")

    def _read(self, type_: Any, data: Any, path: str) -> tuple[Any, Found]:
        origin, arguments = get_origin(type_), get_args(type_)
        if type_ is Any:
            return data, {}
        if (other := _as_the_other(type_, data)) is not None and path != "$":
            value, found = self._read(type_, other, path)
            return value, {**found, **self._differs(type_, data, path)}
        if origin in {Union, UnionType}:
            return self._any_of(arguments, data, path)
        if origin is list:
            return self._list(arguments[0], data, path)
        if origin is dict:
            return self._map(arguments[1], data, path)
        if _is_struct(type_):
            return self._object(type_, data, path)
        if alternatives := getattr(type_, "__candidates__", None):
            return self._any_of(alternatives(data), data, path, type_.__strangeness__)
        if type_ is str and path != "$" and isinstance(data, list | dict):
            return msgspec.json.encode(data).decode(), self._differs(type_, data, path)
        value, is_declared = scalar(data, type_)
        found = {} if is_declared else self._differs(type_, data, path)
        return value, found

    def _differs(self, type_: Any, data: Any, path: str) -> Found:
        return self.note(path, name_of(type_), _kind(data))

    def _any_of(
        self, types: Any, data: Any, path: str, loss: Callable[..., int] | None = None
    ) -> tuple[Any, Found]:
        """Read a value as the alternative that loses least and deviates least."""
        if data is None and NoneType in types:
            return None, {}
        reads: list[tuple[Any, Found]] = []
        for one in types:
            if one is not UnsetType:  # no JSON is of this type
                with suppress(Unreadable):
                    reads.append(self.read(one, data, path))
        if not reads:
            raise Unreadable("no alternative")

        def costs(one: tuple[Any, Found]) -> tuple[bool, int]:
            value, found = one
            # The text of an object is of use where it can be nothing else.
            is_text = isinstance(value, str) and isinstance(data, list | dict)
            return is_text, len(found) + (loss(data, value) if loss else 0)

        return min(reads, key=costs)

    def _list(self, item: Any, data: Any, path: str) -> tuple[Any, Found]:
        """Read an array: null is an empty one, an item of another kind is left out."""
        if data is None:
            return [], self.note(path, "array", "null")
        if _kind(data) != "array":
            return self._alone(item, data, path)
        items: list[Any] = []
        found: Found = {}
        for one in data:
            try:
                value, more = self.read(item, one, f"{path}[*]")
            except Unreadable:
                found |= self._differs(item, one, f"{path}[*]")
                continue
            items.append(value)
            found |= more
        return items, found

    def _alone(self, item: Any, data: Any, path: str) -> tuple[Any, Found]:
        """Read an item alone as an array of one, as JSON made of XML has it."""
        if path == "$" or get_origin(item) is list or _is_unlike(item, data):
            raise Unreadable("array")
        value, found = self.read(item, data, path)
        return [value], {**found, **self.note(path, "array", _kind(data))}

    def _map(self, item: Any, data: Any, path: str) -> tuple[Any, Found]:
        """Read a map: null is an empty one, a value of another kind is left out."""
        if data is None:
            return {}, self.note(path, "object", "null")
        if _kind(data) != "object":
            raise Unreadable("object")
        items: dict[str, Any] = {}
        found: Found = {}
        for key, one in data.items():
            try:
                items[key], more = self.read(item, one, f"{path}[*]")
            except Unreadable:
                more = self._differs(item, one, f"{path}[*]")
            found |= more
        return items, found

    def _object(self, cls: type[Struct], data: Any, path: str) -> tuple[Any, Found]:
        """Read an object; a required field that cannot be read stays missing."""
        if _kind(data) != "object":
            raise Unreadable("object")
        values: dict[str, Any] = {}
        found: Found = {}
        is_whole = True
        known = {one.encode_name: one for one in fields(cls)}
        strange = data.keys() - known
        for name, one in known.items():
            at = f"{path}.{name}"
            key = name if name in data else _respelt(name, strange)
            if key in data:
                given = data[key]
                if key != name:
                    found |= self.note(at, name_of(one.type), f"property {key}")
                try:
                    values[one.name], more = self.read(one.type, given, at)
                except Unreadable:
                    more = self._differs(one.type, given, at)
            elif one.required:
                more = self.note(at, name_of(one.type), "nothing")
                if NoneType in get_args(one.type):
                    values[one.name] = None
                elif get_origin(one.type) in {list, dict}:
                    values[one.name] = self.empty(one.type)
            else:
                continue
            found |= more
            is_whole = is_whole and (one.name in values or not one.required)
        made = cls if is_whole else partial(cls, path)
        return made(**values), found


def _respelt(name: str, keys: Iterable[str]) -> str:
    """Return the one key that is a name in other capitals, else the name."""
    alike = [key for key in keys if key.lower() == name.lower()]
    return alike[0] if len(alike) == 1 else name


def _as_the_other(type_: Any, data: Any) -> Any:
    """Return an array as an object or an object as an array, or None.

    PHP has one type for both: it sends an empty object as an empty array, and a list
    from which items were removed as an object with the indexes as keys.
    """
    origin = get_origin(type_)
    if data == [] and (origin is dict or _may_be_empty(type_)):
        return {}
    if origin is list and _kind(data) == "object" and all(map(str.isdecimal, data)):
        return list(data.values())
    return None


def _is_unlike(type_: Any, data: Any) -> bool:
    """Return whether an object has no property of a class, or stands for a text."""
    if _kind(data) != "object":
        return False
    if _is_struct(type_):
        return {one.encode_name for one in fields(type_)}.isdisjoint(data)
    return type_ is str


def _may_be_empty(type_: Any) -> bool:
    return _is_struct(type_) and not any(one.required for one in fields(type_))


def _kind(data: Any) -> str:
    """Return the JSON type of a value."""
    return _JSON_TYPES[type(data)]


def _is_struct(type_: Any) -> TypeGuard[type[Struct]]:
    return isinstance(type_, type) and issubclass(type_, Struct)


def name_of(type_: Any) -> str:
    """Return the name of a type in a deviation."""
    origin, arguments = get_origin(type_), get_args(type_)
    if origin is Annotated:
        return name_of(arguments[0])
    if origin in {Union, UnionType}:
        return " or ".join(map(name_of, arguments))
    plain = origin or type_
    named: str = getattr(plain, "__name__", "any value")
    return _JSON_TYPES.get(plain, named)


def walk_of(operation: str) -> Walk:
    """Return the walk through a response of an operation."""
    return Walk(operation)
