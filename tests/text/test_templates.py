"""Path keys are read with the patterns that frameworks write into them."""

import pytest
from vcgen.text import templates


@pytest.mark.parametrize(
    ("key", "path", "query"),
    [
        ("/a/{id}", "/a/{id}", ""),
        ("/a/{drive-id}/{a b}", "/a/{drive-id}/{a b}", ""),
        ("/a/{ id }/{ b : int}", "/a/{id}/{b}", ""),
        ("/a/{id:[0-9]{2,4}}/b", "/a/{id}/b", ""),
        ("/v1/{name=projects/*/things/*}:stop", "/v1/{name}:stop", ""),
        ("/v1/{+name}", "/v1/{name}", ""),
        ("/{proxy+}", "/{proxy}", ""),
        ("/f/{path*}", "/f/{path}", ""),
        ("/f/{path*2}", "/f/{path}", ""),
        ("/f/{*path}", "/f/{path}", ""),
        ("/f/{**path}", "/f/{path}", ""),
        ("/f/{path...}", "/f/{path}", ""),
        ("/f/{a.b}", "/f/{a.b}", ""),
        ("/a{?limit,offset}", "/a", ""),
        ("/a/{id}{?limit}?action=stop", "/a/{id}", "action=stop"),
        ("/a?action=stop", "/a", "action=stop"),
        ("/a/{}", "/a/{}", ""),
    ],
)
def test_key_is_a_path_and_a_query(key: str, path: str, query: str) -> None:
    assert templates.split(key) == (path, query)


@pytest.mark.parametrize(
    "variable",
    [
        *("+name", "*path", "**path", "path*", "path*2", "p**", "path...", "proxy+"),
        *("p:.*", "p:path", "n=a/*"),
    ],
)
def test_value_of_several_segments(variable: str) -> None:
    assert templates.spans_segments(variable)


@pytest.mark.parametrize("variable", ["name", "id:[0-9]+", "id:int", "a-b", "a.b", "*"])
def test_value_of_one_segment(variable: str) -> None:
    assert not templates.spans_segments(variable)


def test_variables_are_written_as_in_the_key() -> None:
    assert templates.variables("/a/{id:[0-9]{2}}/{b}{?q}") == ["id:[0-9]{2}", "b"]
