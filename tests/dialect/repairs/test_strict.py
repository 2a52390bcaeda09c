"""Every repair is reported, and refused where documents have to be without defects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from support import selected
from vcgen import reading, slicing
from vcgen.config import ClientConfig
from vcgen.dialect import DIALECTS, Dialect, repairs, vsphere
from vcgen.errors import SpecError

JSON = "application/json"
OK: dict[str, Any] = {"description": "d"}
OBJECT = {"type": "object"}
# What only says the same in another way, or is right in the version at hand.
NO_REPAIRS = {
    *(
        "all_of_again",
        "all_of_arrays",
        "dynamic_references",
        "formats_beside_alternatives",
        "inner_discriminators",
        "item_schema",
        "items_of_tuples",
        "joint_credentials",
        "map_of_objects",
        "number_enum",
        "number_texts",
        "querystring",
    )
}


def document(**root: Any) -> dict[str, Any]:
    """Return a document, of which some of the top is given."""
    server = {"url": "https://h.test"}
    start = {"openapi": "3.0.3", "info": {"title": "t", "version": "1"}, "servers": [server]}
    return {**start, "paths": {}, **root}


def with_operation(path: str = "/a", /, *, root: Any = None, **fields: Any) -> dict[str, Any]:
    """Return a document with one operation, of which some fields are given."""
    return document(
        **{"paths": {path: {"get": {"responses": {"200": OK}, **fields}}}, **(root or {})}
    )


def with_response(response: Any, **components: Any) -> dict[str, Any]:
    """Return a document whose operation has a response."""
    return with_operation(responses={"200": response}, root={"components": components})


def with_schema(schema: Any, version: str = "3.0.3", **schemas: Any) -> dict[str, Any]:
    """Return a document whose operation has a schema, which may refer to others."""
    found = with_response({**OK, "content": {JSON: {"schema": schema}}}, schemas=schemas)
    return {**found, "openapi": version}


def with_parameter(path: str = "/a", /, **parameter: Any) -> dict[str, Any]:
    """Return a document whose operation has a parameter."""
    start = {"name": "p", "in": "query", "schema": {"type": "string"}}
    found = {key: value for key, value in {**start, **parameter}.items() if value is not ...}
    return with_operation(path, parameters=[found])


def with_body(body: Any, **root: Any) -> dict[str, Any]:
    """Return a document whose operation has a request body."""
    post = {"requestBody": body, "responses": {"200": OK}}
    return document(paths={"/a": {"post": post}}, **root)


def with_scheme(scheme: Any, security: Any = ...) -> dict[str, Any]:
    """Return a document whose operation needs a credential."""
    listed = [{"key": []}] if security is ... else security
    return with_operation(
        security=listed, root={"components": {"securitySchemes": {"key": scheme}}}
    )


def in_all_of(*parts: Any) -> dict[str, Any]:
    """Return a document whose schema has all of several parts."""
    return with_schema({"allOf": list(parts)})


BASIC = {"type": "http", "scheme": "basic"}
BY_PASS = {
    "single_values": with_schema({"type": "string", "enum": "a"}),
    "security_requirements": with_scheme(BASIC, {"key": []}),
    "server_variables": document(
        servers=[{"url": "https://{h}", "variables": {"h": {"enum": ["a"]}}}],
        paths={"/a": {"get": {"responses": {"200": OK}}}},
    ),
    "short_schemas": with_schema({"type": "array", "items": "string"}),
    "sample_values": with_schema({"type": "object", "properties": {"size": 5}}),
    "indexed_properties": with_schema({"type": "object", "properties": {"0": 5}}),
    "schema_spelling": with_schema({"schema": {"type": "string"}}),
    "body_parameters": with_operation(
        parameters=[{"in": "body", "name": "b", "schema": {"type": "string"}}]
    ),
    "response_texts": with_response("fine"),
    "missing_responses": with_operation(
        responses={"200": OK, "404": {"$ref": "#/components/responses/Gone"}}
    ),
    "contents": with_response({**OK, JSON: {"schema": {"type": "string"}}}),
    "media_type_schemas": with_response({**OK, "content": {JSON: {"type": "string"}}}),
    "media_types": with_body({"content": {"application/form-data": {"schema": OBJECT}}}),
    "form_schemas": with_body({"content": {"multipart/form-data": {"schema": {"type": "string"}}}}),
    "collection_formats": with_parameter(
        schema={"type": "array", "items": {"type": "string"}}, collectionFormat="csv"
    ),
    "empty_mappings": with_schema({"type": "object", "properties": []}),
    "null_fields": with_schema({"type": "object", "properties": None}),
    "misspelt_annotations": with_schema({"type": "string", "descripion": "d"}),
    "texts": with_operation(description=7),
    "text_lists": with_operation(tags=[7]),
    "tag_spelling": document(
        paths={
            "/a": {"get": {"tags": ["my tag"], "responses": {"200": OK}}},
            "/b": {"get": {"tags": ["My-Tag"], "responses": {"200": OK}}},
        }
    ),
    "unknown_security": with_scheme(BASIC, [{"gone": []}]),
    "statuses": with_operation(responses={"2xx": OK}),
    "locations": with_parameter(**{"in": "Query"}),
    "parameter_names": with_parameter(name="p "),
    "header_names": with_parameter(name="X P", **{"in": "header"}),
    "repeated_parameters": with_operation(
        parameters=2 * [{"name": "p", "in": "query", "schema": {"type": "string"}}]
    ),
    "scheme_types": with_scheme({"type": "basic"}),
    "path_query": with_operation("/a?p={p}"),
    "path_variables": with_operation("/a/{id}"),
    "path_parameter_required": with_parameter("/a/{p}", **{"in": "path"}),
    "request_body_by_schema_name": with_body(
        {"$ref": "#/components/requestBodies/Pet"}, components={"schemas": {"Pet": OBJECT}}
    ),
    "response_by_schema": with_response({"$ref": "#/components/schemas/A"}, schemas={"A": OBJECT}),
    "schema_by_response": with_response(
        {**OK, "content": {JSON: {"schema": {"$ref": "#/components/responses/A"}}}},
        responses={"A": {**OK, "content": {JSON: {"schema": OBJECT}}}},
    ),
    "response_headers": with_response({**OK, "headers": {"X": {"$ref": "#/components/headers/X"}}}),
    "response_schema": with_response({**OK, "schema": {"type": "string"}}),
    "streamed_replies": with_response(
        {"description": "Done.(streaming responses)", "content": {"application/json": {}}}
    ),
    "parameter_keywords": with_parameter(schema=..., type="string"),
    "parameter_styles": with_parameter(style="simple"),
    "unknown_fields": with_operation(colour="red"),
    "local_definitions": with_schema({"$ref": "#/$defs/A"}, A={"type": "string"}),
    "reference_spelling": with_schema({"$ref": "A"}, A={"type": "string"}),
    "lost_mappings": with_schema(
        {
            "oneOf": [{"properties": {"t": {"type": "string"}}}, {"type": "string"}],
            "discriminator": {"propertyName": "t", "mapping": {"a": "models/a.yml"}},
        }
    ),
    "undeclared_tags": with_schema({"type": "object", "discriminator": {"propertyName": "t"}}),
    "package_names": with_schema({"$ref": "#/components/schemas/a.B"}, B={"type": "string"}),
    "any_by_name": with_schema({"$ref": "#/components/schemas/AnyType"}),
    "ref_siblings": with_schema({"$ref": "#/components/schemas/A", "type": "object"}, A=OBJECT),
    "required_keyword": with_schema({"type": "string", "required": True}),
    "required_undeclared": with_schema(
        {"type": "object", "properties": {"b": {}}, "required": ["a"]}
    ),
    "boolean_schemas": with_schema({"type": "object", "properties": {"a": False}}),
    "undecodable_names": with_schema({"type": "object", "properties": {'a"': {"type": "string"}}}),
    "unknown_types": with_schema({"type": "String"}),
    "empty_enum": with_schema({"type": "string", "enum": []}),
    "enum_type": with_schema({"type": "string", "enum": [1]}),
    "all_of_enums": in_all_of({"type": "string", "enum": ["a"]}, {"type": "string", "enum": ["b"]}),
    "all_of_null": with_schema(
        {"allOf": [{"$ref": "#/components/schemas/A"}, {"nullable": True}]}, A=OBJECT
    ),
    "all_of_types": in_all_of({"type": "string"}, {"type": "integer"}),
    "all_of_twice": in_all_of({"properties": {"a": {}}}, {"properties": {"a": {}}}),
    "int_or_string": with_schema({"type": "string", "format": "int-or-string"}),
    "items_of_no_array": with_schema({"properties": {"a": {}}, "items": {}}),
    "alternatives_of_items": with_schema(
        {"type": "array", "oneOf": [{"type": "string"}, {"type": "integer"}]}
    ),
    "type_beside_alternatives": with_schema(
        {"type": "object", "oneOf": [{"type": "string"}, {"type": "integer"}]}
    ),
    "items_of_one": with_schema({"type": "array", "items": [{"type": "string"}]}),
    "items_of_several": with_schema(
        {"type": "array", "items": [{"type": "string"}, {"type": "integer"}]}
    ),
    "array_without_items": with_schema({"type": "array"}),
    "operation_ids": document(
        paths={
            path: {"get": {"operationId": "same", "responses": {"200": OK}}}
            for path in ("/a", "/b")
        }
    ),
    "version": {**with_operation(), "openapi": 3},
}
# What a document of vSphere means by its habits, and what it marks for the building.
CONVENTIONS = {
    *("orphan_enums", "enum_values", "rest_envelope", "rest_errors", "rest_resource"),
    *("secret_names", "session", "tasks"),
}
ERROR = {"type": "object", "discriminator": {"propertyName": "error_type"}}
OF_VSPHERE = {
    "optional_by_text": with_schema(
        {
            **{"type": "object", "required": ["a"]},
            "properties": {"a": {"type": "string", "description": "Can be missing or `null`."}},
        }
    ),
    "optional_error_type": with_schema(
        {**ERROR, "properties": {"error_type": {"type": "string"}}, "required": ["error_type"]}
    ),
    "empty_reply": with_response({**OK, "content": {JSON: {}}}),
    "session_security": with_operation(),
}
IN_YAML = """\
openapi: 3.1.0
info: {title: t, version: "1"}
servers: [{url: https://h.test}]
"""
# The files of a document, or of several.
OF_TEXTS = {
    "yaml": (
        IN_YAML + """\
x-ok: &ok {description: d}
paths: {/a: {get: {responses: {"200": {<<: *ok}}}}}
""",
    ),
    "methods": (IN_YAML + 'paths: {/a: {GET: {responses: {"200": {description: d}}}}}\n',),
    "identifiers": (
        IN_YAML + """\
paths: {/a: {get: {responses: {"200": {$ref: "#/components/responses/A"}}}}}
components:
  responses:
    A:
      description: d
      content: {application/json: {schema: {$ref: "#/components/schemas/A"}}}
  schemas:
    A: {$id: "https://h.test/a", type: array, items: {$ref: "#/components/schemas/B"}}
    B: {type: string}
""",
    ),
    "swagger2": (
        """\
swagger: "2.0"
info: {title: t, version: "1"}
host: h.test
schemes: [https]
paths:
  /a:
    get:
      parameters: [{name: p, in: Query, type: string}]
      responses: {"200": {description: d}}
""",
    ),
    "combining": (
        IN_YAML + 'paths: {/a: {get: {responses: {"200": {description: d}}}}}\n',
        IN_YAML + 'paths: {/a: {get: {responses: {"204": {description: d}}}}}\n',
    ),
}


def test_every_pass_has_its_case() -> None:
    passes = {step.name for step in (*repairs.PASSES, *repairs.PLAIN)}
    assert BY_PASS.keys() | NO_REPAIRS == passes | {"version"}


def test_every_pass_of_vsphere_has_its_case() -> None:
    passes = {step.name for step in vsphere.PASSES}
    assert OF_VSPHERE.keys() | CONVENTIONS == passes


def test_every_repair_of_a_text_has_its_case() -> None:
    sources = "".join(file.read_text() for file in Path(reading.__path__[0]).rglob("*.py"))
    assert OF_TEXTS.keys() == {*re.findall(r'(?:\bRepair\(|_REPAIR = )"(\w+)"', sources)}


@pytest.mark.parametrize("name", BY_PASS)
def test_repair_is_reported_and_strict_refuses_it(name: str) -> None:
    check(name, BY_PASS[name], DIALECTS["plain"])


@pytest.mark.parametrize("name", OF_VSPHERE)
def test_repair_of_vsphere_is_reported_and_strict_refuses_it(name: str) -> None:
    dialect = DIALECTS["vsphere"]
    check(name, dialect.prepare(OF_VSPHERE[name]), dialect)


def check(name: str, tree: Mapping[str, Any], dialect: Dialect) -> None:
    """See that a repair is made, and that it is refused where none is wanted."""
    found = slicing.slice_document(tree, ("*",), dialect=dialect)
    assert name in {repair.name for repair in found.repairs}
    with pytest.raises(SpecError) as refused:
        slicing.slice_document(tree, ("*",), dialect=dialect, strict=True)
    assert is_refused(name, refused.value)


@pytest.mark.parametrize("name", OF_TEXTS)
def test_repair_of_a_text_is_reported_and_strict_refuses_it(name: str, tmp_path: Path) -> None:
    files = [f"{number}.yaml" for number, _ in enumerate(OF_TEXTS[name])]
    for file, text in zip(files, OF_TEXTS[name], strict=True):
        (tmp_path / file).write_text(text)
    client = ClientConfig(files[0], "out", ("*",), also=tuple(files[1:]))
    assert name in {repair.name for repair in selected(client, tmp_path).repairs}
    with pytest.raises(SpecError) as refused:
        selected(client._replace(strict=True), tmp_path)
    assert is_refused(name, refused.value)


def is_refused(name: str, error: SpecError) -> bool:
    """Tell whether a repair of that name is among what was refused."""
    told = f"(repair {name}; strict forbids repairs)"
    return any(told in one.message for one in error.diagnostics)
