"""Settings: the text of a configuration file, with some of its values replaced.

It is somebody's file: comments, order, layout and line ends stay as they are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, MutableMapping, Sequence
from difflib import SequenceMatcher
from typing import Any

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AbstractTable, InlineTable, Item, Key, Table

from vcgen.config import PYPROJECT, ClientConfig, Config, Renames
from vcgen.errors import ConfigError, Diagnostic

_MARK = "\ufeff"
_KINDS = Renames._fields


def rewritten(config: Config, text: str, clients: Sequence[ClientConfig]) -> str:
    """Return the text of a configuration file for other clients.

    Args:
        config: The configuration as it was read.
        text: The text that it was read from.
        clients: What the clients should be, in the same order; of what is different, operations,
            renames, layout, base path, overlays and opaque schemas are written.

    Raises:
        ConfigError: The file is written in a way that leaves no room for it.
    """
    bare = text.removeprefix(_MARK)
    wanted = tomllib.loads(bare)
    for table, old, new in _changed(config, wanted, clients):
        _set_plain(table, old, new)
    try:
        written = _edited(config, bare if bare.endswith("\n") else f"{bare}\n", clients)
        is_right = _filled(tomllib.loads(written)) == _filled(wanted)
    except (TOMLKitError, ValueError):
        is_right = False
    if not is_right:
        raise ConfigError(
            Diagnostic(
                "the new settings cannot be written into this file",
                hint="write every client as a table of its own, with one key a line",
                file=str(config.file),
            )
        )
    if "\r\n" in bare and not re.search(r"(?<!\r)\n", bare):
        written = re.sub(r"(?<!\r)\n", "\r\n", written)
    return _MARK * text.startswith(_MARK) + written


def _changed(
    config: Config, document: Any, clients: Sequence[ClientConfig]
) -> list[tuple[Any, ClientConfig, ClientConfig]]:
    """Return the tables of the clients that are different, with what they were and become."""
    place = document["tool"]["vcgen"] if config.file.name == PYPROJECT else document
    found = zip(place["clients"], config.clients, clients, strict=True)
    return [(table, old, new) for table, old, new in found if old != new]


def _set_plain(table: dict[str, Any], old: ClientConfig, new: ClientConfig) -> None:
    """Change a table that is data alone: this is what the text must come to say."""
    if new.operations != old.operations:
        table["operations"] = list(new.operations)
    _set_values(table, old, new)
    if new.renames != old.renames:
        table["rename"] = {kind: dict(getattr(new.renames, kind)) for kind in _KINDS}


def _set_values(table: Any, old: ClientConfig, new: ClientConfig) -> None:
    """Change what a table has as a whole, be it data or a part of a text."""
    if new.layout != old.layout:
        table["layout"] = new.layout
    if new.base_path != old.base_path:
        if new.base_path is None:
            del table["base_path"]
        else:
            table["base_path"] = new.base_path
    for key in ("overlays", "opaque"):
        if getattr(new, key) != getattr(old, key):
            table[key] = list(getattr(new, key))


def _filled(tree: Any) -> Any:
    """Return a tree without its empty tables: one that has lost its last entry says nothing."""
    if not isinstance(tree, dict):
        return [_filled(one) for one in tree] if isinstance(tree, list) else tree
    return {key: _filled(value) for key, value in tree.items() if _filled(value) != {}}


def _edited(config: Config, text: str, clients: Sequence[ClientConfig]) -> str:
    document: Any = tomlkit.parse(text)
    for table, old, new in _changed(config, document, clients):
        below = _taken_off(table)
        if new.operations != old.operations:
            _set_operations(table, old.operations, new.operations)
        _set_values(table, old, new)
        for kind in _KINDS:
            _rename(table, kind, getattr(old.renames, kind), getattr(new.renames, kind))
        for item in below:
            _last(table).value.append(None, item)
    return tomlkit.dumps(document)


def _last(table: Any) -> Any:
    """Return the table whose lines are the last ones of a table."""
    while table.value.body and isinstance(found := table.value.body[-1][1], Table):
        table = found
    return table


def _taken_off(table: Any) -> list[Item]:
    """Take blank lines and comments off the end of a table: they are about what comes next."""
    if isinstance(table, InlineTable):
        return []
    body = _last(table).value.body
    start = len(body)
    while start and body[start - 1][0] is None:
        start -= 1
    # What follows without a blank line belongs to the table.
    tail: list[Item] = [item for _, item in body[start:]]
    blank = next((i for i, item in enumerate(tail) if not item.as_string().strip()), 0)
    del body[start + blank :]
    return tail[blank:]


def _set_operations(table: Any, old: Sequence[str], new: Sequence[str]) -> None:
    """Write the patterns; where each has a line, the others stay, and so do the comments."""
    array = table.get("operations")
    if array is None or "\n" not in array.as_string():
        fresh = tomlkit.array()
        fresh.extend(new)
        table["operations"] = fresh.multiline(len(new) > 1)
        return
    steps = SequenceMatcher(None, old, new, autojunk=False).get_opcodes()
    for what, start, end, first, last in reversed(steps):
        if what == "equal":
            continue
        both = min(end - start, last - first)
        for i in range(both):
            array[start + i] = new[first + i]
        for i in reversed(range(start + both, end)):
            del array[i]
        for i, pattern in enumerate(new[first + both : last]):
            array.insert(start + both + i, pattern)


def _rename(table: Any, kind: str, was: Mapping[str, str], now: Mapping[str, str]) -> None:
    """Write the table of names of a kind."""
    if was != now and isinstance(table.get("rename", {}).get(kind), InlineTable):
        # Anew: tomlkit leaves blanks where entries were.
        fresh = tomlkit.inline_table()
        fresh.update(now)
        table["rename"][kind] = fresh
        return
    for key in was.keys() - now.keys():
        del table["rename"][kind][key]
    if was and not now and not tomlkit.dumps(table["rename"][kind]).strip():
        del table["rename"][kind]
    added = {key: name for key, name in now.items() if was.get(key) != name}
    if not added:
        return
    is_dotted = "rename" in table and any(
        isinstance(key, Key) and key.key == "rename" and key.is_dotted()
        for key, _ in table.value.body
    )
    if is_dotted and kind not in table["rename"]:
        for key, name in added.items():
            table.append(tomlkit.key(["rename", kind, key]), name)
        return
    _names(table, kind).update(added)


def _names(table: Any, kind: str) -> MutableMapping[str, Any]:
    """Return the table of names of a kind, which is made where there is none."""
    is_inline = isinstance(table, InlineTable)
    if "rename" not in table:
        table["rename"] = (
            tomlkit.inline_table() if is_inline else tomlkit.table(is_super_table=True)
        )
    if kind not in table["rename"]:
        is_inline = isinstance(table["rename"], InlineTable)
        made: AbstractTable = tomlkit.inline_table() if is_inline else tomlkit.table()
        table["rename"][kind] = made
    found: MutableMapping[str, Any] = table["rename"][kind]
    return found
