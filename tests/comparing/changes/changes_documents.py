"""Documents to compare: small ones of every construct, made at random, and what is done to them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from hypothesis import strategies as st

Tree = dict[str, Any]
ROOT = "Acme"
NAMES = ("AcmeDisk", "AcmeMachine", "AcmeNetwork")
_STATES = ["on", "off", "lost"]
_KINDS = {"disk": "AcmeDisk", "machine": "AcmeMachine"}


def _reference(name: str) -> Tree:
    return {"$ref": f"#/components/schemas/{name}"}


_scalars = st.sampled_from(
    [
        {"type": "string"},
        {"type": "string", "maxLength": 20, "description": "Some text."},
        {"type": "integer", "default": 1},
        {"type": "number", "nullable": True},
        {"type": "boolean"},
        {"type": "string", "format": "date-time"},
        {"type": "string", "format": "uuid"},
        {"type": "string", "enum": _STATES},
        {"type": "integer", "enum": [1, 2]},
        {"type": "string", "minLength": 1, "maxLength": 6},
        {"type": "string", "pattern": "^[a-z]+$"},
        {"type": "integer", "minimum": 0, "maximum": 9},
        {"type": "integer", "multipleOf": 2},
        {"type": "number", "minimum": 1, "exclusiveMinimum": True},
        _reference("AcmeState"),
        *map(_reference, NAMES),
        _reference("AcmeAny"),
        _reference("AcmeHeir"),
    ]
)
_schemas = st.recursive(
    _scalars,
    lambda inner: st.one_of(
        st.builds(lambda one: {"type": "array", "items": one}, inner),
        st.builds(lambda one: {"type": "array", "items": one, "minItems": 1, "maxItems": 4}, inner),
        st.builds(
            lambda one: {"type": "object", "additionalProperties": one, "maxProperties": 3}, inner
        ),
        st.builds(lambda one: {"type": "object", "additionalProperties": one}, inner),
        st.builds(lambda one: {"type": "object", "properties": {"inner": one}}, inner),
    ),
    max_leaves=3,
)


@st.composite
def _objects(draw: st.DrawFn) -> Tree:
    properties = draw(st.dictionaries(st.sampled_from(["id", "name", "size"]), _schemas))
    required = draw(st.lists(st.sampled_from(["id", "name", "size"]), unique=True))
    return {
        "type": "object",
        **({"minProperties": 1} if draw(st.booleans()) else {}),
        "required": ["kind", *(name for name in required if name in properties)],
        "properties": {"kind": {"type": "string"}, **properties},
    }


_parameters = st.dictionaries(
    st.tuples(st.sampled_from(["query", "header"]), st.sampled_from(["limit", "state"])),
    st.tuples(_scalars.filter(lambda one: "$ref" not in one), st.booleans()),
).map(
    lambda found: [
        {"name": f"{place}-{name}", "in": place, "required": required, "schema": schema}
        for (place, name), (schema, required) in found.items()
    ]
)


_VARIABLE = {"name": "thing", "in": "path", "required": True, "schema": {"type": "string"}}


def _path(index: int, operation: Tree) -> str:
    """Return the path of an operation, with its variable if it has one."""
    return f"/api/things{index}" + "/{thing}" * (_VARIABLE in operation["parameters"])


def _content(schema: Tree) -> Tree:
    return {"application/json": {"schema": schema}}


@st.composite
def _operations(draw: st.DrawFn) -> Tree:
    variables = [_VARIABLE] if draw(st.booleans()) else []
    parameters = [*variables, *draw(_parameters)]
    operation: Tree = {"tags": ["Things"], "parameters": parameters, "responses": {}}
    if draw(st.booleans()):
        operation["requestBody"] = {
            "required": draw(st.booleans()),
            "content": _content(draw(_schemas)),
        }
    for status in draw(st.lists(st.sampled_from(["200", "202"]), unique=True)) or ["204"]:
        reply = {"description": "Done.", "content": _content(draw(_schemas))}
        operation["responses"][status] = reply if status != "204" else {"description": "Done."}
    for status in draw(st.lists(st.sampled_from(["404", "500"]), unique=True)):
        failure = {"description": "Failed.", "content": _content(_reference("AcmeError"))}
        operation["responses"][status] = failure
    return operation


@st.composite
def documents(draw: st.DrawFn) -> Tree:
    """Return a document that a client can be generated from."""
    found = draw(st.lists(_operations(), min_size=1, max_size=3))
    paths = {
        _path(index, one): {"put": {"operationId": f"put{index}", **one}}
        for index, one in enumerate(found)
    }
    heir = {"allOf": [_reference("AcmeDisk")], "properties": {"more": draw(_schemas)}}
    mapping = {kind: f"#/components/schemas/{name}" for kind, name in _KINDS.items()}
    tag = {"propertyName": "kind", "mapping": mapping}
    # Not `oneOf`: what is one may be the other as well.
    alternatives: Tree = {"anyOf": [_reference(name) for name in _KINDS.values()]}
    error = {"type": "object", "required": ["reason"], "properties": {"reason": {"type": "string"}}}
    return {
        "openapi": "3.0.3",
        "info": {"title": "Things API", "version": "1"},
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {
            "schemas": {
                **{name: draw(_objects()) for name in NAMES},
                "AcmeState": {"type": "string", "enum": _STATES},
                "AcmeAny": {
                    **alternatives,
                    **({"discriminator": tag} if draw(st.booleans()) else {}),
                },
                "AcmeHeir": heir,
                "AcmeError": error,
            }
        },
    }


def rewritten(node: Any, change: Callable[[Any], Any]) -> Any:
    """Return a tree with a change made to each of its parts, the inner ones first."""
    if isinstance(node, dict):
        node = {key: rewritten(value, change) for key, value in node.items()}
    elif isinstance(node, list):
        node = [rewritten(value, change) for value in node]
    return change(node)


def as_a_vendor_renames(tree: Tree) -> Tree:
    """Return a document whose schemas have dots in their names, and whose server has the `/api`."""

    def dotted(node: Any) -> Any:
        prefix = f"#/components/schemas/{ROOT}"
        if isinstance(node, str) and node.startswith(prefix):
            return f"{prefix}.{node.removeprefix(prefix)}"
        return node

    renamed: Tree = rewritten(tree, dotted)
    schemas = renamed["components"]["schemas"].items()
    return {
        **renamed,
        "servers": [{"url": "/api"}],
        "paths": {path.removeprefix("/api"): item for path, item in renamed["paths"].items()},
        "components": {"schemas": {f"{ROOT}.{name[len(ROOT):]}": one for name, one in schemas}},
    }


def with_optional_additions(tree: Tree) -> Tree:
    """Return a document with something more wherever it may be left out."""

    def extended(node: Any) -> Any:
        if not isinstance(node, dict):
            return node
        if isinstance(node.get("properties"), dict) and "type" in node:
            return {**node, "properties": {**node["properties"], "extra": {"type": "string"}}}
        if node.get("enum") == _STATES:
            return {**node, "enum": [*_STATES, "paused"]}
        if "responses" in node:
            parameter = {"name": "extra", "in": "query", "schema": {"type": "integer"}}
            body = {"content": _content({"type": "string"})}
            return {"requestBody": body, **node, "parameters": [*node["parameters"], parameter]}
        return node

    more: Tree = rewritten(tree, extended)
    added = {"get": {"tags": ["Things"], "responses": {"204": {"description": "Done."}}}}
    return {**more, "paths": {**more["paths"], "/api/more": added}}


def shuffled(tree: Tree, draw: st.DrawFn) -> Tree:
    """Return a document whose mappings, and lists that are sets, are in another order."""

    def mixed(node: Any) -> Any:
        if isinstance(node, dict):
            found = {key: node[key] for key in draw(st.permutations(list(node)))}
            for key in ("required", "enum", "anyOf"):
                if isinstance(found.get(key), list):
                    found[key] = draw(st.permutations(found[key]))
            return found
        return node

    result: Tree = rewritten(tree, mixed)
    return result


def places(node: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yield where every part of a tree is."""
    items = (
        node.items()
        if isinstance(node, dict)
        else enumerate(node) if isinstance(node, list) else ()
    )
    for key, value in items:
        yield (*path, key)
        yield from places(value, (*path, key))


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
_FORMATS = ["date-time", "uuid", "byte", "int64"]
# What the keys of a mapping are names of, and what one may be renamed to.
_NAMED: dict[Any, tuple[str, Callable[[str], str]]] = {
    "properties": ("property", lambda name: f"other {name}"),
    "paths": ("path", lambda path: f"{path}/other"),
    "responses": ("reply", lambda status: str(int(status) + 1)),
    "content": ("media type", lambda _: "application/other+json"),
    "schemas": ("schema", lambda name: f"{name}Other"),
    "mapping": ("tag", lambda tag: f"other {tag}"),
}
_RARELY = 0.05
_BACK = {"removed": "added"}


