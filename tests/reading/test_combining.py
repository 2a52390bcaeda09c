"""Several documents as one: what they share, what they cannot, and whose each node is."""

from __future__ import annotations

from typing import Any

import pytest
from support import reference
from vcgen.errors import SpecError
from vcgen.reading.combining import labels
from vcgen.reading.combining.merging import Merged, merged

OK = {"responses": {"204": {"description": "Done."}}}


def document(**parts: Any) -> dict[str, Any]:
    """Return a document with some parts."""
    return {"openapi": "3.0.3", "info": {"title": "T", "version": "1"}, "paths": {}, **parts}


def schemas(**nodes: Any) -> dict[str, Any]:
    """Return a document with some schemas."""
    return document(components={"schemas": nodes})


def together(*trees: dict[str, Any], apart: tuple[str, ...] = ()) -> Merged:
    """Merge documents that are called a, b, ..."""
    names = ["a", "b", "c"][: len(trees)]
    return merged(trees, names, [f"{name}.yaml" for name in names], apart)


def test_equal_schemas_are_one_and_text_does_not_count() -> None:
    whole = together(
        schemas(X={"type": "string", "description": "This."}),
        schemas(X={"type": "string", "description": "That."}, Y={"type": "integer"}),
    )
    assert whole.tree["components"]["schemas"] == {
        "X": {"type": "string", "description": "This."},
        "Y": {"type": "integer"},
    }
    assert whole.apart == frozenset()


def test_property_that_is_called_like_a_text_counts() -> None:
    one, other = (
        schemas(X={"properties": {"description": {"type": kind}}}) for kind in ("string", "object")
    )
    assert together(one, other).apart == {"b-X"}


def test_unequal_schema_gets_the_label_and_references_follow_it() -> None:
    other = schemas(
        X={"type": "integer"},
        User={"properties": {"x": reference("X"), "y": reference("X/properties/z")}},
        Told={
            "oneOf": [reference("X")],
            "discriminator": {
                "propertyName": "k",
                "mapping": {"x": "X", "y": reference("X")["$ref"]},
                "defaultMapping": "X",
            },
        },
        Example={"example": reference("X"), "properties": {"example": reference("X")}},
    )
    found = together(schemas(X={"type": "string"}), other).tree["components"]["schemas"]
    assert found["X"] == {"type": "string"}
    assert found["b-X"] == {"type": "integer"}
    assert found["User"] == {
        "properties": {"x": reference("b-X"), "y": reference("b-X/properties/z")}
    }
    assert found["Told"] == {
        "oneOf": [reference("b-X")],
        "discriminator": {
            "propertyName": "k",
            "mapping": {"x": "b-X", "y": reference("b-X")["$ref"]},
            "defaultMapping": "b-X",
        },
    }
    assert found["Example"] == {
        "example": reference("X"),
        "properties": {"example": reference("b-X")},
    }


@pytest.mark.parametrize("name", ["default", "example", "enum"])
def test_component_that_is_called_like_a_value_is_followed_too(name: str) -> None:
    other = schemas(X={"type": "integer"}, **{name: {"items": reference("X")}})
    other["components"]["schemas"]["Y"] = {"$defs": {name: reference("X")}}
    found = together(schemas(X={"type": "string"}), other).tree["components"]["schemas"]
    assert found[name] == {"items": reference("b-X")}
    assert found["Y"] == {"$defs": {name: reference("b-X")}}


def test_what_refers_to_an_unequal_schema_is_unequal_however_far_away() -> None:
    def chain(kind: str) -> dict[str, Any]:
        return schemas(A={"items": reference("B")}, B={"items": reference("C")}, C={"type": kind})

    found = together(chain("string"), chain("integer"))
    assert found.apart == {"b-A", "b-B", "b-C"}
    assert found.tree["components"]["schemas"]["b-A"] == {"items": reference("b-B")}


def test_name_that_the_configuration_knows_is_kept_though_the_schemas_agree() -> None:
    one = schemas(X={"type": "string"})
    assert together(one, one, apart=("b-X",)).apart == {"b-X"}
    assert together(one, one, apart=("a-X", "X")).apart == frozenset()


