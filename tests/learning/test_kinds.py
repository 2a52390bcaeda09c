"""The kind of an error that a body says that it is of, by a discriminator."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from learning_support import entry, learned
from vcgen.config import ClientConfig


def _kind(name: str) -> dict[str, Any]:
    code = {"type": "object", "properties": {"code": {"type": "integer"}}}
    return {"allOf": [{"$ref": "#/components/schemas/Fault"}, code], "title": name}


def _spec(mapping: dict[str, str], usual: str) -> str:
    fault = {"$ref": "#/components/schemas/Fault"}
    told = {"propertyName": "kind", "mapping": mapping, "defaultMapping": usual}
    kinds = {name: _kind(name) for name in ("Gone", "Busy", "Other")}
    base = {"type": "object", "properties": {"kind": {"type": "string"}}, "discriminator": told}
    missing = {"description": "None.", "content": {"application/json": {"schema": fault}}}
    responses = {"204": {"description": "Gone."}, "404": missing}
    return json.dumps(
        {
            "openapi": "3.2.0",
            "info": {"title": "Disks", "version": "1"},
            "paths": {"/disks": {"delete": {"operationId": "clear", "responses": responses}}},
            "components": {"schemas": {"Fault": base, **kinds}},
        }
    )


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ({"kind": "gone"}, "Gone"),
        ({"kind": "busy"}, "Busy"),
        ({"kind": "new"}, "Other"),
        ({}, "Other"),
        # A name of a schema is told by nothing that is mapped.
        ({"kind": "Busy"}, "Fault"),
    ],
)
@pytest.mark.parametrize("is_named", [True, False], ids=["named", "referred to"])
def test_the_kind_that_is_told_is_that_of_the_new_status(
    tmp_path: Path, body: dict[str, Any], kind: str, is_named: bool
) -> None:
    start = "" if is_named else "#/components/schemas/"
    spec = _spec({"gone": f"{start}Gone", "busy": f"{start}Busy"}, f"{start}Other")
    (tmp_path / "spec.json").write_text(spec)
    found = learned(
        tmp_path, ClientConfig("spec.json", "disks"), [entry("DELETE /disks", 409, body)]
    )
    (correction,) = found.corrections
    assert f"'$ref': '#/components/schemas/{kind}'" in str(correction)
