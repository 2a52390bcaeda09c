"""Holders: the components that hold a schema and are none, and what such a schema is called."""

from __future__ import annotations

# What a name may end with, so that it says what it is of; the first is what it gets otherwise.
_WORDS = {
    "requestBodies": ("body", "request"),
    "responses": ("response", "reply"),
    "parameters": ("parameter", "param"),
}

HOLDERS = tuple(_WORDS)
"""The sections of components that hold schemas, and are none."""


def spec_name_of(section: str, name: str) -> str:
    """Return what the schema of a component is called after, in one of these sections."""
    return name if name.lower().endswith(_WORDS[section]) else f"{name}.{_WORDS[section][0]}"