def test_third_document_shares_with_the_first() -> None:
    found = together(
        schemas(X={"type": "string"}), schemas(X={"type": "integer"}), schemas(X={"type": "string"})
    )
    assert list(found.tree["components"]["schemas"]) == ["X", "b-X"]


def test_label_that_is_taken_is_put_in_front_again() -> None:
    found = together(
        schemas(X={"type": "string"}), schemas(**{"X": {"type": "integer"}, "b-X": {}})
    )
    assert list(found.tree["components"]["schemas"]) == ["X", "b-b-X", "b-X"]


def test_first_document_decides_about_an_operation_whatever_its_variable_is_called() -> None:
    one = document(paths={"/x/{id}": {"get": {**OK, "operationId": "one"}}})
    other = document(
        paths={"/x/{x_id}": {"get": {**OK, "operationId": "two"}, "put": OK}, "/y": {"get": OK}}
    )
    found = together(one, other)
    assert found.tree["paths"] == {
        "/x/{id}": {"get": {**OK, "operationId": "one"}},
        "/x/{x_id}": {"put": OK},
        "/y": {"get": OK},
    }
    ((place, (dropped,)),) = found.dropped.items()
    assert (place, dropped) == (("paths", "/x/{id}", "get"), (1, ("paths", "/x/{x_id}", "get")))


def test_parameters_of_a_path_stay_with_its_operations() -> None:
    def query(name: str) -> dict[str, str]:
        return {"name": name, "in": "query"}

    one = document(paths={"/x": {"parameters": [query("a"), query("b")], "get": OK}})
    other = document(paths={"/x": {"put": {**OK, "parameters": [query("c")]}}})
    own = {**OK, "parameters": [query("a")]}
    assert together(one, other).tree["paths"] == {
        "/x": {
            "get": {**OK, "parameters": [query("a"), query("b")]},
            "put": {**OK, "parameters": [query("c")]},
        }
    }
    one["paths"]["/x"]["get"] = own
    assert together(one, other).tree["paths"]["/x"]["get"]["parameters"] == [query("b"), query("a")]


def test_additional_operations_and_references_are_taken() -> None:
    one = document(openapi="3.2.0", paths={"/x": {"additionalOperations": {"COPY": OK}}})
    other = document(
        openapi="3.2.0",
        paths={"/x": {"$ref": "#/components/pathItems/X"}},
        components={"pathItems": {"X": {"additionalOperations": {"COPY": {**OK}, "MOVE": OK}}}},
    )
    found = together(one, other).tree["paths"]["/x"]
    assert found == {"additionalOperations": {"COPY": OK, "MOVE": OK}}


def test_security_of_a_document_goes_into_its_operations_where_the_other_has_another() -> None:
    paths = {"/x": {"get": OK, "put": {**OK, "security": []}}}
    one = document(paths=paths, security=[{"key": []}])
    other = document(paths={"/y": {"get": OK}})
    found = together(one, other).tree
    assert "security" not in found
    assert found["paths"]["/x"]["get"] == {**OK, "security": [{"key": []}]}
    assert found["paths"]["/x"]["put"] == {**OK, "security": []}
    assert found["paths"]["/y"]["get"] == OK
    same = together(one, document(security=[{"key": []}]))
    assert same.tree["security"] == [{"key": []}]
    assert same.tree["paths"] == paths


def test_security_follows_a_scheme_to_its_new_name() -> None:
    def keyed(name: str) -> dict[str, Any]:
        scheme = {"type": "apiKey", "in": "header", "name": name}
        return document(
            paths={f"/{name}": {"get": OK}},
            security=[{"key": []}],
            components={"securitySchemes": {"key": scheme}},
        )

    found = together(keyed("x"), keyed("y")).tree
    assert list(found["components"]["securitySchemes"]) == ["key", "b-key"]
    assert found["paths"]["/x"]["get"]["security"] == [{"key": []}]
    assert found["paths"]["/y"]["get"]["security"] == [{"b-key": []}]


