"""Secrets: what a recording of a client's traffic must not hold."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from vcgen import ir
from vcgen.building.hiding import FORMAT, spread
from vcgen.text import templates
from vcgen.text.path_items import METHODS, operations_of
from vcgen.text.shapes import mappings_in

_VARIABLE = re.compile(r"\{[^{}]*\}")
_INSIDE = ("allOf", "anyOf", "oneOf", "items", "prefixItems", "additionalProperties")


def secrets(tree: Mapping[str, Any]) -> ir.Recording:
    """Return what is secret by a document: where it says `format: password`, and its schemes.

    Args:
        tree: The slice, as plain data.
    """
    components = tree.get("components", {})
    names, calls = _Secrets(components.get("schemas", {})).of(tree["paths"])
    schemes = components.get("securitySchemes", {}).values()
    query = {str(one["name"]) for one in schemes if one.get("in") == "query"}
    return ir.Recording(tuple(sorted(names)), tuple(calls), tuple(sorted(query)))


class _Secrets:
    """Knows which values of a document are secret, or are made of such."""

    def __init__(self, schemas: Mapping[str, Any]) -> None:
        self._schemas = schemas
        users: dict[str, list[str]] = {}
        own: list[str] = []
        for name, node in schemas.items():
            for part in _parts(node):
                users.setdefault(_component(part), []).append(name)
                own += [name] if part.get("format") == FORMAT else []
        self._components = spread(own, users)

    def of(self, paths: Mapping[str, Any]) -> tuple[set[str], list[str]]:
        """Return the names of secret properties, and the calls whose bodies are secret."""
        used = set(map(_component, mappings_in(self._schemas)))
        envelopes = {
            name
            for name in map(_component, mappings_in(paths))
            if name not in used and self._is_envelope(self._schemas.get(name))
        }
        whole = {name: node for name, node in self._schemas.items() if name not in envelopes}
        return {*self._names(whole), *self._names(paths)}, [*self._calls(paths, envelopes)]

    def _is_secret(self, node: Any) -> bool:
        return any(
            part.get("format") == FORMAT or _component(part) in self._components
            for part in _parts(node)
        )

    def _is_envelope(self, node: Any) -> bool:
        """Tell whether a schema is an object of one property, which is secret: a token."""
        properties = node.get("properties") if isinstance(node, Mapping) else None
        return (
            isinstance(properties, Mapping)
            and len(properties) == 1
            and any(map(self._is_secret, properties.values()))
        )

    def _names(self, node: Any) -> Iterator[str]:
        """Yield the names of secret properties, but for a body that is secret as a whole."""
        bodies = [o["schema"] for o in mappings_in(node) if self._is_envelope(o.get("schema"))]
        for one in mappings_in(node):
            properties = one.get("properties")
            if isinstance(properties, Mapping) and not any(one is body for body in bodies):
                yield from (
                    str(name) for name, inner in properties.items() if self._is_secret(inner)
                )

    def _calls(self, paths: Mapping[str, Any], envelopes: set[str]) -> Iterator[str]:
        """Yield patterns of the calls whose bodies are secret as wholes."""
        for path, item in paths.items():
            for (*_, method), operation in operations_of(item):
                bodies = [
                    *_schemas(operation.get("responses")),
                    *_schemas(operation.get("requestBody")),
                ]
                if any(
                    self._is_secret(one) or self._is_envelope(one) or _component(one) in envelopes
                    for one in bodies
                ):
                    plain, _ = templates.split(path)
                    pieces = map(re.escape, _VARIABLE.split(ir.route_of(plain)))
                    verb = method.upper() if method in METHODS else method
                    yield f"{re.escape(verb)} .*{'[^/]+'.join(pieces)}"


def _component(node: Any) -> str:
    """Return the name of the component that a node refers to, "" if it refers to none."""
    reference = node.get("$ref") if isinstance(node, Mapping) else None
    return reference.rpartition("/")[2] if isinstance(reference, str) else ""


def _parts(node: Any) -> Iterator[Mapping[str, Any]]:
    """Yield a schema and those inside it, but for the properties of an object."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, list):
            waiting += one
        elif isinstance(one, Mapping):
            yield one
            waiting += [] if one.get("properties") else [one.get(key) for key in _INSIDE]


def _schemas(node: Any) -> Iterator[Any]:
    """Yield the schemas of the bodies in some part of an operation."""
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if isinstance(one, Mapping):
            if "schema" in one:
                yield one["schema"]
            waiting += [inner for key, inner in one.items() if key != "schema"]
