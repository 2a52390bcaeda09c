"""An exchange: a request, and what the server answered."""

from __future__ import annotations

import json
import re
from typing import Any

from vcgen.reading.nesting import depth_exceeds
from vcgen.reading.refusals import MAX_DEPTH
from vcgen.records import Record
from vcgen.text.media_types import is_json

_SURROGATE = re.compile(rb"\\u[dD][89a-fA-F]")


class Exchange(Record):
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
        return is_json(self.media_type)

    def value(self) -> Any:
        """Return the value of the body.

        Raises:
            ValueError: It is not JSON, or there is none; or no document can hold what is in it.
        """
        if not self.body:
            raise ValueError("there is no body")
        try:
            found = json.loads(self.body, parse_constant=_refused)
        except RecursionError:
            raise ValueError("it is nested too deeply") from None
        if depth_exceeds(found, MAX_DEPTH):
            raise ValueError("it is nested too deeply")
        if _SURROGATE.search(self.body):
            # Half a character: UnicodeEncodeError is a ValueError.
            json.dumps(found, ensure_ascii=False).encode()
        return found


def _refused(constant: str) -> Any:
    raise ValueError(f"{constant} is not JSON")
