"""What is said of a text that cannot be read; the file is filled in by the one who knows it."""

from __future__ import annotations

from vcgen.errors import Diagnostic, SpecError

MAX_DEPTH = 200  # levels; the published documents have about 20, py-yaml12 gives up at 255
MAX_COPIED = 1_000_000  # nodes that the aliases of a document may stand for


def refusal(message: str, hint: str, line: int | None = None, pointer: str = "") -> SpecError:
    """Return the error for a text."""
    return SpecError(Diagnostic(message, pointer, hint, line=line))


def too_large(what: str) -> SpecError:
    """Return the error for a text that is larger than any that is expected."""
    hint = "check that this is the right file, or allow more: `vcgen --max-size MB COMMAND ...`"
    return refusal(f"the document is larger than {what}", hint)


def repeated_key(key: str, line: int | None, pointer: str = "") -> SpecError:
    """Return the error for a key that one object or mapping has twice."""
    message = f"the key {key!r} appears twice in one mapping"
    return refusal(message, "remove or rename one of the two", line, pointer)


def too_deep(line: int | None = None) -> SpecError:
    """Return the error for a text that is nested beyond all sense."""
    return refusal(
        f"the document is nested more than {MAX_DEPTH} levels deep",
        "check that this is the right file: no API description needs that many",
        line,
    )


def tagged(tag: str, line: int | None = None, pointer: str = "") -> SpecError:
    """Return the error for a node with a tag that is none of JSON's types."""
    shown = tag.replace("tag:yaml.org,2002:", "!!")
    return refusal(f"the YAML tag {shown} is not supported", "remove the tag", line, pointer)


def key_text(key: str | float | bool | None) -> str:
    """Return a key of a mapping as a text, as YAML writes it."""
    if isinstance(key, bool) or key is None:
        return {True: "true", False: "false", None: "null"}[key]
    if isinstance(key, float):
        return repr(key).replace("inf", ".inf").replace("nan", ".nan")
    return str(key)
