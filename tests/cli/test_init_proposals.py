"""`vcgen init` proposes the packages that names go without, and the modules of models."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable
from pathlib import Path

import pytest
from vcgen.cli import main

JSON = "application/json"
WORDS = [
    "Alpha",
    "Bravo",
    "Charlie",
    "Delta",
    "Echo",
    "Foxtrot",
    "Golf",
    "Hotel",
    "India",
    "Juliet",
    "Kilo",
    "Lima",
    "Mike",
]


def write_document(schemas: Iterable[str]) -> None:
    """Write a document with an operation for each schema."""
    names = [*schemas]
    paths = {
        f"/{number}": {
            "get": {
                "operationId": f"get{number}",
                "responses": {
                    "200": {
                        "description": "",
                        "content": {JSON: {"schema": {"$ref": f"#/components/schemas/{name}"}}},
                    }
                },
            }
        }
        for number, name in enumerate(names)
    }
    schema = {"type": "object", "properties": {"a": {"type": "string"}}}
    tree = {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": paths,
        "components": {"schemas": dict.fromkeys(names, schema)},
    }
    Path("spec.json").write_text(json.dumps(tree))


def run(*arguments: str) -> int:
    """Return the exit code of a command."""
    with pytest.raises(SystemExit) as caught:
        main(arguments)
    return int(caught.value.code or 0)


def initialised() -> dict[str, object]:
    """Return the table of the client that `init` writes for the document."""
    assert run("init", "spec.json", "--output", "client") == 0
    (table,) = tomllib.loads(Path("vcgen.toml").read_text())["clients"]
    return dict(table)


@pytest.fixture(autouse=True)
def in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def test_packages_are_left_out_of_names() -> None:
    write_document(["com.acme.api.Pet", "com.acme.api.Toy", "com.acme.api.Bed"])
    assert initialised()["roots"] == ["com.acme.api"]
    assert run("generate") == 0
    assert "class Pet(" in Path("client/models.py").read_text()


def test_models_of_a_large_package_have_few_modules() -> None:
    write_document(
        [f"{verb}{word}" for verb in ("Create", "List", "Find", "Drop", "Copy") for word in WORDS]
    )
    assert initialised()["modules"] == ["copy", "create", "drop", "find", "list"]
    assert run("generate") == 0
    found = {file.stem for file in Path("client/models").iterdir()}
    assert found == {"__init__", "_base", "copy", "create", "drop", "find", "list"}
    assert run("check") == 0
    # A schema that comes later moves none that is there.
    write_document([*(f"Create{word}" for word in WORDS), *WORDS * 4, "Drop"])
    assert run("update", "spec.json", "--drop") == 0
    modules = tomllib.loads(Path("vcgen.toml").read_text())["clients"][0]["modules"]
    assert modules == ["copy", "create", "drop", "find", "list"]
    assert "class CreateAlpha(" in Path("client/models/create.py").read_text()
    assert "class Alpha(" in Path("client/models/others.py").read_text()


def test_small_package_has_no_modules() -> None:
    write_document(["Pet", "Toy"])
    assert initialised().keys() == {"spec", "operations", "output"}