def _others(key: Any, value: Any) -> list[Any]:
    """Return what may stand in the place of a part."""
    if key == "$ref":
        return [f"#/components/schemas/{name}" for name in (*NAMES, "AcmeAny", "AcmeHeir")]
    if key in {"type", "format"}:
        return _TYPES if key == "type" else _FORMATS
    if key == "pattern":
        return ["^[a-m]+$", "^[a-z0-9]+$"]
    if key == "url":
        return ["/other"]
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
        if place[0] not in {"info", "openapi"} and not (place[-1] == "type" and "enum" in around):
            yield place, around[place[-1]]


def at(tree: Any, place: tuple[Any, ...]) -> Any:
    """Return the part of a tree that is at a place."""
    for key in place:
        tree = tree[key]
    return tree


def _renamed(tree: Tree, place: tuple[Any, ...]) -> Tree:
    """Return a tree in which a part has another name, and is meant by it wherever it was."""
    *where, kind, name = place
    other = _NAMED[kind][1](name)

    def meant(node: Any) -> Any:
        if kind == "schemas" and node == f"#/components/schemas/{name}":
            return f"#/components/schemas/{other}"
        return node

    found = at(tree, (*where, kind))
    tree = replaced(tree, (*where, kind), {other if k == name else k: found[k] for k in found})
    required = at(tree, tuple(where)).get("required") if kind == "properties" else None
    if required:
        names = [other if one == name else one for one in required]
        tree = replaced(tree, (*where, "required"), names)
    result: Tree = rewritten(tree, meant)
    return result


