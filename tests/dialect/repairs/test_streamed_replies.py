"""A reply that gRPC-Gateway calls a stream is one of lines."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import selected
from vcgen import pipeline
from vcgen.config import ClientConfig
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.streamed_replies import streamed_replies

# As its generator for Swagger 2.0 writes it, word for word; the one for OpenAPI 3 does the same.
STREAM = "A successful response.(streaming responses)"
JSON = {"application/json": {"schema": {"type": "object"}}}


def repaired(node: dict[str, Any]) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    place = Place(DocumentView({"openapi": "3.0.3"}), Kind.RESPONSE, "#/somewhere")
    change = streamed_replies(node, place)
    assert change is None or streamed_replies(change.node, place) is None
    return change


def test_json_is_lines_of_json() -> None:
    change = repaired({"description": STREAM, "content": {**JSON, "text/event-stream": {}}})
    assert change.node == {
        "description": STREAM,
        "content": {"application/x-ndjson": JSON["application/json"], "text/event-stream": {}},
    }
    assert len(change.repairs) == 1


@pytest.mark.parametrize(
    "node",
    [
        {"description": "A successful response.", "content": JSON},
        {"description": "What (streaming responses) are, in short.", "content": JSON},
        {"description": STREAM, "content": {"application/xml": {}}},
        {"description": STREAM},
        {"content": JSON},
        {"description": 1, "content": JSON},
    ],
)
def test_anything_else_changes_nothing(node: dict[str, Any]) -> None:
    assert repaired(node) is None


@pytest.mark.parametrize("at", ["definitions", "x-stream-definitions"])
def test_method_returns_the_items(at: str, tmp_path: Path) -> None:
    watched = {"description": STREAM, "schema": {"$ref": f"#/{at}/watched"}}
    document = {
        "swagger": "2.0",
        "info": {"title": "T", "version": "1"},
        "produces": ["application/json"],
        "paths": {"/watch": {"post": {"operationId": "watch", "responses": {"200": watched}}}},
        at: {"watched": {"type": "object", "properties": {"result": {"type": "string"}}}},
    }
    (tmp_path / "document.json").write_text(json.dumps(document))
    config = ClientConfig("document.json", "made", ("*",))
    package = pipeline.build(selected(config, tmp_path))
    (operation,) = package.resources[0].operations
    (reply,) = operation.returns
    assert (reply.reader, operation.result.name) == ("LineItems", "ItemStream")
