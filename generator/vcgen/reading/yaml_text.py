"""The tree of a YAML text: by py-yaml12, or else as most readers take it, which is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from types import NoneType
from typing import Any

import yaml12

from vcgen.dialect import Repair
from vcgen.errors import SpecError
from vcgen.reading import unquoted
from vcgen.reading.nesting import shallow
from vcgen.reading.refusals import key_text, refusal, repeated_key, tagged, too_deep
from vcgen.reading.yaml_counts import is_harmless, is_whole
from vcgen.reading.yaml_trees import parse_strictly, trees
from vcgen.text.nodes import listed
from vcgen.text.pointers import child

_ERROR = re.compile(r"(?:YAML parse error: )?(.*?)(?: at byte \d+ line (\d+) column (\d+))?")
_LONG_OTHER = re.compile(r"0(?:x[0-9a-fA-F]{16}|o[0-7]{21})")
_LONG_ROW = b"0" * 19
_DIGITS = bytes.maketrans(b"123456789", b"0" * 9)
# What most of a tree is, and holds nothing. A node with a tag is none of these.
_SCALARS = (str, bool, int, float, NoneType)
# Newer versions of PyYAML give up on such a text before it is known to be too deep.
_TOO_DEEP = "recursion limit exceeded"


def parse(text: str) -> tuple[Any, tuple[Repair, ...]]:
    """Return the tree of a text, its keys strings, and what in it is not YAML 1.2.

    Raises:
        ValueError: No reader understands it.
        SpecError: It says something twice, or what has no place in an API description.
    """
    documents: list[Any] = []
    if is_harmless(text):
        with suppress(ValueError):
            documents = trees(text)
        if is_whole(text, documents):
            return _as_written(text, documents[0])
    tree, repairs = looked_through(text, documents)
    return shallow(tree), repairs


# Most documents need nothing of PyYAML, and do not wait for it to be imported.
def looked_through(text: str, documents: list[Any]) -> tuple[Any, tuple[Repair, ...]]:
    """Return what `parse` does, for a text whose trees may not be all that it says.

    Args:
        text: The text.
        documents: Its trees, none where they are not known.

    Raises:
        ValueError: No reader understands it.
        SpecError: It says something twice, or what has no place in an API description.
    """
    from vcgen.reading import lenient_yaml
    from vcgen.reading.yaml_checks import check_yaml

    merges = check_yaml(text)
    if merges:
        with suppress(*lenient_yaml.UNREADABLE):  # an alias of nothing: told below
            return lenient_yaml.parse(text, merges[0], "YAML 1.2 has no merge key <<: merged")
    try:
        return _as_written(text, _only(text, documents or parse_strictly(text)))
    except ValueError as error:
        message, line, _ = _told(error)
        if line is None or message == _TOO_DEEP:
            raise
        try:
            told = f"this is not YAML 1.2 ({message}): read as 1.1"
            return lenient_yaml.parse(text, line, told)
        except lenient_yaml.UNREADABLE:
            raise error from None


def _as_written(text: str, tree: Any) -> tuple[Any, tuple[Repair, ...]]:
    """Return the tree of a text with its values as they are written, and what was repaired.

    Of an integer, py-yaml12 has only 64 bits; of a text without quotes that looks like a number,
    only the number.
    """
    if not (_may_have_long_integers(text) or unquoted.may_be_in(text)):
        return tree, ()
    from vcgen.reading import lenient_yaml

    try:
        return lenient_yaml.parse(text)
    except lenient_yaml.UNREADABLE:
        return tree, ()


def _may_have_long_integers(text: str) -> bool:
    # To search for a row of one digit takes a tenth of the time that "any of ten" takes.
    digits = text.encode(errors="replace").translate(_DIGITS)
    return _LONG_ROW in digits or _LONG_OTHER.search(text) is not None


def _only(text: str, documents: list[Any]) -> Any:
    """Return the tree of the one document of a text, all its keys strings."""
    documents = [one for one in documents if one is not None] or documents[:1]
    if not documents:
        raise refusal("the document is empty", "give a document in JSON or YAML, saved as UTF-8")
    if len(documents) > 1:
        message = f"the file contains {len(documents)} YAML documents"
        raise refusal(message, "split it at the lines `---`, and give one of them")
    if _is_plain(documents[0]):
        return documents[0]
    try:
        _normalise(documents[0])
    except SpecError as error:
        from vcgen.reading.lines import Lines

        lines = Lines(text)
        found = (d._replace(line=lines.line(d.pointer)) for d in error.diagnostics)
        raise SpecError(*found) from None
    return documents[0]


def problem(error: ValueError) -> SpecError:
    """Return what is said of a text that no reader understands."""
    message, line, column = _told(error)
    if line is None:
        return refusal(f"this is not YAML 1.2: {message}", "correct the syntax")
    if message == _TOO_DEEP:
        return too_deep(line)
    return refusal(f"this is not YAML 1.2: {message} (column {column})", "correct the syntax", line)


def _told(error: ValueError) -> tuple[str, int | None, str]:
    """Return what py-yaml12 says is wrong, the line, and the column."""
    match = _ERROR.fullmatch(str(error))
    if match is None or match[2] is None:
        return str(error), None, ""
    return match[1], int(match[2]), match[3]


def _is_plain(tree: Any) -> bool:
    """Tell whether all keys of a tree are strings, and nothing in it is what only YAML can say."""
    waiting = [tree]
    for node in waiting:
        if isinstance(node, dict):
            if not all(type(key) is str for key in node):
                return False
            waiting += [one for one in node.values() if not isinstance(one, _SCALARS)]
        elif isinstance(node, list):
            waiting += [one for one in node if not isinstance(one, _SCALARS)]
        elif isinstance(node, yaml12.Yaml):
            return False
    return True


def _normalise(tree: Any) -> None:
    """Make every key of a tree a string, in place; refuse what only YAML can say."""
    todo = [(tree, "#")]
    while todo:
        node, pointer = todo.pop()
        if isinstance(node, yaml12.Yaml):
            raise tagged(node.tag or "!", pointer=pointer)
        if isinstance(node, dict):
            if not all(type(key) is str for key in node):
                _string_keys(node, pointer)
            entries: Iterator[tuple[Any, Any]] = iter(node.items())
        else:
            entries = enumerate(listed(node))
        for key, value in entries:
            if isinstance(value, dict | list | yaml12.Yaml):
                todo.append((value, child(pointer, key)))


def _string_keys(node: dict[Any, Any], pointer: str) -> None:
    items = list(node.items())
    node.clear()
    for key, value in items:
        if isinstance(key, yaml12.Yaml):
            if key.tag is not None:
                raise tagged(key.tag, pointer=pointer)
            raise refusal(
                "a list or mapping is used as a key", "use a text as the key", pointer=pointer
            )
        text = key_text(key)
        if text in node:
            raise repeated_key(text, None, pointer)
        node[text] = value
