"""A vendor may rename every schema: classes are the same where they stand at the same places."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from changes_documents import rewritten
from vcgen import comparing, updating
from vcgen.comparing.changes import Change, Kind, What
from vcgen.comparing.report import Report
from vcgen.config import ClientConfig
from vcgen.reading import document
from vcgen.reading.opening import opened

GOLDEN = Path(__file__).parents[2] / "golden"
BASE = "#/components/schemas/"
CLIENT = ClientConfig("", "api")
# Whose discriminators have no tags but those of their mappings, and what else has alternatives.
NAMES = (
    *(
        "additional_properties_typed",
        "all_of_merge",
        "all_of_override",
        "all_of_required_tightened",
    ),
    *("alternatives_of_alternatives", "any_of", "boolean_schemas_31", "class_names", "deprecated"),
    *("enum_values", "errors_discriminator", "errors_one_of", "kept_properties"),
    *("one_of_beside_properties", "one_of_plain", "opaque_schemas", "recursive_union"),
    "tasks_by_url",
)
# Whose bases stand for any of their subtypes, too.
FAMILIES = ("additional_properties_typed", "discriminator_base", "discriminator_values")


def _renamed(tree: dict[str, Any]) -> dict[str, Any]:
    """Return a document in which each schema has another name."""
    schemas = tree["components"]["schemas"]
    references = {f"{BASE}{name}" for name in schemas}

    def called(node: Any) -> Any:
        return f"{node}Again" if isinstance(node, str) and node in references else node

    found: dict[str, Any] = rewritten(tree, called)
    named = {f"{name}Again": schema for name, schema in found["components"]["schemas"].items()}
    return {**found, "components": {**found["components"], "schemas": named}}


def _report(old: dict[str, Any], new: dict[str, Any]) -> Report:
    texts = (document.dump(tree, as_json=True) for tree in (old, new))
    return comparing.compare(CLIENT, *(opened(document.parse(one, "spec.json")) for one in texts))


def _changes(old: dict[str, Any], new: dict[str, Any]) -> tuple[Change, ...]:
    return _report(old, new).changes


@pytest.mark.parametrize("name", NAMES)
def test_a_document_whose_schemas_are_all_renamed(name: str) -> None:
    tree = document.read(str(GOLDEN / name / "spec.yaml")).tree
    changes = _changes(tree, _renamed(tree))
    assert any(one.what is What.RENAMED for one in changes)
    assert [one.label for one in changes if one.verdict.wire] == []
    odd = (What.ADDED, What.REMOVED)
    assert [one.label for one in changes if one.kind is Kind.CLASS and one.what in odd] == []
    assert [one.label for one in changes if one.kind is Kind.ALTERNATIVE] == []


@pytest.mark.parametrize("name", FAMILIES)
def test_a_base_and_its_union_keep_their_names_in_an_update(name: str) -> None:
    tree = document.read(str(GOLDEN / name / "spec.yaml")).tree
    _, report, lost = updating.keeping(CLIENT, _report(tree, _renamed(tree)))
    told = [one for one in report.changes if one.kind is Kind.CLASS and one.verdict.callers]
    assert ([one.label for one in told], lost) == ([], ())


def test_of_alternatives_that_are_alike_each_is_the_nearest() -> None:
    def of(*names: str) -> dict[str, Any]:
        fields = (("id", "size"), ("id", "colour"), ("id", "size", "colour"))
        schemas = {
            name: {"type": "object", "properties": {one: {"type": "string"} for one in known}}
            for name, known in zip(names, fields, strict=True)
        }
        reply = {"schema": {"oneOf": [{"$ref": f"{BASE}{name}"} for name in sorted(names)]}}
        ok = {"200": {"description": "It.", "content": {"application/json": reply}}}
        return {
            "openapi": "3.0.3",
            "info": {"title": "A", "version": "1"},
            "paths": {"/it": {"get": {"operationId": "get", "tags": ["it"], "responses": ok}}},
            "components": {"schemas": schemas},
        }

    changes = _changes(of("A", "B", "C"), of("Z", "Y", "X"))
    renamed = {(one.old, one.new) for one in changes if one.kind is Kind.CLASS}
    assert renamed == {("A", "Z"), ("B", "Y"), ("C", "X")}
