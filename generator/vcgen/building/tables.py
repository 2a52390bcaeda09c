"""Tables: what somebody declared of operations, in the configuration or in the document."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from types import MappingProxyType
from typing import Any

from vcgen.errors import Diagnostic, SpecError, did_you_mean
from vcgen.records import Record, field, replace
from vcgen.text.pointers import escaped

Path = tuple[str | int, ...]


class Place(Record):
    """Where something is declared.

    Attributes:
        pointer: Where it is in the document, or "".
        key: What the configuration calls it, where it is there.
        file: The file of the configuration.
        lines: The lines of what is in it.
        path: How to get from there to what is meant.
    """

    pointer: str = ""
    key: str = ""
    file: str = ""
    lines: Mapping[Path, int] = field(default_factory=lambda: MappingProxyType({}))
    path: Path = ()

    def inside(self, *path: str | int) -> Place:
        """Return the place of something in it."""
        return replace(self, path=(*self.path, *path))

    def problem(self, message: str, hint: str) -> SpecError:
        """Return what is wrong there."""
        if not self.file:
            pointer = "/".join([self.pointer, *map(escaped, self.path)])
            return SpecError(Diagnostic(message, pointer, hint))
        key = self.key
        for part in self.path:
            key += f"[{part}]" if isinstance(part, int) else f".{part}"
        path = self.path
        while path and path not in self.lines:
            path = path[:-1]
        told = f"{key}: {message}"
        return SpecError(Diagnostic(told, hint=hint, file=self.file, line=self.lines.get(path)))


class Table(Record):
    """A table and its place; what is asked of it is checked.

    Attributes:
        values: What it holds.
        place: Where it is.
    """

    values: Mapping[str, Any]
    place: Place

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def problem(self, key: str, message: str, hint: str) -> SpecError:
        """Return what is wrong about one of its keys."""
        return self.place.inside(key).problem(message, hint)

    def check_keys(self, known: Collection[str]) -> None:
        """Refuse a key that nobody asks for.

        Raises:
            SpecError: There is one.
        """
        for key in self.values:
            if key not in known:
                hint = did_you_mean(str(key), known, f"the keys are: {', '.join(known)}", quote="`")
                raise self.problem(key, "unknown key", hint)

    def text(self, key: str, default: str | None = None) -> str:
        """Return a text; without a default, it must be there.

        Raises:
            SpecError: It is no text, or empty.
        """
        value = self.values.get(key, default)
        if not isinstance(value, str) or (not value and key in self):
            what = "must be a non-empty text" if key in self else "is missing"
            raise self.problem(key, what, f'write `{key} = "..."`')
        return value

    def seconds(self, key: str, default: float) -> float:
        """Return a number of seconds.

        Raises:
            SpecError: It is no positive number.
        """
        value: Any = self.values.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e9:
            raise self.problem(key, "must be a number of seconds", f"write `{key} = {default:g}`")
        return value

    def items(self, key: str) -> list[tuple[Any, Place]]:
        """Return what an array holds, and where; one value may stand for itself.

        Raises:
            SpecError: It is a table, or empty.
        """
        value: Any = self.values.get(key, [])
        found: list[Any] = value if isinstance(value, list) else [value]
        if key in self and (not found or isinstance(value, Mapping)):
            hint = f'write `{key} = ["..."]`, with what is meant'
            raise self.problem(key, "must be a value, or an array of them", hint)
        inside = self.place.inside(key)
        return [
            (one, inside.inside(i) if isinstance(value, list) else inside)
            for i, one in enumerate(found)
        ]

    def tables(self, key: str) -> Iterator[Table]:
        """Yield the tables that an array holds.

        Raises:
            SpecError: It is no array, or there is something else in it.
        """
        value: Any = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.problem(key, "must be an array of tables", f"write `{key} = [{{ ... }}]`")
        for i, one in enumerate(value):
            place = self.place.inside(key, i)
            if not isinstance(one, Mapping):
                raise place.problem("must be a table", f"write `{key} = [{{ ... }}]`")
            yield Table(one, place)
