"""Faking of streams."""

from __future__ import annotations

from typing import Generic

import httpx2
from msgspec import to_builtins
from msgspec.json import encode

from vcgen.runtime.faking.operations import FakeOperation, P
from vcgen.runtime.wire.basics import T
from vcgen.runtime.wire.streaming import ItemStream


class FakeStream(FakeOperation[P, ItemStream[T]], Generic[P, T]):
    """An operation of a fake server that responds with streams."""

    def streams(self, *items: T) -> None:
        """Respond with a stream of items."""
        status, reader = next(iter(self._call.returns.items()))
        code = status if isinstance(status, int) else 200
        kind = type(reader).__name__
        is_event = kind.endswith("EventItems")
        media_type = "text/event-stream" if is_event else "application/jsonl"
        content = b"".join(item_of(kind, one) for one in items)
        self._answers.append(
            lambda _, __: httpx2.Response(
                code, headers={"Content-Type": media_type}, content=content
            )
        )


def item_of(kind: str, value: object) -> bytes:
    """Return an item as it is sent in a stream."""
    if kind == "SequenceItems":
        return b"\x1e" + encode(value) + b"\n"
    if kind == "LineItems":
        return encode(value) + b"\n"
    fields = to_builtins(value) if kind == "WholeEventItems" else {"data": value}
    lines = [
        f"{name}: {line}\n"
        for name, inner in fields.items()
        if inner is not None
        for line in text_of_field(inner).split("\n")
    ]
    return "".join([*lines, "\n"]).encode()


def text_of_field(value: object) -> str:
    """Return the text of a field of an event: JSON, if it is not a text."""
    return value if isinstance(value, str) else encode(value).decode()
