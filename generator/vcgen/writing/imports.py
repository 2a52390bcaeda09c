"""Imports: what names of templates mean, and how imports are written."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import PurePosixPath

from vcgen import ir
from vcgen.writing.definitions import Import

_THIRD_PARTY = frozenset({"httpx2", "msgspec"})

_OF_MODULES = {
    "collections.abc": ("Callable", "Mapping", "Sequence"),
    "contextlib": ("suppress",),
    "datetime": ("date", "datetime", "time", "timedelta"),
    "decimal": ("Decimal",),
    "functools": ("cached_property",),
    "msgspec": ("UNSET", "UnsetType", "field"),
    "typing": (
        "TYPE_CHECKING",
        "Any",
        "ClassVar",
        "Generic",
        "Literal",
        "Self",
        "TypeAlias",
        "Unpack",
        "cast",
    ),
    "uuid": ("UUID",),
}

NAMES: Mapping[str, Import] = {
    **{name: Import(module, name) for module, names in _OF_MODULES.items() for name in names},
    **{name: Import(name) for name in ("builtins", "httpx2", "ssl")},
}
"""What the names mean that templates, and types of the document, may mention."""


@cache
def relative(path: str, target: str) -> str:
    """Return how a module of the package calls another, both by path."""
    folder, other = PurePosixPath(path).parent, PurePosixPath(target).with_suffix("")
    dots = "."
    while not other.is_relative_to(folder):
        folder, dots = folder.parent, f"{dots}."
    return dots + ".".join(other.relative_to(folder).parts)


def import_groups(imports: Iterable[Import]) -> list[str]:
    """Return the text of imports in groups: standard library, other libraries, the package."""
    groups: dict[int, set[Import]] = {}
    for one in imports:
        is_ours = one.module.startswith(".")
        kind = 2 if is_ours else int(one.module.partition(".")[0] in _THIRD_PARTY)
        groups.setdefault(kind, set()).add(one)
    return [_lines(groups[kind]) for kind in sorted(groups)]


def _lines(imports: Iterable[Import]) -> str:
    plain = sorted(one.module for one in imports if not one.name)
    lines = [f"import {module}" for module in plain]
    by_module: dict[tuple[str, str], list[str]] = {}
    for one in imports:
        if one.name:
            # What has another name here stands on a line of its own.
            key = one.imported if one.alias else ""
            by_module.setdefault((one.module, key), []).append(one.imported)
    for module, key in sorted(by_module, key=_place):
        lines.append(f"from {module} import {', '.join(in_order(by_module[module, key]))}")
    return "\n".join(lines)


def _place(line: tuple[str, str]) -> tuple[object, ...]:
    """Return where an import stands: the package itself before its modules."""
    module, alias = line
    dots = len(module) - len(module.lstrip("."))
    names = alias.lower().split(" as ")
    return -dots, ir.natural(module.lower()), *map(ir.natural, names)


def in_order(names: Iterable[str]) -> list[str]:
    """Return names in the order of import sorters: constants, classes, the rest; case ignored."""
    return sorted(set(names), key=lambda name: (rank(name), ir.natural(name.lower()), name))


def rank(name: str) -> int:
    """Return where a name stands by its case: constants, classes, the rest."""
    if name.isupper() and len(name) > 1:
        return 0
    return 1 if name[0].isupper() else 2
