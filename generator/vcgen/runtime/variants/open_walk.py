"""A second reading of objects that keep properties without a field."""

from __future__ import annotations

from typing import Any, get_args

from msgspec import Struct
from msgspec.structs import fields

from vcgen.runtime.lenient.scalars import Unreadable
from vcgen.runtime.lenient.walk import Found, Walk
from vcgen.runtime.models.open import OTHERS, OpenModel


class KeepingWalk(Walk):
    """Keeps what has no field, and what a field cannot hold."""

    def _object(self, cls: type[Struct], data: Any, path: str) -> tuple[Any, Found]:
        value, found = super()._object(cls, data, path)
        if not issubclass(cls, OpenModel):
            return value, found
        known = {one.encode_name: one for one in fields(cls)}
        type_ = get_args(known.pop(OTHERS).type)[1]
        others: dict[str, Any] = {}
        for key, one in data.items():
            if key not in known:
                at = f"{path}[*]"
                try:
                    others[key], more = self.read(type_, one, at)
                except Unreadable:
                    others[key], more = one, self._differs(type_, one, at)
                found |= more
            elif one is not None and getattr(value, known[key].name, None) is None:
                others[key] = one
        value.additional_properties = others
        return value, found


def walk_of(operation: str) -> Walk:
    """Return the walk through a response of an operation."""
    return KeepingWalk(operation)
