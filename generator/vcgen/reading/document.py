"""A file or standard input as a plain tree that knows its lines."""

from __future__ import annotations

import codecs
import json
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml12

from vcgen.errors import Diagnostic, SpecError
from vcgen.reading.lines import (
    MAX_DEPTH,
    Lines,
    check_yaml,
    json_constant,
    lone_surrogate,
    refusal,
    repeated_json_key,
    repeated_key,
    too_deep,
)

STDIN = "<stdin>"

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
_SURROGATE = re.compile(r"\\u[dD][89a-fA-F]")
_YAML12_ERROR = re.compile(r"(?:YAML parse error: )?(.*?)(?: at byte \d+ line (\d+) column (\d+))?")
# Newer versions of PyYAML give up on such a text before it is known to be too deep.
_TOO_DEEP = "recursion limit exceeded"
_KINDS = {list: "a list", str: "a text", bool: "a boolean", type(None): "null"}


@dataclass(frozen=True)
class Document:
    """An API description as it was read.

    Attributes:
        name: The file as the caller named it, or `<stdin>`.
        tree: Mappings with string keys, lists and scalars, as the text has them.
        text: The text, without a byte order mark.
    """

    name: str
    tree: dict[str, Any]
    text: str

    @property
    def texts(self) -> tuple[str, ...]:
        """The texts that the tree is made of."""
        return (self.text,)

    @property
    def files(self) -> tuple[str, ...]:
        """The files that the tree is made of."""
        return (self.name,)

    def line(self, pointer: str) -> int | None:
        """Return the line, counted from 1, of the key that a JSON pointer names.

        Where the pointer leads further than the document, it is the line of the last node on its
        way; it is None where the text is YAML that PyYAML does not understand.
        """
        return self._lines.line(pointer)

    def locate(self, diagnostic: Diagnostic) -> Diagnostic:
        """Return a diagnostic about the tree with its place in the file."""
        return diagnostic.at(self.name, self.line(diagnostic.pointer))

    @cached_property
    def _lines(self) -> Lines:
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
        tree = _parse(text, Path(name).suffix.lower())
        if depth_exceeds(tree, MAX_DEPTH):
            raise too_deep()
        if not isinstance(tree, dict):
            raise _no_mapping(tree, text)
    except SpecError as error:
        raise _named(error, name) from error.__cause__
    return Document(name, tree, text)


def _named(error: SpecError, name: str) -> SpecError:
    return SpecError(*(replace(diagnostic, file=name) for diagnostic in error.diagnostics))


def _bytes(path: str) -> bytes:
    give_path = "give the path of a document in JSON or YAML"
    try:
        return sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except FileNotFoundError:
        raise refusal("there is no such file", give_path) from None
    except IsADirectoryError:
        raise refusal("this is a directory, not a file", give_path) from None
    except PermissionError:
        raise refusal("permission to read the file is denied", "check its mode and owner") from None
    except (OSError, ValueError, AttributeError) as error:
        # ValueError: a NUL in the path; AttributeError: a process without standard input.
        reason = getattr(error, "strerror", None) or "there is nothing to read from"
        raise refusal(f"cannot be read: {reason}", give_path) from error


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
        raise refusal("a NUL character, which no text has", _GIVE_TEXT, line)
    if not text.strip():
        raise refusal("the document is empty", _GIVE_TEXT)
    return text


def _parse(text: str, suffix: str) -> Any:
    """Return the tree of a text that may be JSON or YAML."""
    problem = None
    if _JSON_START.match(text):
        try:
            return _json(text)
        except json.JSONDecodeError as error:
            message = f"this is not JSON: {error.msg} (column {error.colno})"
            problem = refusal(message, "correct the syntax", error.lineno)
            if suffix == ".json":
                raise problem from None
    try:
        return _yaml(text)
    except ValueError as error:
        if problem is None or suffix in (".yaml", ".yml"):
            problem = _yaml_problem(error)
        raise problem from None


def _json(text: str) -> Any:
    repeated: list[str] = []
    constants: list[str] = []

    def mapping(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        node = dict(pairs)
        if len(node) != len(pairs):
            repeated.append("")
        return node

    try:
        tree = json.loads(text, object_pairs_hook=mapping, parse_constant=constants.append)
    except RecursionError:
        raise too_deep() from None
    except json.JSONDecodeError:
        raise
    except ValueError:
        # Python refuses to convert decimal numbers of more than 4300 digits.
        raise refusal("a number has thousands of digits", "write a number that fits") from None
    if constants:
        constant, offset = json_constant(text)
        raise json.JSONDecodeError(f"{constant} is not a number of JSON", text, offset)
    if repeated and (found := repeated_json_key(text)):
        raise repeated_key(*found)
    if _SURROGATE.search(text) and (lone := lone_surrogate(text)):
        message = f"{lone[0]} is half a character: it cannot be written to a file"
        raise refusal(message, "write the character itself, or both of its halves", lone[1])
    return tree


def _yaml(text: str) -> Any:
    """Return the tree of a YAML 1.2 text; raise ValueError for a syntax error."""
    check_yaml(text)
    try:
        documents = yaml12.parse_yaml(text, multi=True)
    except TypeError as error:
        # py-yaml12 0.2 forgets to wrap a list that is a key and has a tag.
        raise ValueError(error) from None
    if not documents:
        raise refusal("the document is empty", _GIVE_TEXT)
    if len(documents) > 1:
        message = f"the file holds {len(documents)} YAML documents"
        raise refusal(message, "split it at the lines `---`, and give one of them")
    try:
        _normalise(documents[0])
    except SpecError as error:
        lines = Lines(text)
        found = (replace(d, line=lines.line(d.pointer)) for d in error.diagnostics)
        raise SpecError(*found) from None
    return documents[0]


def _yaml_problem(error: ValueError) -> SpecError:
    match = _YAML12_ERROR.fullmatch(str(error))
    if match is None or match[2] is None:
        return refusal(f"this is not YAML 1.2: {error}", "correct the syntax")
    if match[1] == _TOO_DEEP:
        return too_deep(int(match[2]))
    message = f"this is not YAML 1.2: {match[1]} (column {match[3]})"
    return refusal(message, "correct the syntax", int(match[2]))


def _normalise(tree: Any) -> None:
    """Make every key of a tree a string, in place; refuse what only YAML can say."""
    todo = [(tree, "#")]
    while todo:
        node, pointer = todo.pop()
        if isinstance(node, yaml12.Yaml):
            raise _tagged(node, pointer)
        if isinstance(node, dict):
            if not all(type(key) is str for key in node):
                _string_keys(node, pointer)
            entries: Iterator[tuple[Any, Any]] = iter(node.items())
        else:
            entries = enumerate(node if isinstance(node, list) else ())
        for key, value in entries:
            if isinstance(value, dict | list | yaml12.Yaml):
                todo.append((value, _inside(pointer, key)))


def _inside(pointer: str, key: str | int) -> str:
    return f"{pointer}/{str(key).replace('~', '~0').replace('/', '~1').replace('%', '%25')}"


def _string_keys(node: dict[Any, Any], pointer: str) -> None:
    items = list(node.items())
    node.clear()
    for key, value in items:
        if isinstance(key, yaml12.Yaml):
            if key.tag is not None:
                raise _tagged(key, pointer)
            raise refusal("a list or mapping as a key", "use a text as the key", pointer=pointer)
        text = _key_text(key)
        if text in node:
            raise repeated_key(text, None, pointer)
        node[text] = value


def _key_text(key: str | float | bool | None) -> str:
    if isinstance(key, bool) or key is None:
        return {True: "true", False: "false", None: "null"}[key]
    if isinstance(key, float):
        return repr(key).replace("inf", ".inf").replace("nan", ".nan")
    return str(key)


def _tagged(node: yaml12.Yaml, pointer: str) -> SpecError:
    tag = (node.tag or "!").replace("tag:yaml.org,2002:", "!!")
    return refusal(f"the YAML tag {tag} is not supported", "remove the tag", pointer=pointer)


def depth_exceeds(tree: Any, limit: int) -> bool:
    """Tell whether mappings and lists are nested more than `limit` levels deep."""
    level = [tree] if isinstance(tree, dict | list) else []
    depth = 0
    while level and depth <= limit:
        depth += 1
        level = [
            value
            for node in level
            for value in (node.values() if type(node) is dict else node)
            if type(value) is dict or type(value) is list
        ]
    return depth > limit


def _no_mapping(tree: Any, text: str) -> SpecError:
    hint = "give the whole document: its top level has keys, such as `openapi` and `paths`"
    if text.lstrip().startswith("<"):
        hint = "this looks like HTML or XML: download the document itself, not the page about it"
    kind = _KINDS.get(type(tree), "a number")
    return refusal(f"the top level is {kind}, not a mapping", hint)


def dump(tree: Mapping[str, Any], *, as_json: bool) -> str:
    """Return a tree as the text of a file, in JSON or YAML 1.2."""
    if as_json:
        return json.dumps(tree, indent=2, ensure_ascii=False) + "\n"
    return str(yaml12.format_yaml(tree, width=100)).rstrip("\n") + "\n"
