"""Media types of bodies: their names, and which of them are JSON, forms, or streams."""

from __future__ import annotations

from functools import lru_cache

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
MULTIPART = "multipart/form-data"

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


@lru_cache(maxsize=1024)  # a document has a few
def bare(media_type: str) -> str:
    """Return a media type without its parameters, in lower case."""
    return media_type.partition(";")[0].strip().lower()


def is_json(name: str) -> bool:
    """Tell whether a bare media type is JSON (RFC 8259), or built upon it (RFC 6839)."""
    return name == JSON or name.endswith("+json")


def framing_of(name: str) -> str:
    """Return what an item of a stream is (OpenAPI 3.2, section 4.14.4).

    Args:
        name: A bare media type.

    Returns:
        `Event`, `Line`, or `Sequence` for one of a sequence; "" for what is no stream.
    """
    # RFC 8091 has sequences of JSON by the end of their names.
    return "Sequence" if name.endswith("+json-seq") else _FRAMINGS.get(name, "")
