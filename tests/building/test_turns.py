"""Which operations have pages by themselves."""

from __future__ import annotations

from typing import Any

import pytest
from vcgen.building import Options, build, openapi
from vcgen.text import templates

TEXT = {"type": "string"}
VARIABLE = {"in": "path", "required": True, "schema": TEXT}


def pages(
    parameters: tuple[str, ...], properties: dict[str, Any], path: str = "/a", **more: Any
) -> list[str]:
    """Return what leads to the next page of an operation with a list in its result.

    The list is called `items`, unless that is None.
    """
    properties = {"items": {"type": "array", "items": TEXT}, **properties}
    properties = {name: one for name, one in properties.items() if one is not None}
    content = {"application/json": {"schema": {"type": "object", "properties": properties}}}
    operation: dict[str, Any] = {
        "parameters": [
            *({"name": one, "in": "query", "schema": TEXT, **more} for one in parameters),
            *({**VARIABLE, "name": one} for one in templates.variables(path)),
        ],
        "responses": {"200": {"description": "d", "content": content}},
    }
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {path: {"get": operation}},
    }
    resource = build(openapi.load(tree), Options("package", tells_limits=False)).resources[0]
    return [one.turn for one in resource.pages]


def has_pages(*parameters: str) -> bool:
    """Tell whether an operation with a cursor in its result, and query parameters, has pages."""
    return bool(pages(parameters, {"next_cursor": TEXT}))


@pytest.mark.parametrize("others", [(), ("limit",), ("page_size", "order_by")])
def test_a_cursor_leads_to_the_next_page(others: tuple[str, ...]) -> None:
    assert has_pages("cursor", *others)


@pytest.mark.parametrize("other", ["offset", "page", "pageNumber", "start_index"])
def test_a_server_that_counts_tells_no_cursor(other: str) -> None:
    assert not has_pages(other, "cursor", "limit")


URL = {"type": ["string", "null"], "format": "uri"}


@pytest.mark.parametrize("name", ["next", "next_page_url", "nextLink"])
@pytest.mark.parametrize("parameter", ["page", "offset", "cursor"])
def test_a_url_leads_to_the_next_page(name: str, parameter: str) -> None:
    """Django REST framework declares `next` so, however it counts."""
    assert pages((parameter, "page_size"), {name: URL, "previous": URL}) == ["ByUrl"]


@pytest.mark.parametrize(
    "schema",
    [
        {"anyOf": [{"type": "string", "format": "uri"}, {"type": "null"}]},
        {"allOf": [{"type": "string", "format": "uri-reference"}]},
        {"type": "string", "format": "url", "minLength": 1},
    ],
)
def test_a_url_is_one_however_it_is_declared(schema: dict[str, Any]) -> None:
    assert pages(("page",), {"next": schema}) == ["ByUrl"]


@pytest.mark.parametrize(
    ("properties", "parameters", "more"),
    [
        pytest.param({"next": TEXT}, ("page",), {}, id="perhaps a cursor"),
        pytest.param({"previous": URL}, ("page",), {}, id="the other way"),
        pytest.param({"next": URL, "others": {"type": "array"}}, ("page",), {}, id="two lists"),
        pytest.param({"next": URL}, (), {}, id="nothing that may differ"),
        pytest.param({"next": URL}, ("tenant",), {"required": True}, id="what must not differ"),
    ],
)
def test_where_it_is_not_sure_there_are_no_pages(
    properties: dict[str, Any], parameters: tuple[str, ...], more: dict[str, Any]
) -> None:
    assert pages(parameters, properties, **more) == []


LIST = {"type": "array", "items": TEXT}


def _inside(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties}


@pytest.mark.parametrize(
    ("properties", "turn"),
    [
        # express-zod-api
        ({"status": TEXT, "data": _inside(users=LIST, nextCursor=TEXT)}, "ByCursor"),
        ({"users": LIST, "meta": _inside(next_cursor=TEXT)}, "ByCursor"),
        ({"data": _inside(users=LIST), "cursor": TEXT}, "ByCursor"),
        # InfluxDB, and JSON:API
        ({"data": LIST, "links": _inside(next=URL)}, "ByUrl"),
        ({"data": _inside(users=LIST), "links": _inside(next=URL)}, "ByUrl"),
    ],
)
def test_pages_in_an_envelope(properties: dict[str, Any], turn: str) -> None:
    assert pages(("cursor",), {"items": None, **properties}) == [turn]


@pytest.mark.parametrize(
    "properties",
    [
        pytest.param({"data": _inside(a=LIST, b=LIST), "cursor": TEXT}, id="two lists"),
        pytest.param(
            {"a": _inside(a=LIST), "b": _inside(b=LIST), "cursor": TEXT}, id="two objects"
        ),
        pytest.param({"a": LIST, "b": _inside(c=_inside(cursor=TEXT))}, id="too deep"),
        pytest.param({"a": LIST, "b": _inside(next=TEXT)}, id="perhaps no URL"),
    ],
)
def test_in_an_envelope_it_has_to_be_sure_too(properties: dict[str, Any]) -> None:
    assert pages(("cursor",), {"items": None, **properties}) == []


@pytest.mark.parametrize(("path", "turns"), [("/a/{id}", []), ("/a/{id}/b", ["ByUrl"])])
def test_the_links_of_one_thing_may_lead_to_the_next_one(path: str, turns: list[str]) -> None:
    links = _inside(next=URL)
    assert pages(("fields",), {"items": None, "tags": LIST, "links": links}, path) == turns
    assert pages(("fields",), {"next": URL}, path) == ["ByUrl"]
