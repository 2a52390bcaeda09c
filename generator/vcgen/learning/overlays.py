"""Overlays: corrections as the text of a file, or at the end of one that is there."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from vcgen.errors import SpecError
from vcgen.learning.corrections import Correction
from vcgen.reading import document

_TITLE = "Corrections learned from recorded traffic"


def extended(text: str, corrections: Sequence[Correction], name: str, extends: str = "") -> str:
    """Return the text of an overlay with corrections at its end.

    Args:
        text: The text of the overlay so far, or "".
        corrections: What it is to say from now on, too.
        name: The file, whose ending says whether it is JSON.
        extends: The document that all of it is about, where a client has several.

    Raises:
        SpecError: The text is no overlay.
    """
    actions = [action for one in corrections for action in one.actions]
    as_json = name.endswith(".json")
    if not text.strip():
        whole: dict[str, Any] = {
            "overlay": "1.0.0",
            "info": {"title": _TITLE, "version": "1"},
            **({"extends": extends} if extends else {}),
            "actions": actions,
        }
        return document.dump(whole, as_json=as_json)
    tree = document.parse(text, name).tree
    wanted = {**tree, "actions": [*tree.get("actions", []), *actions]}
    if not as_json:
        # Below what is there, whose comments stay; if that is what comes out of it.
        added = document.dump({"actions": actions}, as_json=False).partition("\n")[2]
        longer = f"{text.rstrip()}\n{added}"
        try:
            if document.parse(longer, name).tree == wanted:
                return longer
        except SpecError:
            pass
    return document.dump(wanted, as_json=as_json)
