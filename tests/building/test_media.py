"""What kind of body a media type is, and which of several is taken."""

from __future__ import annotations

from typing import Any

import pytest
from vcgen import ir
from vcgen.building import Options, build, openapi

BINARY = {"type": "string", "format": "binary"}
TEXT = {"type": "string"}
FILE_FORM = {"type": "object", "properties": {"f": BINARY, "n": TEXT}}
PLAIN_FORM = {"type": "object", "properties": {"n": TEXT}}


def operation(request: dict[str, Any] | None, reply: dict[str, Any] | None) -> ir.Operation:
    """Return an operation that sends and answers content, given as schemas by media type."""

    def content(schemas: dict[str, Any]) -> dict[str, Any]:
        return {name: {"schema": schema} for name, schema in schemas.items()}

    described: dict[str, Any] = {"responses": {"200": {"description": "d"}}}
    if request:
        described["requestBody"] = {"content": content(request)}
    if reply:
        described["responses"]["200"]["content"] = content(reply)
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"post": described}},
    }
    package = build(openapi.load(tree), Options("package"))
    return package.resources[0].operations[0]


@pytest.mark.parametrize(
    "media_type", ["*/*", "application/*", "text/csv", "application/json", "application/pdf"]
)
@pytest.mark.parametrize(
    "schema",
    [
        BINARY,
        {"anyOf": [BINARY, {"type": "null"}]},
        {"allOf": [BINARY]},
        {"type": ["string", "null"], "format": "binary"},
        {"type": "string", "contentMediaType": "application/pdf"},
        {"type": "string", "contentMediaType": "*/*"},
        {"type": "string", "contentEncoding": "binary"},
        {"type": "string", "contentEncoding": "binary", "contentMediaType": "application/pdf"},
        {"type": "string", "contentEncoding": "binary", "format": "binary"},
    ],
    ids=str,
)
def test_binary_schema_is_bytes_whatever_the_media_type(
    media_type: str, schema: dict[str, Any]
) -> None:
    found = operation({media_type: schema}, {media_type: schema})
    assert found.body
    assert found.body.encoder == "UploadBody"
    assert found.body.argument.type.arguments[0].name == "Uploadable"
    assert found.returns[0].reader == "Binary"


@pytest.mark.parametrize(
    ("media_type", "sent"),
    [
        ("application/json", "application/json"),
        ("text/json", "text/json"),
        ("*/*", "application/json"),
        ("application/*", "application/json"),
        ("application/*+json", "application/x+json"),
        ("application/merge-patch+json", "application/merge-patch+json"),
    ],
)
def test_json_goes_by_many_names(media_type: str, sent: str) -> None:
    found = operation({media_type: PLAIN_FORM}, {media_type: PLAIN_FORM})
    assert found.body
    assert (found.body.encoder, found.body.media_type) == ("JsonBody", sent)
    assert found.returns[0].reader == "Json"


@pytest.mark.parametrize("range_", ["*/*", "application/*", "application/*+json"])
@pytest.mark.parametrize("named", ["application/json", "text/json", "application/vnd.t+json"])
def test_json_that_has_a_name_is_taken_before_a_range(range_: str, named: str) -> None:
    offered = {range_: TEXT, "text/csv": TEXT, named: PLAIN_FORM}
    found = operation(offered, offered)
    assert found.body
    assert (found.body.encoder, found.body.media_type) == ("JsonBody", named)
    assert (found.returns[0].reader, found.returns[0].media_type) == ("Json", named)


@pytest.mark.parametrize("name", ["jsonl", "jsonlines", "x-jsonl", "x-jsonlines", "ndjson"])
def test_lines_of_json_go_by_many_names(name: str) -> None:
    [reply] = operation(None, {f"application/{name}": PLAIN_FORM}).returns
    assert reply.reader == "LineItems"


def test_json_that_has_a_schema_is_taken_before_one_that_has_only_a_name() -> None:
    content = {"application/json": {"example": {"n": "x"}}, "*/*": {"schema": PLAIN_FORM}}
    described = {"responses": {"200": {"description": "d", "content": content}}}
    tree = {
        "openapi": "3.0.3",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"post": described}},
    }
    found = build(openapi.load(tree), Options("package")).resources[0].operations[0]
    assert found.returns[0].type.kind is ir.TypeKind.CLASS


def test_form_of_parts_is_taken_for_a_file() -> None:
    offered = ["application/json", "application/x-www-form-urlencoded", "multipart/form-data"]
    body = operation(dict.fromkeys(offered, FILE_FORM), None).body
    assert body
    assert body.media_type == "multipart/form-data"
    body = operation(dict.fromkeys(offered, PLAIN_FORM), None).body
    assert body
    assert body.media_type == "application/json"


