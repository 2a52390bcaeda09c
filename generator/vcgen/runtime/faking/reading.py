"""Reading of arguments: the inverse of what sends them.

Much of what is sent has lost its type. What a text stands for is the first of several
readings that is a value of the declared type.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from types import UnionType
from typing import Any, TypeAlias, TypeGuard, Union, get_args, get_origin
from urllib.parse import quote, unquote

import msgspec
from msgspec import Struct, UnsetType, ValidationError, convert
from msgspec.structs import fields

from vcgen.runtime.faking.requests import Pair, Sent, pairs_in

Readings: TypeAlias = Iterator[Any]

# The style of arguments if nothing else is said, and whether it is exploded.
USUAL = {"Path": ("simple", False), "Query": ("form", True), "Cookie": ("form", True)}
SEPARATORS = {"spaceDelimited": "%20", "pipeDelimited": "%7C"}


def argument(carrier: Any, type_: Any, sent: Sent, others: frozenset[str]) -> list[Any]:
    """Return the argument that a request carries, in a list; an empty one if none.

    Args:
        carrier: What carries it.
        type_: Its type.
        sent: What was sent.
        others: The names of other parameters of the query.

    Raises:
        ValueError: It is not of its type.
    """
    known = without_none(type_)
    readings = list(readings_of(carrier, known, sent, others))
    return [fitting(known, readings)[1]] if readings else []


def without_none(type_: Any) -> Any:
    """Return the type of a value that is there."""
    absent = {type(None), UnsetType}
    return either([one for one in alternatives_in(type_) if one not in absent])


def either(types: list[Any]) -> Any:
    """Return the union of types."""
    found = types[0]
    for one in types[1:]:
        found |= one
    return found


def alternatives_in(type_: Any) -> list[Any]:
    """Return the types that a union consists of; else the type itself."""
    is_union = get_origin(type_) in {Union, UnionType}
    return [*get_args(type_)] if is_union else [type_]


def fitting(type_: Any, readings: Iterable[Any]) -> tuple[Any, Any]:
    """Return the first reading that is of a type, and its value.

    Raises:
        ValueError: None is.
    """
    problem: ValueError | None = None
    known = told_apart(type_)
    for one in readings:
        try:
            value = convert(one, known, strict=False, dec_hook=read_by)
            return one, with_rest(value, one)
        except ValueError as error:
            problem = problem or error
    raise problem or ValidationError("there is no value")


def told_apart(type_: Any) -> Any:
    """Return a type without texts beside an enumeration, which has any of them."""
    origin: Any = get_origin(type_)
    if any(origin is one for one in (list, dict, Sequence, Mapping)):
        return origin[tuple(map(told_apart, get_args(type_)))]
    alternatives = alternatives_in(type_)
    if str not in alternatives or not any(map(is_text_enum, alternatives)):
        return type_
    return either([one for one in alternatives if one is not str])


def is_text_enum(type_: Any) -> bool:
    """Return whether a type is an enumeration of texts."""
    return isinstance(type_, type) and issubclass(type_, StrEnum)


def with_rest(value: Any, plain: Any) -> Any:
    """Give objects the properties that their classes have no field for; return them.

    Raises:
        ValueError: One is not of the declared type.
    """
    if is_list(value) and is_list(plain):
        for inner, one in zip(value, plain, strict=True):
            with_rest(inner, one)
    elif is_map(value) and is_map(plain):
        for key, inner in value.items():
            with_rest(inner, plain.get(key))
    elif isinstance(value, Struct) and is_map(plain):
        known = {one.encode_name: one for one in fields(value)}
        rest = known.pop(rest_of(type(value)) or "", None)
        for key, one in known.items():
            with_rest(getattr(value, one.name), plain.get(key))
        if rest is not None:
            others = {key: inner for key, inner in plain.items() if key not in known}
            setattr(value, rest.name, fitting(rest.type, [others])[1])
    return value


def read_by(type_: Any, value: Any) -> Any:
    """Return a value as a type that reads itself. Called by the decoder."""
    return type_.__decode__(value)


def style_of(carrier: Any) -> tuple[str, bool]:
    """Return how a parameter is written, and whether it is exploded."""
    if style := getattr(carrier, "style", None):
        return style.name, style.explode
    return USUAL.get(type(carrier).__name__.removeprefix("In"), ("simple", False))


def readings_of(
    carrier: Any, type_: Any, sent: Sent, others: frozenset[str]
) -> Readings:
    """Yield what a parameter may stand for; nothing if it was not sent."""
    style, explode = style_of(carrier)
    place = type(carrier).__name__.removeprefix("In").removeprefix("Styled")
    if style == "cookie":
        raw = [(name, quote(text, safe=",")) for name, text in sent.cookies]
        yield from of_pairs(raw, carrier.name, type_, ("form", explode), others)
    elif place in {"Query", "Cookie"}:
        pairs = sent.query if place == "Query" else sent.cookies
        yield from of_pairs(pairs, carrier.name, type_, (style, explode), others)
    elif style == "matrix":
        pairs = pairs_in(sent.path.replace("/", ";"), ";")
        yield from of_pairs(pairs, carrier.name, type_, ("form", explode), others)
    elif place == "Path":
        text = sent.segments[carrier.name]
        text = text[style == "label" :]
        yield from of_text(text, type_, (style, explode), unquote)
    elif texts := sent.headers.get_list(carrier.name):
        yield from of_text(",".join(texts), type_, (style, explode), str)


def of_text(
    text: str, type_: Any, style: tuple[str, bool], plain: Callable[[str], str]
) -> Readings:
    """Yield what a text may stand for: itself, a list, an object.

    What is in these and is a list or an object itself is JSON.
    """
    name, explode = style
    if name == "json":
        yield msgspec.json.decode(plain(text))
        return
    yield plain(text)
    is_dotted = name == "label" and explode
    separator = SEPARATORS.get(name, ",")
    separator = separator if plain is unquote else unquote(separator)
    parts = text.split("." if is_dotted else separator)
    yield from of_values([plain(one) for one in parts])
    pairs = zip(parts[::2], parts[1::2], strict=False)
    halves = [one.partition("=")[::2] for one in parts] if explode else [*pairs]
    texts = {plain(key): of_item(plain(value)) for key, value in halves}
    if found := object_of(texts, properties_of(type_)):
        yield found


def of_pairs(
    pairs: Sequence[Pair],
    name: str,
    type_: Any,
    style: tuple[str, bool],
    others: frozenset[str] | None,
) -> Readings:
    """Yield what pairs may stand for.

    Args:
        pairs: The pairs, not only those of this parameter.
        name: The name of the parameter.
        type_: Its type.
        style: Its style, and whether it is exploded.
        others: The names of others; None if an object has no pairs of its own.
    """
    texts = [text for key, text in pairs if key == name]
    is_deep = style[0] == "deepObject"
    if is_deep and (found := deep_in(pairs, name)) is not None:
        yield found
        yield deep_in(pairs, name, has_indexes=True)
    elif texts and not is_deep and not style[1]:
        yield from of_text(texts[0], type_, style, unquote)
    elif texts:
        yield from of_values([unquote(text) for text in texts])
    elif style == ("form", True) and others is not None and is_object(type_):
        own = [pair for pair in pairs if pair[0] not in others]
        if spread := object_of(by_name(own), properties_of(type_)):
            yield spread


def of_values(values: list[Any]) -> Readings:
    """Yield what values under one name may stand for: one, a list, objects in JSON."""
    if len(values) == 1:
        yield values[0]
    yield values
    with suppress(ValueError, TypeError):
        decoded: list[Any] = [msgspec.json.decode(value) for value in values]
        if len(decoded) == 1:
            yield decoded[0]
        yield decoded


def of_item(text: str) -> Readings:
    """Yield what a text in another may stand for: itself, or JSON."""
    yield text
    with suppress(ValueError):
        yield msgspec.json.decode(text)


def deep_in(pairs: Iterable[Pair], name: str, *, has_indexes: bool = False) -> Any:
    """Return what pairs like `name[key][]=text` hold; None if there are none.

    Args:
        pairs: The pairs.
        name: The name of the parameter.
        has_indexes: Whether a number is the index of an item, or a key.
    """
    found = None
    for key, text in pairs:
        if key.startswith(f"{name}[") and key.endswith("]"):
            path = key[len(name) + 1 : -1].split("][")
            found = grown(found, path, unquote(text), has_indexes=has_indexes)
    return found


def grown(tree: Any, path: list[str], leaf: str, *, has_indexes: bool) -> Any:
    """Return an object or array with a text in it; an empty name is that of an item."""
    if not path:
        return leaf
    first, *rest = path
    if first and not (has_indexes and first.isdecimal()):
        branch: dict[str, Any] = tree if is_map(tree) else {}
        inner = grown(branch.get(first), rest, leaf, has_indexes=has_indexes)
        return {**branch, first: inner}
    items: list[Any] = tree if is_list(tree) else []
    # An item without an index is one of its own.
    goes_on = first == str(len(items) - 1)
    last = items[-1] if goes_on else None
    grown_item = grown(last, rest, leaf, has_indexes=has_indexes)
    return [*(items[:-1] if goes_on else items), grown_item]


def is_object(type_: Any) -> bool:
    """Return whether a type has objects among its values."""
    known, others = properties_of(type_)
    return bool(known) or others is not None


def properties_of(type_: Any) -> tuple[dict[str, Any], Any]:
    """Return the types of properties, and of others; None if there are none."""
    known: dict[str, Any] = {}
    others: Any = None
    for one in alternatives_in(type_):
        if hasattr(one, "__candidates__"):
            for inner in one.__candidates__(None):
                inner_known, inner_others = properties_of(inner)
                known |= inner_known
                others = others or inner_others
        elif get_origin(one) is dict:
            others = get_args(one)[1]
        elif is_struct(one):
            known |= {inner.encode_name: inner.type for inner in fields(one)}
            if (rest := rest_of(one)) is not None:
                others = get_args(known.pop(rest))[1]
    return known, others


def is_struct(type_: Any) -> TypeGuard[type[Struct]]:
    """Return whether a type is a class of objects."""
    return isinstance(type_, type) and issubclass(type_, Struct)


def is_list(value: Any) -> TypeGuard[list[Any]]:
    """Return whether a value is an array."""
    return isinstance(value, list)


def is_map(value: Any) -> TypeGuard[dict[str, Any]]:
    """Return whether a value is an object without a class."""
    return isinstance(value, dict)


def rest_of(struct: type[Struct]) -> str | None:
    """Return what holds the properties without a field, if anything does."""
    found = (one for one in fields(struct) if one.name == "additional_properties")
    names = [one.encode_name for one in found if one.encode_name != one.name]
    return names[0] if names else None


def by_name(pairs: Iterable[Pair]) -> dict[str, Readings]:
    """Return what the texts of pairs may stand for."""
    texts: dict[str, list[Any]] = {}
    for key, text in pairs:
        texts.setdefault(key, []).append(unquote(text))
    return {key: of_values(values) for key, values in texts.items()}


def object_of(
    texts: Mapping[str, Readings], properties: tuple[dict[str, Any], Any]
) -> dict[str, Any]:
    """Return the object that has what texts stand for as its properties."""
    known, others = properties
    kinds = {key: known.get(key, others) for key in texts}
    return {
        key: fitting(without_none(kinds[key]), readings)[0]
        for key, readings in texts.items()
        if kinds[key] is not None
    }


def takes(carrier: Any, type_: Any, name: str) -> bool:
    """Return whether a parameter of the query may be sent under a name."""
    if name == carrier.name:
        return True
    style, explode = style_of(carrier)
    if style == "deepObject":
        return name.startswith(f"{carrier.name}[")
    known, others = properties_of(type_)
    return explode and (name in known or others is not None)
