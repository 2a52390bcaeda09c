"""An exchange: a request, and what the server answered."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Exchange:
    """A request, and what the server answered.

    Attributes:
        method: The HTTP method, in upper case.
        url: The whole URL.
        status: The status.
        media_type: What the reply says that it is, without parameters and in lower case, or "".
        body: The body of the reply, or None if there is none or it was not recorded.
    """

    method: str
    url: str
    status: int
    media_type: str
    body: bytes | None

    @property
    def is_json(self) -> bool:
        """Whether the reply says that it is JSON."""
        return self.media_type == "application/json" or self.media_type.endswith("+json")

    def value(self) -> Any:
        """Return the value of the body.

        Raises:
            ValueError: It is not JSON, or there is none.
        """
        if not self.body:
            raise ValueError("there is no body")
        return json.loads(self.body, parse_constant=_refused)


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
