"""What an error says to people, and the exceptions of statuses."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import pytest
from vcgen.runtime import errors
from vcgen.runtime.errors import ApiError
from vcgen.runtime.variants import hidden_excerpts
from vcgen.runtime.variants.status_errors import STATUSES
from vcgen.text import naming

# As servers really write errors: the standard, frameworks, and vendors.
SAID = {
    "RFC 9457": (
        {"title": "No disk", "detail": "disk-3 is gone", "status": 404},
        "No disk: disk-3 is gone",
    ),
    "a title alone": ({"type": "about:blank", "title": "No disk"}, "No disk"),
    "FastAPI": ({"detail": "Not Found"}, "Not Found"),
    "FastAPI, a list": (
        {
            "detail": [
                {"loc": ["body", "size"], "msg": "is missing", "type": "missing"},
                {"loc": ["query", 0], "msg": "is no number", "type": "int"},
            ]
        },
        "body.size: is missing; query.0: is no number",
    ),
    "Django REST framework": (
        {"name": ["is required"], "tags": ["too many", "too long"]},
        "name: is required; tags: too many; too long",
    ),
    "Django REST framework, nested": (
        {"owner": {"name": ["is required"]}},
        "owner: name: is required",
    ),
    "Django REST framework, fields that are called like texts": (
        {"title": ["too long"], "message": ["lost"]},
        "title: too long; message: lost",
    ),
    "Django REST framework, a field called title": ({"title": ["too long"]}, "title: too long"),
    "flask-restx": (
        {"message": "Invalid", "errors": {"name": "is empty", "size": "is no number"}},
        "Invalid: name: is empty; size: is no number",
    ),
    "Flask-AppBuilder": (
        {"message": {"name": "is taken", "tags": ["too many"]}},
        "name: is taken; tags: too many",
    ),
    "APIFlask": (
        {"message": "Invalid", "detail": {"query": {"size": ["is no number"]}}},
        "Invalid: query: size: is no number",
    ),
    "an error that has no text": (
        {"error": {"code": 5, "kind": "x"}},
        '\'{"error": {"code": 5, "kind": "x"}}\'',
    ),
    "Django REST framework, no field": ({"detail": ["not now"]}, "not now"),
    "ASP.NET": (
        {"title": "Invalid", "errors": {"Size": ["too large"]}},
        "Invalid: Size: too large",
    ),
    "Spring": (
        {"timestamp": "2026", "status": 404, "error": "Not Found", "message": "no disk"},
        "no disk",
    ),
    "GitHub": ({"message": "Validation Failed", "errors": [{"code": "x"}]}, "Validation Failed"),
    "ASP.NET, Orthanc": ({"HttpStatus": 404, "Message": "no disk"}, "no disk"),
    "Google": ({"error": {"code": 404, "message": "no disk"}}, "no disk"),
    "OAuth 2.0": (
        {"error": "invalid_grant", "error_description": "expired"},
        "invalid_grant: expired",
    ),
    "a list of errors": ({"errors": [{"message": "one"}, {"message": "two"}]}, "one; two"),
    "a text": ("no disk", "no disk"),
    "null as message": ({"message": None, "detail": "no disk"}, "no disk"),
    "nothing for people": ({"code": 5}, """'{"code": 5}'"""),
    "Flask, as its documentation has it": (
        {"code": 404, "name": "Not Found", "description": "no disk"},
        "no disk",
    ),
    "a message by a longer name": ({"success": False, "error_message": "no disk"}, "no disk"),
    "the same in camel case": ({"statusCode": 401, "errorMessage": "no key"}, "no key"),
    "Just Eat": (
        {"fault": {"faultId": "x", "errors": [{"errorCode": "BAD", "description": "no tenant"}]}},
        "fault: no tenant",
    ),
    "Berlin Group": ([{"category": "ERROR", "code": "BAD", "text": "no consent"}], "no consent"),
    "Zod, as ts-rest has it": (
        {"issues": [{"path": ["tags", 0], "message": "Required"}], "name": "ZodError"},
        "tags.0: Required",
    ),
    "Valibot": (
        {"issues": [{"path": [{"type": "object", "key": "a"}], "message": "wrong"}, None]},
        "wrong",
    ),
    "LoopBack": (
        {
            "error": {
                "message": "The request body is invalid.",
                "details": [
                    {"path": "/title", "code": "minLength", "message": "is short"},
                    {"path": "", "message": "is not"},
                ],
            }
        },
        "The request body is invalid.: /title: is short; is not",
    ),
    "class-validator, as routing-controllers has it": (
        {
            "message": "Invalid body",
            "errors": [{"property": "name", "constraints": {"minLength": "is short"}, "value": 5}],
        },
        "Invalid body: name: minLength: is short",
    ),
    "Adonis": (
        {"errors": [{"message": "is required", "rule": "required", "field": "title"}]},
        "title: is required",
    ),
    "PostgREST": (
        {"code": "23505", "details": "Key (id)=(1) exists.", "hint": None, "message": "duplicate"},
        "duplicate: Key (id)=(1) exists.",
    ),
    "opencode": (
        {"name": "NotFoundError", "data": {"message": "no session", "ref": "e1"}},
        "no session",
    ),
    "JSend": (
        {"status": "fail", "data": {"email": "is taken", "name": "is too long"}},
        "email: is taken; name: is too long",
    ),
    "oRPC": (
        {
            "code": "BAD_REQUEST",
            "message": "Input validation failed",
            "data": {"issues": [{"path": ["meta", "a"], "message": "is no number"}]},
        },
        "Input validation failed: meta.a: is no number",
    ),
    "Payload": (
        {
            "errors": [
                {
                    "name": "ValidationError",
                    "data": {"collection": "posts", "errors": [{"message": "no", "path": "title"}]},
                    "message": "The following field is invalid: Title",
                }
            ]
        },
        "The following field is invalid: Title: title: no",
    ),
    "data beside a message": ({"message": "no disk", "data": {"message": "secret"}}, "no disk"),
    "GraphQL": ({"data": {"name": "secret"}, "errors": [{"message": "no disk"}]}, "no disk"),
    "data without a text": ({"data": {"status": 404}}, """'{"data": {"status": 404}}'"""),
    "Litestar": (
        {
            "status_code": 400,
            "detail": "Validation failed for POST /disks",
            "extra": [{"message": "Expected `int` <= 5", "key": "size", "source": "body"}],
        },
        "Validation failed for POST /disks: size: Expected `int` <= 5",
    ),
    "Litestar, for programs": ({"detail": "no disk", "extra": {"disk": "secret"}}, "no disk"),
    "Moleculer": (
        {
            "name": "ValidationError",
            "message": "Parameters validation error!",
            "code": 422,
            "data": [{"type": "numberMax", "message": "is too large", "field": "limit"}],
        },
        "Parameters validation error!: limit: is too large",
    ),
    "Moleculer, for programs": (
        {"message": "no disk", "data": [{"name": "secret", "description": "A disk"}, "secret"]},
        "no disk",
    ),
    "Prefect": (
        {
            "exception_message": "Invalid request received.",
            "exception_detail": [{"loc": ["body", "name"], "msg": "is short", "input": "secret"}],
            "request_body": {"name": "secret"},
        },
        "Invalid request received.: body.name: is short",
    ),
    "details for programs": (
        {"message": "no disk", "details": {"existing": {"title": "secret"}}},
        "no disk",
    ),
    "tsoa": (
        {
            "message": "Validation Failed",
            "details": {
                "requestBody.name": {"message": "'name' is required"},
                "requestBody.size": {"message": "invalid number", "value": "x"},
            },
        },
        "Validation Failed: requestBody.name: 'name' is required; "
        "requestBody.size: invalid number",
    ),
    "details, a list for each field": (
        {"error": "invalid", "details": {"name": ["is taken", "is short"], "size": []}},
        "invalid: name: is taken; is short",
    ),
    "details, some of which are not for people": (
        {"message": "no disk", "details": {"name": {"message": "secret"}, "existing": 5}},
        "no disk",
    ),
    "no details": ({"message": "no disk", "details": {}}, "no disk"),
    "details that say the same": (
        {"message": "query: bad token", "details": [{"description": "bad token"}]},
        "query: bad token",
    ),
    "the path of the request": (
        {"error": "Not Found", "message": "no disk", "path": "/disks/5"},
        "no disk",
    ),
    "a loc that is no list": ({"detail": [{"loc": 5, "msg": "wrong"}]}, "wrong"),
}


def _error(body: bytes) -> ApiError:
    return ApiError(404, None, "GET", "https://api.test", body)


@pytest.mark.parametrize(("body", "expected"), SAID.values(), ids=SAID)
def test_the_message_is_what_the_server_says(body: Any, expected: str) -> None:
    error = _error(json.dumps(body).encode())
    assert error.message == expected
    assert str(error) == f"GET https://api.test: 404 ApiError: {expected}"
    assert error.data == body


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"404 page not found\n", "404 page not found"),
        ("Größe ungültig: 5".encode(), "Größe ungültig: 5"),
        (b"a" * 300, f"{'a' * 200}..."),
        (b"two\nlines", r"'two\nlines'"),
        (b"<html>", "'<html>'"),
        (b'{"code": 5', """'{"code": 5'"""),
        (b"PK\x03\xff", "'PK\\x03\ufffd'"),
        (b"\r\n", "empty response"),
    ],
)
@pytest.mark.parametrize("excerpt", [errors.excerpt, hidden_excerpts.excerpt])
def test_a_line_of_text_is_the_message(
    monkeypatch: pytest.MonkeyPatch, excerpt: Callable[[bytes], str], body: bytes, expected: str
) -> None:
    monkeypatch.setattr(errors, "excerpt", excerpt)
    assert _error(body).message == expected


@pytest.mark.parametrize(
    ("said", "body", "expected"),
    [
        ('[{"msg":"wrong"}]', {"detail": [{"msg": "wrong"}]}, "wrong"),
        ('{"code":5}', {"detail": {"code": 5}}, '{"code":5}'),
        ("[E1] no disk", {"text": "[E1] no disk"}, "[E1] no disk"),
        ("[E1] no disk", {"fault": "[E1] no disk"}, "[E1] no disk"),
    ],
)
def test_an_object_in_place_of_the_text_is_read(
    monkeypatch: pytest.MonkeyPatch, said: str, body: Any, expected: str
) -> None:
    monkeypatch.setattr(errors, "_message", lambda _: said)
    assert _error(json.dumps(body).encode()).message == expected


def test_a_long_list_is_cut() -> None:
    error = _error(json.dumps({"errors": [str(number) for number in range(100)]}).encode())
    assert error.message == "0; 1; 2; 3; 4; 5; 6; 7; 8; 9"


def test_a_deep_body_says_what_is_near() -> None:
    deep: Any = "far away"
    for _ in range(200):
        deep = {"message": deep}
    assert "far away" not in _error(json.dumps(deep).encode()).message[:100].replace("'", "")


@pytest.mark.parametrize("body", [b"", b"<html>", b"\xff", b"[" * 100_000])
def test_what_is_no_json_has_no_data(body: bytes) -> None:
    assert _error(body).data is None


def test_statuses_have_the_names_that_naming_gives_them() -> None:
    assert tuple(one.__name__ for one in STATUSES.values()) == naming.well_known_exceptions()
    for status, exception in STATUSES.items():
        assert exception.__name__ == naming.status_class(status)
        assert exception.__doc__ == f"The server responded with status {status}."
