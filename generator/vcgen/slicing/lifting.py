"""Names for schemas that become components: definitions of another, and what contains itself.

JSON Schema keeps in `$defs` what components are in OpenAPI; pydantic and others write it so. And
some documents refer to a property of another schema, which may lead back to where it was.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from vcgen.dialect import DocumentView, Kind
from vcgen.slicing.grammar import FIELDS, SECTIONS
from vcgen.text.clashes import number_of
from vcgen.text.keywords import DEFINITIONS
from vcgen.text.pointers import Keys, pointer_keys, pointer_to

_RELATIVE = tuple(f"#/{one}/" for one in DEFINITIONS)
_COMPONENT = 3
_OPERATION = 3
# Keys that say where a schema is, and not what it is.
_STRUCTURE = frozenset(
    {*DEFINITIONS, "content", "requestBody", "responses", "schema"}
    | {*FIELDS[Kind.SCHEMA], *SECTIONS.values()}
)


def is_definition(keys: Keys) -> bool:
    """Tell whether a schema is a definition of another one, or of the document."""
    return len(keys) > 1 and keys[-2] in DEFINITIONS


def is_schema(keys: Keys) -> bool:
    """Tell whether a place is that of a schema, as far as the way there says so."""
    return is_definition(keys) or keys[:2] == ("components", "schemas") or "schema" in keys


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
    elif keys[0] in DEFINITIONS:
        base, rest = "", keys[1:]
    else:
        base, rest = keys[0], keys[1:]
    telling = [key for key in rest if key not in _STRUCTURE and "/" not in key]
    words = [key for key in telling if not key.isdigit()]
    name = re.sub(r"[^\w.-]+", "_", "_".join([base, *words])).strip("_")
    twins = [other for other, called in others.items() if called == name]
    is_taken = name in view.components(SECTIONS[Kind.SCHEMA])
    if twins and not is_taken and all(_are_alike(keys, other, view) for other in twins):
        return name  # a request and its response often have the same definitions
    if twins or is_taken:
        return f"{name}_{number_of(pointer_to(keys))}"
    return name


def _are_alike(keys: Keys, other: Keys, view: DocumentView) -> bool:
    """Tell whether two definitions are the same, with all that they may refer to."""
    if not (is_definition(keys) and is_definition(other) and keys[-1] == other[-1]):
        return False
    definitions = view.at(keys[:-1])
    return definitions == view.at(other[:-1]) and not _leads_out(definitions, keys[-1])


def _leads_out(definitions: Mapping[str, Any], name: str) -> bool:
    """Tell whether one of some definitions refers to the schema around them, or to what it has.

    Such references are relative to where they stand: `#`, and `#/$defs/X` of another's definitions.
    """
    waiting: list[object] = [definitions[name]]
    known = {name}
    for one in waiting:
        if isinstance(one, dict):
            waiting += one.values()
        elif isinstance(one, list):
            waiting += one
        elif one == "#":
            return True
        elif isinstance(one, str) and one.startswith(_RELATIVE):
            inner = pointer_keys(one)[1]
            if inner not in definitions:
                return True
            if inner not in known:
                known.add(inner)
                waiting.append(definitions[inner])
    return False
