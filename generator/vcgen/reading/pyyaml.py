"""PyYAML, which reads YAML 1.1: made to break lines and to tell types as YAML 1.2 does."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import yaml  # type: ignore[import-untyped]  # PyYAML has no annotations of its own

_BASE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
TAG = "tag:yaml.org,2002:"
"""What the tags of YAML itself begin with."""

# YAML 1.1 breaks lines at characters that are ordinary ones in YAML 1.2; those that stand in for
# them are none of Unicode, and so in no text.
_BREAKS = "\x85\u2028\u2029\ufeff"
_STAND_INS = "\ufdd0\ufdd1\ufdd2\ufdd3"
_TO_STAND_INS = str.maketrans(_BREAKS, _STAND_INS)
_FROM_STAND_INS = str.maketrans(_STAND_INS, _BREAKS)

# YAML 1.2.2, section 10.3.2: what a plain text is, by the characters that it may begin with.
_CORE = {
    "null": (r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    "bool": (r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    "int": (r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    "float": (
        r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
        r"|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)",
        list("-+.0123456789"),
    ),
    "merge": (r"<<", ["<"]),
}


class _Loader(_BASE):  # type: ignore[valid-type,misc]  # the one with C, where there is one
    """A loader that knows the core schema of YAML 1.2, and merge keys."""

    yaml_implicit_resolvers: dict[str, list[Any]] = {}  # noqa: RUF012  # as PyYAML has it


for _name, (_pattern, _first) in _CORE.items():
    _Loader.add_implicit_resolver(TAG + _name, re.compile(rf"(?:{_pattern})\Z"), _first)


def compose(text: str) -> Any:
    """Return the nodes of a text, or None if it is empty.

    Raises:
        yaml.YAMLError: PyYAML does not understand it.
    """
    return yaml.compose(_prepared(text), Loader=_Loader)


def events(text: str) -> Iterator[Any]:
    """Yield the events of a text, without building anything.

    Raises:
        yaml.YAMLError: PyYAML does not understand it.
    """
    yield from yaml.parse(_prepared(text), Loader=_Loader)


def line_of(node: Any) -> int:
    """Return the line on which a node, or an event, begins, counted from 1."""
    return int(node.start_mark.line) + 1


def original(value: str) -> str:
    """Return a text of a node as the document has it."""
    return value if value.isascii() else value.translate(_FROM_STAND_INS)


def _prepared(text: str) -> str:
    return text if text.isascii() else text.translate(_TO_STAND_INS)
