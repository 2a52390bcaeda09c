"""A slice holds the selected operations and what they reach, and nothing else."""

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml12
from openapi_spec_validator import OpenAPIV30SpecValidator
from support import reference as ref
from vcgen.dialect import detect, get
from vcgen.errors import EXCLUDE, SpecError
from vcgen.slicing import Slice, check_version, operations, select, slice_document

SPECS = Path(__file__).parents[3] / "shared" / "specs"
JSON = "application/json"


def document(paths: dict[str, Any], **components: Any) -> dict[str, Any]:
    """Return a document of these paths and sections of components."""
    info = {"title": "Test", "version": "1"}
    return {"openapi": "3.0.3", "info": info, "paths": paths, "components": components}


def answering(schema: object, **fields: Any) -> dict[str, Any]:
    """Return an operation that answers JSON of that schema."""
    answer = {"description": "", "content": {JSON: {"schema": schema}}}
    return {"responses": {"200": answer}, **fields}


def sliced(tree: dict[str, Any], *patterns: str, dialect: str = "plain") -> Slice:
    """Return the slice, having seen that the document is as it was, and the slice its own slice."""
    before = copy.deepcopy(tree)
    found = slice_document(tree, patterns or ["*"], dialect=get(dialect))
    assert tree == before
    again = slice_document(found.tree, ["*"], dialect=get(dialect))
    assert json.dumps(again.tree) == json.dumps(found.tree)
    assert again.repairs == ()
    return found


def schema_of(schema: object, **schemas: Any) -> Any:
    """Return what the slice makes of the schema of a reply."""
    tree = sliced(document({"/a": {"get": answering(schema)}}, schemas=schemas)).tree
    return tree["paths"]["/a"]["get"]["responses"]["200"]["content"][JSON]["schema"]


def refusals(tree: dict[str, Any], *patterns: str, strict: bool = False) -> list[tuple[str, str]]:
    """Return pointer and message of all that is refused."""
    with pytest.raises(SpecError) as caught:
        slice_document(tree, patterns or ["*"], dialect=get("plain"), strict=strict)
    return [(problem.pointer, problem.message) for problem in caught.value.diagnostics]


def refused_schema(schema: object, **schemas: Any) -> list[tuple[str, str]]:
    """Return what is refused of the schema of a reply; pointers are relative to it."""
    found = refusals(document({"/a": {"get": answering(schema)}}, schemas=schemas))
    start = "#/paths/~1a/get/responses/200/content/application~1json/schema"
    return [(pointer.removeprefix(start), message) for pointer, message in found]


# Operations

PETS = document(
    {
        "x-group": {"get": {}},
        "/pet/{id}?action=feed": {
            "parameters": [],
            "post": {"operationId": "feed", "tags": ["Pets", "Food"]},
        },
        "/pet/{id}": {
            "get": {"operationId": "get", "tags": ["Pets"]},
            "delete": {"operationId": "delete", "tags": ["Pets"]},
        },
        "/shop": {"get": {"operationId": "get", "tags": ["Shop keeping"]}, "head": {}},
    }
)


def names(*patterns: str) -> list[str]:
    """Return the names of the operations of PETS that the patterns mean."""
    return [key.name for key in select(PETS, patterns)]


def test_operations_are_listed_in_the_order_of_the_document() -> None:
    keys = operations(PETS)
    assert [key.name for key in keys] == [
        "POST /pet/{id}?action=feed",
        "GET /pet/{id}",
        "DELETE /pet/{id}",
        "GET /shop",
        "HEAD /shop",
    ]
    assert keys[0].operation_id == "feed"
    assert keys[0].tags == ("Pets", "Food")
    assert keys[0].pointer == "#/paths/~1pet~1{id}?action=feed/post"
    assert keys[4].operation_id is None


@pytest.mark.parametrize("paths", [{}, {"paths": None}, {"paths": []}])
def test_document_without_paths_is_refused(paths: dict[str, Any]) -> None:
    with pytest.raises(SpecError, match="paths"):
        operations({"openapi": "3.0.3", **paths})


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("GET /pet/{id}", ["GET /pet/{id}"]),
        ("get  /pet/{id}", ["GET /pet/{id}"]),
        ("/pet/{id}", ["GET /pet/{id}", "DELETE /pet/{id}"]),
        ("POST /pet/{id}?action=feed", ["POST /pet/{id}?action=feed"]),
        ("feed", ["POST /pet/{id}?action=feed"]),
        ("Shop keeping", ["GET /shop"]),
        ("Shop*", ["GET /shop"]),
        ("GET *", ["GET /pet/{id}", "GET /shop"]),
        ("* /shop", ["GET /shop", "HEAD /shop"]),
        ("/pet/*action*", ["POST /pet/{id}?action=feed"]),
        ("*/shop", ["GET /shop", "HEAD /shop"]),
        ("ge*t", ["GET /pet/{id}", "GET /shop"]),
        ("Pets", ["POST /pet/{id}?action=feed", "GET /pet/{id}", "DELETE /pet/{id}"]),
    ],
)
def test_pattern_means_operations(pattern: str, expected: list[str]) -> None:
    assert names(pattern) == expected


def test_star_means_all() -> None:
    assert select(PETS, ["*"]) == operations(PETS)


