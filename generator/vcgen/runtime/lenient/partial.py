"""Objects that came without all that is required of them."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, ClassVar

import msgspec
from msgspec import UNSET, Struct, defstruct
from msgspec.structs import asdict, fields


class MissingField(AttributeError):
    """A required property is missing from the response, or could not be decoded."""


class Partial(Struct):
    """Base of the objects in which required fields may be missing."""

    __path__: ClassVar[str]
    __of__: ClassVar[type[Struct]]

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        if value is not UNSET:
            return value
        wire = next(one.encode_name for one in fields(self) if one.name == name)
        what = f"the response has no readable {self.__path__}.{wire}"
        raise MissingField(f"{type(self).__name__}.{name}: {what}")

    def __reduce__(self) -> tuple[Any, ...]:
        values = {k: v for k, v in asdict(self).items() if v is not UNSET}
        return restored, (self.__of__, self.__path__, values)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Partial) or other.__of__ is not self.__of__:
            return False
        return asdict(self) == asdict(other)


@lru_cache(maxsize=1024)
def partial(cls: type[Struct], path: str) -> type[Any]:
    """Return a subclass whose required fields may be missing.

    Args:
        cls: The class.
        path: The JSON path of its value, for messages.
    """
    required = [one for one in fields(cls) if one.required]
    return defstruct(
        cls.__name__,
        [
            (one.name, Any, msgspec.field(name=one.encode_name, default=UNSET))
            for one in required
        ],
        bases=(Partial, cls),
        namespace={"__path__": path, "__of__": cls, "__doc__": cls.__doc__},
        module=cls.__module__,
        kw_only=True,
        omit_defaults=True,
    )


def restored(cls: type[Struct], path: str, values: dict[str, Any]) -> Any:
    """Rebuild an object from a pickle."""
    return partial(cls, path)(**values)
