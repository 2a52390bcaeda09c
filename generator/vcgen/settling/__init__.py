"""Settling: of the things in one document that want one name, who gets it; which are sent.

The whole document says so, whichever of its operations are selected; what is settled goes into the
slice, which then says the same by itself. A thing that comes to the document later moves as little
as can be (see `text.clashes`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from vcgen.dialect import Dialect, DocumentView
from vcgen.records import replace
from vcgen.settling.chosen import Chosen
from vcgen.settling.methods import methods
from vcgen.settling.natures import kept, natures, sent
from vcgen.settling.schemas import schemas
from vcgen.slicing import Slice
from vcgen.text import marks

__all__ = ["NATURES", "Chosen", "settled", "told", "ways"]

# In what a slice holds of what was settled: which schemas are sent.
NATURES = "natures"


def settled(tree: Mapping[str, Any], part: Slice, dialect: Dialect, names: Chosen) -> Slice:
    """Return a slice that says which names are settled for what is in it.

    Args:
        tree: The whole document.
        part: A slice of it.
        dialect: Its conventions.
        names: What the user chose.
    """
    view = DocumentView(tree)
    already = tree.get(marks.NAMES) or {}
    names = names.beside(already.get("operations", {}))
    found = {
        "operations": methods(view, part, dialect, names),
        "schemas": schemas(view, part, dialect, names, already.get("schemas", {})),
        NATURES: natures(view, part, already.get(NATURES, {})),
    }
    told = {kind: table for kind, table in found.items() if table}
    rest = {key: value for key, value in part.tree.items() if key != marks.NAMES}
    return replace(part, tree={**rest, marks.NAMES: told} if told else rest)


def ways(names: Mapping[str, Any]) -> dict[str, frozenset[str]]:
    """Return the schemas of each nature, by what a slice says of names."""
    found = names.get(NATURES, {})
    return {"sent": sent(found), "kept": kept(found)}


def told(slices: Iterable[Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
    """Return what slices know of the whole document, for the top of another part of that."""
    natures: dict[str, str] = {}
    for tree in slices:
        natures |= (tree.get(marks.NAMES) or {}).get(NATURES, {})
    return {marks.NAMES: {NATURES: natures}} if natures else {}
