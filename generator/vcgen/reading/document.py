"""A file or standard input as a plain tree that knows its lines."""

from __future__ import annotations

import codecs
import json
import re
import sys
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vcgen.dialect import Repair
from vcgen.errors import Diagnostic, SpecError
from vcgen.reading import identifiers, json_text, limits, methods
from vcgen.reading.nesting import shallow
from vcgen.reading.refusals import refusal, too_large
from vcgen.records import Record, field

STDIN = "<stdin>"

if TYPE_CHECKING:
    from vcgen.reading.lines import Lines

_GIVE_TEXT = "give a document in JSON or YAML, saved as UTF-8"
# The byte order mark of UTF-32 begins with that of UTF-16.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_JSON_START = re.compile(r"\s*[{\[]")
_KINDS = {list: "a list", str: "a text", bool: "a boolean", type(None): "null"}


class Document(Record, dict=True):
    """An API description as it was read.

    Attributes:
        name: The file as the caller named it, or `<stdin>`.
        tree: Mappings with string keys, lists and scalars, as the text has them.
        text: The text, without a byte order mark.
        repairs: What in the text was not as its notation has it.
        identifier: The `$id` of the root, which `tree` goes without, or "".
        anchors: JSON pointers by the anchors that other files may refer to.
    """

    name: str
    tree: dict[str, Any]
    text: str
    repairs: tuple[Repair, ...] = ()
    identifier: str = ""
    anchors: Mapping[str, str] = field(default_factory=dict[str, str])

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that the tree is made of."""
        return (self.text,)

    @property
    def files(self) -> tuple[str, ...]:
        """The files that the tree is made of."""
        return (self.name,)

    def locate(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a diagnostic about the tree with its place in the file."""
        return diagnostic.at(self.name, self._lines.line(diagnostic.pointer))

    @cached_property
    def _lines(self) -> Lines:
        from vcgen.reading.lines import Lines

        return Lines(self.text)


def read(path: str, *, name: str = "") -> Document:
    """Read the document at `path`, or standard input for "-"; `name` is what to call it.

    Raises:
        SpecError: The document cannot be read, is not JSON or YAML 1.2, or holds no mapping.
    """
    name = name or (STDIN if path == "-" else path)
    try:
        text = _decode(_bytes(path))
    except SpecError as error:
        raise _named(error, name) from error.__cause__
    return parse(text, name)


def parse(text: str, name: str) -> Document:
    """Return the document that a text holds; `name` is what to call it.

    Raises:
        SpecError: The text is not JSON or YAML 1.2, or holds no mapping.
    """
    try:
        tree, repairs = _parse(text, Path(name).suffix.lower())
        if not isinstance(tree, dict):
            raise _no_mapping(tree, text)
    except SpecError as error:
        raise _named(error, name) from error.__cause__
    tree, found = methods.in_small_letters(tree)
    repairs = (*repairs, *found)
    if not identifiers.mentions(text):
        return Document(name, tree, text, repairs=repairs)
    named = identifiers.resolved(tree)
    return Document(
        *(name, named.tree, text),
        repairs=(*repairs, *named.repairs),
        identifier=named.identifier,
        anchors=named.anchors,
    )


def _named(error: SpecError, name: str) -> SpecError:
    return SpecError(*(diagnostic._replace(file=name) for diagnostic in error.diagnostics))


def _bytes(path: str) -> bytes:
    give_path = "give the path of a document in JSON or YAML"
    try:
        if path == "-":
            data = sys.stdin.buffer.read(limits.max_bytes() + 1)
        else:
            with Path(path).open("rb") as file:
                data = file.read(limits.max_bytes() + 1)
    except FileNotFoundError:
        raise refusal("there is no such file", give_path) from None
    except IsADirectoryError:
        raise refusal("this is a directory, not a file", give_path) from None
    except PermissionError:
        raise refusal("permission to read the file is denied", "check its mode and owner") from None
    except (OSError, ValueError, AttributeError) as error:
        # ValueError: a NUL in the path; AttributeError: a process without standard input.
        reason = getattr(error, "strerror", None) or "standard input is closed"
        raise refusal(f"cannot be read: {reason}", give_path) from error
    if len(data) > limits.max_bytes():
        raise too_large(f"{limits.megabytes()} MB")
    return data


def _decode(data: bytes) -> str:
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "utf-8")
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1 if encoding.startswith("utf-8") else None
        name = encoding.removesuffix("-sig").upper()
        raise refusal(f"this is not {name} text", _GIVE_TEXT, line) from None
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise refusal("the document contains a NUL character", _GIVE_TEXT, line)
    if not text.strip():
        raise refusal("the document is empty", _GIVE_TEXT)
    return text


def _parse(text: str, suffix: str) -> tuple[Any, tuple[Repair, ...]]:
    """Return the tree of a text that may be JSON or YAML, and what was repaired in it."""
    problem = None
    if _JSON_START.match(text):
        try:
            return shallow(json_text.parse(text)), ()
        except json.JSONDecodeError as error:
            message = f"this is not JSON: {error.msg} (column {error.colno})"
            problem = refusal(message, "correct the syntax", error.lineno)
            if suffix == ".json":
                raise problem from None
    # Imported here and below, for a document in JSON needs nothing of YAML.
    from vcgen.reading import yaml_text

    try:
        return yaml_text.parse(text)
    except ValueError as error:
        if problem is None or suffix in (".yaml", ".yml"):
            problem = yaml_text.problem(error)
        raise problem from None


def _no_mapping(tree: Any, text: str) -> SpecError:
    hint = "give the whole document: its top level has keys, such as `openapi` and `paths`"
    if text.lstrip().startswith("<"):
        hint = "this looks like HTML or XML: download the document itself, not the page about it"
    kind = _KINDS.get(type(tree), "a number")
    return refusal(f"the top level is {kind}, not a mapping", hint)


def dump(tree: Mapping[str, Any], *, as_json: bool) -> str:
    """Return a tree as the text of a file, in JSON or YAML 1.2."""
    if as_json:
        return json_text.dump(tree)
    from vcgen.reading import yaml_writing

    return yaml_writing.dump(tree)
