"""Values of a Swagger document, of the type that the specification says they have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from vcgen.errors import Diagnostic, SpecError
from vcgen.reading.swagger2.notes import Notes, Spot
from vcgen.text.nodes import type_shown
from vcgen.text.pointers import child

_BOOLEANS = {"true": True, "false": False}


def refusal(
    message: str, pointer: str, hint: str = "correct the document, or add an overlay that does"
) -> SpecError:
    """Return the error for one thing that is wrong in the Swagger document."""
    return SpecError(Diagnostic(message, pointer, hint))


def stated_mapping(value: object, what: str, pointer: str) -> Mapping[str, Any]:
    """Return `value`, which has to be a mapping.

    Raises:
        SpecError: It is none.
    """
    if isinstance(value, dict):
        return value
    raise refusal(f"{what} is {type_shown(value)}, not a mapping", pointer)


def is_left(value: object) -> bool:
    """Tell whether a value is left as it is where a mapping belongs: repairs know what it means."""
    return value is None or value == [] or isinstance(value, str)


def stated_schema(value: object, pointer: str) -> Any:
    """Return `value`, which has to be a schema, or what repairs read as one.

    Raises:
        SpecError: It is none.
    """
    if isinstance(value, bool) or is_left(value):
        return value
    return stated_mapping(value, "the schema", pointer)


def stated_list(value: object, what: str, pointer: str) -> Sequence[Any]:
    """Return `value`, which has to be a list.

    Raises:
        SpecError: It is none.
    """
    if isinstance(value, list):
        return value
    raise refusal(f"{what} is {type_shown(value)}, not a list", pointer)


def is_required(node: Mapping[str, Any], spot: Spot, notes: Notes) -> bool:
    """Tell whether a node is marked as `required`; it is not where nothing is said.

    Raises:
        SpecError: What is said is neither true nor false.
    """
    value = node.get("required")
    if value is None or isinstance(value, bool):
        return bool(value)
    meant = _BOOLEANS.get(value.strip().lower()) if isinstance(value, str) else None
    if meant is None:
        message = f"`required` is {type_shown(value)}, not a boolean"
        raise refusal(message, child(spot.source, "required"), "write true or false")
    notes.repair(spot, f"`required` is the text {value!r}: read as {str(meant).lower()}")
    return meant


def media_types(
    node: Mapping[str, Any], key: str, spot: Spot, notes: Notes
) -> tuple[str, ...] | None:
    """Return what `consumes` or `produces` lists, or None where it is not there.

    Raises:
        SpecError: It is no list of media types.
    """
    value = node.get(key)
    if value is None:
        return None
    pointer = child(spot.source, key)
    if isinstance(value, str):
        notes.repair(spot, f"`{key}` is the text {value!r}: read as a list of it")
        value = [value]
    for index, item in enumerate(stated_list(value, f"`{key}`", pointer)):
        if not isinstance(item, str):
            message = f"the media type is {type_shown(item)}, not a string"
            raise refusal(message, child(pointer, index))
    return tuple(dict.fromkeys(value))


def extensions(node: Mapping[str, Any]) -> dict[str, Any]:
    """Return the vendor extensions of a node."""
    return {key: value for key, value in node.items() if key.startswith("x-")}
