"""Keywords of the standard below which the keys are names."""

from __future__ import annotations

NAMED = frozenset(
    {"properties", "patternProperties", "dependentSchemas", "$defs", "definitions", "mapping"}
    | {"schemas", "responses", "parameters", "requestBodies", "headers", "securitySchemes"}
    | {"content", "encoding", "callbacks", "links", "variables", "scopes"}
)
"""What holds nodes, or texts, by names of the document: none of these is a word of the standard.

The same word may be a name itself: below one of these, a property `headers` is a schema.
"""
