"""Models that keep the properties they have no field for."""

from __future__ import annotations

from functools import cache
from types import GenericAlias
from typing import Any, Union, get_args, get_origin

import msgspec
from msgspec import Raw, Struct, ValidationError, convert, defstruct
from msgspec.structs import fields

from vcgen.runtime.models.base import Model

# What additional properties are called until they are sent, each by its own name.
# Unicode leaves this code point to programs: no API has a property of that name.
OTHERS = "\ufdd0"

# A default: msgspec makes an empty one for each object.
EMPTY: dict[str, Any] = {}


class OpenModel(
    Model,
    kw_only=True,
    rename={"additional_properties": OTHERS},
    repr_omit_defaults=True,
):
    """Base of the models that keep properties without a field, and send them."""

    additional_properties: dict[str, Any] = EMPTY
    """The properties that have no field in this class."""


class _Layout(Struct):
    """What of a class decides which properties it keeps.

    Attributes:
        known: The JSON names of its fields.
        others: The type of its additional properties, if they cannot be anything.
        holder: A class with a field `value` of that type, which is fast to decode.
        inner: The name, JSON name and type of each field whose values keep any.
    """

    known: frozenset[str]
    others: Any
    holder: type[Any]
    inner: list[tuple[str, str, Any]]


@cache
def keeps(type_: Any) -> bool:
    """Return whether values of a type keep properties that have no field."""
    waiting = [type_]
    seen: set[Any] = set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        if isinstance(one, type) and issubclass(one, OpenModel):
            return True
        waiting += get_args(one)
        if isinstance(one, type) and issubclass(one, Struct):
            waiting += [inner.type for inner in fields(one)]
    return False


def has_unknown(content: bytes | Raw, type_: Any) -> bool:
    """Return whether decoded JSON has properties that its classes have no field for.

    The JSON decoder finds out. Most responses have none, and need not be read again.
    """
    try:
        msgspec.json.decode(content, type=closed(type_))
    except ValidationError:
        return True
    return False


@cache
def closed(type_: Any) -> Any:
    """Return a type that takes what fits a type if each property has a field."""
    return _closed(type_, {})


def _closed(type_: Any, found: dict[type, type]) -> Any:
    origin, arguments = get_origin(type_), get_args(type_)
    if not keeps(type_):
        return Raw  # which the decoder skips
    if origin in {list, dict}:
        return GenericAlias(origin, (*arguments[:-1], _closed(arguments[-1], found)))
    if arguments:
        parts = (_closed(one, found) if keeps(one) else one for one in arguments)
        return Union[tuple(parts)]  # noqa: UP007 - of as many as there are
    if type_ not in found:
        _close(type_, found)
    return found[type_]


def _close(cls: type[Struct], found: dict[type, type]) -> None:
    """Note the class that takes no property for which a class has no field."""
    inner = {f"f{n}": one for n, one in enumerate(fields(cls))}
    types: list[Any] = [(name, f"{name}_type", Raw()) for name in inner]
    found[cls] = defstruct(
        cls.__name__,
        types,
        rename={name: one.encode_name for name, one in inner.items()},
        forbid_unknown_fields=issubclass(cls, OpenModel),
        gc=False,
    )
    for name, one in inner.items():  # now, for a class may contain itself
        setattr(found[cls], f"{name}_type", _closed(one.type, found))


def keep(type_: Any, values: list[Any], data: list[Any], path: str) -> None:
    """Give decoded values the properties that their classes have no field for.

    Values of a class are done together: that takes a tenth of the time of one by one.

    Args:
        type_: The type that the values were decoded as.
        values: The values.
        data: The JSON data of each of them.
        path: Their JSON path, for messages.

    Raises:
        ValidationError: An additional property is not of the declared type.
    """
    if not values or not keeps(type_):
        return
    origin, arguments = get_origin(type_), get_args(type_)
    pairs = zip(values, data, strict=True)
    if origin is list:
        inner = [one for pair in pairs for one in zip(*pair, strict=True)]
        keep(arguments[0], *_unzipped(inner), f"{path}[*]")
    elif origin is dict:
        inner = [(one[key], d[key]) for one, d in pairs for key in one]
        keep(arguments[1], *_unzipped(inner), f"{path}[*]")
    elif arguments:
        every = list(pairs)
        for one in filter(keeps, arguments):
            kind = get_origin(one) or one
            inner = [pair for pair in every if isinstance(pair[0], kind)]
            keep(one, *_unzipped(inner), path)
    else:
        _keep_in(type_, values, data, path)


def _unzipped(pairs: list[tuple[Any, Any]]) -> tuple[list[Any], list[Any]]:
    return [one for one, _ in pairs], [one for _, one in pairs]


def _keep_in(
    cls: type[Struct], values: list[Any], data: list[dict[str, Any]], path: str
) -> None:
    """Give objects of a class what they have no field for."""
    if issubclass(cls, OpenModel):
        _keep_unknown(cls, values, data, path)
    for name, key, type_ in layout_of(cls).inner:
        found = zip(values, data, strict=True)
        inner = [(getattr(v, name), d[key]) for v, d in found if d.get(key) is not None]
        keep(type_, *_unzipped(inner), f"{path}.{key}")


def _keep_unknown(
    cls: Any, values: list[Any], data: list[dict[str, Any]], path: str
) -> None:
    """Give objects of a class the properties that are unknown to it."""
    layout = layout_of(cls)
    unknown = set[str]().union(*data) - layout.known
    if not unknown:
        return
    names = _as_they_came(unknown, data)
    if len(names) < 10:  # else an object may have few of all that there are
        found = [{name: one[name] for name in names if name in one} for one in data]
    else:
        found = [{key: one[key] for key in one if key in unknown} for one in data]
    if layout.others:
        found = [_declared(layout, others, path) for others in found]
    # Bypasses what some models do when a caller sets an attribute.
    give = cls.additional_properties.__set__
    for value, others in zip(values, found, strict=True):
        give(value, others)


def _as_they_came(names: set[str], data: list[dict[str, Any]]) -> list[str]:
    """Return the names of properties in the order in which the objects have them."""
    found: dict[str, None] = {}
    for one in data:
        if len(found) == len(names):
            break
        found.update(dict.fromkeys(key for key in one if key in names))
    return list(found)


def _declared(layout: _Layout, others: dict[str, Any], path: str) -> dict[str, Any]:
    """Return additional properties as their declared type.

    Raises:
        ValidationError: They are not of that type.
    """
    try:
        value: dict[str, Any] = converted({"value": others}, layout.holder).value
    except ValidationError as error:
        reason, _, inside = str(error).partition(" - at `$.value[...]")
        raise ValidationError(f"{reason} - at `{path}[*]{inside}") from None
    keep(layout.others, [value], [others], path)
    return value


@cache
def layout_of(cls: type[Struct]) -> _Layout:
    """Return what of a class decides which properties it keeps."""
    known = {one.encode_name: one for one in fields(cls)}
    own = known.pop(OTHERS, None)
    others = own.type if own and get_args(own.type)[1] is not Any else None
    holder = defstruct("Others", [("value", others or Any)])
    inner = [(o.name, key, o.type) for key, o in known.items() if keeps(o.type)]
    return _Layout(frozenset(known), others, holder, inner)


def converted(value: Any, type_: type[Any]) -> Any:
    """Convert JSON data to a type, or raise ValidationError."""
    return convert(value, type_)
