"""Settings: the text of a configuration file, with some of its values replaced.

It is somebody's file: comments, order and layout stay as they are.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import fields
from typing import Any

import tomlkit

from generator.config import PYPROJECT, ClientConfig, Config, Renames


def rewritten(config: Config, text: str, clients: Sequence[ClientConfig]) -> str:
    """Return the text of a configuration file for other clients.

    Args:
        config: The configuration as it was read.
        text: The text that it was read from.
        clients: What the clients should be, in the same order; of what is different, operations,
            renames and layout are written.
    """
    document: Any = tomlkit.parse(text)
    place = document["tool"]["vcgen"] if config.file.name == PYPROJECT else document
    for table, old, new in zip(place["clients"], config.clients, clients, strict=True):
        if new.operations != old.operations:
            table["operations"] = _array(new.operations)
        if new.layout != old.layout:
            table["layout"] = new.layout
        if new.renames != old.renames:
            _rename(table, old.renames, new.renames)
    return tomlkit.dumps(document)


def _rename(table: MutableMapping[str, Any], old: Renames, new: Renames) -> None:
    """Write the tables of names that are different."""
    for kind in (one.name for one in fields(Renames)):
        was: Mapping[str, str] = getattr(old, kind)
        now: Mapping[str, str] = getattr(new, kind)
        if was == now:
            continue
        if "rename" not in table:
            table["rename"] = tomlkit.table(is_super_table=True)
        if kind not in table["rename"]:
            table["rename"][kind] = tomlkit.table()
        names = table["rename"][kind]
        for key in was.keys() - now.keys():
            del names[key]
        for key, name in now.items():
            if was.get(key) != name:
                names[key] = name


def _array(values: Sequence[str]) -> Any:
    array = tomlkit.array()
    array.extend(values)
    return array.multiline(len(values) > 1)
