"""What a configuration declares of operations: tables whose content others know."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from vcgen.config.lines import Path


@dataclass(frozen=True)
class Declaration:
    """A table about an operation, as it was written.

    Attributes:
        table: What it says.
        key: How the configuration is told where it is, as `clients[0].waiters[1]`.
        file: The file of the configuration.
        source: The text of that.
        path: The keys and the numbers that lead to the table in it.
    """

    table: Mapping[str, Any]
    key: str
    file: str = field(compare=False)
    source: str = field(compare=False)
    path: Path = field(compare=False)

    @cached_property
    def lines(self) -> Mapping[Path, int]:
        """The line of each of its keys and items, by their path in it."""
        # Imported here, for a `check` asks for none.
        from vcgen.config.lines import lines_of

        size, found = len(self.path), lines_of(self.source)
        return {at[size:]: line for at, line in found.items() if at[:size] == self.path}


def is_plain(value: object) -> bool:
    """Tell whether a value is made of tables, arrays, text, numbers and booleans alone."""
    if isinstance(value, dict):
        return all(map(is_plain, value.values()))
    if isinstance(value, list):
        return all(map(is_plain, value))
    return isinstance(value, str | int | float)


def texts_of(value: object) -> list[str]:
    """Return the texts of an array, which may hold something else, too."""
    return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []
