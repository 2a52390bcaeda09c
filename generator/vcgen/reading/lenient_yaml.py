"""YAML as the field writes it: with merge keys, and with lines that are indented too little.

YAML 1.2 knows neither; PyYAML, and most other readers, do. Types are those of YAML 1.2 even so:
`on` and `12:30` are texts.
"""

from __future__ import annotations

from typing import Any

import yaml  # type: ignore[import-untyped]  # PyYAML has no annotations of its own

from vcgen.dialect import Repair
from vcgen.reading.merging import MERGE, entries
from vcgen.reading.pyyaml import TAG, compose, line_of, original
from vcgen.reading.refusals import key_text, refusal, repeated_key, tagged
from vcgen.reading.unquoted import quoted
from vcgen.text.pointers import child

UNREADABLE = (yaml.YAMLError, RecursionError)
"""What is raised of a text that PyYAML does not understand."""


def parse(text: str, line: int = 0, message: str = "") -> tuple[Any, tuple[Repair, ...]]:
    """Return the tree of a text, all its keys strings, and what was repaired.

    Args:
        text: The text.
        line: The line of what is not YAML 1.2, if anything is not.
        message: What is said of it.

    Raises:
        yaml.YAMLError: PyYAML does not understand it either.
        SpecError: A key is no text, a tag is not supported, or what is to be merged is no mapping.
    """
    root = compose(text)
    repairs = [Repair("yaml", _pointer_at(root, line), message)] if message else []
    for pointer, value in quoted(root):
        repairs.append(
            Repair("yaml", pointer, f'{value} has no quotes: read as the text "{value}"')
        )
    return _value(root), tuple(repairs)


def _pointer_at(root: yaml.Node | None, line: int) -> str:
    """Return the pointer of the deepest node that a line, counted from 1, belongs to."""
    pointer, node = "#", root
    while isinstance(node, yaml.CollectionNode):
        is_list = isinstance(node, yaml.SequenceNode)
        inner = [(item, item) for item in node.value] if is_list else node.value
        above = [at for at, (key, _) in enumerate(inner) if line_of(key) <= line]
        if not above or any(key.tag == MERGE and line_of(key) == line for key, _ in inner):
            break
        key, value = inner[above[-1]]
        if line_of(value) > line or (isinstance(key, yaml.CollectionNode) and not is_list):
            break
        pointer = child(pointer, above[-1] if is_list else key.value)
        node = value
    return pointer


def _value(node: yaml.Node | None) -> Any:
    if node is None:
        return None
    if isinstance(node, yaml.ScalarNode):
        return _scalar(node)
    if node.tag not in (TAG + "seq", TAG + "map"):
        raise tagged(node.tag, line_of(node))
    if isinstance(node, yaml.SequenceNode):
        return [_value(item) for item in node.value]
    return _mapping(node)


def _mapping(node: yaml.MappingNode) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in entries(node):
        if not isinstance(key, yaml.ScalarNode):
            raise refusal(
                "a list or mapping is used as a key", "use a text as the key", line_of(key)
            )
        text = key_text(_scalar(key))
        if text in found:
            raise repeated_key(text, line_of(key))
        found[text] = _value(value)
    return found


def _scalar(node: yaml.ScalarNode) -> Any:
    text = original(node.value)
    kind = node.tag.removeprefix(TAG)
    if kind in ("str", "merge"):
        return text
    try:
        return _READERS[kind](text)
    except KeyError:
        raise tagged(node.tag, line_of(node)) from None
    except ValueError:
        message = f"{text[:40]!r} cannot be read as !!{kind}"
        raise refusal(message, "correct the value, or write it in quotes", line_of(node)) from None


def _integer(text: str) -> int:
    base = _BASES.get(text[:2])
    return int(text) if base is None else int(text[2:], base)


def _float(text: str) -> float:
    return float(text.lower().replace(".inf", "inf").replace(".nan", "nan"))


def _constant(text: str) -> bool | None:
    if text not in _CONSTANTS:
        raise ValueError(text)
    return _CONSTANTS[text]


_BASES = {"0o": 8, "0x": 16}
_CONSTANTS = {
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
    **dict.fromkeys(("", "~", "null", "Null", "NULL"), None),
}
_READERS = {"int": _integer, "float": _float, "bool": _constant, "null": _constant}
