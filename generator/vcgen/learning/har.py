"""HAR 1.2: the exchanges of a recording, one after the other, whatever its size.

Browsers, proxies and test tools write it (http://www.softwareishard.com/blog/har-12-spec/). All of
the exchanges are one JSON text, of hundreds of megabytes at times: it is read in pieces, and but
one entry is held at a time.
"""

from __future__ import annotations

import base64
import binascii
import zlib
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from vcgen.errors import Diagnostic, SpecError, reason_of
from vcgen.learning.exchanges import Exchange
from vcgen.learning.json_stream import JsonStream, TooLarge
from vcgen.reading import limits
from vcgen.text.media_types import bare
from vcgen.text.nodes import mapping, text

# The largest body that is looked at, in bytes, once it is unpacked.
MAX_BODY = 16_000_000
_GZIP = b"\x1f\x8b"
_HINT = "give a recording in HAR 1.2, as browsers and proxies save it"


def read_har(path: Path) -> Iterator[Exchange]:
    """Yield the exchanges of a recording that were answered.

    Raises:
        SpecError: The file cannot be read, is too large, or is no HAR.
    """
    try:
        with path.open("rb") as file:
            for entry in JsonStream(file, limits.max_recording()).items("log", "entries"):
                if found := _exchange(entry):
                    yield found
    except OSError as error:
        reason = reason_of(error)
        problem = Diagnostic(f"cannot be read: {reason}", hint=_HINT, file=str(path))
        raise SpecError(problem) from error
    except TooLarge:
        what = f"the recording is larger than {limits.max_recording() // 1_000_000} MB"
        hint = "record less, or allow more: `vcgen --max-size MB COMMAND ...`"
        raise SpecError(Diagnostic(what, hint=hint, file=str(path))) from None
    except ValueError as error:
        raise SpecError(
            Diagnostic(f"this is not HAR 1.2: {error}", hint=_HINT, file=str(path))
        ) from None


def _exchange(entry: Any) -> Exchange | None:
    """Return the exchange of an entry, or None if it was aborted or is none."""
    request, response = (mapping(mapping(entry).get(one)) for one in ("request", "response"))
    method, url, status = request.get("method"), request.get("url"), response.get("status")
    if not (isinstance(method, str) and isinstance(url, str) and isinstance(status, int)):
        return None
    if not 100 <= status <= 599:
        return None  # aborted: browsers write 0
    content = mapping(response.get("content"))
    kind = bare(text(content.get("mimeType")))
    return Exchange(method.upper(), url, status, kind, _body(content))


def _body(content: Mapping[str, Any]) -> bytes | None:
    said = content.get("text")
    if not isinstance(said, str):
        return None
    if content.get("encoding") == "base64":
        try:
            data = base64.b64decode(said, validate=False)
        except (binascii.Error, ValueError):
            return None
    else:
        data = said.encode("utf-8", "replace")
    if data.startswith(_GZIP):
        # Not as it should be: the text is what the client sees, unpacked. Some tools keep it so.
        with suppress(zlib.error):
            data = zlib.decompressobj(16 + zlib.MAX_WBITS).decompress(data, MAX_BODY)
    return data[:MAX_BODY] or None
