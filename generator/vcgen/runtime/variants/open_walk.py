"""A second reading of objects that keep properties without a field."""

from __future__ import annotations

from typing import Any, get_args

import msgspec
from msgspec import Struct
from msgspec.structs import fields

from vcgen.runtime.lenient.deviations import Deviation
from vcgen.runtime.lenient.scalars import Unreadable
from vcgen.runtime.lenient.walk import BYTE_ORDER_MARK, Found, Walk, name_of
from vcgen.runtime.models.open import OTHERS, OpenModel


def reread(content: bytes, type_: Any, operation: str) -> tuple[Any, list[Deviation]]:
    """Decode a response that strict decoding refused, and return its deviations.

    Args:
        content: The body.
        type_: The documented type.
        operation: The operation, for the deviations.

    Raises:
        ValueError: It is not JSON, or not of the kind of the documented type.
    """
    walk = KeepingWalk(operation)
    text = content.removeprefix(BYTE_ORDER_MARK)
    found = walk.note("$", "JSON", "a byte order mark") if text != content else {}
    if not text.strip():
        found |= walk.note("$", name_of(type_), "nothing")
        return walk.empty(type_), list(found.values())
    value, others = walk.read(type_, msgspec.json.decode(text), "$")
    return value, list({**found, **others}.values())


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
