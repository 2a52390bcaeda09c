"""Names of methods: of what an operation is called, of its tag and of its path."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from vcgen.text import templates
from vcgen.text.clashes import number_of
from vcgen.text.naming import snake, variable
from vcgen.text.words import folded, signs, words

# Beyond this, the name of a method is no pleasure to read or to write.
_LONGEST = 60
# What NestJS and routing-controllers have in front of the name of a method: its class, which the
# tag stands for.
_CONTROLLER = re.compile(r"[^\W_]+Controller[_.](?=[^\W_])")
# What flask-openapi3 has in front of a variable of the path: its kind, as Flask calls it.
_CONVERTER = re.compile(r"__(float|int|path|string|uuid)(?=_)")
# What such a name can best do without.
_SMALL = frozenset({"a", "an", "and", "by", "for", "from", "in", "of", "the", "to", "with"})


@lru_cache(maxsize=4096)
def operation_name(operation_id: str, tag: str, method: str, path: str) -> str:
    """Return the method for an operation: after its operationId, or else its path."""
    if operation_id:
        return method_name(operation_id, tag, method, path)
    return method_name_of_path(method, path, tag)


def method_name(operation_id: str, tag: str, method: str = "", path: str = "") -> str:
    """Return the method for an operation: its operationId without what its place says already.

    That is the tag at its beginning, with the start of the path in front of it, or the class of
    NestJS; at its end the path and the method, as FastAPI has them; and all up to the tag, where
    that is among names with dots between them. A tag that is what is done stays: `scanArtifact`.
    """
    operation_id = _below_tag(operation_id, tag)
    if tag not in {"", "default"} and (above := _CONTROLLER.match(operation_id)):
        operation_id = operation_id[above.end() :]
    own = words(_without_place(operation_id, method, path))
    is_done = operation_id.isalnum() and _is_done(own, tag, path)
    rest = own if is_done else _without_tag(_without_start(own, tag, path), tag)
    name = "_".join(folded(rest)) or signs(operation_id)
    if len(name) > _LONGEST >= len(operation_id):
        name = "_".join(word for word in name.split("_") if word not in _SMALL)
    if len(name) > _LONGEST >= len(operation_id):
        name = _shortened(name, operation_id)
    return variable(name, "operation")


def method_name_of_path(method: str, path: str, tag: str = "") -> str:
    """Return the method for an operation without operationId: `get_vm_by_id`.

    It goes without the tag, if the path begins with that. Of one that is too long, the variables go
    but for the last; then the words in its midst.
    """
    path = templates.plain(path)
    name = _name_of_path(method, path, tag)
    if len(name) > _LONGEST:
        name = _name_of_path(method, re.sub(r"\{[^}]*\}(?=.*\{)", "", path), tag)
    return variable(_shortened(name, path) if len(name) > _LONGEST else name, "operation")


def methods_of_path_apart(method: str, path: str) -> list[str]:
    """Return the methods for an operation whose path is too much like another's.

    A slash at its end is said; what tells it from all others is a number made of the path.
    """
    plain = method_name_of_path(method, path)
    last = [f"{plain}_slash"] if path.endswith("/") and path.strip("/") else []
    return [*last, f"{plain}_{number_of(path)}"]


def _name_of_path(method: str, path: str, tag: str) -> str:
    """Return a method and a path in snake case, however the path is."""
    by = re.sub(r"\{([^}]*)\}", r"-by-\1", path).replace("_", "-")
    own = words(by)
    above = words(tag)
    is_there = bool(above) and folded(own[: len(above)]) == folded(above)
    done = snake(method.lower()) or signs(method)  # a method of OpenAPI 3.2 is any token: M-SEARCH
    return "_".join([done, *folded(own[len(above) :] if is_there else own)])


def _without_place(operation_id: str, method: str, path: str) -> str:
    """Return an operationId without the path and the method, where it ends with these.

    A query in the key of the path tells operations apart, and is no part of a route. Of the path
    `/`, an underscore is left: `read_root__get`.
    """
    route = path.partition("?")[0]
    if not route.strip("/"):
        return operation_id.removesuffix(f"__{method.lower()}") or operation_id
    place = re.sub(r"[\W_]+", "_", f"{route}_{method.lower()}")
    whole = re.sub(r"[\W_]+", "_", operation_id)
    plain = re.sub(r"[\W_]+", "_", _CONVERTER.sub("_", operation_id))
    return (plain.removesuffix(place) if plain.endswith(place) else whole) or operation_id


def _below_tag(operation_id: str, tag: str) -> str:
    """Return an operationId such as `tasks.tasklists.list` without all up to the tag."""
    *above, last = operation_id.split(".")
    wanted = folded(words(tag))
    named = [at for at, one in enumerate(above) if at and wanted and folded(words(one)) == wanted]
    return ".".join([*above[named[0] + 1 :], last]) if named and last else operation_id


def _is_done(own: Sequence[str], tag: str, path: str) -> bool:
    """Tell whether a tag is what an operation does: `scanArtifact` of `/artifacts/{id}/scan`.

    The path ends with it, and what else the operation is called is in front of that.
    """
    parts = [words(one) for one in re.sub(r"\?.*|\{[^}]*\}", "", path).split("/")]
    *before, last = [one for one in parts if one] or [()]
    named = {word.removesuffix("s") for one in before for word in folded(one)}
    above = words(tag)
    done_to = folded(own[len(above) :])
    is_last = bool(last) and folded(last) == folded(above)
    return is_last and all(word.removesuffix("s") in named for word in done_to)


def _without_start(own: Sequence[str], tag: str, path: str) -> Sequence[str]:
    """Return words without the start of the path, where they begin with it and the tag follows.

    So does Django name operations: `api_tasks_list` of `/api/tasks/`, with the tag `tasks`.
    """
    start = folded(words(path.partition("{")[0]))
    found, wanted = folded(own), folded(words(tag))
    ends = range(1, len(start) - len(wanted) + 1) if wanted else ()
    at = next((end for end in ends if start[end : end + len(wanted)] == wanted), 0)
    length = at + len(wanted)
    return own[at:] if at and len(own) > length and found[:length] == start[:length] else own


def _without_tag(own: Sequence[str], tag: str) -> list[str]:
    """Return words in lower case, without those of a tag if they begin with these."""
    above = words(tag)
    is_there = len(own) > len(above) and folded(own[: len(above)]) == folded(above)
    return folded(own[len(above) :] if is_there else own)


def _shortened(name: str, path: str) -> str:
    """Return the ends of a name, and a number made of the path in place of its midst."""
    number = number_of(path)
    first, *others = name.split("_")
    found: list[str] = []
    while others and len("_".join([first, *found, others[-1], number])) <= _LONGEST:
        found.insert(0, others.pop())
    return "_".join([first, *found, number])[:_LONGEST]
