"""What openapi-pydantic says of a document that is not known to be right: a plain one, or why not.

It takes long to import, and is asked only where there is a doubt.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, cast

from openapi_pydantic.v3.v3_1 import DataType, Operation, Reference, Schema
from openapi_pydantic.v3.v3_1 import OpenAPI as _OpenAPI
from openapi_pydantic.v3.v3_1 import PathItem as _PathItem
from pydantic import BaseModel, ValidationError

from vcgen.building.structuring import plain
from vcgen.errors import EXCLUDE, Diagnostic, SpecError
from vcgen.text.pointers import escaped


class PathItem(_PathItem):
    """A path item with the operations that OpenAPI 3.2 has and 3.1 has not."""

    query: Operation | None = None
    additionalOperations: dict[str, Operation] | None = None  # as it is written


class OpenAPI(_OpenAPI):
    """A document with such path items."""

    # A dict is of one kind to a type checker.
    paths: dict[str, PathItem] | None = None  # type: ignore[assignment]  # the parent has its own


# What people mean when they write a type of another language.
# openapi-pydantic tries these in turn where the document may hold either.
_BRANCHES = frozenset(
    {"Callback", "Example", "Header", "Link", "Parameter", "PathItem", "RequestBody", "Response"}
    | {"Schema", "SecurityScheme", "bool"}
)

# Limits that are numbers, or what OpenAPI 3.0 writes in place of one.
_NUMBERS = frozenset(
    {"exclusiveMaximum", "exclusiveMinimum", "maxItems", "maxLength", "maxProperties", "maximum"}
    | {"minItems", "minLength", "minProperties", "minimum", "multipleOf"}
)

# What holds others, as people who write JSON or YAML call it.
_STRUCTURES: dict[type, str] = {dict: "a mapping", list: "a list"}


def validated(tree: Mapping[str, Any]) -> dict[str, Any]:
    """Return a document as it is understood: a number that is a text, as the number.

    Raises:
        SpecError: It is not OpenAPI; one diagnostic a place.
    """
    try:
        document = OpenAPI.model_validate(tree)
    except ValidationError as error:
        found = dict.fromkeys(_diagnostics(tree, error))
        raise SpecError(*(found or [_somewhere(error)])) from None
    _refer(document, tree)
    found = plain(document.model_dump(by_alias=True, exclude_unset=True, warnings=False))
    return cast("dict[str, Any]", found)


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
    if isinstance(value, Schema) and (value.model_extra or {}).get("$ref"):
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
    wrong = problem.get("input")
    shown = _STRUCTURES.get(type(wrong), f"a {type(wrong).__name__}")
    message = f"{shown} is not valid here: {problem['msg'][:1].lower()}{problem['msg'][1:]}"
    return Diagnostic(
        message, "/".join(["#", *keys]), "correct the document, or add an overlay that does"
    )


def _explain(pointer: str, node: Any, kind: str, message: str) -> Diagnostic:
    parent, _, key = pointer.rpartition("/")
    if kind == "missing":
        return Diagnostic(f"{key!r} is missing", parent, "the OpenAPI specification requires it")
    if key == "type" or parent.endswith("/type"):
        return _explain_type(pointer, node)
    shown = _STRUCTURES.get(type(node)) or repr(node)
    return Diagnostic(
        f"{shown} is not valid here: {message[:1].lower()}{message[1:]}",
        pointer,
        f"correct the document, or {EXCLUDE}",
    )


def _explain_type(pointer: str, node: Any) -> Diagnostic:
    hint = "one of: " + ", ".join(kind.value for kind in DataType)
    return Diagnostic(f'type "{node}" is not an OpenAPI type', pointer, hint)
