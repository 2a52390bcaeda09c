"""Chains of components, each of which refers to the next: the steps grow with their links alone.

Python's stack has a thousand frames, and a document may have ten thousand schemas in a row.
"""

from __future__ import annotations

import ast
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support import counting, selected
from vcgen import ir, pipeline
from vcgen.building.context import Context
from vcgen.building.schemas import Schemas
from vcgen.building.subschemas import Parts
from vcgen.config import ClientConfig
from vcgen.dialect import DocumentView
from vcgen.dialect.namesakes import Namesakes
from vcgen.slicing.references import References
from vcgen.writing import rendering

Link = Callable[[dict[str, str]], dict[str, Any]]

LINKS: dict[str, Link] = {
    "$ref": lambda following: dict(following),
    "allOf": lambda following: {"allOf": [following]},
    "anyOf": lambda following: {"anyOf": [following, {"type": "null"}]},
    "oneOf": lambda following: {"oneOf": [following, {"type": "integer"}]},
    "discriminator": lambda following: {
        "oneOf": [following, {"type": "integer"}],
        "discriminator": {"propertyName": "kind"},
    },
    "items": lambda following: {"type": "array", "items": following},
    "additionalProperties": lambda following: {
        "type": "object",
        "additionalProperties": following,
    },
    "properties": lambda following: {"type": "object", "properties": {"next": following}},
}


def schema(index: int) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/Link{index}"}


def chain(folder: Path, links: int, kind: str, last: dict[str, Any]) -> Path:
    schemas = {f"Link{index}": LINKS[kind](schema(index + 1)) for index in range(links)}
    reply = {"description": "A chain.", "content": {"application/json": {"schema": schema(0)}}}
    operation = {"operationId": "get_chain", "tags": ["chains"], "responses": {"200": reply}}
    document = {
        "openapi": "3.1.0",
        "info": {"title": "Chains", "version": "1"},
        "servers": [{"url": "https://chains.example.com"}],
        "paths": {"/chain": {"get": operation}},
        "components": {"schemas": {**schemas, f"Link{links}": last}},
    }
    file = folder / "chain.json"
    file.write_text(json.dumps(document))
    return file


def package(file: Path) -> ir.Package:
    client = ClientConfig(str(file), "client", layout="flat")
    return pipeline.build(selected(client, Path()))


@pytest.mark.parametrize("kind", LINKS)
@pytest.mark.parametrize("last", [{"type": "string"}, {"properties": {"end": {"type": "string"}}}])
def test_no_chain_is_too_long(tmp_path: Path, kind: str, last: dict[str, Any]) -> None:
    made = package(chain(tmp_path, 400, kind, last))
    if kind == "discriminator":
        return  # each link has the values of all behind it: 80,000 lines
    for text in rendering.render(made).values():
        compile(text, "client", "exec")


@pytest.mark.parametrize("kind", LINKS)
def test_links_are_taken_a_fixed_number_of_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    steps = counting(
        monkeypatch,
        *((Schemas, "type_of"), (Schemas, "_make"), (Parts, "_alone"), (Context, "resolve")),
        (References, "target"),
    )

    def taken(links: int) -> int:
        steps.clear()
        package(chain(tmp_path, links, kind, {"type": "string"}))
        return steps.total()

    short, long = taken(50), taken(200)
    assert long <= 5 * short  # four times the links, some of them taken twice


def test_lists_in_lists_have_names_before_there_are_too_many_brackets(tmp_path: Path) -> None:
    made = package(chain(tmp_path, 200, "items", {"type": "string"}))
    files = rendering.render(made)
    for text in files.values():
        ast.parse(text)
    assert max(line.count("[") for line in files["models.py"].splitlines()) <= 21


def test_circle_of_components_comes_to_an_end(tmp_path: Path) -> None:
    for kind in LINKS:
        if kind in ("$ref", "allOf"):
            continue  # these are nothing but themselves, and refused
        file = chain(tmp_path, 300, kind, LINKS[kind](schema(0)))
        assert package(file).definitions


@pytest.mark.parametrize("is_chain", [True, False])
def test_operations_of_one_name_are_looked_at_a_fixed_number_of_times(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, is_chain: bool
) -> None:
    """Each path refers to the next one, or each has an operation of its own."""
    steps = counting(monkeypatch, (DocumentView, "at"), (Namesakes, "_different"))

    def taken(count: int) -> int:
        steps.clear()
        one = {"get": {"operationId": "get", "responses": {"204": {"description": "Done."}}}}
        items = [{"$ref": f"#/paths/~1a{index + 1}"} if is_chain else one for index in range(count)]
        document = {
            "openapi": "3.1.0",
            "info": {"title": "One name", "version": "1"},
            "servers": [{"url": "https://names.example.com"}],
            "paths": {
                **{f"/a{index}": item for index, item in enumerate(items)},
                f"/a{count}": one,
            },
        }
        file = tmp_path / "names.json"
        file.write_text(json.dumps(document))
        made = package(file)
        methods = [one for resource in made.resources for one in resource.methods]
        assert len(methods) == count + 1
        return steps.total()

    short, long = taken(50), taken(200)
    assert long <= 5 * short


@pytest.mark.parametrize("kind", ["$ref", "allOf", "anyOf", "oneOf", "items"])
@pytest.mark.parametrize("media_type", ["multipart/form-data", "application/json"])
def test_no_chain_of_a_property_is_too_long(tmp_path: Path, kind: str, media_type: str) -> None:
    file = chain(tmp_path, 1_200, kind, {"type": "string"})
    document = json.loads(file.read_text())
    body = {"type": "object", "properties": {"first": schema(0)}}
    operation = document["paths"]["/chain"].pop("get")
    operation["requestBody"] = {"content": {media_type: {"schema": body}}}
    document["paths"]["/chain"]["post"] = operation
    file.write_text(json.dumps(document))
    assert package(file).definitions
