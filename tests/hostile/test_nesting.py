"""Nesting without end: in recorded traffic, and choices inside choices. Found by hand."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hostile_inputs import GOOD, HAR
from hostile_judging import bytes_case, problems_of, run, traffic_case
from vcgen.building import alternatives


@pytest.mark.parametrize("count", [150, 900, 100_000])
@pytest.mark.parametrize(("begin", "end"), [("[", "]"), ('{"a":', "}"), ('{"id":[', "]}")])
def test_recorded_body_that_is_nested(begin: str, end: str, count: int, tmp_path: Path) -> None:
    traffic = copy.deepcopy(HAR)
    content = traffic["log"]["entries"][0]["response"]["content"]
    content["text"] = f"{begin * count}1{end * count}"
    assert list(problems_of(traffic_case(traffic), tmp_path / "one", None)) == []


@pytest.mark.parametrize("count", [900, 100_000])
def test_recorded_exchange_that_is_nested(count: int, tmp_path: Path) -> None:
    text = '{"log": {"version": "1.2", "entries": [{"request": ' + "[" * count + "]" * count
    case = bytes_case("traffic.har", f'{text}, "response": {{}}}}]}}}}'.encode())
    assert list(problems_of(case, tmp_path / "one", None)) == []


@pytest.mark.parametrize("text", ['{"\\ud800": 1}', '{"id": "\\udfff"}', '["\\ud83d", "\\ude00"]'])
def test_recorded_body_with_half_a_character(text: str, tmp_path: Path) -> None:
    traffic = copy.deepcopy(HAR)
    for entry in traffic["log"]["entries"]:
        entry["response"]["content"]["text"] = text
    assert list(problems_of(traffic_case(traffic), tmp_path / "one", None)) == []


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
@pytest.mark.parametrize("levels", [40, 300])
@pytest.mark.parametrize("version", GOOD)
def test_choices_that_multiply_are_refused(
    keyword: str, levels: int, version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document: dict[str, Any] = copy.deepcopy(GOOD[version])
    is_openapi = "openapi" in document
    schemas = document["components"]["schemas"] if is_openapi else document["definitions"]
    start = "#/components/schemas/" if is_openapi else "#/definitions/"
    for number in range(levels):
        following = {"$ref": f"{start}C{number + 1}"}
        beside = {"type": "object", "properties": {f"p{number}": {"type": "string"}}}
        schemas[f"C{number}"] = {keyword: [following, {"allOf": [following, beside]}]}
    schemas[f"C{levels}"] = {"type": "object", "properties": {"x": {"type": "string"}}}
    schemas["Thing"]["properties"]["next"] = {"$ref": f"{start}C0"}
    Path(tmp_path / "spec.json").write_text(json.dumps(document), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(alternatives, "_MOST_TOGETHER", 200)
    code, _, err = run("generate", "--spec", "spec.json", "-O", "*", "--output", "choosing_client")
    assert code == 3
    assert 1 <= err.count("choices inside choices, ") <= levels // 10


@pytest.mark.parametrize("keyword", ["allOf", "anyOf", "properties"])
@pytest.mark.parametrize("version", GOOD)
def test_long_chain_in_a_cycle_is_generated(
    keyword: str, version: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What waited for the end of a chain was forgotten, if the chain came back to it."""
    document: dict[str, Any] = copy.deepcopy(GOOD[version])
    is_openapi = "openapi" in document
    schemas = document["components"]["schemas"] if is_openapi else document["definitions"]
    start = "#/components/schemas/" if is_openapi else "#/definitions/"
    thing = {"$ref": f"{start}Thing"}
    for number in range(50):
        following = {"$ref": f"{start}C{number + 1}"}
        beside = {"type": "object", "properties": {f"p{number}": thing}}
        schemas[f"C{number}"] = {keyword: [following, beside]}
        if keyword == "properties":
            schemas[f"C{number}"] = {"type": "object", "properties": {"a": following, "b": thing}}
    schemas["C50"] = {"type": "object", "properties": {"x": thing}}
    schemas["Thing"]["properties"]["next"] = {"$ref": f"{start}C0"}
    Path(tmp_path / "spec.json").write_text(json.dumps(document), encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    code, _, err = run("generate", "--spec", "spec.json", "-O", "*", "--output", "chained_client")
    assert (code, err) == (0, "")
