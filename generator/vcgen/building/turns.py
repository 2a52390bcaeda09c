"""Turns: which pages an operation has, as extensions of others say, or as it shows by itself.

What is found is a table as the configuration would have it; nothing is found where there is doubt.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from vcgen import ir
from vcgen.building.constraints import layers_of
from vcgen.building.context import Context
from vcgen.building.located import LocatedOperation
from vcgen.building.openapi import Node, Response, extension
from vcgen.building.properties import Properties
from vcgen.building.unions import without_none
from vcgen.text import templates

# What parameters are called that say where a page begins, in lower case and letters alone.
_CURSORS = frozenset(
    {"continuationtoken", "cursor", "marker", "nexttoken", "pagecursor", "pagemarker", "pagetoken"}
    | {"scrollid", "startcursor", "starttoken"}
)
# The same, but counted. A server that takes either counts unless it is given a cursor, and tells no
# cursor while it counts.
_COUNTS = frozenset({"offset", "page", "pageindex", "pagenumber", "skip", "startindex"})
# What properties are called that hold the URL of the next page, written likewise.
_URLS = frozenset({"next", "nexthref", "nextlink", "nextpage", "nextpageurl", "nexturi", "nexturl"})
_URL_FORMATS = frozenset({"uri", "uri-reference", "url"})
_PATH = re.compile(r"\$\.([A-Za-z_]\w*(?:\.[A-Za-z_]\w*)*)")


def turns_of(
    context: Context, source: LocatedOperation, operation: ir.Operation, properties: Properties
) -> Iterator[Mapping[str, Any]]:
    """Yield what may be said of the pages of an operation, the likeliest first."""
    if declared := extension(source.operation, "x-speakeasy-pagination"):
        yield from _speakeasy(declared)
    if declared := extension(source.operation, "x-ms-pageable"):
        yield from _ms_pageable(declared)
    if operation.method == "GET":
        if _has_link(context, source):
            yield {"link": True}
        yield from _by_url(context, source, operation, properties)
        yield from _by_cursor(operation, properties)


def _speakeasy(declared: Any) -> Iterator[Mapping[str, Any]]:
    """Yield what `x-speakeasy-pagination` says: inputs are parameters, outputs are JSONPaths."""
    if not isinstance(declared, Mapping):
        return
    outputs: Any = declared.get("outputs")
    outputs = outputs if isinstance(outputs, Mapping) else {}
    paths = {name: found[1] for name, one in outputs.items() if (found := _path(one))}
    table = {"items": paths["results"]} if "results" in paths else {}
    if "nextUrl" in paths:
        yield {**table, "url": paths["nextUrl"]}
    for one in declared.get("inputs") or ():
        if not isinstance(one, Mapping) or one.get("in") != "parameters":
            continue
        name, kind = one.get("name"), one.get("type")
        if kind == "cursor" and "nextCursor" in paths:
            yield {**table, "cursor": name, "next": paths["nextCursor"]}
        elif kind == "page":
            yield {**table, "page": name, "first": 1}
        elif kind == "offset":
            yield {**table, "offset": name}


def _path(text: object) -> re.Match[str] | None:
    return _PATH.fullmatch(text) if isinstance(text, str) else None


def _ms_pageable(declared: Any) -> Iterator[Mapping[str, Any]]:
    """Yield what `x-ms-pageable` says: without a name of a link, there is one page."""
    if isinstance(declared, Mapping) and isinstance(declared.get("nextLinkName"), str):
        yield {"url": declared["nextLinkName"], "items": declared.get("itemName", "value")}


def _has_link(context: Context, source: LocatedOperation) -> bool:
    """Tell whether a success declares the header `Link` (RFC 8288)."""
    headers = (name for one in _successes(context, source) for name in one.headers or {})
    return any(name.lower() == "link" for name in headers)


def _successes(context: Context, source: LocatedOperation) -> Iterator[Response]:
    for status, node in (source.operation.responses or {}).items():
        if status.startswith("2"):
            response: Response
            response, _ = context.resolve(node, f"{source.pointer}/responses/{status}")
            yield response


def _by_url(
    context: Context, source: LocatedOperation, operation: ir.Operation, properties: Properties
) -> Iterator[Mapping[str, Any]]:
    """Yield what a property says that is the URL of the next page, as Django REST framework has it.

    A page differs from others by its query, so that there must be something to say in one. A path
    that ends with a variable is of one thing, whose links may lead to the next one.
    """
    if all(one.required for one in operation.parameters if one.location == "query"):
        return
    is_of_one = templates.split(source.path)[0].rstrip("/").endswith("}")
    for names, field in properties.near(operation.result):
        if is_of_one and len(names) > 1:
            continue
        is_named = _plain(names[-1]) in _URLS and without_none(field.type) == (ir.STR,)
        declared = _declared(context, source, names) if is_named else ()
        if any(_is_url(context, one) for one in declared):
            yield {"url": ".".join(names)}


def _declared(context: Context, source: LocatedOperation, names: tuple[str, ...]) -> Iterable[Node]:
    """Return the schemas of a property of what an operation returns, which may be in another."""
    contents = [one.content or {} for one in _successes(context, source)]
    bodies = [one.media_type_schema for content in contents for one in content.values()]
    found = [one for one in bodies if one is not None]
    for name in names:
        layers = [layer for one in found for layer in layers_of(context, one, ("properties",))]
        known: list[Mapping[str, Node]] = [layer.get("properties") or {} for layer in layers]
        found = [one[name] for one in known if name in one]
    return found


def _is_url(context: Context, node: Node) -> bool:
    """Tell whether a schema is that of a URL, or one of its alternatives is."""
    said = layers_of(context, node, ("schema_format", "anyOf", "oneOf"))
    for variant in [v for one in said for v in (one.get("anyOf") or one.get("oneOf") or ())]:
        said += layers_of(context, variant, ("schema_format",))
    return any(one.get("schema_format") in _URL_FORMATS for one in said)


def _by_cursor(operation: ir.Operation, properties: Properties) -> Iterator[Mapping[str, Any]]:
    """Yield what a cursor says that is a property of the result and a parameter."""
    parameters = {_plain(o.spec_name): o for o in operation.parameters if o.location == "query"}
    if _COUNTS & parameters.keys():
        return
    for names, field in properties.near(operation.result):
        if without_none(field.type) != (ir.STR,):
            continue
        name = _plain(names[-1])
        parameter = parameters.get(name) or parameters.get(name.removeprefix("next"))
        if parameter and not parameter.required and _plain(parameter.spec_name) in _CURSORS:
            yield {"cursor": parameter.spec_name, "next": ".".join(names)}


def _plain(name: str) -> str:
    return re.sub(r"[^a-z]", "", name.lower())
