"""Each variable of a path has a parameter, and each path parameter is a variable."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.path_variables import path_variables

ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
OTHER = {"name": "other", "in": "path", "required": True, "schema": {"type": "integer"}}
THIRD = {**OTHER, "name": "third"}
QUERY = {"name": "id", "in": "query", "schema": {"type": "string"}}
FOREIGN = {"$ref": "https://example.com/parameters.yaml#/id"}


def repaired(path: str, own: list[Any] | None = None, shared: list[Any] | None = None) -> Any:
    """Return what the pass makes of an operation, and see that it changes nothing more."""
    operation = {"parameters": own} if own is not None else {}
    item = {"get": operation, **({"parameters": shared} if shared is not None else {})}
    view = DocumentView({"openapi": "3.0.3", "paths": {path: item}})
    place = Place(view, Kind.OPERATION, f"#/paths/{path.replace('/', '~1')}/get")
    change = path_variables(operation, place)
    assert change is None or path_variables(change.node, place) is None
    return change


def test_variable_that_is_not_declared_is_a_text() -> None:
    change = repaired("/a/{id}", [QUERY])
    assert change.node["parameters"] == [ID, QUERY]
    assert '"id"' in change.repairs[0]
    assert repaired("/a/{id}").node["parameters"] == [ID]


def test_parameter_that_is_not_in_the_path_is_dropped() -> None:
    change = repaired("/a/{id}", [OTHER, QUERY], [ID])
    assert change.node["parameters"] == [QUERY]
    assert '"other"' in change.repairs[0]


@pytest.mark.parametrize(
    ("path", "own", "shared"),
    [
        ("/a/{id}", [ID], None),
        ("/a/{id}", None, [ID]),
        ("/a/{id}?x={y}", [ID], None),
        ("/a/{id}", [OTHER, THIRD], None),
        ("/a/{id}/{x}", [OTHER], None),
        ("/a/{a_b}/{aB}", [{**ID, "name": "ab"}], None),
        ("/a/{ab}", [{**ID, "name": "a_b"}, {**ID, "name": "aB"}], None),
        ("/a/{id}", [], [OTHER]),
        ("/a", [QUERY], None),
        ("/a/{id}", [FOREIGN, QUERY], None),
        ("/a/{id}", [QUERY], [FOREIGN]),
        ("/a/{id}", [FOREIGN, OTHER, THIRD], None),
        ("/a/{id}", [{"$ref": "#/components/parameters/missing"}], None),
    ],
)
def test_anything_else_changes_nothing(path: str, own: Any, shared: Any) -> None:
    assert repaired(path, own, shared) is None


def test_one_that_is_not_declared_is_the_one_that_is_not_in_the_path() -> None:
    change = repaired("/a/{id}", [OTHER, QUERY])
    assert change.node["parameters"] == [{**OTHER, "name": "id"}, QUERY]
    assert change.repairs == ('"other" is not in the path, and "id" is not declared: read as one',)


def test_several_are_those_of_the_same_letters() -> None:
    user, post = {**ID, "name": "userId"}, {**OTHER, "name": "post_id"}
    change = repaired("/a/{userID}/{postId}", [user, QUERY, post])
    names = [one["name"] for one in change.node["parameters"]]
    assert names == ["userID", "id", "postId"]
    assert len(change.repairs) == 2


def test_the_rest_is_known_as_soon_as_others_are() -> None:
    user = {**ID, "name": "userId"}
    change = repaired("/a/{user_id}/{x}", [user, OTHER])
    assert [one["name"] for one in change.node["parameters"]] == ["user_id", "x"]
    change = repaired("/a/{user_id}/{x}", [user])
    assert [one["name"] for one in change.node["parameters"]] == ["x", "user_id"]
    change = repaired("/a/{user_id}", [user, OTHER])
    assert [one["name"] for one in change.node["parameters"]] == ["user_id"]


MEANT = {**OTHER, "name": "id"}


@pytest.mark.parametrize(("own", "kept"), [([ID], [QUERY]), ([], [MEANT, QUERY])])
def test_shared_parameter_is_dropped_or_is_the_variable_that_lacks_one(own: Any, kept: Any) -> None:
    item = {"parameters": [OTHER, QUERY], "get": {"parameters": own}, "summary": "s"}
    view = DocumentView({"openapi": "3.0.3", "paths": {"/a/{id}": item}})
    change = path_variables(item, Place(view, Kind.PATH_ITEM, "#/paths/~1a~1{id}"))
    assert (change.node["parameters"] if change else None) == kept


@pytest.mark.parametrize("operation", [["parameters"], "parameters", None, 5])
def test_operation_that_is_none_is_left_to_others(operation: Any) -> None:
    item = {"get": operation}
    view = DocumentView({"openapi": "3.0.3", "paths": {"/a/{id}": item}})
    assert path_variables(item, Place(view, Kind.PATH_ITEM, "#/paths/~1a~1{id}")) is None
