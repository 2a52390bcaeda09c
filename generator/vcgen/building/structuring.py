"""Objects of classes whose annotations say what a document may hold there.

Nothing is converted, and nothing is refused: a value of which the annotations do not say at once
that it is right is a doubt, which somebody else settles.
"""

from __future__ import annotations

import enum
from collections.abc import Callable, KeysView, Mapping
from functools import cache, partial
from types import UnionType
from typing import Any, ClassVar, Self, TypeAlias, Union, get_args, get_origin, get_type_hints

Reader: TypeAlias = Callable[[Any], Any]
Readers: TypeAlias = Mapping[type, Reader]
# The name of a field, and what reads each type of value that it may have, by its key.
Fields: TypeAlias = Mapping[str, tuple[str, Readers]]


class Doubt(Exception):
    """A value is not known to be what may stand in its place."""


class Declared:
    """An object of a document: its fields are attributes, others are in `extra`.

    A field without a default is required. `ALIASES` are the keys of fields that cannot be called
    like them.

    Attributes:
        extra: What the document has beside the fields, by key.
    """

    ALIASES: ClassVar[Mapping[str, str]] = {}
    __slots__ = ("__dict__", "extra")

    extra: dict[str, Any]

    def __init__(self, **fields: Any) -> None:
        self.extra = {}
        vars(self).update(fields)

    @classmethod
    def of(cls, tree: Mapping[str, Any]) -> Self:
        """Return the object for a part of a document.

        Raises:
            Doubt: A value is not known to be right, or a required one is missing.
        """
        self = cls.__new__(cls)
        self.extra, found = {}, vars(self)
        fields, required = cls._grammar()
        for key, value in tree.items():
            if key in fields:
                name, readers = fields[key]
                reader = readers.get(type(value))
                # Most values are plain, and stand for themselves.
                found[name] = value if reader is _same else _read(readers, value)
            else:
                self.extra[key] = value
        if not required <= found.keys():
            raise Doubt(sorted(required - found.keys()))
        return self

    @property
    def given(self) -> KeysView[str]:
        """The names of the fields that the document has."""
        return vars(self).keys()

    @property
    def said(self) -> dict[str, Any]:
        """What the document has of the fields, by their keys."""
        return {self.ALIASES.get(name, name): value for name, value in vars(self).items()}

    @classmethod
    def keys(cls) -> Mapping[str, str]:
        """Return the names of the fields by their keys."""
        return {key: name for key, (name, _) in cls._grammar()[0].items()}

    def changed(self, **fields: Any) -> Self:
        """Return a copy with other values of some fields; `extra` is copied as well."""
        copy = type(self)(**{**vars(self), **fields})
        copy.extra = dict(self.extra)
        return copy

    def without(self, *names: str) -> Self:
        """Return a copy that does not have some fields."""
        copy = self.changed()
        for name in names:
            vars(copy).pop(name, None)
        return copy

    def tree(self) -> dict[str, Any]:
        """Return the part of the document that this was made from."""
        return {key: plain(value) for key, value in self.said.items()} | self.extra

    @classmethod
    @cache
    def _grammar(cls) -> tuple[Fields, frozenset[str]]:
        """Return the fields by their keys, and the names of the required ones."""
        hints = get_type_hints(cls, include_extras=True)
        hints = {name: hint for name, hint in hints.items() if get_origin(hint) is not ClassVar}
        del hints["extra"]
        fields = {cls.ALIASES.get(one, one): (one, _readers(hints[one])) for one in hints}
        required = frozenset(name for name in hints if not hasattr(cls, name))
        return fields, required

    def __eq__(self, other: object) -> bool:
        if type(other) is not type(self):
            return NotImplemented
        return vars(self) == vars(other) and self.extra == other.extra


def plain(value: Any) -> Any:
    """Return a value without objects of classes: those declared here, and members of enums."""
    if isinstance(value, Declared):
        return value.tree()
    if isinstance(value, list):
        return [plain(one) for one in value]
    if isinstance(value, dict):
        return {key: plain(one) for key, one in value.items()}
    return value.value if isinstance(value, enum.Enum) else value


def _readers(hint: Any) -> Readers:
    """Return the reader for each type of value that an annotation allows."""
    origin, arguments = get_origin(hint), get_args(hint)
    if hint is Any:
        return {object: _same}
    if origin in {Union, UnionType}:
        return _union(arguments)
    if origin is list:
        return {list: partial(_list, _readers(arguments[0]))}
    if origin is dict:
        return {dict: partial(_dict, _readers(arguments[1]))}
    if hasattr(hint, "__metadata__"):
        return {kind: partial(_proven, hint.__metadata__[0]) for kind in _readers(hint.__origin__)}
    if isinstance(hint, type) and issubclass(hint, Declared):
        return {dict: hint.of}
    if isinstance(hint, type) and issubclass(hint, enum.Enum):
        return {str: partial(_member, hint), hint: _same}
    return {hint: _same}


def _union(hints: tuple[Any, ...]) -> Readers:
    found: dict[type, Reader] = {}
    for hint in hints:
        found |= _readers(hint)
    kinds = [one for one in hints if isinstance(one, type) and issubclass(one, Declared)]
    if len(kinds) == 2:
        # What has a `$ref` is a reference (OpenAPI 3.1.1, section 4.8.23), whatever is beside it.
        plain, reference = sorted(kinds, key=lambda one: "$ref" in one.ALIASES.values())
        found[dict] = lambda tree: (reference if "$ref" in tree else plain).of(tree)
    return found


def _read(readers: Readers, value: Any) -> Any:
    reader = readers.get(type(value)) or readers.get(object)
    if reader is None:
        raise Doubt(value)
    return reader(value)


def _same(value: Any) -> Any:
    return value


def _list(readers: Readers, values: list[Any]) -> list[Any]:
    return [_read(readers, one) for one in values]


def _dict(readers: Readers, values: dict[Any, Any]) -> dict[Any, Any]:
    return {key: _read(readers, one) for key, one in values.items()}


def _member(kind: type[enum.Enum], value: str) -> enum.Enum:
    try:
        return kind(value)
    except ValueError:
        raise Doubt(value) from None


def _proven(is_right: Callable[[Any], bool], value: Any) -> Any:
    if not is_right(value):
        raise Doubt(value)
    return value
