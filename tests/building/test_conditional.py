"""304: declared beside a success, it is one for who can ask for it, and for who changes things."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from support import selected
from vcgen import pipeline
from vcgen.config import ClientConfig


def _returned(
    folder: Path, *headers: str, status: str = "304", method: str = "get"
) -> tuple[str, list[Any]]:
    """Return the type of an operation, and the statuses that are no errors."""
    content = {"application/json": {"schema": {"type": "integer"}}}
    operation = {
        "parameters": [
            {"name": name, "in": "header", "schema": {"type": "string"}} for name in headers
        ],
        "responses": {"200": {"description": "", "content": content}, status: {"description": ""}},
    }
    document = {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}}
    file = folder / "document.json"
    file.write_text(json.dumps({**document, "paths": {"/a": {method: operation}}}))
    package = pipeline.build(selected(ClientConfig(str(file), "made", ("*",)), folder))
    (operation_,) = package.resources[0].operations
    return operation_.result.annotation, [one.status for one in operation_.returns]


@pytest.mark.parametrize("header", ["If-None-Match", "if-modified-since"])
def test_who_can_ask_for_changes_may_get_none(header: str, tmp_path: Path) -> None:
    assert _returned(tmp_path, header) == ("int | None", [200, 304])


@pytest.mark.parametrize(("headers", "status"), [((), "304"), (("If-None-Match",), "302")])
def test_other_redirections_are_none_beside_a_success(
    headers: tuple[str, ...], status: str, tmp_path: Path
) -> None:
    assert _returned(tmp_path, *headers, status=status) == ("int", [200])


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_what_needed_no_change_is_a_success(method: str, tmp_path: Path) -> None:
    assert _returned(tmp_path, method=method) == ("int | None", [200, 304])


def test_other_redirections_of_a_change_are_none(tmp_path: Path) -> None:
    assert _returned(tmp_path, method="post", status="303") == ("int", [200])
