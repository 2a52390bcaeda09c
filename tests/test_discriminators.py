"""Discriminators of numbers and booleans, and of a class in the middle of a hierarchy."""

from __future__ import annotations

import json
from types import ModuleType
from typing import Any

import pytest
from driving import Driver, golden, reply

CASE = "discriminator_values"
LISTED = "discriminator_listed"


@pytest.fixture
def api() -> ModuleType:
    return golden(CASE)


def _kinds(drive: Driver, method: str, body: object, case: str = CASE, **options: Any) -> list[str]:
    read = drive(case, lambda client: getattr(client.thing, method)(), reply(200, body), **options)
    return [type(one).__name__ for one in (read if isinstance(read, list) else [read])]


def test_a_number_tells_alternatives_apart(drive: Driver) -> None:
    body = [{"version": 1, "size": 1}, {"version": 2}, {"version": 3}]
    assert _kinds(drive, "list_versions", body, strict=True) == ["One", "Two", "dict"]


def test_a_number_with_a_fraction_of_zero_is_that_number(drive: Driver) -> None:
    body = [{"version": 1.0, "size": 1}, {"version": 2.0}, {"version": 1.5}, {"version": "1.0"}]
    assert _kinds(drive, "list_versions", body) == ["One", "Two", "dict", "dict"]


def test_a_boolean_tells_alternatives_apart(drive: Driver) -> None:
    assert _kinds(drive, "list_results", [{"ok": True}, {"ok": False}], strict=True) == [
        "Fine",
        "Bad",
    ]


def test_a_number_tells_errors_apart(drive: Driver, api: ModuleType) -> None:
    for code, name in ((7, "Worse"), (8, "Worst")):
        with pytest.raises(api.ApiError) as raised:
            drive(
                CASE,
                lambda client: client.thing.list_results(),
                reply(400, {"code": code, "why": "w"}),
            )
        assert type(raised.value.error).__name__ == name


def test_it_is_filled_in(drive: Driver, api: ModuleType) -> None:
    for made, wanted in ((api.One(size=3), 1), (api.Two(size=3), 2)):
        assert made.version == wanted
        drive(CASE, lambda client, made=made: client.thing.put_version(made))
        assert json.loads(drive.sent[-1].content) == {"version": wanted, "size": 3}


def test_subtypes_of_a_class_in_the_middle_are_told_apart(drive: Driver) -> None:
    puppy = {"kind": "Puppy", "bark": "w", "age": 1}
    assert _kinds(drive, "get_dog", puppy, strict=True) == ["Puppy"]
    assert _kinds(drive, "get_dog", {"kind": "Dog", "bark": "w"}, strict=True) == ["Dog"]
    assert _kinds(drive, "get_animal", puppy, strict=True) == ["Puppy"]
    assert _kinds(drive, "get_animal", {"kind": "Cat", "purrs": True}, strict=True) == ["Cat"]


def test_a_kind_that_is_not_known_is_the_class_itself(drive: Driver) -> None:
    assert _kinds(drive, "get_dog", {"kind": "Poodle", "bark": "w"}) == ["Dog"]


def test_a_kind_that_is_not_mapped_is_what_the_document_has_for_it(drive: Driver) -> None:
    shapes = [
        {"kind": "circle", "radius": 1},
        {"kind": "square"},
        {"kind": "star", "name": "n"},
        {},
    ]
    assert _kinds(drive, "list_shapes", shapes, strict=True) == [
        "Circle",
        "Square",
        "Figure",
        "Figure",
    ]
    jobs = [{"type": "build", "target": "t"}, {"type": "cook", "note": "n"}]
    assert _kinds(drive, "list_jobs", jobs, strict=True) == ["Build", "OtherJob"]


def test_a_subtype_is_sent_where_its_base_is_taken(drive: Driver, api: ModuleType) -> None:
    drive(CASE, lambda client: client.thing.put_dog(api.Puppy(bark="w", age=1)))
    assert json.loads(drive.sent[-1].content) == {"kind": "Puppy", "bark": "w", "age": 1}


def test_subtypes_are_told_apart_by_what_they_list(drive: Driver) -> None:
    tasks = [
        {"type": "build", "target": "t"},
        {"type": "start", "command": "c"},
        {"type": "ShellTask", "shell": "s"},
        {"type": "cook"},
    ]
    found = _kinds(drive, "list_tasks", tasks, LISTED, strict=True)
    assert found == ["BuildTask", "RunTask", "ShellTask", "Task"]


def test_a_choice_is_an_alternative_of_another(drive: Driver) -> None:
    events = [
        {"event": "created", "by": "b"},
        {"event": "moved", "to": "t"},
        {"event": "Renamed", "name": "n"},
        {"event": "closed", "gate": 1},
        {"event": "lost"},
    ]
    found = _kinds(drive, "list_events", events, LISTED, strict=True)
    assert found == ["Created", "Moved", "Renamed", "Closed", "dict"]


def test_an_alternative_is_one_of_its_subtypes(drive: Driver) -> None:
    pets = [{"kind": "Cat", "purrs": True}, {"kind": "puppy", "age": 1}, {"kind": "Dog"}]
    assert _kinds(drive, "list_pets", pets, LISTED, strict=True) == ["Cat", "Puppy", "Dog"]


def test_an_error_is_one_of_its_subtypes(drive: Driver) -> None:
    api = golden(LISTED)
    body = {"code": "QuotaProblem", "message": "m", "limit": 3}
    with pytest.raises(api.ApiError) as raised:
        drive(LISTED, lambda client: client.thing.list_pets(), reply(400, body))
    assert raised.value.error == api.QuotaProblem(code="QuotaProblem", message="m", limit=3)


def test_a_discriminator_may_be_in_a_part(drive: Driver) -> None:
    devices = [{"id": "1", "type": "Disk", "size": 3}, {"id": "2", "type": "Fan"}]
    assert _kinds(drive, "list_devices", devices, LISTED, strict=True) == ["Disk", "Device"]


def test_one_that_is_no_property_is_read_and_filled_in(drive: Driver) -> None:
    case = "discriminator_undeclared"
    shapes = [{"kind": "round", "radius": 1.5}, {"kind": "even", "side": 2.5}, {"kind": "odd"}]
    read = drive(case, lambda client: client.shape.list_shapes(), reply(200, shapes))
    names = [(type(one).__name__, one.kind) for one in read]
    assert names == [("Circle", "round"), ("Square", "even"), ("Shape", "odd")]
    square = golden(case).Square(side=2.5)
    drive(case, lambda client: client.shape.add_shape(square), reply(204))
    assert json.loads(drive.sent[-1].content) == {"kind": "even", "side": 2.5}


def test_without_a_kind_it_is_the_class_itself_and_no_kind_is_sent(drive: Driver) -> None:
    """A server that leaves out what is empty must not get back a kind that it never sent."""
    case, shapes = "discriminator_undeclared", [{"label": "l"}, {}, {"side": 2.5}]
    read = drive(case, lambda client: client.shape.list_shapes(), reply(200, shapes))
    assert [type(one).__name__ for one in read] == ["Shape", "Shape", "Square"]
    drive(case, lambda client: client.shape.add_shape(read[0]), reply(204))
    assert json.loads(drive.sent[-1].content) == {"label": "l"}
