"""Keys of paths as frameworks write their routes are those of OpenAPI."""

import pytest
from vcgen.dialect import DocumentView, plain_path


def plain(path: str, *declared: str, paths: tuple[str, ...] = ()) -> str:
    """Return a path key as OpenAPI has it, where an operation declares some variables."""
    parameters = [{"name": name, "in": "path", "required": True} for name in declared]
    item = {"get": {"parameters": parameters}}
    view = DocumentView({"openapi": "3.0.3", "paths": {path: item, **{key: {} for key in paths}}})
    found = plain_path(path, item, view)
    assert plain_path(found, item, view) == found
    return found


@pytest.mark.parametrize(
    ("path", "meant"),
    [
        ("/i/:id", "/i/{id}"),
        ("/i/:id/b/:bee", "/i/{id}/b/{bee}"),
        ("/i/:id?action=run", "/i/{id}?action=run"),
        ("/i/:id?", "/i/{id}"),
        ("/i/:id?/b", "/i/{id}/b"),
        (r"/i/:id(\d+)/b", "/i/{id}/b"),
        ("/i/:id(a|(b))", "/i/{id}"),
        ("/i/{id?}", "/i/{id}"),
        # Variables whose values are several segments.
        ("/i/*rest", "/i/{rest*}"),
        ("/i/**rest", "/i/{rest*}"),
        ("/i/:rest*", "/i/{rest*}"),
        ("/i/:rest+", "/i/{rest+}"),
        ("/i/:rest(.*)", "/i/{rest*}"),
        ("/i/{*rest}", "/i/{*rest}"),
        ("/i/*", "/i/*"),
        ("i/x", "/i/x"),
        # Verbs, patterns and parts of a path of other frameworks.
        ("/v1/{name}:cancel", "/v1/{name}:cancel"),
        ("/v1/pets:batch", "/v1/pets:batch"),
        ("/i/{id:[0-9]+}", "/i/{id:[0-9]+}"),
        ("/i/{name=projects/*}", "/i/{name=projects/*}"),
        ("/i/{?limit}", "/i/{?limit}"),
    ],
)
def test_path_has_braces_around_variables(path: str, meant: str) -> None:
    assert plain(path) == meant


@pytest.mark.parametrize(
    "path", ["/i/<id>", "/i/<int:id>", "/i/[id]", "/i/${id}", "/i/{{id}}", "/i/{id"]
)
def test_variable_is_one_that_is_declared(path: str) -> None:
    assert plain(path, "id") == "/i/{id}"
    assert plain(path, "other") == path


def test_declared_variable_of_several_segments() -> None:
    assert plain("/i/<path:id>", "id") == "/i/{id*}"
    assert plain("/i/<path:id>", "other") == "/i/<path:id>"


def test_two_keys_stay_two() -> None:
    assert plain("/i/:id", paths=("/i/{id}",)) == "/i/:id"
