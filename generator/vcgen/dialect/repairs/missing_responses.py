"""Errors that refer to a response which does not exist: only what their body holds is unknown."""

from __future__ import annotations

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.dialect.repairs.reference_spelling import named
from vcgen.text.nodes import mapping
from vcgen.text.pointers import component_at


@dialect_pass(Kind.OPERATION)
def missing_responses(node: Node, place: Place) -> Change | None:
    """Keep the status of such an error; a reply whose content is unknown is refused."""
    stated = mapping(node.get("responses"))
    missing = {
        key: one["$ref"]
        for key, one in stated.items()
        if str(key)[:1] in {"4", "5", "d"} and _dangles(mapping(one).get("$ref"), place)
    }
    if not missing:
        return None
    found = {**stated, **{key: {"description": ""} for key in missing}}
    messages = (f'there is no response "{ref}": {key} has no body' for key, ref in missing.items())
    return Change({**node, "responses": found}, tuple(messages))


def _dangles(reference: object, place: Place) -> bool:
    found = component_at(reference)
    responses = place.document.components("responses")
    is_missing = found is not None and found[0] == "responses" and found[1] not in responses
    return is_missing and named(reference) not in responses