def test_operations_matched_twice_are_selected_once_in_the_order_of_the_document() -> None:
    assert names("GET /shop", "delete", "*/shop") == ["DELETE /pet/{id}", "GET /shop", "HEAD /shop"]


def test_document_without_operations_is_told_as_such() -> None:
    with pytest.raises(SpecError, match="the document has no operations"):
        select({**PETS, "paths": {}, "webhooks": {"a": {"post": {"responses": {}}}}}, ["*"])


@pytest.mark.parametrize("pattern", ["/pet/?id}", "/pet/[{]id}", "GET /shop/", "SHOP", "shop", ""])
def test_only_the_star_is_a_wildcard(pattern: str) -> None:
    with pytest.raises(SpecError, match="no operation matches"):
        names(pattern)


@pytest.mark.parametrize(
    ("pattern", "near"),
    [("GET /pets/{id}", "GET /pet/{id}"), ("/shops", "/shop"), ("fed", "feed"), ("Pet", "Pets")],
)
def test_near_names_are_offered_for_a_pattern_without_match(pattern: str, near: str) -> None:
    with pytest.raises(SpecError) as caught:
        names(pattern)
    assert f'"{near}"' in caught.value.diagnostics[0].hint


def test_all_patterns_without_match_are_reported_together() -> None:
    with pytest.raises(SpecError) as caught:
        names("nothing", "feed", "/nowhere", "nothing")
    assert [problem.message for problem in caught.value.diagnostics] == [
        'no operation matches "nothing"',
        'no operation matches "/nowhere"',
    ]


def test_operation_id_of_several_operations_is_refused() -> None:
    with pytest.raises(SpecError) as caught:
        names("get")
    (problem,) = caught.value.diagnostics
    assert problem.message == ('2 operations have the operationId "get": GET /pet/{id}, GET /shop')
    assert '"GET /pet/{id}"' in problem.hint


def test_no_more_than_five_of_several_operations_are_listed() -> None:
    tree = document({f"/{n}": {"get": {"operationId": "get"}} for n in range(7)})
    with pytest.raises(SpecError, match="GET /4 and 2 more"):
        select(tree, ["get"])


def test_path_item_may_be_a_reference() -> None:
    tree = document(
        {"/a": {"$ref": "#/paths/~1b"}, "/b": {"get": answering({})}, "/c": {"$ref": "#/x"}}
    )
    found = sliced(tree, "/a")
    assert found.tree["paths"] == {"/a": {"get": answering({})}}
    assert refusals(tree) == [
        ("#/paths/~1c/$ref", 'the path item refers to "#/x", which is not in the document')
    ]


# What a slice holds


def test_slice_holds_what_the_operation_reaches_and_nothing_else() -> None:
    tree = document(
        {"/a": {"get": answering(ref("C"))}, "/b": {"get": answering(ref("D"))}},
        schemas={"D": {}, "A": {"type": "string"}, "C": {"items": ref("A")}, "B": ref("Nothing")},
        responses={"Unused": {"description": ""}},
    )
    found = sliced(tree, "/a")
    assert found.tree == {
        "openapi": "3.0.3",
        "info": {"title": "Test", "version": "1"},
        "paths": {"/a": {"get": answering(ref("C"))}},
        "components": {"schemas": {"A": {"type": "string"}, "C": {"items": ref("A")}}},
    }
    assert list(found.tree["components"]["schemas"]) == ["A", "C"]
    assert [key.name for key in found.operations] == ["GET /a"]
    assert found.repairs == ()


def test_other_methods_of_the_path_go_and_what_they_share_stays() -> None:
    item = {
        "summary": "Shared.",
        "parameters": [ref("P", "parameters")],
        "get": answering({}),
        "post": answering(ref("Nothing")),
    }
    parameter = {"name": "p", "in": "query", "schema": {"type": "string"}}
    found = sliced(document({"/a": item}, parameters={"P": parameter}), "GET /a").tree
    assert list(found["paths"]["/a"]) == ["summary", "parameters", "get"]
    assert found["components"] == {"parameters": {"P": parameter}}


def test_components_of_every_kind_are_reached() -> None:
    operation = {
        "parameters": [ref("P", "parameters")],
        "requestBody": ref("B", "requestBodies"),
        "responses": {"200": ref("R", "responses")},
        "security": [{"S": []}],
    }
    components: dict[str, dict[str, Any]] = {
        "schemas": {"A": {}, "Z": {}},
        "parameters": {"P": {"name": "p", "in": "query", "content": {JSON: {"schema": ref("A")}}}},
        "requestBodies": {"B": {"content": {"multipart/form-data": {"encoding": {
            "file": {"headers": {"X-Of-Part": ref("H", "headers")}}
        }}}}},
        "responses": {"R": {"description": "", "headers": {"x-count": ref("H", "headers")}}},
        "headers": {"H": {"schema": ref("A")}},
        "securitySchemes": {"S": {"type": "http", "scheme": "basic"}, "T": {}},
    }  # fmt: skip
    found = sliced(document({"/a": {"post": operation}}, **components)).tree
    kept = {name: list(section) for name, section in found["components"].items()}
    assert kept == {name: list(section)[:1] for name, section in components.items()}
    assert found["paths"] == {"/a": {"post": operation}}


