"""The validated document: a plain slice becomes openapi-pydantic objects, or a clear refusal.

OpenAPI 3.0 is read with the classes of 3.1: every keyword of 3.0 that means the same is there,
and the one that does not (`nullable`) is kept beside them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from openapi_pydantic.v3.v3_1 import (
    Components,
    DataType,
    Discriminator,
    MediaType,
    Operation,
    Parameter,
    Reference,
    RequestBody,
    Response,
    Schema,
    SecurityScheme,
    Server,
)
from openapi_pydantic.v3.v3_1 import OpenAPI as _OpenAPI
from openapi_pydantic.v3.v3_1 import PathItem as _PathItem
from pydantic import BaseModel, ValidationError

from vcgen.errors import Diagnostic, SpecError, close_matches
from vcgen.text.pointers import escaped

__all__ = [
    "ANYTHING",
    "METHODS",
    "Node",
    "Components",
    "DataType",
    "Discriminator",
    "MediaType",
    "OpenAPI",
    "Operation",
    "Parameter",
    "PathItem",
    "Reference",
    "RequestBody",
    "Response",
    "Schema",
    "SecurityScheme",
    "Server",
    "extension",
    "is_never",
    "is_shapeless",
    "load",
    "schema_types",
    "unknown_keywords",
]

Node = Schema | Reference
ANYTHING = Schema.model_validate({})
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace", "query")


class PathItem(_PathItem):
    """A path item with the operations that OpenAPI 3.2 has and 3.1 has not.

    Attributes:
        query: The operation of the method QUERY.
        additionalOperations: Those of other methods, which are written as they are sent.
    """

    query: Operation | None = None
    additionalOperations: dict[str, Operation] | None = None  # as it is written


class OpenAPI(_OpenAPI):
    """A document with such path items."""

    # The parent knows its own path items only, and a dict is of one kind to a type checker.
    paths: dict[str, PathItem] | None = None  # type: ignore[assignment]


# What people mean when they write a type of another language.
_LIKELY_TYPES = {
    "bool": "boolean",
    "date": "string",
    "datetime": "string",
    "dict": "object",
    "double": "number",
    "file": "string",
    "float": "number",
    "int": "integer",
    "int32": "integer",
    "int64": "integer",
    "list": "array",
    "long": "integer",
    "map": "object",
    "str": "string",
}

# openapi-pydantic tries these in turn where the document may hold either.
_BRANCHES = frozenset(
    {"Callback", "Example", "Header", "Link", "Parameter", "PathItem", "RequestBody", "Response"}
    | {"Schema", "SecurityScheme", "bool"}
)

_SHAPING = frozenset(
    {"type", "properties", "items", "allOf", "oneOf", "anyOf", "enum", "const"}
    | {"additionalProperties", "prefixItems", "patternProperties"}
)

# What no code depends on, however it is spelt.
_LIMITS = frozenset(
    {"exclusiveMaximum", "exclusiveMinimum", "maxItems", "maxLength", "maxProperties", "maximum"}
    | {"minItems", "minLength", "minProperties", "minimum", "multipleOf", "pattern", "uniqueItems"}
)

# Those of them that are numbers, or what OpenAPI 3.0 writes in place of one.
_NUMBERS = _LIMITS - {"pattern", "uniqueItems"}

_KNOWN_KEYWORDS = frozenset(
    [field.alias or name for name, field in Schema.model_fields.items()] + ["nullable", "$ref"]
)


def load(tree: Mapping[str, Any]) -> OpenAPI:
    """Validate a plain slice.

    Raises:
        SpecError: The slice is not OpenAPI; one diagnostic a place.
    """
    try:
        document = OpenAPI.model_validate({**tree, "openapi": "3.1.1"})
    except ValidationError as error:
        found = dict.fromkeys(_diagnostics(tree, error))
        raise SpecError(*(found or [_somewhere(error)])) from None
    _refer(document, tree)
    return document


def extension(node: BaseModel, name: str) -> Any:
    """Return the specification extension `name` (or a keyword of 3.0) of a node, or None."""
    return (node.model_extra or {}).get(name)


def schema_types(schema: Schema) -> list[DataType]:
    """Return the types that a schema allows; none where it does not say."""
    if schema.type is None:
        return []
    return schema.type if isinstance(schema.type, list) else [schema.type]


def is_shapeless(node: Node) -> bool:
    """Tell whether a schema only limits values (`required`, lengths), and says nothing of type."""
    return isinstance(node, Schema) and not node.model_fields_set & _SHAPING


def is_never(node: Node) -> bool:
    """Tell whether no value at all is valid: what `false` means as a schema."""
    banned = node.schema_not if isinstance(node, Schema) else None
    return isinstance(banned, Schema) and not banned.model_fields_set


def unknown_keywords(schema: Schema) -> Iterator[tuple[str, str]]:
    """Yield each keyword that looks misspelt, with the one that was likely meant."""
    for keyword in schema.model_extra or {}:
        if keyword.startswith(("x-", "$")) or keyword in _KNOWN_KEYWORDS:
            continue
        near = close_matches(keyword, _KNOWN_KEYWORDS, n=1, cutoff=0.8)
        if near and near[0] not in _LIMITS:
            yield keyword, near[0]


def _refer(value: Any, raw: Any) -> Any:
    """Return a part of a document in which each `$ref` is a reference, and each limit exact.

    openapi-pydantic takes a reference with annotations beside it for a schema, if these are more;
    and makes floats of limits, which are right up to 2^53 alone.

    Args:
        value: The part as it was read.
        raw: The same part of the document.
    """
    if isinstance(value, list):
        raws = raw if isinstance(raw, list) else [None] * len(value)
        return [_refer(one, other) for one, other in zip(value, raws, strict=True)]
    raw = raw if isinstance(raw, Mapping) else {}
    if isinstance(value, dict):
        return {key: _refer(one, raw.get(key)) for key, one in value.items()}
    if isinstance(value, Schema):
        for name in _NUMBERS & raw.keys():
            if isinstance(raw[name], int | float):
                setattr(value, name, raw[name])
    if isinstance(value, Schema) and extension(value, "$ref"):
        return Reference.model_validate(value.model_dump(by_alias=True, exclude_unset=True))
    if isinstance(value, BaseModel):
        fields = type(value).model_fields
        for name in value.model_fields_set:
            held = raw.get(fields[name].alias or name) if name in fields else None
            setattr(value, name, _refer(getattr(value, name), held))
    return value


def _diagnostics(tree: Mapping[str, Any], error: ValidationError) -> Iterator[Diagnostic]:
    for problem in error.errors(include_url=False):
        node: Any = tree
        pointer = "#"
        for part in problem["loc"]:
            if part == "Reference" or part in _BRANCHES:
                if (part == "Reference") != (isinstance(node, dict) and "$ref" in node):
                    break  # the branch that was not meant
                continue
            try:
                node = node[part]
            except (KeyError, IndexError, TypeError):
                if problem["type"] != "missing":
                    continue
            pointer += f"/{escaped(part)}"
        else:
            if not (
                pointer.endswith("/type") and isinstance(node, list)
            ):  # its items say it better
                yield _explain(pointer, node, problem["type"], problem["msg"])


def _somewhere(error: ValidationError) -> Diagnostic:
    """Return a diagnostic for what no branch that was meant explains: the first problem."""
    problem = error.errors(include_url=False)[0]
    keys = [escaped(part) for part in problem["loc"] if part not in _BRANCHES]
    shown = type(problem.get("input")).__name__
    message = f"a {shown} is not valid here: {problem['msg'][:1].lower()}{problem['msg'][1:]}"
    return Diagnostic(message, "/".join(["#", *keys]), "correct the document")


def _explain(pointer: str, node: Any, kind: str, message: str) -> Diagnostic:
    parent, _, key = pointer.rpartition("/")
    if kind == "missing":
        return Diagnostic(f"{key!r} is missing", parent, "the OpenAPI specification requires it")
    if key == "type" or parent.endswith("/type"):
        return _explain_type(pointer, node)
    shown = repr(node) if isinstance(node, str | int | float | bool | None) else type(node).__name__
    return Diagnostic(
        f"{shown} is not valid here: {message[:1].lower()}{message[1:]}",
        pointer,
        "correct the document, or exclude the operations that reach this place",
    )


def _explain_type(pointer: str, node: Any) -> Diagnostic:
    types = [kind.value for kind in DataType]
    likely = _LIKELY_TYPES.get(str(node).lower())
    near = [likely] if likely else close_matches(str(node), types, n=1)
    hint = f'did the document mean "{near[0]}"?' if near else "one of: " + ", ".join(types)
    return Diagnostic(f'type "{node}" is not an OpenAPI type', pointer, hint)
