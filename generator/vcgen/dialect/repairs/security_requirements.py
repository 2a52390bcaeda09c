"""Security requirements that are no list of mappings: `security: {key: []}`, `security: [key]`."""

from __future__ import annotations

from collections.abc import Mapping

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass


@dialect_pass(Kind.DOCUMENT, Kind.OPERATION)
def security_requirements(node: Node, _: Place) -> Change | None:
    """Write the list that is meant: a mapping is its one requirement, an empty one is none."""
    stated = node.get("security")
    # A text in place of the list is what a bundle has where the names of schemes clash.
    if not isinstance(stated, Mapping | list):
        return None
    listed = stated if isinstance(stated, list) else [stated] if stated else []
    if not all(isinstance(one, Mapping | str) for one in listed):
        return None
    found = [_requirement(one) for one in listed]
    if found == stated:
        return None
    message = "`security` is not a list of mappings to scopes: read as if it were"
    return Change({**node, "security": found}, (message,))


def _requirement(stated: Mapping[str, object] | str) -> Mapping[str, object]:
    if isinstance(stated, str):
        return {stated: []}
    return {name: _scopes(value) for name, value in stated.items()}


def _scopes(value: object) -> object:
    """Return the scopes of a requirement as a list; what cannot be one is left as it is."""
    if value is None or (isinstance(value, Mapping) and not value):
        return []
    return value.replace(",", " ").split() if isinstance(value, str) else value
