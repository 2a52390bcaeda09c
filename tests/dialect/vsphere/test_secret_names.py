"""Texts that are called like passwords have the format of passwords."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.vsphere.secret_names import secret_names

PLACE = Place(DocumentView({"openapi": "3.0.3"}), Kind.SCHEMA, "#/somewhere")


def formatted(**properties: Any) -> set[str]:
    """Return which properties the pass gives a format."""
    node = {"type": "object", "properties": properties}
    change = secret_names(node, PLACE)
    if change is None:
        return set()
    assert secret_names(change.node, PLACE) is None
    assert not change.repairs
    given = change.node["properties"]
    return {name for name in properties if given[name] != properties[name]}


@pytest.mark.parametrize(
    "name",
    [
        *("password", "sso_admin_password", "client_secret", "private_key", "session_id"),
        *("saml_token", "access_token", "refresh_token", "actor_token", "subject_token"),
    ],
)
def test_names_of_secrets(name: str) -> None:
    assert formatted(**{name: {"type": "string"}, "name": {"type": "string"}}) == {name}


@pytest.mark.parametrize(
    ("name", "node"),
    [
        ("password_expires", {"type": "string"}),
        ("key", {"type": "string"}),
        ("client_token", {"type": "string"}),
        ("has_password", {"type": "boolean"}),
        ("password", {"type": "string", "format": "uri"}),
        ("password", {"type": "string", "enum": ["KEEP"]}),
        ("password", {"$ref": "#/components/schemas/P"}),
        ("password", None),
    ],
)
def test_other_properties_stay(name: str, node: object) -> None:
    assert formatted(**{name: node}) == set()


@pytest.mark.parametrize("properties", [None, [], "text"])
def test_properties_of_any_shape(properties: object) -> None:
    assert secret_names({"properties": properties}, PLACE) is None
