"""Which parameters are arguments."""

from __future__ import annotations

from typing import Any

import pytest
from vcgen.building import Options, build, openapi
from vcgen.errors import SpecError


def arguments(place: str, own: list[str], shared: list[str]) -> list[str]:
    """Return the arguments of an operation, by the names of its parameters and of its path's."""

    def parameters(names: list[str]) -> list[dict[str, Any]]:
        return [{"name": one, "in": place, "schema": {"type": "string"}} for one in names]

    responses = {"200": {"description": "d"}}
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {
            "/a": {
                "parameters": parameters(shared),
                "get": {"parameters": parameters(own), "responses": responses},
            }
        },
    }
    package = build(openapi.load(tree), Options("package"))
    return [one.spec_name for one in package.resources[0].operations[0].parameters]


@pytest.mark.parametrize(
    ("own", "shared"), [(["x-t", "X-T"], []), (["x-t"], ["X-T"]), (["x-t"], ["x-t"])]
)
def test_a_header_is_one_in_any_capitals(own: list[str], shared: list[str]) -> None:
    assert arguments("header", own, shared) == ["x-t"]


@pytest.mark.parametrize("place", ["query", "cookie"])
def test_other_parameters_are_others_in_other_capitals(place: str) -> None:
    assert arguments(place, ["a", "A"], ["a"]) == ["a", "A"]


def test_required_header_that_cannot_have_its_name_is_refused() -> None:
    parameter = {"name": "X Req", "in": "header", "required": True, "schema": {"type": "string"}}
    operation = {"parameters": [parameter], "responses": {"200": {"description": "d"}}}
    start = {"openapi": "3.1.0", "info": {"title": "T", "version": "1"}}
    with pytest.raises(SpecError) as caught:
        build(openapi.load({**start, "paths": {"/a": {"get": operation}}}), Options("package"))
    (problem,) = caught.value.diagnostics
    assert problem.pointer == "#/paths/~1a/get/parameters/0"
    assert problem.message == 'a required header cannot have the name "X Req"'
    assert problem.hint.startswith("correct the name, or exclude")
