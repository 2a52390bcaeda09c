"""Which operation an exchange is of, where the variables of its path are not plain."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from learning_support import entry, lesson
from vcgen.config import ClientConfig
from vcgen.learning import Lesson

CLIENT = ClientConfig("spec.json", "made", ("*",))


def _learned(folder: Path, path: str, call: str) -> Lesson:
    operation = {"operationId": "get", "responses": {"200": {"description": "d"}}}
    document = {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {path: {"get": operation}},
    }
    (folder / "spec.json").write_text(json.dumps(document))
    return lesson(folder, CLIENT, [entry(call)])


@pytest.mark.parametrize("variable", ["rest*", "+rest", "rest:path", "rest:.*"])
def test_a_variable_of_several_segments_is_matched(variable: str, tmp_path: Path) -> None:
    found = _learned(tmp_path, f"/f/{{id}}/{{{variable}}}/end", "GET /f/1/a/b/end")
    assert (found.exchanges, dict(found.unknown)) == (1, {})


@pytest.mark.parametrize("call", ["GET /f/1/2/a/end", "GET /f/1/a", "GET /f/1//end"])
def test_any_other_variable_is_one_segment(call: str, tmp_path: Path) -> None:
    assert _learned(tmp_path, "/f/{id}/{rest}/end", call).exchanges == 0