def test_what_no_client_is_made_from_is_dropped() -> None:
    extra = {"x-internal": True, "x-vcgen-name": "kept"}
    schema = {"type": "string", "example": "a", "examples": [], "xml": {}, "externalDocs": {}}
    tree = document(
        {
            "/a": {
                "x-internal": {},
                "get": {
                    "tags": ["T"],
                    "externalDocs": {},
                    "callbacks": {"c": ref("Nothing")},
                    "parameters": [
                        {"name": "p", "in": "query", "example": 1, "examples": {}, "schema": {}}
                    ],
                    "responses": {
                        "200": {
                            "description": "",
                            "links": {},
                            "content": {JSON: {"example": {}, "schema": {**schema, **extra}}},
                        },
                        "x-internal": {},
                    },
                },
            }
        },
        examples={"E": {}},
    )
    tree["info"]["x-logo"] = "a"
    tree["tags"] = [{"name": "Other"}, {"name": "T", "description": "Used.", "externalDocs": {}}]
    tree["x-tagGroups"] = []
    tree["externalDocs"] = {}
    tree["servers"] = [{"url": "/api", "x-stage": 1}]
    assert sliced(tree).tree == {
        "openapi": "3.0.3",
        "info": {"title": "Test", "version": "1"},
        "paths": {
            "/a": {
                "get": {
                    "tags": ["T"],
                    "parameters": [{"name": "p", "in": "query", "schema": {}}],
                    "responses": {
                        "200": {
                            "description": "",
                            "content": {
                                JSON: {"schema": {"type": "string", "x-vcgen-name": "kept"}}
                            },
                        }
                    },
                }
            }
        },
        "tags": [{"name": "T", "description": "Used."}],
        "servers": [{"url": "/api"}],
    }


def test_tags_that_are_no_tags_are_left_out() -> None:
    tree = document({"/a": {"get": answering({}, tags=["T", 1])}})
    assert "tags" not in sliced({**tree, "tags": [{"name": ["T"]}, {}, "T"]}).tree


def test_extensions_that_describe_values_are_kept() -> None:
    schema = {"enum": ["a"], "x-enum-varnames": ["A"], "x-enumDescriptions": {}, "x-nullable": True}
    assert schema_of(schema) == schema


def test_properties_called_like_keywords_are_properties() -> None:
    properties = {
        "$ref": {"type": "string"},
        "example": {"type": "string", "example": "dropped"},
        "x-internal": {"type": "string"},
        "default": ref("A"),
        "properties": {"type": "object", "properties": {"xml": {"type": "string"}}},
    }
    tree = document(
        {"/a": {"get": answering({"properties": properties})}}, schemas={"A": {"type": "string"}}
    )
    found = sliced(tree).tree
    answer = found["paths"]["/a"]["get"]["responses"]["200"]["content"][JSON]["schema"]
    assert answer["properties"] == {**properties, "example": {"type": "string"}}
    assert list(found["components"]["schemas"]) == ["A"]


@pytest.mark.parametrize("keyword", ["default", "enum", "const"])
def test_values_are_never_taken_for_schemas(keyword: str) -> None:
    value = {"$ref": "#/nowhere", "x-a": 1, "example": {"$ref": 3}}
    schema = {keyword: [value] if keyword == "enum" else value}
    assert schema_of(schema) == schema


def test_headers_and_media_types_called_like_extensions_stay() -> None:
    answer = {"description": "", "headers": {"x-h": {"schema": {}}}, "content": {"x-y/z": {}}}
    tree = document({"/a": {"get": {"responses": {"2XX": answer}}}})
    assert sliced(tree).tree["paths"]["/a"]["get"]["responses"] == {"2XX": answer}


def test_keys_that_are_no_strings_become_strings() -> None:
    tree = document({"/a": {"get": {"responses": {200: {"description": ""}}}}})
    found = sliced(tree).tree["paths"]["/a"]["get"]
    assert found == {"responses": {"200": {"description": ""}}}


def test_only_schemes_in_use_are_kept() -> None:
    operation = answering({}, security=[{"B": []}, {}])
    tree = document(
        {"/a": {"get": operation}},
        securitySchemes={"A": {}, "B": {"type": "http", "scheme": "basic"}},
    )
    tree["security"] = [{"A": []}]
    found = sliced(tree).tree
    assert found["components"] == {"securitySchemes": {"B": {"type": "http", "scheme": "basic"}}}
    assert "security" not in found


def test_security_of_the_document_is_kept_where_an_operation_relies_on_it() -> None:
    tree = document(
        {"/a": {"get": answering({})}, "/b": {"get": answering({}, security=[])}},
        securitySchemes={"A": {"type": "http"}, "B": {}},
    )
    tree["security"] = [{"A": []}]
    assert sliced(tree, "/a").tree["security"] == [{"A": []}]
    assert list(sliced(tree, "/a").tree["components"]["securitySchemes"]) == ["A"]
    assert not {"security", "components"} & set(sliced(tree, "/b").tree)


# References


def test_references_may_run_in_circles() -> None:
    found = schema_of(
        ref("A"), A={"properties": {"b": ref("B")}}, B={"items": ref("A"), "allOf": [ref("B")]}
    )
    assert found == ref("A")


