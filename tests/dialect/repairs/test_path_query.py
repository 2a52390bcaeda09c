"""The query of a path key becomes fixed query parameters."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.path_query import path_query
from vcgen.errors import SpecError
from vcgen.text.pointers import pointer_to

VM = {"name": "vm", "in": "path", "required": True, "schema": {"type": "string"}}


def fixed(name: str, value: str) -> dict[str, Any]:
    """Return the parameter that stands for one pair of a query."""
    schema = {"type": "string", "enum": [value]}
    return {"name": name, "in": "query", "required": True, "schema": schema, "x-vcgen-fixed": True}


def parameters(path: str, *declared: dict[str, Any], document: Any = None) -> Any:
    """Return the parameters after the pass, and see that it adds nothing more to them."""
    found, messages = changed(path, *declared, document=document)
    assert messages == ()
    return found


def changed(path: str, *declared: dict[str, Any], document: Any = None) -> Any:
    """Return the parameters after the pass, and what it repaired."""
    view = DocumentView({"openapi": "3.0.3", "paths": {path: {}}, **(document or {})})
    place = Place(view, Kind.OPERATION, pointer_to(["paths", path, "post"]))
    change = path_query({"parameters": list(declared)} if declared else {}, place)
    if change is None:
        return None, ()
    assert path_query(change.node, place) is None
    return change.node["parameters"], change.repairs


def test_pair_stands_before_the_operations_own_parameters() -> None:
    assert parameters("/vm/{vm}?action=check", VM) == [fixed("action", "check"), VM]


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("vmw-task=true", [fixed("vmw-task", "true")]),
        ("action=run&vmw-task=true", [fixed("action", "run"), fixed("vmw-task", "true")]),
        ("~action=find", [fixed("~action", "find")]),
        ("force", [fixed("force", "")]),
        ("q=a%2Fb%20c", [fixed("q", "a/b c")]),
        ("t=1&t=2", [fixed("t", "1"), fixed("t", "2")]),
    ],
)
def test_every_pair_of_the_query_is_a_parameter(query: str, expected: list[Any]) -> None:
    assert parameters(f"/a?{query}") == expected


def test_braces_around_the_name_are_of_a_parameter_as_well() -> None:
    declared = {"name": "search", "in": "path", "required": True, "schema": {"type": "string"}}
    found, messages = changed("/a?{search}=1&{kind}=2&x=3", declared)
    kind = {"name": "kind", "in": "query", "required": True, "schema": {"type": "string"}}
    assert found == [fixed("x", "3"), {**declared, "in": "query"}, kind]
    assert len(messages) == 2


def test_path_without_query_changes_nothing() -> None:
    assert parameters("/vm/{vm}", VM) is None


def test_parameter_of_the_operation_that_repeats_the_pair_goes() -> None:
    schema = {"type": "string", "enum": ["check", "run"]}
    own = {"name": "action", "in": "query", "schema": schema}
    assert parameters("/vm?action=check", own, VM) == [fixed("action", "check"), VM]


def test_parameter_of_several_values_may_have_that_of_the_pair() -> None:
    schema = {"type": "array", "items": {"type": "string", "enum": ["check", "run"]}}
    own = {"name": "action", "in": "query", "schema": schema}
    assert parameters("/vm?action=check", own, VM) == [fixed("action", "check"), VM]


def test_repetition_is_seen_through_a_reference() -> None:
    own = {"name": "action", "in": "query", "schema": {"type": "string"}}
    document = {"components": {"parameters": {"Action": own}}}
    reference = {"$ref": "#/components/parameters/Action"}
    assert parameters("/vm?action=check", reference, document=document) == [
        fixed("action", "check")
    ]


def test_parameter_of_that_name_elsewhere_is_another() -> None:
    header = {"name": "action", "in": "header", "schema": {"type": "string"}}
    assert parameters("/vm?action=check", header) == [fixed("action", "check"), header]


@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "enum": ["run"]},
        {"type": "array"},
        {"type": "array", "items": {"type": "integer"}},
    ],
)
def test_parameter_that_contradicts_the_pair_is_refused(schema: dict[str, Any]) -> None:
    with pytest.raises(SpecError, match='fixes the query parameter "action"'):
        parameters("/vm?action=check", {"name": "action", "in": "query", "schema": schema})


def test_parameters_that_are_no_parameters_are_left() -> None:
    odd: list[dict[str, Any]] = [{"name": ["action"], "in": "query"}, {"$ref": "#/nowhere"}]
    assert parameters("/vm?action=check", *odd) == [fixed("action", "check"), *odd]


def test_value_that_is_a_template_in_part_is_refused() -> None:
    with pytest.raises(SpecError, match="template in its query"):
        parameters("/vm?name=a{name}")


PLATFORM = {"name": "os", "required": True, "schema": {"type": "string", "enum": ["a", "b"]}}


@pytest.mark.parametrize("where", ["path", "query"])
def test_value_that_is_a_template_is_a_parameter_of_the_query(where: str) -> None:
    path = "/icons/{id}?platform={os}&v=3"
    found, messages = changed(path, {**PLATFORM, "in": where}, VM)
    meant = {**PLATFORM, "in": "query", "name": "platform"}
    assert found == [fixed("v", "3"), meant, VM]
    assert messages == (
        '"platform" in the query of the path key is a template: read as a parameter',
    )


def test_template_is_declared_for_all_operations_of_the_path() -> None:
    path = "/icons?platform={os}"
    document = {"paths": {path: {"parameters": [{**PLATFORM, "in": "path"}]}}}
    found, _ = changed(path, document=document)
    assert found == [{**PLATFORM, "in": "query", "name": "platform"}]


def test_template_that_nothing_declares_is_a_text() -> None:
    found, _ = changed("/icons?platform={os}")
    schema = {"type": "string"}
    assert found == [{"name": "platform", "in": "query", "required": True, "schema": schema}]


def test_template_that_is_declared_as_it_is_changes_nothing() -> None:
    own = {"name": "os", "in": "query", "schema": {"type": "string"}}
    assert parameters("/icons?os={os}", own) is None
