"""What is done to documents that are compared: parts are changed, renamed, taken away or added."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from random import Random
from typing import Any, NamedTuple

from changes_documents import (
    ENCODINGS,
    FORM,
    NAMES,
    SCHEMES,
    SECURITY,
    SERVERS,
    STATUSES,
    Tree,
    drafts,
    reference,
    rewritten,
    written,
)
from hypothesis import strategies as st
from support import places

Place = tuple[Any, ...]


def replaced(node: Any, path: tuple[Any, ...], *value: Any) -> Any:
    """Return a tree in which a part is another, or is no longer there."""
    key, *rest = path
    found = dict(node) if isinstance(node, dict) else list(node)
    if rest:
        found[key] = replaced(found[key], tuple(rest), *value)
    elif value:
        found[key] = value[0]
    else:
        del found[key]
    return found


_TYPES = ["string", "integer", "number", "boolean"]
_FORMATS = ["date-time", "uuid", "byte", "int64", "int32"]
_MEDIA_TYPES = ["application/json", "application/other+json", "text/plain", FORM]
# What the keys of a mapping are names of, and what one may be renamed to.
_NAMED: dict[Any, tuple[str, Callable[[str], list[str]]]] = {
    "properties": ("property", lambda name: [f"other {name}"]),
    "paths": ("path", lambda path: [f"{path}/other", path.replace("/api/", "/api/v2/")]),
    "responses": ("reply", lambda _: [*STATUSES, "200", "201"]),
    "content": ("media type", lambda _: _MEDIA_TYPES),
    "schemas": ("schema", lambda name: [f"{name}Other"]),
    "mapping": ("tag", lambda tag: [f"other {tag}"]),
    "encoding": ("encoding", lambda _: ["ids", "more", "name"]),
    "dependentRequired": ("dependency", lambda _: ["id", "name", "size"]),
    "securitySchemes": ("security scheme", lambda name: [f"other{name.title()}"]),
}
# What may stand in the place of a part, whatever there is.
_OTHERS: dict[Any, list[Any]] = {
    "$ref": [reference(name)["$ref"] for name in (*NAMES, "AcmeAny", "AcmeHeir", "AcmeState")],
    "type": _TYPES,
    "format": _FORMATS,
    "pattern": ["^[a-m]+$", "^[a-z0-9]+$"],
    "url": ["/other", "https://other.test/v1"],
    "in": ["query", "header", "cookie"],
    "style": ["form", "pipeDelimited", "spaceDelimited"],
    "contentType": ["application/json", "text/plain"],
    "scheme": ["basic", "bearer"],
    "tokenUrl": ["https://tokens.test/other"],
}
# What is said of the values of a type.
_LIMITS: dict[str, list[Tree]] = {
    "string": [
        *({"maxLength": 3}, {"minLength": 4}, {"pattern": "^[a-f]+$"}),
        *({"not": {"enum": ["bad"]}}, {"not": {"maxLength": 9}}),
    ],
    "integer": [
        *({"maximum": 5}, {"minimum": 3}, {"multipleOf": 4}, {"format": "int32"}),
        *({"format": "int64"}, {"not": {"maximum": 0}}),
    ],
    "number": [{"maximum": 2}, {"minimum": 0.5}],
    "array": [{"maxItems": 1}, {"minItems": 2}, {"uniqueItems": True}],
    "object": [{"minProperties": 2}, {"maxProperties": 1}],
}
_BACK = {"removed": "added", "added": "removed"}
_CHANGED = "changed"


def _others(place: Place, value: Any) -> list[Any]:
    """Return what may stand in the place of a part."""
    key = place[-1]
    if key in _OTHERS:
        return [one for one in _OTHERS[key] if one != value]
    if isinstance(value, bool):
        return [not value]
    if isinstance(value, list):
        return [value[1:], value[::-1]] if value else []
    if isinstance(value, dict):
        return [{"type": "string", **value}, {**value, "nullable": True}] if "type" in value else []
    return [f"other {value}"] if isinstance(value, str) else [value + 1, value - 1]


def _parts(tree: Tree) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Yield the parts that may change, and where they are."""
    for place in places(tree):
        around = at(tree, place[:-1])
        # What the document is called is told in the first line of a report; and values of another
        # type than that which is said would be none.
        is_of_values = place[-1] == "type" and {"enum", "not", "anyOf"} & around.keys()
        is_fixed = place[-1] == "type" and "securitySchemes" in place
        # What stands in a path is nowhere else.
        is_fixed |= place[-1] == "in" and around["in"] == "path"
        if place[0] not in {"info", "openapi"} and not (is_of_values or is_fixed):
            yield place, around[place[-1]]