@pytest.mark.parametrize(
    ("one", "other", "servers", "paths"),
    [
        (None, None, None, ["/x", "/y"]),
        ("https://{host}/api", None, "https://{host}", ["/api/x", "/y"]),
        (None, "https://{host}/api", "https://{host}", ["/x", "/api/y"]),
        ("https://{host}/a/b", "https://localhost/a/c", "https://{host}/a", ["/b/x", "/c/y"]),
        ("https://x.org/a", "/a", "https://x.org/a", ["/x", "/y"]),
        ("/", "https://x.org/a", "https://x.org", ["/x", "/a/y"]),
    ],
)
def test_servers_that_differ_in_the_path_move_it_into_the_paths(
    one: str | None, other: str | None, servers: str | None, paths: list[str]
) -> None:
    def served(url: str | None, path: str) -> dict[str, Any]:
        tree = document(paths={path: {"get": OK}})
        return {**tree, "servers": [{"url": url}]} if url else tree

    found = together(served(one, "/x"), served(other, "/y"))
    assert found.tree.get("servers") == (servers and [{"url": servers}])
    assert list(found.tree["paths"]) == paths
    assert found.origin(f"#/paths/{paths[1].replace('/', '~1')}/get") == (1, "#/paths/~1y/get")


def test_hosts_that_differ_are_refused() -> None:
    one, other = (document(servers=[{"url": f"https://{host}/"}]) for host in ("x.org", "y.org"))
    with pytest.raises(
        SpecError, match=r"b.yaml: this document is for the server y.org, and a.yaml for"
    ):
        together(one, other)


def test_each_node_knows_whose_it_is() -> None:
    one = document(
        tags=[{"name": "p"}],
        paths={"/x": {"get": OK}},
        components={"schemas": {"X": {"type": "string"}}},
    )
    other = document(
        tags=[{"name": "p"}, {"name": "q"}],
        paths={"/x": {"put": OK}},
        components={"schemas": {"X": {"type": "integer"}, "Y": {"items": {}}}},
    )
    found = together(one, other)
    assert found.tree["tags"] == [{"name": "p"}, {"name": "q"}]
    for pointer, origin in {
        "#/info/title": (0, "#/info/title"),
        "#/tags/0": (0, "#/tags/0"),
        "#/tags/1/name": (1, "#/tags/1/name"),
        "#/paths/~1x/get/responses": (0, "#/paths/~1x/get/responses"),
        "#/paths/~1x/put/responses": (1, "#/paths/~1x/put/responses"),
        "#/components/schemas/X/type": (0, "#/components/schemas/X/type"),
        "#/components/schemas/b-X/type": (1, "#/components/schemas/X/type"),
        "#/components/schemas/Y/items": (1, "#/components/schemas/Y/items"),
    }.items():
        assert found.origin(pointer) == origin, pointer


@pytest.mark.parametrize(
    ("versions", "whole"),
    [
        (("3.0.0", "3.0.3"), "3.0.0"),
        (("3.0.3", "3.1.0"), "3.1.0"),
        (("3.2.0", "3.1.0"), "3.2.0"),
        (("3.1.0", "4.0.0"), "4.0.0"),
        (("3.1.0", "2.0"), "2.0"),
    ],
)
def test_version_is_the_latest_unless_one_is_none(versions: tuple[str, str], whole: str) -> None:
    found = together(*(document(openapi=version) for version in versions))
    assert found.tree["openapi"] == whole
    assert found.origin("#/openapi")[0] == versions.index(whole)


def test_names_that_slices_have_settled_are_taken() -> None:
    one = {**schemas(X={"type": "string"}), "x-vcgen-names": {"schemas": {"X": "One"}}}
    other = {
        **schemas(X={"type": "integer"}),
        "x-vcgen-names": {"schemas": {"X": "Two"}, "operations": {"GET /x": "look"}},
    }
    assert together(one, other).tree["x-vcgen-names"] == {
        "schemas": {"X": "One", "b-X": "Two"},
        "operations": {"GET /x": "look"},
    }


@pytest.mark.parametrize(
    ("files", "found"),
    [
        (["specs/a.json", "specs/b.yaml"], ["a", "b"]),
        (["old/vcenter.json", "new/vcenter.json"], ["old.vcenter", "new.vcenter"]),
        (["a b/c d.json", "x.YML"], ["c-d", "x"]),
        (["v/a.json", "w/a.json", "w/b.json"], ["v.a", "w.a", "w.b"]),
        (["a.json", "a.yaml"], ["a.1", "a.2"]),
    ],
)
def test_labels_tell_documents_apart(files: list[str], found: list[str]) -> None:
    assert labels(files) == found
