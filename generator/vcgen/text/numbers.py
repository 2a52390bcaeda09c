"""Numbers: those that JSON cannot write (RFC 8259, section 6), and whole ones."""

from typing import Any

# As ECMAScript, ProtoJSON and Smithy write them, and as OData does.
NON_FINITE = frozenset({"Infinity", "-Infinity", "NaN", "INF", "-INF"})


def whole(value: Any) -> Any:
    """Return a value, 5 for 5.0: to JSON Schema they are one number (2020-12, section 4.2.3)."""
    return int(value) if isinstance(value, float) and value.is_integer() else value
