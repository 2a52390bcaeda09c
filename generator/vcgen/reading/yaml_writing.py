"""A tree as a YAML text that readers of YAML 1.1 understand as those of 1.2 do.

py-yaml12 writes what YAML 1.2 needs: no quotes around `on`, `12:30` or a date, which are no texts
in YAML 1.1; and no integers beyond 64 bits. Both are put in afterwards, where PyYAML says.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

import yaml  # type: ignore[import-untyped]  # PyYAML has no annotations of its own
import yaml12

from vcgen.reading.pyyaml import events

_WIDTH = 100
_BITS_64 = range(-(2**63), 2**63)
# Stands for an integer that py-yaml12 cannot write, and is in no document.
_LONG = "__vcgen_integer_{}__"
_LONG_WRITTEN = re.compile(r"__vcgen_integer_(-?[0-9]+)__")
_TEXT = "tag:yaml.org,2002:str"
# What YAML 1.1 takes for something else than a text, by the characters that it may begin with; the
# specification has more forms of it than PyYAML, `y` and `n` among them.
_TYPES_11 = yaml.SafeLoader.yaml_implicit_resolvers
_BOOLEANS_11 = frozenset({"y", "Y", "n", "N"})


def dump(tree: Mapping[str, Any]) -> str:
    """Return a tree as a YAML text."""
    written = str(yaml12.format_yaml(_with_stand_ins(tree), width=_WIDTH)).rstrip("\n") + "\n"
    return _LONG_WRITTEN.sub(r"\1", _quoted(written))


def _with_stand_ins(node: Any) -> Any:
    """Return a tree without integers beyond 64 bits."""
    if isinstance(node, Mapping):
        return {key: _with_stand_ins(value) for key, value in node.items()}
    if isinstance(node, list):
        return [_with_stand_ins(item) for item in node]
    if isinstance(node, int) and not isinstance(node, bool) and node not in _BITS_64:
        return _LONG.format(node)
    return node


def _quoted(text: str) -> str:
    """Return a text with quotes around what YAML 1.1 would take for no text."""
    lines = text.split("\n")
    found = [event for event in events(text) if _needs_quotes(event)]
    # From the end, so that the places before stay what they are.
    for event in reversed(found):
        at, start, end = event.start_mark.line, event.start_mark.column, event.end_mark.column
        lines[at] = f"{lines[at][:start]}{json.dumps(event.value)}{lines[at][end:]}"
    return "\n".join(lines)


def _needs_quotes(event: Any) -> bool:
    if not isinstance(event, yaml.ScalarEvent) or event.style or not event.implicit[0]:
        return False
    if event.start_mark.line != event.end_mark.line:
        return False  # Nothing but a text has several lines.
    value = event.value
    return (value in _BOOLEANS_11 or _is_another_in_11(value)) and _is_text(value)


def _is_text(value: str) -> bool:
    """Tell whether a plain value is a text in YAML 1.2."""
    return isinstance(yaml12.parse_yaml(value), str)


def _is_another_in_11(value: str) -> bool:
    candidates = _TYPES_11.get(value[:1], []) if value else []
    return any(pattern.match(value) for tag, pattern in candidates if tag != _TEXT)
