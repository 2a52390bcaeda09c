"""Corrections of definitions that a schema brings along, which are components of a client alone."""

from __future__ import annotations

import json
from pathlib import Path

from learning_support import HOST, entry, learned
from vcgen.config import ClientConfig

SPEC = {
    "openapi": "3.1.0",
    "info": {"title": "Owners", "version": "1"},
    "servers": [{"url": HOST}],
    "paths": {
        "/owner": {
            "get": {
                "operationId": "get",
                "responses": {
                    "200": {
                        "description": "The owner.",
                        "content": {
                            "application/json": {"schema": {"$ref": "#/components/schemas/Owner"}}
                        },
                    }
                },
            }
        }
    },
    "components": {
        "schemas": {
            "Owner": {
                "$defs": {
                    "Home": {
                        "type": "object",
                        "required": ["street"],
                        "properties": {"street": {"type": "string"}},
                    }
                },
                "type": "object",
                "properties": {"home": {"$ref": "#/$defs/Home"}},
            }
        }
    },
}


def test_a_definition_is_corrected_where_the_document_has_it(tmp_path: Path) -> None:
    (tmp_path / "spec.json").write_text(json.dumps(SPEC))
    client = ClientConfig("spec.json", "owners")
    found = learned(tmp_path, client, [entry("GET /owner", 200, {"home": {}})])
    (correction,) = found.corrections
    assert "$.components.schemas.Owner['$defs'].Home.required" in str(correction)
