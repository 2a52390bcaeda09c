"""Names for schemas that contain themselves, and are not components: they become some.

JSON Schema keeps such a schema in `$defs`, and some documents refer to a property of another.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from vcgen.dialect import DocumentView, Kind
from vcgen.slicing.grammar import FIELDS, SECTIONS
from vcgen.text.clashes import number_of
from vcgen.text.pointers import Keys, pointer_to

_COMPONENT = 3
_OPERATION = 3
# Keys that say where a schema is, and not what it is.
_STRUCTURE = frozenset(
    {"$defs", "content", "definitions", "requestBody", "responses", "schema"}
    | {*FIELDS[Kind.SCHEMA], *SECTIONS.values()}
)


def component_name(keys: Keys, view: DocumentView, others: Mapping[Keys, str]) -> str:
    """Return what a schema is called as a component, by where it is.

    Args:
        keys: The way there from the root.
        view: The document.
        others: The names of those that became components before, by where they were.
    """
    if keys[0] == "components":
        base, rest = keys[2], keys[_COMPONENT:]
    elif keys[0] == "paths" and len(keys) > _OPERATION:
        operation = view.resolve(view.at(keys[:_OPERATION]))
        base = str(operation.get("operationId") or f"{keys[2]} {keys[1]}")
        rest = keys[_OPERATION:]
    else:
        base, rest = keys[0], keys[1:]
    telling = [key for key in rest if key not in _STRUCTURE and "/" not in key]
    words = [key for key in telling if not key.isdigit()]
    name = re.sub(r"[^\w.-]+", "_", "_".join([base, *words])).strip("_")
    if name in view.components(SECTIONS[Kind.SCHEMA]) or name in others.values():
        return f"{name}_{number_of(pointer_to(keys))}"
    return name
