"""Tasks: the operations that begin one, and those that tell how one stands and end it.

The documents say nothing of what a task comes to. Where there is the same operation without the
task, that answers it.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from vcgen.dialect.protocol import Change, Kind, Node, Place, dialect_pass
from vcgen.text import marks
from vcgen.text.nodes import mapping, text
from vcgen.text.pointers import pointer_keys

_TASK = "vmw-task"
_SUFFIX = "$task"
_ONE = "/cis/tasks/{task}"


@dialect_pass(Kind.OPERATION)
def tasks(node: Node, place: Place) -> Change | None:
    """Mark the operations of tasks for the building."""
    keys = pointer_keys(place.pointer)
    if len(keys) != 3 or keys[0] != "paths" or marks.TASK in node:
        return None
    path, _, query = keys[1].partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    if path.endswith(_ONE):
        role = {"get": "get" if not pairs else "", "post": "cancel"}.get(keys[2], "")
        is_cancel = role != "cancel" or pairs == [("action", "cancel")]
        return Change({**node, marks.TASK: role}) if role and is_cancel else None
    is_task = (_TASK, "true") in pairs or text(node.get("operationId")).lower().endswith(_SUFFIX)
    if not is_task or "202" not in map(str, mapping(node.get("responses"))):
        return None
    marked = {**node, marks.TASK: "start"}
    result = _result(path, [pair for pair in pairs if pair[0] != _TASK], keys[2], place)
    if result and marks.RESULT not in node:
        marked[marks.RESULT] = result
    return Change(marked)


def _result(path: str, pairs: list[tuple[str, str]], method: str, place: Place) -> Node:
    """Return the response of the same operation without the task, or nothing."""
    paths = mapping(place.document.tree.get("paths"))
    key = f"{path}?{urlencode(pairs)}" if pairs else path
    twin = mapping(place.document.resolve(paths.get(key)).get(method))
    responses = mapping(twin.get("responses"))
    successes = sorted(str(status) for status in responses if str(status).startswith("2"))
    return mapping(responses.get(successes[0])) if successes else {}
