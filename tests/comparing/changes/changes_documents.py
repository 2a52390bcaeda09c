"""Documents to compare: small ones of every construct, made at random.

They are made as OpenAPI 3.0 with `null` and a few keywords of 3.1, and written as either.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from hypothesis import strategies as st
from support import reference

Tree = dict[str, Any]
ROOT = "Acme"
NAMES = ("AcmeDisk", "AcmeMachine", "AcmeNetwork")
_STATES = ["on", "off", "lost"]
_KINDS = {"disk": "AcmeDisk", "machine": "AcmeMachine"}
_FAULTS = {"BUSY": "AcmeBusy", "MISSING": "AcmeMissing"}
FORM = "application/x-www-form-urlencoded"


SCHEMES: dict[str, Tree] = {
    "key": {"type": "apiKey", "in": "header", "name": "X-Key"},
    "basic": {"type": "http", "scheme": "basic"},
    "oauth": {
        "type": "oauth2",
        "flows": {
            "clientCredentials": {
                "tokenUrl": "https://tokens.test/token",
                "scopes": {"read": "Read.", "write": "Write."},
            }
        },
    },
}
SECURITY: list[list[dict[str, list[str]]]] = [
    *([], [{"key": []}], [{"basic": []}], [{"oauth": ["read"]}], [{"oauth": ["read", "write"]}]),
    *([{"key": [], "basic": []}], [{"key": []}, {"oauth": ["read"]}], [{"key": []}, {}]),
]
SERVERS: list[list[Tree]] = [
    [{"url": "https://files.test/v1"}],
    [{"url": "https://files.test/v2"}],
    [{"url": "/files"}],
    [{"url": "https://files.test/v1"}, {"url": "https://more.test"}],
]
STATUSES = ["401", "403", "404", "409", "500", "5XX", "default"]
ENCODINGS: list[dict[str, Tree]] = [
    {"ids": {"style": "form", "explode": False}},
    {"ids": {"style": "pipeDelimited", "explode": False}},
    {"ids": {"contentType": "application/json"}},
    {"more": {"contentType": "application/json"}},
]


def _is_a_value(schema: Tree) -> bool:
    """Tell whether a schema is one that null can stand beside, or that a header can hold."""
    return schema.get("type") != "array" and not {"anyOf", "nullable", "$ref"} & schema.keys()


def _lists(one: Tree) -> Tree:
    return {"type": "array", "items": one}


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
        {"type": "integer", "format": "int32"},
        {"type": "string", "not": {"enum": ["bad", "worse"]}},
        {"anyOf": [{"type": "string", "maxLength": 5}, {"type": "null"}]},
        reference("AcmeState"),
        *map(reference, NAMES),
        reference("AcmeAny"),
        reference("AcmeHeir"),
    ]
)
_values = _scalars.filter(_is_a_value)
_schemas = st.recursive(
    _scalars,
    lambda inner: st.one_of(
        st.builds(_lists, inner),
        st.builds(lambda one: {**_lists(one), "minItems": 1, "maxItems": 4}, inner),
        st.builds(
            lambda one: {"type": "object", "additionalProperties": one, "maxProperties": 3}, inner
        ),
        st.builds(lambda one: {"type": "object", "additionalProperties": one}, inner),
        st.builds(lambda one: {"type": "object", "properties": {"inner": one}}, inner),
        st.builds(
            lambda one: {"type": "array", "prefixItems": [one, {"type": "integer"}]}, _values
        ),
        st.builds(lambda one: {"anyOf": [one, {"type": "null"}]}, inner.filter(_is_a_value)),
    ),
    max_leaves=3,
)


@st.composite
def _objects(draw: st.DrawFn) -> Tree:
    properties = draw(st.dictionaries(st.sampled_from(["id", "name", "size"]), _schemas))
    required = draw(st.lists(st.sampled_from(["id", "name", "size"]), unique=True))
    first, *others = properties or [""]
    depends = bool(others) and draw(st.booleans())
    return {
        "type": "object",
        **({"minProperties": 1} if draw(st.booleans()) else {}),
        **({"dependentRequired": {first: others[:1]}} if depends else {}),
        "required": ["kind", *(name for name in required if name in properties)],
        "properties": {"kind": {"type": "string"}, **properties},
    }


_parameters = st.dictionaries(
    st.sampled_from(["query-limit", "query-state", "header-limit", "cookie-state"]),
    st.tuples(_values, st.booleans(), st.booleans()),
).map(
    lambda found: [
        {
            "name": name,
            "in": (place := name.partition("-")[0]),
            "required": required,
            "schema": _lists(schema) if is_list and place == "query" else schema,
        }
        for name, (schema, required, is_list) in found.items()
    ]
)


_VARIABLE = {"name": "thing", "in": "path", "required": True, "schema": {"type": "string"}}
_OWNER = {**_VARIABLE, "name": "owner"}
_IN_PATH = {"/owners/{owner}": _OWNER, "/things": None, "/{thing}": _VARIABLE}


@st.composite
def _contents(draw: st.DrawFn) -> Tree:
    """Return what a body is in each of its media types."""
    schema = draw(_schemas)
    form = {
        "type": "object",
        "required": ["name"] * draw(st.booleans()),
        "properties": {
            "name": draw(_values),
            "ids": {**_lists({"type": "string", "pattern": "^[a-z]+$"}), "maxItems": 3},
            "more": {"type": "object", "additionalProperties": {"type": "integer"}},
        },
    }
    encoding = draw(st.sampled_from([{}, *ENCODINGS]))
    media = {
        "application/json": {"schema": schema},
        "application/other+json": {"schema": draw(st.sampled_from([schema, {"type": "string"}]))},
        "text/plain": {"schema": {"type": "string", "maxLength": 40}},
        FORM: {"schema": form, **({"encoding": encoding} if encoding else {})},
    }
    some = st.lists(st.sampled_from(sorted(media)), unique=True, min_size=1, max_size=2)
    chosen = draw(st.one_of(st.just(["application/json"]), some))
    return {name: media[name] for name in chosen}


@st.composite
def _errors(draw: st.DrawFn) -> Tree:
    """Return an error: of a kind, of any kind, or without one."""
    names = ["AcmeError", "AcmeFault", *_FAULTS.values(), ""]
    name = draw(st.sampled_from(names))
    content = {"application/json": {"schema": reference(name)}}
    return {"description": "Failed.", **({"content": content} if name else {})}


@st.composite
def _operations(draw: st.DrawFn) -> Tree:
    operation: Tree = {"tags": ["Things"], "parameters": draw(_parameters), "responses": {}}
    if draw(st.booleans()):
        operation["requestBody"] = {"required": draw(st.booleans()), "content": draw(_contents())}
    for status in draw(st.lists(st.sampled_from(["200", "202"]), unique=True)) or ["204"]:
        content = {} if status == "204" else {"content": draw(_contents())}
        content.get("content", {}).pop(FORM, None)
        operation["responses"][status] = {"description": "Done.", **content}
    for status in draw(st.lists(st.sampled_from(STATUSES), unique=True, max_size=3)):
        operation["responses"][status] = draw(_errors())
    if draw(st.booleans()):
        operation["security"] = draw(st.sampled_from(SECURITY))
    return operation


@st.composite
def _paths(draw: st.DrawFn) -> Tree:
    paths: Tree = {}
    for index, operation in enumerate(draw(st.lists(_operations(), min_size=1, max_size=3))):
        parts = [part for part in _IN_PATH if part == "/things" or draw(st.booleans())]
        variables = [one for part in parts if (one := _IN_PATH[part])]
        item: Tree = {"put": {"operationId": f"put{index}", **operation}}
        place = item if draw(st.booleans()) else item["put"]
        place["parameters"] = [*variables, *place.get("parameters", [])]
        if draw(st.integers(0, 3)) == 0:
            owner = item if draw(st.booleans()) else item["put"]
            owner["servers"] = draw(st.sampled_from(SERVERS))
        paths["/api" + "".join(parts).replace("/things", f"/things{index}")] = item
    return paths


@st.composite
def drafts(draw: st.DrawFn) -> Tree:
    """Return a document that a client can be generated from, as `written` takes it."""
    heir = {"allOf": [reference("AcmeDisk")], "properties": {"more": draw(_schemas)}}
    mapping = {kind: reference(name)["$ref"] for kind, name in _KINDS.items()}
    tag = {"propertyName": "kind", "mapping": mapping}
    # Not `oneOf`: what is one may be the other as well.
    alternatives: Tree = {"anyOf": [reference(name) for name in _KINDS.values()]}
    error = {"type": "object", "required": ["reason"], "properties": {"reason": {"type": "string"}}}
    kinds = {kind: reference(name)["$ref"] for kind, name in _FAULTS.items()}
    fault = {
        "type": "object",
        "required": ["code"],
        "properties": {"code": {"type": "string"}},
        "discriminator": {"propertyName": "code", "mapping": kinds},
    }
    security = draw(st.sampled_from([None, None, *SECURITY]))
    return {
        "openapi": draw(st.sampled_from(["3.0.3", "3.1.0"])),
        "info": {"title": "Things API", "version": "1"},
        "servers": [{"url": draw(st.sampled_from(["/", "/", "https://things.test/"]))}],
        **({} if security is None else {"security": security}),
        "paths": draw(_paths()),
        "components": {
            "securitySchemes": SCHEMES,
            "schemas": {
                **{name: draw(_objects()) for name in NAMES},
                "AcmeState": {"type": "string", "enum": _STATES},
                "AcmeAny": {
                    **alternatives,
                    **({"discriminator": tag} if draw(st.booleans()) else {}),
                },
                "AcmeHeir": heir,
                "AcmeError": error,
                "AcmeFault": fault,
                **{
                    name: {"allOf": [reference("AcmeFault")], "properties": {"why": draw(_values)}}
                    for name in _FAULTS.values()
                },
            },
        },
    }


def written(tree: Tree) -> Tree:
    """Return a document in the words of its version."""
    change = _in_31 if tree["openapi"] >= "3.1" else _in_30
    found: Tree = rewritten(tree, change)
    return found


def documents() -> st.SearchStrategy[Tree]:
    """Return documents that a client can be generated from."""
    return drafts().map(written)


def _in_31(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    found = {key: value for key, value in node.items() if key != "nullable"}
    if node.get("nullable") is True and isinstance(node.get("type"), str):
        found["type"] = [node["type"], "null"]
        if "enum" in node:
            found["enum"] = [*node["enum"], None]
    for exclusive, plain in (("exclusiveMinimum", "minimum"), ("exclusiveMaximum", "maximum")):
        if isinstance(node.get(exclusive), bool) and found.pop(exclusive) and plain in found:
            found[exclusive] = found.pop(plain)
    return found


def _in_30(node: Any) -> Any:
    if not isinstance(node, dict):
        return node
    found = {k: v for k, v in node.items() if k not in {"prefixItems", "dependentRequired"}}
    if "prefixItems" in node:
        found.setdefault("items", {})
    kept = [one for one in node.get("anyOf", ()) if one != {"type": "null"}]
    if len(kept) == 1:
        del found["anyOf"]
        alone = "$ref" in kept[0]
        found |= {"allOf": kept} if alone else kept[0]
        found["nullable"] = True
    return found


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
    own = [(item, "servers") for item in renamed["paths"].values()]
    own += [(item["put"], "servers") for item in renamed["paths"].values()]
    for place, key in own:
        if key in place:
            place[key] = [{"url": f"{one['url']}/api"} for one in place[key]]
    return {
        **renamed,
        "servers": [{"url": f"{one['url'].rstrip('/')}/api"} for one in renamed["servers"]],
        "paths": {path.removeprefix("/api"): item for path, item in renamed["paths"].items()},
        "components": {
            **renamed["components"],
            "schemas": {f"{ROOT}.{name[len(ROOT):]}": one for name, one in schemas},
        },
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
            body = {"content": {"application/json": {"schema": {"type": "string"}}}}
            given = [*node.get("parameters", []), parameter]
            return {"requestBody": body, **node, "parameters": given}
        return node

    more: Tree = rewritten(tree, extended)
    added = {"get": {"tags": ["Things"], "responses": {"204": {"description": "Done."}}}}
    return {**more, "paths": {**more["paths"], "/api/more": added}}


def shuffled(tree: Tree, draw: st.DrawFn) -> Tree:
    """Return a document whose mappings, and lists that are sets, are in another order.

    Of several media types the first that will do is used, so that their order is a choice.
    """

    def mixed(node: Any) -> Any:
        if isinstance(node, dict):
            names = list(node)
            is_choice = any("/" in name and name[0] != "/" for name in names)
            found = {
                key: node[key] for key in (names if is_choice else draw(st.permutations(names)))
            }
            for key in ("required", "enum", "anyOf"):
                if isinstance(found.get(key), list):
                    found[key] = draw(st.permutations(found[key]))
            return found
        return node

    result: Tree = rewritten(tree, mixed)
    return result
