"""Models that take the plain values of enumerations for their members."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from enum import Enum, EnumType
from functools import cache
from types import UnionType
from typing import (
    TYPE_CHECKING,
    Any,
    Generic,
    TypeVar,
    Union,
    cast,
    get_args,
    get_origin,
)

from msgspec import UNSET, Struct, field
from msgspec.structs import fields

ReadT = TypeVar("ReadT")
GivenT = TypeVar("GivenT")

# Defaults of such fields, whose declared types are not those of their values.
NO_VALUE: Any = None
NOT_SET: Any = UNSET

_PLAIN = frozenset({str, int, list, tuple, dict})

# Whether objects come from the decoder, which makes the members itself.
is_decoding: ContextVar[bool] = ContextVar("is_decoding", default=False)


if TYPE_CHECKING:

    class Accepts(Generic[ReadT, GivenT]):
        """A field that is read as the first type, and also takes the second."""

        def __get__(self, instance: object, owner: object = None) -> ReadT: ...

        def __set__(self, instance: object, value: ReadT | GivenT) -> None: ...

else:

    class Accepts:
        """A field that is read as the first type, and also takes the second."""

        def __class_getitem__(cls, types: tuple[Any, Any]) -> Any:
            return types[0]


class Accepting(Struct):
    """Base of the models that take plain values for members of enumerations."""

    if not TYPE_CHECKING:  # a type checker would take any attribute

        def __post_init__(self) -> None:
            for name in () if is_decoding.get() else choices_of(type(self)):
                if type(value := getattr(self, name, None)) in _PLAIN:
                    setattr(self, name, value)

        def __setattr__(self, name: str, value: Any) -> None:
            type_ = choices_of(type(self)).get(name)
            super().__setattr__(name, as_members(type_, value) if type_ else value)


def filled_in(make: Callable[[], Any], name: str | None = None) -> Any:
    """Return a field that has a value if none is given."""
    return field(default_factory=make, name=name)


@cache
def choices_of(cls: type[Struct]) -> dict[str, Any]:
    """Return the types of the fields of a class that hold members of enumerations."""
    whole = getattr(cls, "__of__", cls)  # objects may come without fields
    return {one.name: one.type for one in fields(whole) if _holds_members(one.type)}


def _holds_members(type_: Any) -> bool:
    found = [type_]
    for one in found:
        inside = {*_alternatives(one), *get_args(one)}
        found += inside.difference(found)
    return any(isinstance(one, EnumType) for one in found)


@cache
def _alternatives(type_: Any) -> list[Any]:
    """Return what a type is one of; unions are looked into."""
    found = [type_]
    for one in found:
        candidates = getattr(one, "__candidates__", list[Any])
        is_union = get_origin(one) in {Union, UnionType}
        inside = get_args(one) if is_union else candidates(())
        found += (inner for inner in inside if inner not in found)
    return found


def as_members(type_: Any, value: Any) -> Any:
    """Return a value with members of enumerations in place of their plain values."""
    if isinstance(value, dict):
        inside = _inside(type_, dict)
        pairs = cast("dict[str, Any]", value).items()
        return {key: as_members(inside, one) for key, one in pairs}
    if isinstance(value, (list, tuple)):
        inside = _inside(type_, list)
        return [as_members(inside, one) for one in cast("list[Any]", value)]
    if isinstance(value, (bool, Enum)) or not isinstance(value, (int, str)):
        return value
    kind = str if isinstance(value, str) else int
    found = [one(value) for one in _alternatives(type_) if _is_enum_of(kind, one)]
    known = (member for member in found if member.is_known)
    return next(known, found[0] if found else value)


def _inside(type_: Any, kind: type) -> Any:
    """Return the type of what is in a list or map, which is one of the alternatives."""
    types = (
        get_args(one)[-1] for one in _alternatives(type_) if get_origin(one) is kind
    )
    return next(types, Any)


def _is_enum_of(kind: type, type_: Any) -> bool:
    return isinstance(type_, EnumType) and issubclass(type_, kind)
