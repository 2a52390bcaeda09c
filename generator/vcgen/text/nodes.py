"""Nodes: what plain data of a document holds, or nothing where it is of another type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_TYPES = {bool: "a boolean", dict: "a mapping", list: "a list", str: "a string"}


def mapping(value: object) -> Mapping[str, Any]:
    """Return `value` if it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def listed(value: object) -> list[Any]:
    """Return `value` if it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def text(value: object) -> str:
    """Return `value` if it is a string, else an empty one."""
    return value if isinstance(value, str) else ""


def type_shown(value: object) -> str:
    """Return what a value is, as a person who writes JSON or YAML calls it."""
    return "null" if value is None else _TYPES.get(type(value), "a number")
