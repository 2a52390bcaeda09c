"""Which kind of node stands where in an OpenAPI document, and what a slice goes without."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto
from typing import Any

from vcgen.dialect import Kind
from vcgen.records import Record
from vcgen.text import marks
from vcgen.text.keywords import SUBSCHEMAS
from vcgen.text.path_items import ADDITIONAL, METHODS


class Shape(Enum):
    """How a field holds its nodes."""

    ONE = auto()
    LIST = auto()
    MAP = auto()
    PATTERNED = auto()
    """A map that may hold extensions too, which OpenAPI calls patterned fields."""


class Field(Record):
    """A field whose content is nodes: their kind, and how they are held."""

    kind: Kind
    shape: Shape = Shape.ONE


def _list(kind: Kind) -> Field:
    return Field(kind, Shape.LIST)


def _map(kind: Kind) -> Field:
    return Field(kind, Shape.MAP)


_SCHEMA = Field(Kind.SCHEMA)
_CONTENT = _map(Kind.MEDIA_TYPE)
_HEADERS = _map(Kind.HEADER)

# Fields that are not named here hold plain values, and are kept as they are.
FIELDS: Mapping[Kind, Mapping[str, Field]] = {
    Kind.DOCUMENT: {},  # put together by itself
    Kind.INFO: {"contact": Field(Kind.OBJECT), "license": Field(Kind.OBJECT)},
    Kind.SERVER: {"variables": _map(Kind.OBJECT)},
    Kind.TAG: {},
    Kind.OBJECT: {},
    Kind.PATH_ITEM: {
        "servers": _list(Kind.SERVER),
        "parameters": _list(Kind.PARAMETER),
        **dict.fromkeys(METHODS, Field(Kind.OPERATION)),
        ADDITIONAL: _map(Kind.OPERATION),
    },
    Kind.OPERATION: {
        "servers": _list(Kind.SERVER),
        "parameters": _list(Kind.PARAMETER),
        "requestBody": Field(Kind.REQUEST_BODY),
        "responses": Field(Kind.RESPONSE, Shape.PATTERNED),
        marks.RESULT: Field(Kind.RESPONSE),
    },
    Kind.PARAMETER: {"schema": _SCHEMA, "content": _CONTENT},
    Kind.HEADER: {"schema": _SCHEMA, "content": _CONTENT},
    Kind.REQUEST_BODY: {"content": _CONTENT},
    Kind.RESPONSE: {"headers": _HEADERS, "content": _CONTENT},
    Kind.MEDIA_TYPE: {"schema": _SCHEMA, "encoding": _map(Kind.ENCODING)},
    Kind.ENCODING: {"headers": _HEADERS},
    Kind.SCHEMA: {
        **dict.fromkeys(("additionalProperties", "items", "not"), _SCHEMA),
        **dict.fromkeys(SUBSCHEMAS, _list(Kind.SCHEMA)),
        "properties": _map(Kind.SCHEMA),
        # From OpenAPI 3.1 on, which takes all of JSON Schema:
        **dict.fromkeys(("additionalItems", "contains", "contentSchema", "propertyNames"), _SCHEMA),
        **dict.fromkeys(("if", "then", "else"), _SCHEMA),
        **dict.fromkeys(("unevaluatedItems", "unevaluatedProperties"), _SCHEMA),
        **dict.fromkeys(("dependentSchemas", "patternProperties"), _map(Kind.SCHEMA)),
        "prefixItems": _list(Kind.SCHEMA),
        "discriminator": Field(Kind.OBJECT),
    },
    Kind.SECURITY_SCHEME: {"flows": Field(Kind.OBJECT, Shape.PATTERNED)},
}

# Fields of a schema that may hold a boolean instead of a schema, in any version.
BOOLEANS = frozenset(
    {"additionalItems", "additionalProperties", "unevaluatedItems", "unevaluatedProperties"}
)
# Those that readers of any version know; elsewhere, the mapping that means the same is written.
KEPT_BOOLEANS = frozenset({"additionalProperties"})

_EXAMPLES = frozenset({"example", "examples"})

# What no client is generated from. `$defs` are written in place of the references to them.
DROPPED: Mapping[Kind, frozenset[str]] = {
    **dict.fromkeys(Kind, frozenset[str]()),
    Kind.TAG: frozenset({"externalDocs"}),
    Kind.OPERATION: frozenset({"callbacks", "externalDocs"}),
    Kind.PARAMETER: _EXAMPLES,
    Kind.HEADER: _EXAMPLES,
    Kind.RESPONSE: frozenset({"links"}),
    Kind.MEDIA_TYPE: _EXAMPLES,
    Kind.SCHEMA: _EXAMPLES | {"$defs", "definitions", "externalDocs", "xml"},
}

# Where the components of a kind are found; nodes of other kinds cannot be referred to by name.
SECTIONS: Mapping[Kind, str] = {
    Kind.SCHEMA: "schemas",
    Kind.RESPONSE: "responses",
    Kind.PARAMETER: "parameters",
    Kind.REQUEST_BODY: "requestBodies",
    Kind.HEADER: "headers",
    Kind.SECURITY_SCHEME: "securitySchemes",
}

# Kinds that may be a `$ref`.
KINDS: Mapping[str, Kind] = {section: kind for kind, section in SECTIONS.items()}

REFERABLE = frozenset({*SECTIONS, Kind.MEDIA_TYPE})

_EXTENSIONS = frozenset(
    {"x-enum-descriptions", "x-enum-varnames", "x-enumDescriptions", "x-enumNames"}
    | {"x-ms-enum", "x-nullable"}
    | {"x-ms-long-running-operation", "x-ms-long-running-operation-options"}
    | {"x-ms-pageable", "x-speakeasy-pagination"}
)


def boolean_schema(value: bool) -> dict[str, Any]:
    """Return the mapping that means the same as a boolean schema."""
    return {} if value else {"not": {}}


def is_dropped(kind: Kind, key: str) -> bool:
    """Return whether a slice goes without the field `key` of a node."""
    if key.startswith("x-"):
        return not key.startswith(marks.BEGINNING) and key not in _EXTENSIONS
    return key in DROPPED[kind]
