"""Streams: media types of bodies whose items come one by one (OpenAPI 3.2, section 4.14.4)."""

from __future__ import annotations

_FRAMINGS = {
    "text/event-stream": "Event",
    **dict.fromkeys(
        (
            *("application/jsonl", "application/jsonlines", "application/x-jsonl"),
            *("application/x-jsonlines", "application/x-ndjson", "application/ndjson"),
            "application/stream+json",
        ),
        "Line",
    ),
    "application/json-seq": "Sequence",
}


def framing_of(name: str) -> str:
    """Return what an item of a stream is: an `Event`, a `Line`, or one of a `Sequence`.

    Args:
        name: A media type in small letters, without parameters.

    Returns:
        The word, or "" where the media type is not that of a stream.
    """
    # RFC 8091 has sequences of JSON by the end of their names.
    return "Sequence" if name.endswith("+json-seq") else _FRAMINGS.get(name, "")
