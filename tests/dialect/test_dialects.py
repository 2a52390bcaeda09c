"""Dialects are detected, found by name, and apply their passes in order."""

from typing import Any

import pytest
from vcgen.dialect import (
    Change,
    Dialect,
    DocumentView,
    Kind,
    Node,
    Pass,
    Place,
    Repair,
    detect,
    get,
)
from vcgen.dialect.repairs.operation_ids import operation_ids
from vcgen.errors import ConfigError, Diagnostic, SpecError


@pytest.mark.parametrize(
    "tree",
    [
        {"components": {"schemas": {"Vapi.Std.Errors.Error": {}}}},
        {"components": {"schemas": {"VapiStdErrorsNotFound": {}}}},
        {"definitions": {"vapi.std.errors.not_found": {}}},
        {"components": {"securitySchemes": {"a": {"name": "vmware-api-session-id"}}}},
        {"securityDefinitions": {"a": {"name": "vmware-api-session-id"}}},
        {"paths": {"/rest/vm?~action=find": {}}},
        {"paths": {"/vm?action=clone&vmw-task=true": {}}},
    ],
)
def test_documents_of_vsphere_are_detected(tree: dict[str, Any]) -> None:
    assert detect(tree) == "vsphere"


@pytest.mark.parametrize(
    "tree",
    [
        {},
        {"paths": {"/vm": {}, "/job?action=retry": {}}, "components": {"schemas": {"Vapid": {}}}},
        {"paths": [], "components": {"schemas": 7, "securitySchemes": {"a": None}}},
    ],
)
def test_other_documents_are_plain(tree: dict[str, Any]) -> None:
    assert detect(tree) == "plain"


def test_vsphere_knows_what_plain_knows_and_more() -> None:
    plain, vsphere = get("plain"), get("vsphere")
    # Two APIs in one document have the same operationIds, and are told apart by their resources.
    assert set(plain.passes) - set(vsphere.passes) == {operation_ids}
    assert set(vsphere.passes) - set(plain.passes)
    assert plain.roots == ()
    assert vsphere.roots == ("Vcenter", "Vapi", "Cis")
    assert len({step.name for step in vsphere.passes}) == len(vsphere.passes)


def test_unknown_name_is_refused_with_a_near_one() -> None:
    with pytest.raises(ConfigError, match="did you mean vsphere"):
        get("vshpere")


def test_passes_follow_each_other_and_refusals_are_collected() -> None:
    def mend(node: Node, place: Place) -> Change | None:
        return Change({**node, "a": 1}, ("a was missing",))

    def refuse(node: Node, place: Place) -> Change | None:
        raise SpecError(Diagnostic("no", place.pointer))

    def see(node: Node, place: Place) -> Change | None:
        return Change({**node, "seen": dict(node)})

    kinds = frozenset({Kind.SCHEMA})
    passes = tuple(Pass(f.__name__, kinds, f) for f in (mend, refuse, see))
    place = Place(DocumentView({}), Kind.SCHEMA, "#/x")
    normalised = Dialect("test", passes).normalise({}, place)
    assert normalised.node == {"a": 1, "seen": {"a": 1}}
    assert normalised.repairs == (Repair("mend", "#/x", "a was missing"),)
    assert normalised.problems == (Diagnostic("no", "#/x"),)


def test_pass_is_asked_where_one_of_its_fields_is_or_comes_to_be() -> None:
    asked: list[str] = []

    def early(node: Node, place: Place) -> Change | None:
        asked.append("early")
        return None

    def adding(node: Node, place: Place) -> Change | None:
        return Change({**node, "a": 1}) if "add" in node else None

    def late(node: Node, place: Place) -> Change | None:
        asked.append("late")
        return None

    kinds, fields = frozenset({Kind.SCHEMA}), frozenset({"a", "b"})
    passes = (
        Pass("early", kinds, early, fields),
        Pass("adding", kinds, adding),
        Pass("late", kinds, late, fields),
    )
    dialect, place = Dialect("test", passes), Place(DocumentView({}), Kind.SCHEMA, "#/x")
    for node, expected in (
        ({"c": 1}, []),
        ({"b": 1}, ["early", "late"]),
        ({"add": True}, ["late"]),
        ({"add": True, "a": 0}, ["early", "late"]),
    ):
        asked.clear()
        dialect.normalise(node, place)
        assert asked == expected


def test_node_that_no_pass_is_for_stays_the_same_object() -> None:
    node = {"type": "array"}
    place = Place(DocumentView({"openapi": "3.0.0"}), Kind.OBJECT, "#/x")
    assert get("vsphere").normalise(node, place).node is node
