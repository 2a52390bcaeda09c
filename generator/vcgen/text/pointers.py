"""JSON pointers (RFC 6901), as URI fragments: `#/paths/~1vm/get`."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from urllib.parse import unquote

Keys = tuple[str, ...]
"""The way from the root of a document to a node."""


def escaped(key: object) -> str:
    """Return a key, or an index, as a step of a pointer (RFC 6901, section 3).

    Of all that a URI would encode, only "%" is encoded: a pointer is there to be read.
    """
    return _escaped(str(key))


# There are hundreds of thousands of steps, most of them the same in every pointer.
@lru_cache(maxsize=4096)
def _escaped(text: str) -> str:
    return text.replace("~", "~0").replace("/", "~1").replace("%", "%25")


def unescaped(step: str) -> str:
    """Return the key that a step of a pointer stands for, percent-encoded or not."""
    if step.isidentifier():
        return step
    return unquote(step).replace("~1", "/").replace("~0", "~")


def child(pointer: str, key: object) -> str:
    """Return the pointer of what `key` holds in the node at `pointer`."""
    return f"{pointer}/{_escaped(str(key))}"


def pointer_to(keys: Iterable[object]) -> str:
    """Return the pointer of the place that `keys` lead to from the root."""
    return "/".join(["#", *map(escaped, keys)])


# Of one pointer after the other, it is asked many times.
@lru_cache(maxsize=4096)
def pointer_keys(pointer: str) -> Keys:
    """Return the keys that a pointer, or a local `$ref`, leads along from the root."""
    # Split first: an encoded slash (%2F) separates nothing.
    steps = pointer.split("/")[1:]
    is_plain = "~" not in pointer and "%" not in pointer
    return tuple(steps if is_plain else map(unescaped, steps))


def component_at(reference: object) -> tuple[str, str] | None:
    """Return the section and the name of the component that a local reference is to, if any."""
    is_local = isinstance(reference, str) and reference.startswith("#/components/")
    keys = pointer_keys(str(reference)) if is_local else ()
    return (keys[1], keys[2]) if len(keys) == 3 else None
