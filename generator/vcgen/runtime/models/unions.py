"""Unions that the JSON decoder cannot decode by itself."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any, cast

import msgspec
from msgspec import Struct, ValidationError, convert
from msgspec.structs import fields

from vcgen.runtime.models.hooks import StandIn, decode_hook


def alternatives(
    name: str,
    types: Callable[[], list[Any]],
    tag: str = "",
    tagged: Callable[[], dict[Any, Any]] = dict,
) -> type:
    """Return a class for a union that the JSON decoder cannot decode by itself.

    Args:
        name: Name of the class.
        types: The alternatives, looked up when the first value is decoded.
        tag: The discriminator property; empty if there is none.
        tagged: The alternative for each value of that property.
    """

    def candidates(value: Any) -> list[Any]:
        if tag and isinstance(value, dict) and tag in value:
            kind: object = cast("dict[str, Any]", value)[tag]
            text = kind if isinstance(kind, str) else msgspec.json.encode(kind).decode()
            # Some servers write every number with a fraction.
            whole = text if isinstance(kind, str) else text.removesuffix(".0")
            return [tagged().get(text) or tagged().get(whole) or types()[-1]]
        *others, last = types()
        # Without a tag, it is the base, or what the API has as default, if that fits.
        return [last, *others] if tag and isinstance(last, type) else [*others, last]

    def decode(value: Any) -> Any:
        return decode_union(candidates(value), value)

    members: dict[str, Callable[..., Any]] = {
        "__decode__": decode,
        "__candidates__": candidates,
        "__strangeness__": strangeness_of,
    }
    return StandIn(name, (), {key: staticmethod(one) for key, one in members.items()})


def decode_union(candidates: list[Any], value: Any) -> Any:
    """Decode a value as the type that knows most of its properties.

    Raises:
        ValueError: It fits none of the types.
    """
    best: list[tuple[int, Any]] = []
    problems: dict[str, None] = {}
    for candidate in candidates:
        try:
            decoded = decoded_as(candidate, value)
        except ValidationError as error:
            problems[str(error)] = None
            continue
        strangeness = strangeness_of(value, decoded)
        if not best or strangeness < best[0][0]:
            best = [(strangeness, decoded)]
        if not strangeness:
            break  # no other can know more of it
    if not best:
        raise ValueError("fits no alternative: " + "; ".join(problems))
    return best[0][1]


def decoded_as(type_: Any, value: Any) -> Any:
    """Decode a value as an alternative, or raise ValidationError."""
    return convert(value, type_, dec_hook=decode_hook)


def strangeness_of(value: Any, decoded: Any) -> int:
    """Count what of a value is unknown; what is lost counts twice.

    So do all properties of a value that an alternative knows nothing of.
    """
    if isinstance(decoded, Struct):
        properties = cast("dict[str, Any]", value)
        names = names_of(type(decoded))
        is_kept = hasattr(decoded, "additional_properties")
        lost = 1 if is_kept and not names.keys().isdisjoint(properties) else 2
        kept = {key: getattr(decoded, name, None) for key, name in names.items()}
        return sum(
            strangeness_of(one, kept[key]) if key in kept else lost * size_of(one)
            for key, one in properties.items()
        )
    if isinstance(decoded, dict):
        pairs = cast("dict[str, Any]", decoded).items()
        return sum(1 + strangeness_of(value[key], item) for key, item in pairs)
    if isinstance(decoded, list):
        items = cast("list[object]", decoded)
        is_whole = bool(items) and len(items) == len(value)
        inner = zip(value, items, strict=True) if is_whole else ()
        return sum(strangeness_of(one, item) for one, item in inner)
    return int(not getattr(decoded, "is_known", True))


def size_of(value: Any) -> int:
    """Count the values in a JSON value, itself among them."""
    count, waiting = 0, [value]
    while waiting:
        one = waiting.pop()
        count += 1
        if isinstance(one, dict):
            waiting += cast("dict[str, Any]", one).values()
        elif isinstance(one, list):
            waiting += cast("list[object]", one)
    return count


@cache
def names_of(struct: type[Struct]) -> dict[str, str]:
    """Return the names of the fields by their JSON names."""
    return {one.encode_name: one.name for one in fields(struct)}
