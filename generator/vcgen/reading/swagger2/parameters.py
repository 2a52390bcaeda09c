"""Parameters: those of path, query and header stay parameters, the others make the body."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from functools import lru_cache
from typing import Any, NamedTuple

from vcgen.reading.swagger2.context import Context, Found, shared_name
from vcgen.reading.swagger2.notes import Spot
from vcgen.reading.swagger2.simple_values import is_of_value, with_schema
from vcgen.reading.swagger2.values import is_required, refusal, stated_mapping
from vcgen.text.nodes import type_shown
from vcgen.text.pointers import child

_LOCATIONS = ("query", "header", "path", "formData", "body")
_OF_BODY = ("body", "formData")
_SIMPLE = frozenset({"header", "path", "query"})
_SCALARS = frozenset({"boolean", "integer", "number", "string"})
# A parameter with any of these has to be looked at more closely.
_PECULIAR = frozenset({"$ref", "collectionFormat", "items", "schema", "x-nullable"})


class Listed(NamedTuple):
    """An entry of a list of parameters.

    Attributes:
        entry: What the list holds: a parameter, or a reference to one.
        pointer: Where the list holds it.
        found: The parameter.
    """

    entry: Any
    pointer: str
    found: Found

    @property
    def node(self) -> Mapping[str, Any]:
        """The parameter, or an empty mapping where a reference leads nowhere."""
        return self.found.node or {}

    @property
    def is_of_body(self) -> bool:
        """Whether it makes the body, or a part of it."""
        return self.node.get("in") in _OF_BODY

    @property
    def key(self) -> tuple[str, str]:
        """Name and location: what makes it another parameter than its neighbours."""
        return str(self.node.get("name")), str(self.node.get("in"))


def listed(context: Context, entry: Any, pointer: str) -> Listed:
    """Return an entry of a list of parameters, or of the shared ones."""
    is_mapping = isinstance(entry, dict)
    meant = context.follow(entry, pointer) if is_mapping else Found(None, pointer)
    return Listed(entry, pointer, meant)


def plain(entry: Any) -> dict[str, Any] | None:
    """Return a parameter of path, query or header of which nothing is to be noted, if it is one.

    Most are, and the same few of them stand in thousands of operations: these share one mapping.
    """
    try:
        return _plain(tuple(entry), *entry.values()) if isinstance(entry, dict) else None
    except TypeError:  # What holds a list or a mapping has no hash.
        return None


@lru_cache(maxsize=4096, typed=True)  # a default of 1 is not one of true
def _plain(keys: tuple[str, ...], *values: Hashable) -> dict[str, Any] | None:
    node = dict(zip(keys, values, strict=True))
    if not (node.get("in") in _SIMPLE and node.get("type") in _SCALARS):
        return None
    if not (_PECULIAR.isdisjoint(node) and isinstance(node.get("required", False), bool)):
        return None
    if node["in"] != "query":
        node.pop("allowEmptyValue", None)
    rest = {key: value for key, value in node.items() if not is_of_value(key)}
    return {**rest, "schema": {key: value for key, value in node.items() if key not in rest}}


def convert_entry(context: Context, entry: Listed, spot: Spot) -> dict[str, Any]:
    """Return what a list holds for a parameter of path, query or header.

    Raises:
        SpecError: OpenAPI 3 cannot say it, or it is no parameter.
    """
    stated = stated_mapping(entry.entry, "the parameter", entry.pointer)
    if "$ref" not in stated:
        return convert_parameter(context, stated, spot)
    name = shared_name(stated, "parameters")
    if name is not None:
        return {"$ref": f"#/components/parameters/{name}"}
    if entry.found.node is None:
        return dict(stated)
    inlined = Spot(entry.found.pointer, spot.target)
    context.notes.moved(inlined)
    return convert_parameter(context, entry.found.node, inlined)


def convert_parameter(context: Context, node: Mapping[str, Any], spot: Spot) -> dict[str, Any]:
    """Return a parameter of path, query or header.

    Raises:
        SpecError: OpenAPI 3 cannot say it, or it is no parameter.
    """
    location = node.get("in")
    if isinstance(location, str) and location != location.lower() in _LOCATIONS:
        context.notes.repair(spot, f'`in` is "{location}": read as "{location.lower()}"')
        location = location.lower()
        node = {**node, "in": location}
    if location == "cookie":
        context.notes.repair(spot, "Swagger 2.0 has no parameters in cookies: read as in OpenAPI 3")
    elif location not in _LOCATIONS:
        raise _misplaced(node, spot)
    if node.get("type") == "file":
        pointer, hint = child(spot.source, "type"), "a file is sent as formData"
        raise refusal(f"the {location} parameter is a file", pointer, hint)
    converted = with_schema(context, node, location, spot)
    if node.get("collectionFormat") == "brackets" and location == "query":
        converted["name"] = f"{str(node.get('name')).removesuffix('[]')}[]"
    if "required" in converted:
        converted["required"] = is_required(node, spot, context.notes)
    if location != "query":
        converted.pop("allowEmptyValue", None)
    return converted


def _misplaced(node: Mapping[str, Any], spot: Spot) -> Exception:
    location = node.get("in")
    hint = f"it is one of {', '.join(_LOCATIONS)}"
    if "in" not in node:
        return refusal("the parameter has no location: `in` is missing", spot.source)
    stated = f'"{location}"' if isinstance(location, str) else type_shown(location)
    return refusal(f"`in` of the parameter is {stated}", child(spot.source, "in"), hint)
