"""Names that every module uses."""

from __future__ import annotations

from typing import TypeAlias, TypeVar

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)
Plain: TypeAlias = "dict[str, object] | list[object] | str | float | bool | None"