def _with_another_variable(tree: Tree) -> Tree:
    """Return a tree whose paths call their variable otherwise."""

    def called(node: Any) -> Any:
        if isinstance(node, dict) and node.get("in") == "path":
            return {**node, "name": "item"}
        return node

    renamed: Tree = rewritten(tree, called)
    paths = {path.replace("{thing}", "{item}"): one for path, one in renamed["paths"].items()}
    return {**renamed, "paths": paths}


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
    before = draw(documents())
    # What hypothesis draws of a list is more often its first entry than any other.
    chance = draw(st.randoms(use_true_random=True))
    after, done = before, []
    if chance.random() < _RARELY:
        after, done = _with_another_variable(before), [("path variable", "renamed")]
    for _ in range(chance.choice([1, 2])):
        parts = list(_parts(after))
        subject = chance.choice(sorted({_subject(place) for place, _ in parts}))
        rare = [(place, part) for place, part in parts if _subject(place) == subject]
        place, part = chance.choice(chance.choice([parts, rare]))
        can_be_renamed = len(place) > 1 and place[-2] in _NAMED
        # What is required and no property is told as a defect of the document, not as a change.
        others = [] if "required" in place[:-1] else _others(place[-1], part)
        # Nobody can read a parameter without a name.
        can_be_removed = place[-1] != "name" or "parameters" not in place
        choice = chance.randint(-can_be_renamed, len(others) - (not can_be_removed))
        if choice < 0:
            after = _renamed(after, place)
        else:
            after = replaced(after, place, *others[choice : choice + 1])
        what = "renamed" if choice < 0 else "changed" if choice < len(others) else "removed"
        done.append((_subject(place), what))
    if chance.choice([False, True]):
        return Mutation(after, before, [f"{one} {_BACK.get(what, what)}" for one, what in done])
    return Mutation(before, after, [" ".join(one) for one in done])