def test_percent_signs_of_pointers_are_encoded() -> None:
    tree = document({"/a%2Fb?q=%25": {"get": answering({"items": 1})}})
    (key,) = operations(tree)
    assert key.pointer == "#/paths/~1a%252Fb?q=%2525/get"
    assert refusals(tree)[0][0].startswith(key.pointer)
    tree = document({"/a%2Fb?q=%25": {"get": answering({})}})
    (parameter,) = sliced(tree).tree["paths"]["/a%2Fb?q=%25"]["get"]["parameters"]
    assert parameter["schema"]["enum"] == ["%"]


def test_escapes_of_references_are_understood() -> None:
    tree = document(
        {"/a": {"get": answering({"$ref": "#/components/schemas/a~1b%20%7Bc%7D~0"})}},
        schemas={"a/b {c}~": {"type": "string"}, "a": {}},
    )
    assert list(sliced(tree).tree["components"]["schemas"]) == ["a/b {c}~"]


def test_reference_into_a_component_is_written_in_place() -> None:
    a = {"properties": {"x": {"type": "array", "items": ref("B")}}, "required": ["x"]}
    reference = {"$ref": "#/components/schemas/A/properties/x"}
    tree = document({"/a": {"get": answering(reference)}}, schemas={"A": a, "B": {}})
    found = sliced(tree).tree
    assert found["paths"]["/a"]["get"] == answering({"type": "array", "items": ref("B")})
    assert found["components"] == {"schemas": {"B": {}}}


def test_reference_into_another_operation_is_written_in_place() -> None:
    reference = {"$ref": "#/paths/~1b/get/responses/200", "description": "Ignored."}
    tree = document(
        {"/a": {"get": {"responses": {"200": reference}}}, "/b": {"get": answering({})}}
    )
    assert sliced(tree, "/a").tree["paths"] == {"/a": {"get": answering({})}}


def test_description_beside_a_reference_survives_when_it_is_written_in_place() -> None:
    reference = {"$ref": "#/components/schemas/A/items", "description": "Own."}
    assert schema_of(reference, A={"items": {"type": "string"}}) == {
        "description": "Own.",
        "allOf": [{"type": "string"}],
    }


def test_description_beside_a_reference_stays() -> None:
    assert schema_of({**ref("A"), "description": "Own."}, A={}) == {
        **ref("A"),
        "description": "Own.",
    }


def test_schema_that_contains_itself_becomes_a_component() -> None:
    reference = {"$ref": "#/components/schemas/A/properties/b"}
    inner = {"properties": {"x": reference}}
    found = schema_of(reference, A={"properties": {"b": inner}})
    assert found["$ref"] == "#/components/schemas/A_b"


def test_component_of_a_schema_that_contains_itself_has_a_name_of_its_own() -> None:
    reference = {"$ref": "#/components/schemas/A/$defs/b"}
    parts = {"A": {"$defs": {"b": {"items": reference}}, "items": reference}, "A_b": {}}
    tree = document({"/a": {"get": answering(ref("A"))}}, schemas=parts)
    first, second = sliced(tree).tree["components"]["schemas"]
    assert (first, second[:4], len(second)) == ("A", "A_b_", 8)
    again = sliced(sliced(tree).tree)
    assert again.tree == sliced(tree).tree


def test_schema_of_an_operation_that_contains_itself_is_named_by_the_operation() -> None:
    schema = {"$ref": "#/$defs/N", "$defs": {"N": {"items": {"$ref": "#/$defs/N"}}}}
    tree = document({"/a": {"get": answering(schema, operationId="getA")}})
    found = sliced(tree).tree["components"]["schemas"]
    assert found == {"getA_N": {"items": {"$ref": "#/components/schemas/getA_N"}}}


@pytest.mark.parametrize(
    ("inner", "classes"),
    [
        ({"$ref": "#/$defs/M"}, 1),
        ({"$ref": "#"}, 2),
        ({"items": {"$ref": "#/$defs/X"}}, 2),
        ({"$ref": "#/components/schemas/C"}, 1),
    ],
    ids=str,
)
def test_definitions_are_shared_if_they_refer_to_nothing_around_them(
    inner: dict[str, Any], classes: int
) -> None:
    """A request and its response often have the same definitions; what is around them differs."""
    definitions = {"N": {"properties": {"a": inner, "m": {"$ref": "#/$defs/M"}}}, "M": {}}

    def within(name: str) -> dict[str, Any]:
        part = {"properties": {name: {"$ref": "#/$defs/N"}}, "$defs": definitions}
        return {"allOf": [part], "title": name, "$defs": {"X": {"title": name}}}

    body = {"content": {"application/json": {"schema": within("sent")}}}
    operation = answering(within("read"), operationId="a", requestBody=body)
    tree = document({"/a": {"post": operation}}, schemas={"C": {}})
    found = sliced(tree).tree["components"]["schemas"]
    assert len([name for name in found if name.startswith("a_N")]) == classes


def test_reference_that_leads_back_to_itself_is_refused() -> None:
    assert refused_schema(ref("A"), A=ref("B"), B=ref("A")) == [
        ("#/components/schemas/A/$ref", '"#/components/schemas/B" refers to itself'),
    ]


def test_chain_of_references_is_followed() -> None:
    tree = document(
        {"/a": {"get": answering(ref("A"))}}, schemas={"C": {}, "B": ref("C"), "A": ref("B")}
    )
    assert list(sliced(tree).tree["components"]["schemas"]) == ["C", "B", "A"]


