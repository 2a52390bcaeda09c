"""Path items and operations."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from vcgen.reading.swagger2.bodies import request_body
from vcgen.reading.swagger2.context import Context
from vcgen.reading.swagger2.notes import Spot
from vcgen.reading.swagger2.parameters import Listed, convert_entry, listed, plain
from vcgen.reading.swagger2.responses import convert_responses
from vcgen.reading.swagger2.servers import servers
from vcgen.reading.swagger2.values import stated_list, stated_mapping
from vcgen.text.pointers import child, pointer_to

_METHODS = frozenset({"get", "put", "post", "delete", "options", "head", "patch"})
_DROPPED = frozenset({"consumes", "produces", "schemes", "parameters", "responses"})


def convert_paths(context: Context, paths: Mapping[str, Any]) -> dict[str, Any]:
    """Return the paths of a document."""
    converted: dict[str, Any] = {}
    for path, node in paths.items():
        if path.startswith("x-"):
            converted[path] = node
            continue
        pointer = pointer_to(["paths", path])
        spot = Spot(pointer, pointer)
        converted[path] = context.notes.attempt(spot, partial(_path_item, context, node, spot))
    return converted


def _path_item(context: Context, node: Any, spot: Spot) -> dict[str, Any]:
    item = stated_mapping(node, "the path item", spot.source)
    members = dict(_members(context, item, spot.source))
    converted: dict[str, Any] = {}
    shared: list[Listed] = []
    if "parameters" in members:
        entries, source = members["parameters"]
        place = Spot(source, child(spot.target, "parameters"))
        converted["parameters"], shared = _parameters(context, entries, place)
    for key, (value, source) in members.items():
        place = Spot(source, child(spot.target, key))
        if place.source != child(spot.source, key):
            context.notes.moved(place)
        if key in _METHODS and value is not None:
            make = partial(_operation, context, value, shared, place)
            converted[key] = context.notes.attempt(place, make)
        elif key != "parameters":
            converted[key] = value
    return converted


def _members(
    context: Context, item: Mapping[str, Any], pointer: str
) -> Iterator[tuple[str, tuple[Any, str]]]:
    """Yield the fields of a path item and their places, those that it refers to first."""
    if "$ref" in item:
        found = context.follow({"$ref": item["$ref"]}, pointer)
        if found.node is None:
            yield "$ref", (item["$ref"], child(pointer, "$ref"))
        else:
            yield from _members(context, found.node, found.pointer)
    for key, value in item.items():
        if key != "$ref":
            yield key, (value, child(pointer, key))


def _operation(context: Context, node: Any, shared: Sequence[Listed], spot: Spot) -> dict[str, Any]:
    operation = stated_mapping(node, "the operation", spot.source)
    if "$ref" in operation:
        found = context.follow({"$ref": operation["$ref"]}, spot.source)
        if found.node is None:
            return dict(operation)  # Refused, if somebody reaches it.
        beside = {key: value for key, value in operation.items() if key != "$ref"}
        operation = {**found.node, **beside}
        if not beside:
            spot = Spot(found.pointer, spot.target)
            context.notes.moved(spot)
    media = context.media.refined(operation, spot, context.notes)
    made: dict[str, Any] = {}
    own: list[Listed] = []
    if "parameters" in operation:
        place = spot.inside("parameters")
        ordinary, own = _parameters(context, operation["parameters"], place)
        if ordinary:
            made["parameters"] = ordinary
    replaced = {part.key for part in own}
    parts = [part for part in shared if part.key not in replaced] + own
    if parts:
        place = spot.becoming("requestBody")
        make = partial(request_body, context, parts, media, place)
        made["requestBody"] = context.notes.attempt(place, make)
    if "responses" in operation:
        place = spot.inside("responses")
        make = partial(convert_responses, context, operation["responses"], media, place)
        made["responses"] = context.notes.attempt(place, make)
    if "schemes" in operation and context.view.tree.get("host"):
        made["servers"] = servers(context.view.tree, operation["schemes"], spot)
        context.notes.moved(Spot(child(spot.source, "schemes"), child(spot.target, "servers")))
    return _ordered(operation, made)


def _ordered(operation: Mapping[str, Any], made: Mapping[str, Any]) -> dict[str, Any]:
    """Return the operation with its new fields where the old ones stood."""
    converted: dict[str, Any] = {}
    for key, value in operation.items():
        if key == "parameters":
            converted |= {k: made[k] for k in ("parameters", "requestBody") if k in made}
        elif key in made:
            converted[key] = made[key]
        elif key not in _DROPPED:
            converted[key] = value
    return {**converted, **made}


def _parameters(context: Context, entries: Any, spot: Spot) -> tuple[list[Any], list[Listed]]:
    """Return the parameters of a list that stay such, converted, and those that make the body."""
    ordinary: list[Any] = []
    of_body: list[Listed] = []
    entries = [] if entries is None else stated_list(entries, "`parameters`", spot.source)
    for index, entry in enumerate(entries):
        made: Any = plain(entry)
        if made is not None and index == len(ordinary):
            ordinary.append(made)
            continue
        one = listed(context, entry, child(spot.source, index))
        if one.is_of_body:
            of_body.append(one)
            continue
        place = Spot(one.pointer, child(spot.target, len(ordinary)))
        if index != len(ordinary):
            context.notes.moved(place)
        if made is None:
            made = context.notes.attempt(place, partial(convert_entry, context, one, place))
        ordinary.append(made)
    return ordinary, of_body
