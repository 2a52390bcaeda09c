"""Variables of servers without a default: OpenAPI wants one, and some documents have none."""

from __future__ import annotations

from collections.abc import Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.SERVER)
def server_variables(node: Node, _: Place) -> Change | None:
    """Take the only value there is for the default; the caller chooses among others."""
    stated = node.get("variables")
    if not isinstance(stated, Mapping):
        return None
    told: list[str] = []
    found = {name: _variable(str(name), one, told) for name, one in stated.items()}
    if not told:
        return None
    kept = {name: one for name, one in found.items() if one is not None}
    return Change({**node, "variables": kept}, tuple(told))


def _variable(name: str, stated: object, told: list[str]) -> object:
    """Return a variable as OpenAPI has it, None if only the caller knows its value."""
    if isinstance(stated, str | int) and not isinstance(stated, bool):
        told.append(f'the variable "{name}" is not a mapping: read as its default')
        return {"default": str(stated)}
    if stated is None:
        stated = {}
    if not isinstance(stated, Mapping):
        return stated
    values = stated.get("enum")
    if isinstance(values, str | int):
        values = [values]
    if values != stated.get("enum") or _has_numbers(values):
        told.append(f'`enum` of the variable "{name}" is not a list of texts: read as if it were')
        stated = {**stated, "enum": [str(value) for value in values or ()]}
    if stated.get("default") is not None:
        return stated
    if isinstance(values, list) and len(values) == 1:
        told.append(f'the variable "{name}" has no default: read as "{values[0]}"')
        return {**stated, "default": str(values[0])}
    told.append(f'the variable "{name}" has no default: the caller chooses it')
    return None


def _has_numbers(values: object) -> bool:
    return isinstance(values, list) and any(isinstance(one, int | float) for one in values)