def at(tree: Any, place: tuple[Any, ...]) -> Any:
    """Return the part of a tree that is at a place."""
    for key in place:
        tree = tree[key]
    return tree


def _renamed(tree: Tree, place: Place, chance: Random) -> Tree:
    """Return a tree in which a part has another name, and is meant by it wherever it was."""
    *where, kind, name = place
    other = chance.choice(_NAMED[kind][1](name))

    def meant(node: Any) -> Any:
        if kind == "schemas" and node == f"#/components/schemas/{name}":
            return f"#/components/schemas/{other}"
        if kind == "securitySchemes" and isinstance(node, list):
            alone = {name}
            return [
                {other: one[name]} if isinstance(one, dict) and one.keys() == alone else one
                for one in node
            ]
        return node

    found = at(tree, (*where, kind))
    tree = replaced(tree, (*where, kind), {other if k == name else k: found[k] for k in found})
    required = at(tree, tuple(where)).get("required") if kind == "properties" else None
    if required:
        names = [other if one == name else one for one in required]
        tree = replaced(tree, (*where, "required"), names)
    result: Tree = rewritten(tree, meant)
    return result


def _with_other_variables(tree: Tree, change: Callable[[str], str]) -> Tree:
    """Return a tree in whose paths variables are called otherwise, or are gone."""

    def called(node: Any) -> Any:
        if isinstance(node, list) and node and all(isinstance(one, dict) for one in node):
            named = [
                (
                    {**one, "name": change(f"{{{one['name']}}}")[1:-1]}
                    if one.get("in") == "path"
                    else one
                )
                for one in node
            ]
            return [one for one in named if one.get("in") != "path" or one["name"]]
        return node

    renamed: Tree = rewritten(tree, called)
    paths = {
        re.sub(r"/\{[^{}]*\}", lambda found: f"/{change(found[0][1:])}".rstrip("/"), path): one
        for path, one in renamed["paths"].items()
    }
    return {**renamed, "paths": paths}


_VARIABLES: dict[str, Callable[[str], str]] = {
    "renamed": lambda name: name.replace("thing", "item"),
    "exchanged": lambda name: {"{thing}": "{owner}", "{owner}": "{thing}"}.get(name, name),
    "removed": lambda name: "" if name == "{owner}" else name,
}


def _additions(tree: Tree, chance: Random) -> Iterator[tuple[Place, str, Any]]:
    """Yield what can be said beside what is there: where, what it is called, and what it is."""
    for path in tree.get("paths", {}):
        for owner in (("paths", path), ("paths", path, "put")):
            if isinstance(at(tree, owner[:-1]).get(owner[-1]), dict):
                of = "operation" if owner[-1] == "put" else "path item"
                yield (*owner, "servers"), f"servers of a {of}", chance.choice(SERVERS)
        operation = tree["paths"][path].get("put")
        if isinstance(operation, dict):
            at_all = ("paths", path, "put")
            yield (*at_all, "security"), "security", chance.choice(SECURITY)
            status = chance.choice(STATUSES)
            if "responses" in operation:
                yield (*at_all, "responses", status), f"reply {status}", _error(chance)
    yield ("security",), "security of all", chance.choice(SECURITY)
    for name in tree.get("components", {}).get("securitySchemes", {}):
        other = chance.choice([*SCHEMES.values(), {"type": "http", "scheme": "bearer"}])
        yield ("components", "securitySchemes", name), "security scheme", other
    for place in places(tree):
        part = at(tree, place)
        if place[-1] == "content" and isinstance(part, dict):
            for name in {*_MEDIA_TYPES} - part.keys():
                media = chance.choice([*part.values(), {"schema": {"type": "string"}}])
                yield (*place, name), "media type", media
            yield place, "order of media types", dict(reversed(part.items()))
        elif place[-2:] == ("content", FORM):
            yield (*place, "encoding"), "encoding", chance.choice(ENCODINGS)
        elif isinstance(part, dict) and isinstance(part.get("type"), str):
            around = place[-1] if place[-1] in {"items", "additionalProperties"} else "schema"
            inside = "a parameter" if "parameters" in place else "a value"
            for limit in _LIMITS.get(part["type"], ()) if "enum" not in part else ():
                ((keyword, value),) = limit.items()
                yield (*place, keyword), f"{keyword} of {around} of {inside}", value
            if "properties" in part and len(part["properties"]) > 2:
                first, second = chance.sample(sorted(part["properties"]), 2)
                yield (*place, "dependentRequired"), "dependencies", {first: [second]}


