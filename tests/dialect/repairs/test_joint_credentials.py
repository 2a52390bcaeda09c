"""Credentials that are sent in the same place are alternatives."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.joint_credentials import joint_credentials

SCHEMES: dict[str, Any] = {
    "implicit": {"type": "oauth2"},
    "code": {"type": "oauth2"},
    "basic": {"type": "http", "scheme": "basic"},
    "old": {"type": "basic"},
    "oidc": {"$ref": "#/components/x-schemes/oidc"},
    "raw": {"type": "apiKey", "in": "header", "name": "authorization"},
    "key": {"type": "apiKey", "in": "query", "name": "key"},
    "other": {"type": "apiKey", "in": "query", "name": "Key"},
    "again": {"type": "apiKey", "in": "query", "name": "key"},
    "mutual": {"type": "mutualTLS"},
    "nothing": {},
    **{
        f"{side}{n}": {"type": "apiKey", "in": "query", "name": f"k{n}"}
        for side in "ab"
        for n in range(7)
    },
}
COMPONENTS: dict[str, Any] = {
    "securitySchemes": SCHEMES,
    "x-schemes": {"oidc": {"type": "openIdConnect"}},
}


def repaired(security: Any) -> Any:
    """Return the requirements that the pass makes, and see that it changes nothing more."""
    tree: dict[str, Any] = {"openapi": "3.0.3", "components": COMPONENTS}
    place = Place(DocumentView(tree), Kind.OPERATION, "#/somewhere")
    change = joint_credentials({"security": security, "operationId": "a"}, place)
    if change is None:
        return None
    assert not change.repairs
    assert joint_credentials(change.node, place) is None
    assert change.node["operationId"] == "a"
    return change.node["security"]


@pytest.mark.parametrize(
    ("security", "alternatives"),
    [
        ([{"implicit": ["a"], "code": ["a"]}], [{"implicit": ["a"]}, {"code": ["a"]}]),
        (
            [{"implicit": ["a"], "code": ["a"]}, {"implicit": ["b"], "code": ["b"]}, {}],
            [{"implicit": ["a"]}, {"code": ["a"]}, {"implicit": ["b"]}, {"code": ["b"]}, {}],
        ),
        ([{"implicit": [], "basic": []}], [{"implicit": []}, {"basic": []}]),
        ([{"old": [], "oidc": [], "raw": []}], [{"old": []}, {"oidc": []}, {"raw": []}]),
        (
            [{"code": [], "key": [], "implicit": [], "mutual": []}],
            [
                {"code": [], "key": [], "mutual": []},
                {"implicit": [], "key": [], "mutual": []},
            ],
        ),
        (
            [{"code": [], "key": [], "oidc": [], "again": []}],
            [
                {"code": [], "key": []},
                {"code": [], "again": []},
                {"oidc": [], "key": []},
                {"oidc": [], "again": []},
            ],
        ),
        ([{"code": []}, {"basic": [], "code": []}], [{"code": []}, {"basic": []}]),
    ],
)
def test_one_credential_of_a_place_is_enough(security: Any, alternatives: Any) -> None:
    assert repaired(security) == alternatives


@pytest.mark.parametrize(
    "security",
    [
        [],
        [{}],
        [{"code": []}, {"implicit": []}],
        [{"code": [], "key": []}],
        [{"key": [], "other": []}],
        [{"mutual": [], "nothing": [], "gone": []}],
        [{"mutual": [], "code": []}, 7],
        [{"key": []}, {"key": []}, {"key": [], "code": []}],
        [{f"{side}{n}": [] for side in "ab" for n in range(7)}],
        7,
        None,
    ],
)
def test_anything_else_changes_nothing(security: Any) -> None:
    assert repaired(security) is None
