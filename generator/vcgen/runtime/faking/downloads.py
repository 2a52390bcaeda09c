"""Faking of binary bodies."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from typing import Any, Generic

import httpx2

from vcgen.runtime.faking.operations import NO_HEADERS, FakeOperation, P
from vcgen.runtime.wire.basics import T

BINARY = {"Content-Type": "application/octet-stream"}


class FakeDownload(FakeOperation[P, T], Generic[P, T]):
    """An operation of a fake server that responds with bytes."""

    def sends(self, *bodies: bytes, headers: Mapping[str, str] = NO_HEADERS) -> None:
        """Respond with bytes, in order; each body has the headers."""
        returns = self._call.returns.items()
        found = [key for key, one in returns if type(one).__name__ == "Binary"]
        status = next((key for key in found if isinstance(key, int)), 200)

        def answer(body: bytes, *_: Any) -> httpx2.Response:
            own = {**BINARY, **headers}
            return httpx2.Response(status, headers=own, content=body)

        self._answers += [functools.partial(answer, body) for body in bodies]
