"""What a wheel holds ready for use: the templates compiled, and the definitions of the run-time.

Each saves a fifth of the time of a small package. A checkout has neither, so that nothing there can
be out of date; a wheel is built whole. What another version of Jinja compiled is not used.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Any

import jinja2

from vcgen.records import Record
from vcgen.writing.definitions import BOTH, Definition, Import, parse
from vcgen.writing.style import USUAL, Style

FOLDER = Path(__file__).parent.parent / "ahead"
TEMPLATES = "templates"
JINJA = "jinja.txt"
_FLAVOURS = (BOTH, ("sync",), ("async",))


class Ahead(Record):
    """What was made ahead, in a folder."""

    folder: Path

    def loader(self) -> jinja2.BaseLoader | None:
        """Return the compiled templates, or None if there are none for this Jinja."""
        version = self.folder / JINJA
        if not version.is_file() or version.read_text(encoding="ascii") != jinja2.__version__:
            return None
        return jinja2.ModuleLoader(self.folder / TEMPLATES)

    def definitions(
        self, module: str, text: str, flavours: tuple[str, ...], style: Style
    ) -> tuple[Definition, ...]:
        """Return the definitions of a module of the run-time, its lines as they are there.

        Args:
            module: Its name.
            text: Its source.
            flavours: Which of `sync` and `async` there is.
            style: How they are to be written.
        """
        if style.minor == USUAL.minor:
            held = _held(self.folder, flavours).get(module)
            if held is not None and held["text"] == _digest(text):
                return tuple(_restored(held))
        return parse(text, flavours=flavours, style=style)


def taken_apart(modules: Mapping[str, str]) -> dict[str, str]:
    """Return the definitions of the modules of the run-time as a wheel holds them, by file.

    Args:
        modules: The source of each module, by name.
    """
    return {
        _file(flavours): json.dumps(
            {module: _plain(text, flavours) for module, text in modules.items()}, sort_keys=True
        )
        for flavours in _FLAVOURS
    }


@cache
def _held(folder: Path, flavours: tuple[str, ...]) -> Mapping[str, Any]:
    file = folder / _file(flavours)
    if not file.is_file():
        return {}
    held: Mapping[str, Any] = json.loads(file.read_bytes())
    return held


def _file(flavours: tuple[str, ...]) -> str:
    return f"definitions_{'_'.join(flavours)}.json"


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _plain(text: str, flavours: tuple[str, ...]) -> dict[str, Any]:
    found = parse(text, flavours=flavours)
    imports = found[0].imports if found else {}
    return {
        "text": _digest(text),
        "imports": {key: [o.module, o.name, o.alias] for key, o in imports.items()},
        "definitions": [
            [one.names, one.text, sorted(one.mentions), one.is_block, one.is_tight] for one in found
        ],
    }


def _restored(held: Mapping[str, Any]) -> list[Definition]:
    imports = {key: Import(*parts) for key, parts in held["imports"].items()}
    return [
        Definition(tuple(names), text, frozenset(mentions), imports, is_block, is_tight)
        for names, text, mentions, is_block, is_tight in held["definitions"]
    ]
