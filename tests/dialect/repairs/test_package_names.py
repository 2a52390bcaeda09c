"""A schema that is referred to with a package in front of its name is found."""

from typing import Any

import pytest
from vcgen.dialect import DocumentView, Kind, Place
from vcgen.dialect.repairs.package_names import package_names


def repaired(name: str, *known: str) -> Any:
    """Return the change that the pass makes, and see that it changes nothing more."""
    schemas: dict[str, Any] = {one: {} for one in known}
    tree = {"openapi": "3.0.3", "components": {"schemas": schemas}}
    place = Place(DocumentView(tree), Kind.SCHEMA, "#/somewhere")
    change = package_names({"$ref": f"#/components/schemas/{name}", "description": "x"}, place)
    assert change is None or package_names(change.node, place) is None
    return change


@pytest.mark.parametrize(
    ("name", "known", "meant"),
    [
        ("rpc.Status", ["Status", "rpc.Code"], "Status"),
        ("google.rpc.Status", ["Status", "rpc.Status"], "rpc.Status"),
        ("google.rpc.Status", ["Status", "google.Status2"], "Status"),
        ("apiCommonV1Link", ["v1Link", "Link"], "v1Link"),
        ("apiCommonV1Link", ["v1Link", "commonV1Link"], "commonV1Link"),
        ("aV1beta1Link", ["v1beta1Link"], "v1beta1Link"),
    ],
)
def test_the_longest_end_is_meant(name: str, known: list[str], meant: str) -> None:
    change = repaired(name, *known)
    assert change.node == {"$ref": f"#/components/schemas/{meant}", "description": "x"}
    assert change.repairs == (f'there is no schema "{name}": read as "{meant}"',)


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("rpc.Status", ["rpc.Status", "Status"]),
        ("rpc.Status", ["Status", "bar.Status"]),
        ("rpc.Status", ["tatus", "RpcStatus", "status"]),
        ("OrderStatus", ["Status", "status"]),
        ("apiV1", ["v1", "V1"]),
        ("apiV1Link", ["Link", "link", "1Link"]),
        ("Pet", []),
        ("Pet/a", ["Pet"]),
        ("", ["Pet"]),
    ],
)
def test_anything_else_is_left(name: str, known: list[str]) -> None:
    assert repaired(name, *known) is None