DEFINE = f"define it, or {EXCLUDE}"


def test_dangling_references_are_refused_together_with_near_names() -> None:
    schema = {"oneOf": [ref("Pat"), ref("Dog"), ref("Pat")]}
    tree = document(
        {"/a": {"get": answering(schema)}},
        schemas={"Pet": {}, "Dog": {"properties": {"x": ref("Cat")}}},
    )
    with pytest.raises(SpecError) as caught:
        sliced(tree)
    start = "#/paths/~1a/get/responses/200/content/application~1json/schema/oneOf"
    assert [(p.pointer, p.message, p.hint) for p in caught.value.diagnostics] == [
        (f"{start}/0/$ref", 'there is no schema "Pat"', 'did you mean "Pet"?'),
        (f"{start}/2/$ref", 'there is no schema "Pat"', 'did you mean "Pet"?'),
        ("#/components/schemas/Dog/properties/x/$ref", 'there is no schema "Cat"', DEFINE),
    ]


@pytest.mark.parametrize(
    ("reference", "message"),
    [
        ("other.yaml#/A", "in another file"),
        ("https://example.com/a.json", "in another file"),
        ("#anchor", "not a JSON pointer"),
        ("#/nowhere/0", "does not exist"),
        ("#/paths/~1a/0", "does not exist"),
        ("#/components/parameters/A", "is not a schema"),
        ({}, "is a mapping, not a string"),
        (None, "is null, not a string"),
    ],
)
def test_reference_that_cannot_be_followed_is_refused(reference: object, message: str) -> None:
    (problem,) = refused_schema({"$ref": reference})
    assert problem[0] == "/$ref"
    assert message in problem[1]


def test_what_is_not_reached_cannot_hurt() -> None:
    tree = document(
        {"/a": {"get": answering({})}, "/b": {"get": answering(ref("Nothing"))}, "/c": None},
        schemas={"Broken": {"$ref": 7}, "List": []},
        responses=None,
    )
    assert sliced(tree, "/a").tree["paths"] == {"/a": {"get": answering({})}}


@pytest.mark.parametrize(
    ("schema", "pointer", "message"),
    [
        ([1], "", "the schema is a list, not a mapping"),
        ({"not": 1}, "/not", "the schema is a number, not a mapping"),
        ({"properties": [1]}, "/properties", "`properties` is not a mapping"),
        ({"patternProperties": {"a/b": 1}}, "/patternProperties/a~1b",
         "the schema is a number, not a mapping"),
        ({"allOf": 1}, "/allOf", "`allOf` is not a list"),
        ({"anyOf": [{}, 1]}, "/anyOf/1", "the schema is a number, not a mapping"),
        ({"discriminator": 1}, "/discriminator", "the object is a number, not a mapping"),
        ({"discriminator": {"mapping": 1}}, "/discriminator/mapping", "`mapping` is not a mapping"),
        (ref("A"), "#/components/schemas/A", "the schema is a list, not a mapping"),
    ],
)  # fmt: skip
def test_node_that_is_no_mapping_is_refused(schema: object, pointer: str, message: str) -> None:
    assert refused_schema(schema, A=[]) == [(pointer, message)]


def test_booleans_are_schemas_where_the_standard_says_so() -> None:
    assert schema_of({"additionalProperties": False}) == {"additionalProperties": False}
    rest = {"additionalItems": False, "unevaluatedItems": True, "unevaluatedProperties": False}
    assert schema_of(rest) == {
        "additionalItems": {"not": {}},
        "unevaluatedItems": {},
        "unevaluatedProperties": {"not": {}},
    }
    schema = {
        "properties": {"a": True, "b": False, "default": {"default": True}},
        "not": {"items": False},
        "allOf": [True],
        "unevaluatedProperties": False,
    }
    tree = document({"/a": {"get": answering(schema)}}, schemas={})
    found = sliced({**tree, "openapi": "3.1.0"}).tree["paths"]["/a"]["get"]["responses"]["200"]
    assert found["content"]["application/json"]["schema"] == {
        "properties": {"a": {}, "b": {"not": {}}, "default": {"default": True}},
        "not": {"items": {"not": {}}},
        "allOf": [{}],
        "unevaluatedProperties": {"not": {}},
    }


def test_booleans_are_repaired_where_the_standard_has_none() -> None:
    schema = {"properties": {"a": True, "b": False}, "not": {"items": False}, "allOf": [True]}
    tree = document({"/a": {"get": answering(schema)}}, schemas={"Any": True})
    tree["paths"]["/a"]["get"]["parameters"] = [{"name": "q", "in": "query", "schema": True}]
    tree["paths"]["/b"] = {"get": answering(ref("Any"))}
    found = sliced(tree)
    reply = found.tree["paths"]["/a"]["get"]["responses"]["200"]["content"][JSON]["schema"]
    assert reply == {"properties": {"a": {}}, "not": {"items": {"not": {}}}, "allOf": [{}]}
    assert found.tree["paths"]["/a"]["get"]["parameters"][0]["schema"] == {}
    assert found.tree["components"]["schemas"] == {"Any": {}}
    place = "#/paths/~1a/get/responses/200/content/application~1json/schema"
    anything, nothing = (
        f"the schema is {one} is valid" for one in ("`true`: any value", "`false`: no value")
    )
    assert {(one.pointer, one.message) for one in found.repairs} == {
        ("#/components/schemas/Any", anything),
        ("#/paths/~1a/get/parameters/0/schema", anything),
        (place, "the schema of the property b is `false`: left out"),
        (f"{place}/allOf/0", anything),
        (f"{place}/not/items", nothing),
        (f"{place}/properties/a", anything),
    }