def _error(chance: Random) -> Tree:
    name = chance.choice(["AcmeError", "AcmeFault", "AcmeBusy", "AcmeMissing"])
    content = {"application/json": {"schema": reference(name)}}
    return {"description": "Failed.", "content": content}


def _with_an_addition(tree: Tree, chance: Random) -> tuple[Tree, tuple[str, str]]:
    """Return a tree in which something more is said, or something else, and what that is."""
    found: dict[str, list[tuple[Place, Any]]] = {}
    for place, subject, value in _additions(tree, chance):
        found.setdefault(subject, []).append((place, value))
    subject = chance.choice(sorted(found))
    place, value = chance.choice(found[subject])
    what = _CHANGED if place[-1] in at(tree, place[:-1]) else "added"
    return replaced(tree, place, value), (subject, what)


def _with_moved_servers(tree: Tree) -> Tree:
    """Return a tree in which what paths say of servers is said of operations, or of paths."""

    def moved(node: Any) -> Any:
        if not isinstance(node, dict) or not isinstance(node.get("put"), dict):
            return node
        own = node["put"]
        if "servers" in own:
            return {"servers": own["servers"], "put": {k: own[k] for k in own if k != "servers"}}
        if "servers" in node:
            return {"put": {**own, "servers": node["servers"]}}
        return node

    found: Tree = rewritten(tree, moved)
    return found


def _subject(place: tuple[Any, ...]) -> str:
    """Return what kind of part is at a place."""
    *_, parent, key = ("", *place)
    if parent in _NAMED:
        return _NAMED[parent][0]
    return f"entry of {parent}" if isinstance(key, int) else str(key)


class Mutation(NamedTuple):
    """A document, the same with one or two parts changed, and the kinds of the changes."""

    before: Tree
    after: Tree
    kinds: list[str]


@st.composite
def mutations(draw: st.DrawFn) -> Mutation:
    """Return a document and the same with parts changed, renamed, taken away or added."""
    before = draw(drafts())
    # What hypothesis draws of a list is more often its first entry than any other.
    chance = draw(st.randoms(use_true_random=True))
    after = before
    done: list[tuple[str, str]] = []
    for _ in range(chance.choice([1, 2])):
        way = chance.random()
        if way < 0.05:
            what = chance.choice(sorted(_VARIABLES))
            after, kind = _with_other_variables(after, _VARIABLES[what]), ("path variable", what)
        elif way < 0.08:
            after, kind = _with_moved_servers(after), ("servers", "moved")
        elif way < 0.45:
            after, kind = _with_an_addition(after, chance)
        else:
            after, kind = with_a_part_changed(after, chance)
        done.append(kind)
    before, after = written(before), written(after)
    if chance.choice([False, True]):
        return Mutation(after, before, [f"{one} {_BACK.get(what, what)}" for one, what in done])
    return Mutation(before, after, [" ".join(one) for one in done])


def with_a_part_changed(tree: Tree, chance: Random) -> tuple[Tree, tuple[str, str]]:
    """Return a tree in which a part is another, has another name, or is gone."""
    parts = list(_parts(tree))
    subject = chance.choice(sorted({_subject(place) for place, _ in parts}))
    rare = [(place, part) for place, part in parts if _subject(place) == subject]
    place, part = chance.choice(chance.choice([parts, rare]))
    can_be_renamed = len(place) > 1 and place[-2] in _NAMED
    # What is required and no property is told as a defect of the document, not as a change.
    others = [] if "required" in place[:-1] else _others(place, part)
    # Nobody can read a parameter without a name and a place, or a server without its URL.
    is_needed = place[-1] in {"name", "in", "url"} and "properties" not in place
    is_needed |= place[-1] == "scheme"
    can_be_removed = not is_needed
    choice = chance.randint(-can_be_renamed, len(others) - (not can_be_removed))
    if choice < 0:
        return _renamed(tree, place, chance), (_subject(place), "renamed")
    changed = replaced(tree, place, *others[choice : choice + 1])
    return changed, (_subject(place), _CHANGED if choice < len(others) else "removed")
