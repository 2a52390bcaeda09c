"""Models that hold secrets."""

from __future__ import annotations

from collections.abc import Callable
from reprlib import recursive_repr
from typing import Any, TypeVar

from msgspec import UNSET

ModelT = TypeVar("ModelT")


def hides(*names: str) -> Callable[[type[ModelT]], type[ModelT]]:
    """Hide the values of fields in the `repr` of a model."""

    def hide(cls: type[ModelT]) -> type[ModelT]:
        changed: Any = cls
        plain = changed.__rich_repr__

        def rich_repr(self: ModelT) -> list[tuple[str, Any]]:
            return [
                (name, "***" if name in names and value not in (None, UNSET) else value)
                for name, value in plain(self)
            ]

        @recursive_repr()
        def usual_repr(self: ModelT) -> str:
            shown = ", ".join(f"{name}={value!r}" for name, value in rich_repr(self))
            return f"{type(self).__name__}({shown})"

        changed.__rich_repr__, changed.__repr__ = rich_repr, usual_repr
        return cls

    return hide