# Discriminators

BASE = {"type": "object", "discriminator": {"propertyName": "kind"}}


def schemas_with(schema: dict[str, Any], **schemas: Any) -> list[str]:
    """Return the names of the schemas that a reply of that schema reaches."""
    tree = document({"/a": {"get": answering(schema)}}, schemas=schemas)
    return list(sliced(tree).tree["components"]["schemas"])


def test_children_in_the_mapping_are_reached() -> None:
    mapping = {"dog": "#/components/schemas/Dog", "cat": "Cat", "lynx": "Cat"}
    base = {"discriminator": {"propertyName": "kind", "mapping": mapping}}
    child = {"allOf": [ref("Pet")]}
    found = schemas_with(ref("Pet"), Pet=base, Dog=child, Cat=child, Cow=child)
    assert found == ["Pet", "Dog", "Cat"]


def test_children_are_reached_by_what_they_inherit_where_there_is_no_mapping() -> None:
    child = {"allOf": [ref("Pet"), {"type": "object"}]}
    puppy = {"allOf": [ref("Dog")]}
    found = schemas_with(ref("Dog"), Pet=BASE, Dog=child, Puppy=puppy, Cat=child, Cow={})
    assert found == ["Pet", "Dog", "Puppy", "Cat"]


def test_children_that_say_more_beside_a_reference_are_reached() -> None:
    schemas: dict[str, Any] = {
        "Pet": BASE,
        "Dog": {**ref("Pet"), "required": ["name"]},
        "Named": {**ref("Pet"), "description": "The same."},
    }
    tree = document({"/a": {"get": answering(ref("Pet"))}}, schemas=schemas)
    for version, reached in (("3.0.3", ["Pet"]), ("3.1.0", ["Pet", "Dog"])):
        assert [*sliced({**tree, "openapi": version}).tree["components"]["schemas"]] == reached


@pytest.mark.parametrize("usual", ["Other", "#/components/schemas/Other"])
def test_the_child_for_any_other_value_is_reached(usual: str) -> None:
    told = {"propertyName": "kind", "mapping": {"dog": "Dog"}, "defaultMapping": usual}
    child = {"allOf": [ref("Pet")]}
    found = schemas_with(ref("Pet"), Pet={"discriminator": told}, Dog=child, Cat=child, Other=child)
    assert sorted(found) == ["Dog", "Other", "Pet"]


def test_alternatives_that_are_listed_are_all_there_are() -> None:
    pet = {"oneOf": [ref("Dog")], "discriminator": {"propertyName": "kind"}}
    assert schemas_with(ref("Pet"), Pet=pet, Dog={}, Cat={"allOf": [ref("Pet")]}) == ["Pet", "Dog"]


def test_mapping_that_leads_nowhere_is_refused() -> None:
    mapping = {
        "a": "Dogs",
        "b": "#/components/schemas/Nothing",
        "c": 1,
        "d": "x.yaml",
        "e": "#/info",
    }
    told = {"propertyName": "kind", "mapping": mapping, "defaultMapping": "Cats"}
    found = refused_schema({"discriminator": told}, Dog={})
    assert [pointer for pointer, _ in found] == [
        "/discriminator/defaultMapping",
        *(f"/discriminator/mapping/{key}" for key in mapping),
    ]


# Forms, versions and limits


@pytest.mark.parametrize("version", ["3.0.0", "3.0.4", "3.1.1", "3.2.0"])
def test_versions_of_openapi_3_are_accepted(version: str) -> None:
    tree = document({"/a": {"get": answering({})}})
    check_version({**tree, "openapi": version})
    assert sliced({**tree, "openapi": version}).tree["openapi"] == version


def test_version_without_quotes_is_read() -> None:
    found = sliced({**document({"/a": {"get": answering({})}}), "openapi": 3.1})
    assert found.tree["openapi"] == "3.1.0"
    assert [repair.name for repair in found.repairs] == ["version"]


@pytest.mark.parametrize(
    ("tree", "pointer", "message"),
    [
        ({"swagger": "2.0"}, "#/swagger", "Swagger 2.0 is not supported yet"),
        ({"openapi": [3]}, "#/openapi", "the version of OpenAPI is [3], not a string"),
        ({"openapi": "4.0.0"}, "#/openapi", 'OpenAPI "4.0.0" is not supported'),
        ({"openapi": 4.0}, "#/openapi", 'OpenAPI "4.0" is not supported'),
        ({}, "#", "this is not an OpenAPI document: `openapi` is missing"),
    ],
)
def test_other_documents_are_refused(tree: dict[str, Any], pointer: str, message: str) -> None:
    with pytest.raises(SpecError) as caught:
        check_version(tree)
    (refusal,) = caught.value.diagnostics
    assert (refusal.pointer, refusal.message) == (pointer, message)
    assert refusal.hint


