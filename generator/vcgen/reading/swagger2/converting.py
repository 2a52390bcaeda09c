"""The whole document, part by part."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

from vcgen.dialect.view import DocumentView
from vcgen.errors import SpecError
from vcgen.reading.swagger2.bodies import request_body
from vcgen.reading.swagger2.context import Context, Media
from vcgen.reading.swagger2.converted import Converted
from vcgen.reading.swagger2.notes import Notes, Spot
from vcgen.reading.swagger2.operations import convert_paths
from vcgen.reading.swagger2.parameters import convert_entry, listed
from vcgen.reading.swagger2.responses import convert_response_entry
from vcgen.reading.swagger2.schemas import Schemas
from vcgen.reading.swagger2.security import convert_security
from vcgen.reading.swagger2.servers import servers
from vcgen.reading.swagger2.strays import Strays
from vcgen.reading.swagger2.subtypes import Subtypes
from vcgen.reading.swagger2.values import extensions, refusal, stated_mapping
from vcgen.text.pointers import child, pointer_to

_VERSION = re.compile(r"2(\.0)*")
_ROOT = Spot("#", "#")
_KEPT = ("tags", "externalDocs", "security")

# The sections of the components, and where Swagger has what they hold.
_SECTIONS = {
    "schemas": "definitions",
    "responses": "responses",
    "parameters": "parameters",
    "requestBodies": "parameters",
    "securitySchemes": "securityDefinitions",
}
_MAPPINGS = ("paths", *dict.fromkeys(_SECTIONS.values()))


def is_swagger2(tree: Mapping[str, Any]) -> bool:
    """Return whether a document says that it is Swagger 2.0, if only as a number."""
    version = tree.get("swagger")
    is_known = isinstance(version, str | int | float) and _VERSION.fullmatch(str(version))
    return bool(is_known) and "openapi" not in tree


def convert(tree: Mapping[str, Any]) -> Converted:
    """Return a Swagger 2.0 document as OpenAPI 3.0.3; the document itself is not touched.

    Raises:
        SpecError: The document as a whole is no Swagger 2.0, all the reasons together.
    """
    if not is_swagger2(tree):
        hint = 'a Swagger 2.0 document has swagger: "2.0" at its top level'
        raise refusal("this is not a Swagger 2.0 document", "#", hint)
    notes = Notes()
    parts = {key: notes.attempt(_at(key), partial(_part, tree, key)) or {} for key in _MAPPINGS}
    media = notes.attempt(_ROOT, partial(Media().refined, tree, _ROOT, notes)) or Media()
    addresses = notes.attempt(_at("servers"), partial(servers, tree, tree.get("schemes"), _ROOT))
    if notes.refused:
        raise SpecError(*notes.refused.values())
    schemas = Schemas(Subtypes(parts["definitions"]))
    context = Context(DocumentView(tree), notes, schemas, media)
    converted: dict[str, Any] = {"openapi": "3.0.3"}
    converted |= {key: tree[key] for key in ("info",) if key in tree}
    converted["servers"] = addresses
    converted |= {key: tree[key] for key in _KEPT if key in tree} | extensions(tree)
    if "paths" in tree:
        converted["paths"] = convert_paths(context, parts["paths"])
    components = _components(context, parts)
    if components:
        converted["components"] = components
    _note_root(notes, tree)
    Strays(context.view, converted, notes.origins).settle(schemas)
    repaired = {pointer: tuple(found) for pointer, found in notes.repaired.items()}
    return Converted(converted, notes.origins, notes.refused, repaired, tree)


def _at(key: str) -> Spot:
    return _ROOT.inside(key)


def _part(tree: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    # A key without a value is null in YAML, and means that there is nothing.
    return {} if tree.get(key) is None else stated_mapping(tree[key], f"`{key}`", child("#", key))


def _note_root(notes: Notes, tree: Mapping[str, Any]) -> None:
    """Note where the nodes at the top came from."""
    stated = [key for key in ("host", "basePath", "schemes") if tree.get(key)]
    notes.moved(Spot(child("#", stated[0]) if stated else "#", "#/servers"))
    notes.moved(Spot("#/swagger", "#/openapi"))
    notes.moved(Spot("#", "#/components"))
    for section, origin in _SECTIONS.items():
        notes.moved(Spot(child("#", origin), child("#/components", section)))
    if not isinstance(tree["swagger"], str):
        notes.repair(_ROOT, f'`swagger` is the number {tree["swagger"]}: read as "2.0"')


def _components(context: Context, parts: Mapping[str, Mapping[str, Any]]) -> dict[str, Any]:
    """Return the components, without the sections that are empty."""
    made: dict[str, dict[str, Any]] = {section: {} for section in _SECTIONS}
    for name, node in parts["definitions"].items():
        made["schemas"][name] = context.schemas.convert(node, name)
    for name, node in parts["responses"].items():
        spot = _component("responses", name)
        make = partial(convert_response_entry, context, node, context.media, spot)
        made["responses"][name] = context.notes.attempt(spot, make)
    for name, node in parts["parameters"].items():
        _add_parameter(context, name, node, made)
    for name, node in parts["securityDefinitions"].items():
        spot = _component("securitySchemes", name)
        make = partial(convert_security, context, node, spot)
        made["securitySchemes"][name] = context.notes.attempt(spot, make)
    return {section: nodes for section, nodes in made.items() if nodes}


def _add_parameter(context: Context, name: str, node: Any, made: dict[str, dict[str, Any]]) -> None:
    """Add a shared parameter; form fields are written into each form that has them."""
    entry = listed(context, node, child("#/parameters", name))
    location = entry.node.get("in")
    if location == "body":
        spot = _component("requestBodies", name)
        make = partial(request_body, context, [entry], context.media, spot)
        made["requestBodies"][name] = context.notes.attempt(spot, make)
    elif location != "formData":
        spot = _component("parameters", name)
        make = partial(convert_entry, context, entry, spot)
        made["parameters"][name] = context.notes.attempt(spot, make)


def _component(section: str, name: str) -> Spot:
    return Spot(pointer_to([_SECTIONS[section], name]), pointer_to(["components", section, name]))