@pytest.mark.parametrize("encoding", ["binary", "Binary"])
def test_field_that_is_sent_as_it_is_is_a_file(encoding: str) -> None:
    field = {"type": "string", "contentEncoding": encoding}
    form = {"type": "object", "properties": {"f": field}}
    body = operation({"application/json": form, "multipart/form-data": form}, None).body
    assert body
    assert body.media_type == "multipart/form-data"


@pytest.mark.parametrize("encoding", ["base64", "quoted-printable"])
def test_text_with_a_content_encoding_is_text(encoding: str) -> None:
    schema = {"type": "string", "contentEncoding": encoding, "contentMediaType": "image/png"}
    body = operation({"text/plain": schema}, None).body
    assert body
    assert body.argument.type.arguments[0].name == "str"


@pytest.mark.parametrize(
    ("reply", "accept"),
    [
        ({"application/json": TEXT}, ""),
        ({"application/json": TEXT, "text/json": TEXT}, "application/json, text/json;q=0.9"),
        ({"application/json": TEXT, "text/json": BINARY}, ""),
        ({"application/json": PLAIN_FORM, "application/vnd.x+json": TEXT}, ""),
        (
            dict.fromkeys(["image/png", "image/jpeg", "image/gif"], BINARY),
            "image/png, image/gif;q=0.9, image/jpeg;q=0.9, application/json;q=0.5",
        ),
        ({"text/plain": TEXT}, "text/plain, application/json;q=0.5"),
    ],
    ids=str,
)
def test_accept_names_all_that_is_read(reply: dict[str, Any], accept: str) -> None:
    assert operation(None, reply).accept == accept


def test_alternatives_that_lead_back_to_themselves_are_not_bytes() -> None:
    schema = {"$ref": "#/components/schemas/A"}
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {
            "/a": {
                "get": {
                    "responses": {
                        "200": {
                            "description": "d",
                            "content": {"application/json": {"schema": schema}},
                        }
                    }
                }
            }
        },
        "components": {"schemas": {"A": {"anyOf": [{"type": "integer"}, schema]}}},
    }
    package = build(openapi.load(tree), Options("package"))
    assert package.resources[0].operations[0].returns[0].reader == "Json"


EVENT = {"type": "object", "properties": {"event": {"const": "end"}, "data": {}}}
BARE = {"type": "object", "properties": {"event": {"const": "end"}}}


@pytest.mark.parametrize(
    ("schema", "reader"),
    [
        ({"oneOf": [EVENT, BARE]}, "WholeEventItems"),
        ({"anyOf": [{"allOf": [EVENT]}, {"oneOf": [EVENT, BARE]}]}, "WholeEventItems"),
        ({"oneOf": [EVENT, PLAIN_FORM]}, "EventItems"),
        ({"oneOf": [BARE, TEXT]}, "EventItems"),
    ],
    ids=str,
)
def test_alternatives_that_have_the_fields_of_events_are_events(
    schema: dict[str, Any], reader: str
) -> None:
    assert operation(None, {"text/event-stream": schema}).returns[0].reader == reader


def _error(schemas: dict[str, Any]) -> str:
    """Return the type of the body of an error, given as schemas by media type, None for none."""
    content = {name: {"schema": schema} for name, schema in schemas.items()}
    replies = {"200": {"description": "d"}, "404": {"description": "d", "content": content}}
    tree = {
        "openapi": "3.1.0",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"operationId": "read", "responses": replies}}},
        "components": {"schemas": {"Problem": PLAIN_FORM}},
    }
    package = build(openapi.load(tree), Options("package"))
    (failure,) = [one for one in package.resources[0].operations[0].failures if one.status == 404]
    return failure.body.annotation


PROBLEM = {"$ref": "#/components/schemas/Problem"}


@pytest.mark.parametrize(
    "media_types",
    [
        ("application/octet-stream",),
        ("text/csv",),
        ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
        ("application/x-tar", "text/plain"),
    ],
)
@pytest.mark.parametrize("schema", [PROBLEM, {"allOf": [PROBLEM]}], ids=str)
def test_object_of_an_error_is_json_where_the_media_type_holds_none(
    media_types: tuple[str, ...], schema: dict[str, Any]
) -> None:
    assert _error(dict.fromkeys(media_types, schema)) == "Problem"


@pytest.mark.parametrize(
    "media_type", ["application/xml", "text/x-yaml", "application/x-protobuf", "text/event-stream"]
)
def test_object_of_an_error_in_another_notation_is_not_read(media_type: str) -> None:
    assert _error({media_type: PROBLEM}) == "None"
    assert _error({media_type: PROBLEM, "text/plain": PROBLEM}) == "None"


@pytest.mark.parametrize("schema", [TEXT, BINARY, {}, {"type": "object"}], ids=str)
def test_what_else_an_error_is_in_a_download_is_not_read(schema: dict[str, Any]) -> None:
    assert _error({"application/octet-stream": schema}) == "None"