def test_a_document_without_paths_is_refused() -> None:
    assert refusals({"openapi": "3.0.3"}) == [("#", "the document has no paths")]


@pytest.mark.parametrize(
    ("pattern", "names"),
    [
        ("M-SEARCH /a", ["M-SEARCH /a"]),
        ("M-SEARCH *", ["M-SEARCH /a"]),
        ("copy /a", ["copy /a"]),
        ("* /a", ["M-SEARCH /a", "copy /a"]),
    ],
)
def test_methods_of_any_name_are_selected(pattern: str, names: list[str]) -> None:
    methods = {name: answering({}) for name in ("M-SEARCH", "copy")}
    tree = {**document({"/a": {"additionalOperations": methods}}), "openapi": "3.2.0"}
    assert [key.name for key in select(tree, [pattern])] == names


def test_operations_of_another_kind_of_document_are_not_listed() -> None:
    with pytest.raises(SpecError, match="`openapi` is missing"):
        operations({"asyncapi": "3.0.0"})


@pytest.mark.parametrize(
    "tree",
    [
        {},
        document({"/a": 3}),
        {**document({}), "paths": 3},
        document({"/a": {"get": 3}}),
        document({"/a": {"get": answering({"$ref": "#/components/responses/R"})}}),
        document({"/a": {"get": answering({"items": 3})}}),
    ],
)
def test_what_is_refused_has_a_hint(tree: dict[str, Any]) -> None:
    with pytest.raises(SpecError) as caught:
        sliced(tree)
    assert all(one.hint for one in caught.value.diagnostics)


@pytest.mark.parametrize("paths", [{}, {"paths": {}}])
def test_a_document_of_webhooks_alone_is_told_that_they_are_not_generated(
    paths: dict[str, Any],
) -> None:
    tree = {"openapi": "3.1.0", "info": {}, "webhooks": {"a": {"post": answering({})}}, **paths}
    with pytest.raises(SpecError) as caught:
        sliced(tree)
    assert "webhooks are not generated" in caught.value.diagnostics[0].hint


def test_keywords_of_json_schema_are_walked() -> None:
    keywords = {
        **dict.fromkeys(
            ("contains", "contentSchema", "propertyNames", "if", "then", "else"), ref("A")
        ),
        "prefixItems": [ref("A"), {}],
        "patternProperties": {"^x-": ref("A")},
        "dependentSchemas": {"a": ref("A")},
        "unevaluatedProperties": ref("A"),
    }
    tree = document({"/a": {"get": answering(keywords)}}, schemas={"A": {"$defs": {"B": ref("B")}}})
    found = sliced({**tree, "openapi": "3.1.0"}).tree
    assert found["paths"] == tree["paths"]
    assert found["components"] == {"schemas": {"A": {}}}


def test_schema_may_nest_thousands_deep() -> None:
    schema: dict[str, Any] = ref("A")
    for _ in range(5000):
        schema = {"items": schema}
    tree = document({"/a": {"get": answering(schema)}}, schemas={"A": {}})
    for dialect in ("plain", "vsphere"):
        found = slice_document(tree, ["*"], dialect=get(dialect)).tree
        assert list(found["components"]["schemas"]) == ["A"]


def test_references_that_multiply_without_end_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("vcgen.slicing.closure._MOST_NODES", 1000)
    schemas = {
        f"S{n}": {"x": {"allOf": [{"$ref": f"#/components/schemas/S{n + 1}/x"}] * 2}}
        for n in range(60)
    }
    tree = document(
        {"/a": {"get": answering({"$ref": "#/components/schemas/S0/x"})}}, schemas=schemas
    )
    (problem,) = refusals(tree)
    assert "expand without end" in problem[1]


def test_a_schema_that_is_written_into_itself_without_end_is_refused() -> None:
    """Its property has no name, so that it is copied; the place becomes longer and longer."""
    own = {"type": "object", "properties": {"more": {"type": "string"}}}
    again = {"allOf": [ref("A")], "properties": {"x": own}}
    around = {"type": "object", "properties": {"inner": again}}
    tree = document(
        {"/a": {"get": answering(again)}},
        schemas={"A": {"type": "object", "properties": {"x": around}}},
    )
    (problem,) = refusals(tree)
    assert "expand without end" in problem[1]


# Repairs


def test_repairs_are_listed_once_and_refused_if_strict() -> None:
    tree = document(
        {"/a": {"get": answering({"anyOf": [ref("A"), ref("A"), ref("B")]})}},
        schemas={"A": {"type": "array"}, "B": {"required": True}, "C": {"type": "array"}},
    )
    assert [(repair.name, repair.pointer) for repair in sliced(tree).repairs] == [
        ("array_without_items", "#/components/schemas/A"),
        ("required_keyword", "#/components/schemas/B"),
    ]
    pointers, messages = zip(*refusals(tree, strict=True), strict=True)
    assert pointers == ("#/components/schemas/A", "#/components/schemas/B")
    assert "array_without_items" in messages[0]


def test_body_is_repaired_before_its_reference_is_followed() -> None:
    tree = document(
        {"/a": {"post": {"requestBody": ref("A", "requestBodies"), "responses": {}}}},
        schemas={"A": {"type": "object"}},
    )
    found = sliced(tree)
    assert list(found.tree["components"]) == ["schemas"]
    assert [repair.name for repair in found.repairs] == ["request_body_by_schema_name"]


