"""Errors that repeat their base become a family, told apart by `error_type`."""

from copy import deepcopy
from typing import Any

import pytest
from vcgen.dialect.vsphere.error_family import error_family

MESSAGES = {"type": "array", "items": {"$ref": "#/components/schemas/Message"}}
STRING = {"type": "string"}


def error(words: str = "", **own: Any) -> dict[str, Any]:
    """Return the schema of an error before 9.0, with properties of its own."""
    common = {
        "messages": {**MESSAGES, "description": f"Messages. {words}"},
        "data": {"type": "object"},
        "error_type": STRING,
    }
    return {"type": "object", "properties": {**own, **common}, "required": ["messages"]}


def family(schemas: dict[str, Any]) -> Any:
    """Return what the pass makes of these schemas, and see that it does so once."""
    document = {"openapi": "3.0.0", "components": {"schemas": schemas}, "paths": {}}
    before = deepcopy(document)
    after = error_family(document)
    assert document == before
    assert after.keys() == document.keys()
    assert error_family(after) == after
    return after["components"]["schemas"]


def test_base_maps_its_kinds_and_itself() -> None:
    names = ["Error", "NotFound", "AlreadyInDesiredState"]
    found = family({f"VapiStdErrors{name}": error() for name in names})
    base = found["VapiStdErrorsError"]
    assert base["discriminator"] == {
        "propertyName": "error_type",
        "mapping": {
            "ERROR": "#/components/schemas/VapiStdErrorsError",
            "NOT_FOUND": "#/components/schemas/VapiStdErrorsNotFound",
            "ALREADY_IN_DESIRED_STATE": "#/components/schemas/VapiStdErrorsAlreadyInDesiredState",
        },
    }
    assert base["properties"] == error()["properties"]
    assert base["required"] == ["messages"]


def test_kind_extends_the_base_by_what_it_has_beyond() -> None:
    found = family(
        {
            "VapiStdErrorsError": error(),
            "VapiStdErrorsNotFound": {"description": "Not here.", **error("Other words.")},
            "VapiStdErrorsUnauthenticated": error(challenge=STRING),
        }
    )
    extension = {"type": "object", "allOf": [{"$ref": "#/components/schemas/VapiStdErrorsError"}]}
    assert found["VapiStdErrorsNotFound"] == {"description": "Not here.", **extension}
    assert found["VapiStdErrorsUnauthenticated"] == {
        **extension,
        "properties": {"challenge": STRING},
    }


def test_what_a_kind_requires_of_its_own_stays_required() -> None:
    kind = error(challenge=STRING)
    kind["required"] = ["messages", "challenge", "error_type"]
    found = family({"vapi.std.errors.error": error(), "vapi.std.errors.unauthenticated": kind})
    assert found["vapi.std.errors.unauthenticated"]["required"] == ["challenge"]


def test_each_style_is_a_family() -> None:
    names = ["VapiStdErrorsError", "VapiStdErrorsTimedOut"]
    dotted = ["vapi.std.errors.error", "vapi.std.errors.timed_out"]
    found = family({name: error() for name in (*names, *dotted)})
    assert found["vapi.std.errors.error"]["discriminator"]["mapping"] == {
        "ERROR": "#/components/schemas/vapi.std.errors.error",
        "TIMED_OUT": "#/components/schemas/vapi.std.errors.timed_out",
    }
    assert found["VapiStdErrorsTimedOut"]["allOf"] != found["vapi.std.errors.timed_out"]["allOf"]


def test_what_repeats_nothing_is_no_kind() -> None:
    others = {
        "vapi.std.errors.error.type": {"type": "string", "enum": ["ERROR"]},
        "vapi.std.errors.not_found_error": {"type": "object", "properties": {"value": {}}},
        "vapi.std.errors.odd": {**error(), "properties": {"messages": STRING}},
        "vapi.std.errors.loose": {**error(), "required": []},
        "vapi.std.errors.malformed": {**error(), "required": False},
        "vapi.std.errors.nothing": None,
    }
    found = family({"vapi.std.errors.error": error(), **others})
    assert list(found["vapi.std.errors.error"]["discriminator"]["mapping"]) == ["ERROR"]
    assert {name: found[name] for name in others} == others


def test_errors_of_other_parts_extend_the_base_without_being_its_kinds() -> None:
    other = error()
    del other["properties"]["error_type"]
    found = family({"vapi.std.errors.error": error(), "vcenter.token.invalid_scope": other})
    assert list(found["vapi.std.errors.error"]["discriminator"]["mapping"]) == ["ERROR"]
    assert found["vcenter.token.invalid_scope"]["allOf"] == [
        {"$ref": "#/components/schemas/vapi.std.errors.error"}
    ]


def test_base_that_is_absent_is_made_of_what_the_kinds_share() -> None:
    found = family(
        {
            "VapiStdErrorsUnauthenticated": error(challenge=STRING),
            "VapiStdErrorsServiceUnavailable": error("Other words."),
        }
    )
    base = found["VapiStdErrorsError"]
    assert list(base["properties"]) == ["messages", "data", "error_type"]
    assert base["required"] == ["messages"]
    assert list(base["discriminator"]["mapping"]) == [
        *("ERROR", "UNAUTHENTICATED", "SERVICE_UNAVAILABLE")
    ]
    assert found["VapiStdErrorsUnauthenticated"]["properties"] == {"challenge": STRING}


def test_kind_that_has_no_schema_is_the_base_itself() -> None:
    base = error()
    base["properties"]["error_type"] = {"$ref": "#/components/schemas/Type"}
    found = family(
        {
            "vapi.std.errors.error": base,
            "vapi.std.errors.not_found": base,
            "Type": {"type": "string", "enum": ["ERROR", "CANCELED", 7, "NOT_FOUND"]},
        }
    )
    assert found["vapi.std.errors.error"]["discriminator"]["mapping"] == {
        "ERROR": "#/components/schemas/vapi.std.errors.error",
        "NOT_FOUND": "#/components/schemas/vapi.std.errors.not_found",
        "CANCELED": "#/components/schemas/vapi.std.errors.error",
    }


def test_property_called_description_is_compared() -> None:
    base = error(description={"type": "string", "description": "One."})
    same = error(description={"type": "string", "description": "Other."})
    other = error(description={"type": "integer"})
    found = family(
        {
            "vapi.std.errors.error": base,
            "vapi.std.errors.same": same,
            "vapi.std.errors.other": other,
        }
    )
    assert list(found["vapi.std.errors.error"]["discriminator"]["mapping"]) == ["ERROR", "SAME"]
    assert found["vapi.std.errors.other"] == other


@pytest.mark.parametrize(
    "schemas",
    [
        {},
        {"Error": error(), "NotFound": error()},
        {"Vapi.Std.Errors.Error": error(), "Vapi.Std.Errors.NotFound": error()},
        {"VapiStdErrorsError": {**error(), "discriminator": {"propertyName": "error_type"}}},
        {"VapiStdErrorsErrorType": {"type": "string"}},
        {"VapiStdErrorsA": error(), "VapiStdErrorsB": {"properties": {"messages": STRING}}},
    ],
)
def test_other_documents_stay(schemas: dict[str, Any]) -> None:
    assert family(schemas) == schemas


@pytest.mark.parametrize("document", [{}, {"components": None}, {"components": {"schemas": []}}])
def test_document_without_schemas_stays(document: dict[str, Any]) -> None:
    assert error_family(document) is document
