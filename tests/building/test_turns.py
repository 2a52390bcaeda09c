"""Which operations have pages by themselves."""

from __future__ import annotations

from typing import Any

import pytest
from vcgen.building import Options, build, openapi

TEXT = {"type": "string"}


def has_pages(*parameters: str) -> bool:
    """Tell whether an operation with a cursor in its result, and query parameters, has pages."""
    properties = {"items": {"type": "array", "items": TEXT}, "next_cursor": TEXT}
    content = {"application/json": {"schema": {"type": "object", "properties": properties}}}
    operation: dict[str, Any] = {
        "parameters": [{"name": one, "in": "query", "schema": TEXT} for one in parameters],
        "responses": {"200": {"description": "d", "content": content}},
    }
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": operation}},
    }
    return bool(build(openapi.load(tree), Options("package")).resources[0].pages)


@pytest.mark.parametrize("others", [(), ("limit",), ("page_size", "order_by")])
def test_a_cursor_leads_to_the_next_page(others: tuple[str, ...]) -> None:
    assert has_pages("cursor", *others)


@pytest.mark.parametrize("other", ["offset", "page", "pageNumber", "start_index"])
def test_a_server_that_counts_tells_no_cursor(other: str) -> None:
    assert not has_pages(other, "cursor", "limit")
