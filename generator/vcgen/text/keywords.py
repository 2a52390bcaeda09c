"""Keywords of the standard, by what they hold."""

from __future__ import annotations

NAMED = frozenset(
    {"properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "mapping"}
    | {"schemas", "responses", "parameters", "requestBodies", "headers", "securitySchemes"}
    | {"content", "encoding", "callbacks", "links", "variables", "scopes"}
)
"""What holds nodes, or texts, by names of the document: none of these is a word of the standard.

The same word may be a name itself: below one of these, a property `headers` is a schema.
"""

DEFINITIONS = ("$defs", "definitions")
"""What holds schemas that are referred to, inside another or inside the document."""

SUBSCHEMAS = ("allOf", "oneOf", "anyOf")
"""What lists the schemas that a schema is composed of."""

VALUES = frozenset({"const", "default", "enum", "example", "examples"})
"""What holds values of the API, which may look like anything."""

TYPES = frozenset({"array", "boolean", "integer", "null", "number", "object", "string"})
"""The types of JSON Schema (draft 2020-12, section 6.1.1 of its validation)."""
