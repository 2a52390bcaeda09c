"""The vendor's Swagger 2.0 documents, against what the vendor and others make of them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openapi_spec_validator import OpenAPIV30SpecValidator
from vcgen import dialect
from vcgen.errors import SpecError
from vcgen.reading.swagger2 import Converted, convert
from vcgen.slicing import slice_document

DOCUMENTS = [
    "7.0.2-swagger2/vcenter",
    "7.0.3-swagger2/vcenter",
    "7.0.3-swagger2/cis",
    "7.0.3-swagger2/session",
]

FORM = ("/api/vcenter/authentication/token", "post")


def load(shared: Path, name: str) -> Any:
    return json.loads((shared / "specs" / f"vsphere-{name}.json").read_text("utf-8"))


def problems(made: Converted) -> list[str]:
    try:
        slice_document(made.tree, ["*"], dialect=dialect.get("vsphere"))
    except SpecError as error:
        return [
            str(made.explain(diagnostic)).partition("\n")[0] for diagnostic in error.diagnostics
        ]
    return []


@pytest.mark.parametrize("name", DOCUMENTS)
def test_published_document_is_converted_whole(shared: Path, name: str) -> None:
    source = load(shared, name)
    before = json.dumps(source)
    made = convert(source)
    assert json.dumps(source) == before
    assert not made.refused
    assert dialect.detect(made.tree) == dialect.detect(source) == "vsphere"


def test_operations_reach_nothing_that_is_missing_but_for_the_vendors_own_omissions(
    shared: Path,
) -> None:
    token = "#/paths/~1api~1vcenter~1authentication~1token/post/responses"
    missing = [
        f'{token}/200/schema/$ref: there is no schema "Oauth2TokenInfo"',
        f'{token}/500/schema/$ref: there is no schema "Oauth2ErrorsInvalidScope"',
    ]
    found = {name: problems(convert(load(shared, name))) for name in DOCUMENTS}
    assert found == {name: missing if "7.0.2" in name else [] for name in DOCUMENTS}


def errors(tree: Any) -> Iterator[Any]:
    for error in OpenAPIV30SpecValidator(tree).iter_errors():
        if type(error).__name__ != "DuplicateOperationIDError":
            yield error


@pytest.mark.parametrize("name", DOCUMENTS[2:])
def test_converted_document_is_valid(shared: Path, name: str) -> None:
    assert list(errors(convert(load(shared, name)).tree)) == []


def operations(tree: Any) -> dict[tuple[str, str], Any]:
    return {(path, m): node for path, item in tree["paths"].items() for m, node in item.items()}


def test_vendors_own_conversion_agrees_where_it_is_no_worse(shared: Path) -> None:
    """Their OpenAPI document of the same release lacks much, and what it has is the same."""
    made = convert(load(shared, "7.0.3-swagger2/vcenter")).tree
    theirs = load(shared, "7.0.3/vcenter")
    ours, others = operations(made), operations(theirs)
    assert len(others) == 441
    assert others.keys() <= ours.keys()
    assert theirs["components"]["schemas"].keys() <= made["components"]["schemas"].keys()
    for key, other in others.items():
        own = ours[key]
        for field in ("operationId", "tags", "summary"):
            assert own[field] == other[field]
        assert other["responses"].keys() <= own["responses"].keys()
        assert names(own) == names(other)
        if "requestBody" in other and key != FORM:  # which theirs takes for JSON
            name = other["requestBody"]["$ref"].rpartition("/")[2]
            schema = {"$ref": f"#/components/schemas/{name}"}
            assert own["requestBody"]["content"] == {"application/json": {"schema": schema}}


def names(operation: Any) -> list[tuple[str, str]]:
    return [(node["name"], node["in"]) for node in operation.get("parameters", [])]