# The published documents


def published(name: str) -> Any:
    """Return a published document; the test is skipped where it is not at hand."""
    path = SPECS / name
    if not path.exists():
        pytest.skip(f"{path} is not at hand")
    if path.suffix == ".json":
        return json.loads(path.read_text(encoding="utf-8"))
    return yaml12.read_yaml(path)


def test_patterns_that_leave_nothing_are_refused() -> None:
    tree = published("vsphere-7.0.3/vcenter.json")
    with pytest.raises(SpecError, match="exclude every operation"):
        slice_document(
            tree, ["GET /rest/vcenter/vm", "!GET /rest/vcenter/vm"], dialect=get("plain")
        )


def test_all_operations_of_vcenter_7_are_sliced() -> None:
    tree = published("vsphere-7.0.3/vcenter.json")
    assert detect(tree) == "vsphere"
    found = slice_document(tree, ["*"], dialect=get("vsphere"))
    assert len(found.operations) == 441
    repairs = [repair.name for repair in found.repairs]
    assert {name: repairs.count(name) for name in repairs} == {
        "request_body_by_schema_name": 115,
        "parameter_keywords": 8,
        "ref_siblings": 9,
        "required_keyword": 1,
        "empty_reply": 97,
    }
    assert slice_document(found.tree, ["*"], dialect=get("vsphere")).tree == found.tree


def test_each_operation_of_vcenter_7_is_a_valid_document() -> None:
    tree = published("vsphere-7.0.3/vcenter.json")
    for key in operations(tree)[::20]:
        found = sliced(tree, key.name, dialect="vsphere")
        assert list(OpenAPIV30SpecValidator(found.tree).iter_errors()) == [], key.name


def test_every_path_query_of_vcenter_7_is_fixed() -> None:
    found = slice_document(
        published("vsphere-7.0.3/vcenter.json"), ["*"], dialect=get("vsphere")
    ).tree
    fixed = [
        [p["schema"]["enum"][0] for p in operation.get("parameters", []) if "x-vcgen-fixed" in p]
        for path, item in found["paths"].items()
        for operation in item.values()
        if "?" in path
    ]
    assert len(fixed) == 153
    assert all(fixed)


@pytest.mark.parametrize("name", ["appliance", "cis", "content"])
def test_siblings_of_vcenter_7_slice(name: str) -> None:
    tree = published(f"vsphere-7.0.3/{name}.json")
    found = sliced(tree, dialect=detect(tree))
    assert len(found.operations) == len(operations(tree))


@pytest.mark.parametrize(
    "name", ["vcf-9.1/sddc-manager-openapi.json", "vcf-9.1/fleet-lcm-openapi.yaml"]
)
def test_documents_of_other_teams_slice(name: str) -> None:
    tree = published(name)
    assert detect(tree) == "plain"
    found = sliced(tree)
    assert len(found.operations) == len(operations(tree))
    assert list(OpenAPIV30SpecValidator(found.tree).iter_errors()) == []


def test_every_enum_of_the_vcenter_9_slice_is_referred_to() -> None:
    tree = published("vsphere-9.1.0/vcenter-slice.yaml")
    assert detect(tree) == "vsphere"
    found = sliced(tree, dialect="vsphere")
    assert len(found.operations) == 6
    assert list(OpenAPIV30SpecValidator(found.tree).iter_errors()) == []
    schemas = found.tree["components"]["schemas"]
    enums = [name for name, schema in tree["components"]["schemas"].items() if "enum" in schema]
    assert len(enums) == 11
    written = json.dumps(found.tree)
    assert [n for n in enums if f'{{"$ref": "#/components/schemas/{n}"}}' not in written] == []
    for name in enums:
        assert all(schemas[name]["x-enum-descriptions"]), name
        assert "Possible values" not in schemas[name]["description"]
    assert "For more information see" not in written
    assert [repair.name for repair in found.repairs] == ["optional_by_text"]


def test_sessions_of_vcenter_9_are_marked() -> None:
    tree = published("vsphere-9.1.0/vcenter-slice.yaml")
    found = sliced(tree, "* /session", dialect="vsphere").tree
    marks = {m: o.get("x-vcgen-session") for m, o in found["paths"]["/session"].items()}
    assert marks == {"get": None, "post": "create", "delete": "delete"}
    schemes = found["components"]["securitySchemes"]
    assert schemes["api_key_auth"]["x-vcgen-name"] == "session_id"


def test_pattern_with_exclamation_mark_takes_operations_out() -> None:
    names = [key.name for key in select(TWO_PATHS, ["*", "!GET /b"])]
    assert names == ["GET /a"]
    assert [key.name for key in select(TWO_PATHS, ["!/a"])] == ["GET /b"]
    with pytest.raises(SpecError, match="/nowhere"):
        select(TWO_PATHS, ["*", "!GET /nowhere"])


TWO_PATHS = {
    "openapi": "3.0.3",
    "info": {"title": "Two", "version": "1"},
    "paths": {
        "/a": {"get": {"responses": {"204": {"description": "Done."}}}},
        "/b": {"get": {"responses": {"204": {"description": "Done."}}}},
    },
}
