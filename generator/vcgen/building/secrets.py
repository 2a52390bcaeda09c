"""Secrets: what a recording of a client's traffic must not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from vcgen import ir
from vcgen.text import templates

_VARIABLE = re.compile(r"\{[^{}]*\}")
_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch", "query"})


def secrets(tree: Mapping[str, Any]) -> ir.Recording:
    """Return what is secret by a document: where it says `format: password`, and its schemes.

    Args:
        tree: The slice, as plain data.
    """
    schemas = tree.get("components", {}).get("schemas", {})
    used = set(_referred(schemas))
    envelopes = {
        name
        for name in _referred(tree["paths"])
        if name not in used and _is_envelope(schemas.get(name))
    }
    whole = {name: node for name, node in schemas.items() if name not in envelopes}
    names = {*_names(whole), *_names(tree["paths"])}
    schemes = tree.get("components", {}).get("securitySchemes", {}).values()
    query = {str(one["name"]) for one in schemes if one.get("in") == "query"}
    return ir.Recording(
        tuple(sorted(names)), tuple(_calls(tree["paths"], envelopes)), tuple(sorted(query))
    )


def _is_envelope(node: Any) -> bool:
    """Tell whether a schema is an object of one property, which is secret: a token in `value`."""
    properties = node.get("properties") if isinstance(node, Mapping) else None
    return (
        isinstance(properties, Mapping)
        and len(properties) == 1
        and any(map(_is_password, properties.values()))
    )


def _is_password(node: Any) -> bool:
    return isinstance(node, Mapping) and node.get("format") == "password"


def _referred(node: Any) -> Iterator[str]:
    """Yield the names of the components that a node refers to."""
    for one in _mappings(node):
        if isinstance(reference := one.get("$ref"), str):
            yield reference.rpartition("/")[2]


def _names(node: Any) -> Iterator[str]:
    """Yield the names of properties that are secret, but for a body that is secret as a whole."""
    bodies = [one["schema"] for one in _mappings(node) if _is_envelope(one.get("schema"))]
    for one in _mappings(node):
        properties = one.get("properties")
        if isinstance(properties, Mapping) and not any(one is body for body in bodies):
            yield from (str(name) for name, inner in properties.items() if _is_password(inner))


def _mappings(node: Any) -> Iterator[Mapping[str, Any]]:
    """Yield the mappings in a node, however deep they are."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, Mapping):
            waiting += one.values()
            yield one


def _calls(paths: Mapping[str, Any], envelopes: set[str]) -> Iterator[str]:
    """Yield patterns of the calls whose bodies are secret as wholes."""
    for path, item in paths.items():
        for method in _METHODS & item.keys():
            bodies = [
                *_schemas(item[method].get("responses")),
                *_schemas(item[method].get("requestBody")),
            ]
            if any(_is_secret(schema, envelopes) for schema in bodies):
                plain, _ = templates.split(path)
                pieces = map(re.escape, _VARIABLE.split(plain))
                yield f"{method.upper()} .*{'[^/]+'.join(pieces)}"


def _schemas(node: Any) -> Iterator[Any]:
    """Yield the schemas of the bodies in some part of an operation."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            if "schema" in one:
                yield one["schema"]
            waiting += [inner for key, inner in one.items() if key != "schema"]


def _is_secret(schema: Any, envelopes: set[str]) -> bool:
    if not isinstance(schema, Mapping):
        return False
    name = str(schema.get("$ref", "")).rpartition("/")[2]
    return _is_password(schema) or _is_envelope(schema) or name in envelopes
