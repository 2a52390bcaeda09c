"""The document: a plain slice becomes objects, or a clear refusal."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from vcgen.building.nodes import (
    Components,
    DataType,
    Discriminator,
    Encoding,
    MediaType,
    OpenAPI,
    Operation,
    Parameter,
    PathItem,
    Reference,
    RequestBody,
    Response,
    Schema,
    SecurityScheme,
    Server,
)
from vcgen.building.structuring import Declared, Doubt
from vcgen.errors import close_matches

__all__ = [
    "ANYTHING",
    "Node",
    "Components",
    "DataType",
    "Declared",
    "Discriminator",
    "Encoding",
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
ANYTHING = Schema()

_SHAPING = frozenset(
    {"type", "properties", "items", "allOf", "oneOf", "anyOf", "enum", "const"}
    | {"additionalProperties", "prefixItems", "patternProperties"}
)

# What no code depends on, however it is spelt.
_LIMITS = frozenset(
    {"exclusiveMaximum", "exclusiveMinimum", "maxItems", "maxLength", "maxProperties", "maximum"}
    | {"minItems", "minLength", "minProperties", "minimum", "multipleOf", "pattern", "uniqueItems"}
)

_KNOWN_KEYWORDS = frozenset([*Schema.keys(), "nullable", "$ref"])
# Of json-schema-to-typescript, which Payload uses: what a schema is in TypeScript.
_FOREIGN_KEYWORDS = frozenset({"tsEnumNames", "tsType"})


def load(tree: Mapping[str, Any]) -> OpenAPI:
    """Return the objects of a plain slice.

    Raises:
        SpecError: The slice is not OpenAPI; one diagnostic a place.
    """
    tree = {**tree, "openapi": "3.1.1"}
    try:
        return OpenAPI.of(tree)
    except Doubt:
        # Half of the time of a small package is the import of what settles it.
        from vcgen.building.validating import validated

        return OpenAPI.of(validated(tree))


def extension(node: Declared, name: str) -> Any:
    """Return the specification extension `name` (or a keyword of 3.0) of a node, or None."""
    return node.extra.get(name)


def schema_types(schema: Schema) -> list[DataType]:
    """Return the types that a schema allows; none where it does not say."""
    if schema.type is None:
        return []
    return schema.type if isinstance(schema.type, list) else [schema.type]


def is_encoded(schema: Schema) -> bool:
    """Tell whether a string is told to hold bytes as text, as base64 does (RFC 2045, section 6)."""
    return (schema.contentEncoding or "binary").lower() not in {"7bit", "8bit", "binary"}


def is_raw(schema: Schema) -> bool:
    """Tell whether a string is told to be bytes as they are."""
    return "binary" in {schema.schema_format, (schema.contentEncoding or "").lower()}


def is_shapeless(node: Node) -> bool:
    """Tell whether a schema only limits values (`required`, lengths), and says nothing of type."""
    return isinstance(node, Schema) and not node.given & _SHAPING


def is_never(node: Node) -> bool:
    """Tell whether no value at all is valid: what `false` means as a schema."""
    banned = node.schema_not if isinstance(node, Schema) else None
    return isinstance(banned, Schema) and not banned.given


def unknown_keywords(schema: Schema) -> Iterator[tuple[str, str]]:
    """Yield each keyword that looks misspelt, with the one that was likely meant.

    Where the one that it is near to is there, too, it is a word of somebody else.
    """
    known = _KNOWN_KEYWORDS | _FOREIGN_KEYWORDS
    for keyword in schema.extra:
        if keyword.startswith(("x-", "$")) or keyword in known:
            continue
        near = close_matches(keyword, _KNOWN_KEYWORDS, n=1, cutoff=0.8)
        if near and near[0] not in _LIMITS | schema.said.keys():
            yield keyword, near[0]
