"""The second reading: what differs from the document in a part is still a value."""

from __future__ import annotations

import copy
import json
import logging
import pickle
from datetime import UTC, date, datetime
from typing import Annotated, Any

import msgspec
import pytest
from msgspec import Meta, Struct
from vcgen.runtime.lenient import scalars
from vcgen.runtime.lenient.deviations import (
    MOST_LOGGED,
    Deviation,
    Reading,
    recorded_deviations,
)
from vcgen.runtime.lenient.partial import MissingField
from vcgen.runtime.lenient.scalars import Unreadable
from vcgen.runtime.lenient.walk import Walk, reread
from vcgen.runtime.models.durations import IsoDuration
from vcgen.runtime.models.enums import OpenEnum, OpenIntEnum
from vcgen.runtime.models.unions import alternatives
from vcgen.runtime.variants import conversions

Moment = Annotated[datetime, Meta(tz=True)]


@pytest.fixture(autouse=True)
def _types_that_read_themselves(monkeypatch: pytest.MonkeyPatch) -> None:
    """Take the variant of the run-time that packages have which hold such types."""
    monkeypatch.setattr(scalars, "strictly", conversions.strictly)


class Colour(OpenEnum):
    RED = "RED"


class Level(OpenIntEnum):
    LOW = 1


class Part(Struct, omit_defaults=True, kw_only=True):
    number: int
    text: str | None = None


class Empty(Struct, omit_defaults=True, kw_only=True):
    text: str | None = None


class Whole(Struct, omit_defaults=True, kw_only=True):
    name: str
    parts: list[Part] = msgspec.field(name="the parts")
    by_key: dict[str, Part]
    colour: Colour | None = None


WHOLE = {"name": "n", "the parts": [], "by_key": {}}


def read(type_: Any, value: Any) -> tuple[Any, list[tuple[str, str]]]:
    """Return what a value is read as, with the paths and types of its deviations."""
    content = value if isinstance(value, bytes) else json.dumps(value).encode()
    found, deviations = reread(content, type_, "GET /a")
    return found, [(one.path, one.received) for one in deviations]


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [
        (int, "5", 5),
        (int, " -5 ", -5),
        (float, "1.5", 1.5),
        (str, 5, "5"),
        (str, 1.5, "1.5"),
        (str, True, "true"),
        (bool, "true", True),
        (bool, "False", False),
        (bool, 1, True),
        (bool, "0", False),
        (bytes, "AP8", b"\x00\xff"),
        (bytes, "AP8=\r\n", b"\x00\xff"),
        (bytes, "_-8", b"\xff\xef"),
        (Moment, "2024-01-02T03:04:05", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)),
        (Moment, "2024-01-02T03:04:05,5Z", datetime(2024, 1, 2, 3, 4, 5, 500_000, UTC)),
        (Moment, "2016-12-31T23:59:60Z", datetime(2017, 1, 1, tzinfo=UTC)),
        (Moment, "9999-12-31T23:59:59.9999999Z", datetime.max.replace(tzinfo=UTC)),
        (Moment, "2024-01-02T03:04Z", datetime(2024, 1, 2, 3, 4, tzinfo=UTC)),
        (Moment, "2024-01-02T03:04:05+00[Etc/UTC]", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)),
        (Moment, "2024-01-02", datetime(2024, 1, 2, tzinfo=UTC)),
        (Moment, "Tue, 02 Jan 2024 03:04:05 GMT", datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)),
        (Moment, 1_704_164_645, datetime(2024, 1, 2, 3, 4, 5, tzinfo=UTC)),
        (Moment, 1_704_164_645.5, datetime(2024, 1, 2, 3, 4, 5, 500_000, UTC)),
        (Moment, 1_704_164_645_250, datetime(2024, 1, 2, 3, 4, 5, 250_000, UTC)),
        (date, "2024-01-02T03:04:05Z", date(2024, 1, 2)),
        (date, "Tue, 02 Jan 2024 00:00:00 GMT", date(2024, 1, 2)),
        (Empty, [], Empty()),
        (dict[str, int], [], {}),
        (list[int], {}, []),
        (list[int], {"0": 1, "2": 3}, [1, 3]),
        (Level, "1", Level.LOW),
        (Level, "7", 7),
        (Colour, 5, "5"),
        (IsoDuration, "1h", "1h"),
    ],
    ids=str,
)
def test_scalar_that_is_written_in_another_way_is_read(
    type_: Any, value: Any, expected: Any
) -> None:
    found, deviations = read(list[type_], [value])
    assert found == [expected]
    assert type(found[0]) is type(expected) or isinstance(found[0], Colour | Level)
    assert [path for path, _ in deviations] == ["$[*]"]


@pytest.mark.parametrize(
    ("type_", "value", "expected"),
    [(int, 1.0, 1), (Level, 1.0, Level.LOW), (Level, 7.0, 7), (int | str, 1e3, 1000)],
    ids=str,
)
def test_whole_number_is_an_integer_however_it_is_written(
    type_: Any, value: Any, expected: Any
) -> None:
    found, deviations = read(list[type_], [value])
    assert (found, deviations) == ([expected], [])
    assert isinstance(found[0], int)


@pytest.mark.parametrize("text", ["NaN", "Infinity", "-Infinity", "INF", "-INF"])
def test_what_json_has_no_number_for_is_one(text: str) -> None:
    """ProtoJSON, Effect, Smithy and OData write it so."""
    found, deviations = read(list[float], [text, 1.5])
    assert (repr(found[0]), found[1], deviations) == (repr(float(text)), 1.5, [])
    assert (
        read(list[float], ["nan"])[1] == read(list[int | None], ["NaN"])[1] == [("$[*]", "string")]
    )


@pytest.mark.parametrize(
    ("type_", "value"), [(list[int], {}), (dict[str, int], []), (Empty, [])], ids=str
)
def test_array_at_the_top_is_no_object_and_no_object_an_array(type_: Any, value: Any) -> None:
    with pytest.raises(Unreadable):
        read(type_, value)


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (int, 1.5),
        (int, "many"),
        (int, "9" * 41),
        (int, True),
        (float, "far"),
        (str, None),
        (Colour, ["RED"]),
        (bool, 2),
        (bool, 1.0),
        (bytes, "?"),
        (bytes, "A"),
        (Moment, "yesterday"),
        (Moment, 5),
        (Moment, 1e300),
        (Moment, True),
        (date, 1_704_164_645),
        (Moment, "2024-13-01T00:00:00"),
        (Moment, "Tue, 32 Jan 2024 03:04:05 GMT"),
        (Moment, "Tue, 02 Fix 2024 03:04:05 GMT"),
        (date, "2024-13-01"),
        (date, "Tue, 2 Jan 2024 00:00:00 +0000"),
        (IsoDuration, 5),
        (Part, []),
        (Part, "x"),
        (list[int], {"a": 1}),
        (dict[str, int], [1]),
    ],
    ids=str,
)
def test_value_of_another_kind_is_not_read(type_: Any, value: Any) -> None:
    with pytest.raises(Unreadable):
        read(type_, value)
    # Among others it costs none of them.
    assert read(list[type_], [value])[0] == []
    assert read(dict[str, type_], {"a": value})[0] == {}


def test_null_or_nothing_is_an_empty_list_or_map() -> None:
    whole, deviations = read(Whole, {"name": "n", "the parts": None})
    assert (whole.parts, whole.by_key) == ([], {})
    assert deviations == [("$.the parts", "null"), ("$.by_key", "nothing")]
    assert read(list[Part], None) == ([], [("$", "null")])
    assert read(dict[str, int], None) == ({}, [("$", "null")])


@pytest.mark.parametrize(
    ("type_", "expected"), [(list[int], []), (dict[str, int], {}), (int | None, None)]
)
def test_no_body_means_nothing_where_the_type_can_say_so(type_: Any, expected: Any) -> None:
    assert read(type_, b"") == (expected, [("$", "nothing")])
    assert read(type_, b" \n")[0] == expected


def test_no_body_is_as_good_as_anything() -> None:
    """tRPC and oRPC describe a procedure that returns nothing as one that returns anything."""
    assert read(Any, b"") == read(Any, b" ") == (None, [])


@pytest.mark.parametrize("type_", [int, Part, str])
def test_no_body_is_not_a_value_of_other_types(type_: Any) -> None:
    with pytest.raises(ValueError):
        read(type_, b"")


@pytest.mark.parametrize(("body", "received"), [(b"", "nothing"), (b"null\n", "null")])
def test_what_was_done_is_an_object_without_a_body(body: bytes, received: str) -> None:
    found, deviations = reread(body, Part, "PUT /a")
    assert isinstance(found, Part)
    assert found.text is None
    assert not hasattr(found, "number")
    assert [str(one) for one in deviations] == [f"PUT /a: $: expected Part, received {received}"]
    for operation, type_ in (("PUT /a", int), ("GET /a", Part)):
        with pytest.raises(Unreadable):
            reread(body, type_, operation)


def test_byte_order_mark_is_reported() -> None:
    assert read(int, b"\xef\xbb\xbf5") == (5, [("$", "a byte order mark")])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"[NaN]", "nan"),
        (b"[-Infinity]", "-inf"),
        (b"[1e999]", "inf"),
    ],
)
def test_number_that_json_does_not_have_is_read(content: bytes, expected: str) -> None:
    found, deviations = read(list[float], content)
    assert str(found[0]) == expected
    assert deviations == [("$", "almost JSON")]
    # For an integer there is no such value.
    assert read(list[int], content) == ([], [("$", "almost JSON"), ("$[*]", "number")])


def test_bytes_that_are_not_unicode_are_replaced() -> None:
    content = b'["a", "caf\xe9"]'
    assert read(list[str], content) == (["a", "caf\ufffd"], [("$", "almost JSON")])


def test_control_characters_in_a_text_are_read() -> None:
    assert read(list[str], b'["a\tb\nc"]') == (["a\tb\nc"], [("$", "almost JSON")])


@pytest.mark.parametrize("content", [b"<html>", b'{"name": "n"', b"{]", b"nul"])
def test_what_is_not_json_is_not_read(content: bytes) -> None:
    with pytest.raises(ValueError):
        read(Whole, content)


class Nullable(Struct, omit_defaults=True, kw_only=True):
    parts: list[Part] | None
    text: str | None
    number: int


def test_required_property_that_may_be_null_is_null_where_it_is_missing() -> None:
    found, deviations = read(Nullable, {"number": 1})
    assert found == Nullable(parts=None, text=None, number=1)
    assert deviations == [("$.parts", "nothing"), ("$.text", "nothing")]


def test_required_property_that_is_missing_is_unset() -> None:
    part, deviations = read(Part, {"text": "t"})
    assert isinstance(part, Part)
    assert deviations == [("$.number", "nothing")]
    with pytest.raises(
        MissingField, match=r"Part\.number: the response has no readable \$\.number"
    ):
        _ = part.number
    assert not hasattr(part, "number")
    assert part.text == "t"


def test_optional_property_of_another_type_is_none() -> None:
    found, deviations = read(Lists, {**ALONE, "nested": {"a": 1}})
    assert (found.nested, deviations) == (None, [("$.nested", "object")])
    assert type(found) is Lists


def test_partial_value_can_be_used_as_any_other() -> None:
    part, _ = read(Part, {"text": "t"})
    assert copy.copy(part) == copy.deepcopy(part) == pickle.loads(pickle.dumps(part)) == part
    assert part != Part(number=1, text="t")
    assert msgspec.json.encode(part) == b'{"text":"t"}'
    assert repr(part) == "Part(number=UNSET, text='t')"
    other = msgspec.structs.replace(part, text="u")
    assert (other.text, isinstance(other, Part)) == ("u", True)
    part.number = 5
    assert msgspec.json.encode(part) == b'{"number":5,"text":"t"}'


def test_one_strange_item_costs_no_other() -> None:
    items: list[object] = [{"number": number} for number in range(1000)]
    items[500] = {"number": "x"}
    items[501] = "strange"
    found, deviations = read(list[Part], items)
    assert [one.number for one in found if hasattr(one, "number")] == [
        number for number in range(1000) if number not in (500, 501)
    ]
    assert deviations == [("$[*].number", "string"), ("$[*]", "string")]


def test_each_kind_of_strange_item_is_told_once() -> None:
    found, deviations = read(list[str], [None, 5, "a", None, {}])
    assert found == ["5", "a", "{}"]
    assert deviations == [("$[*]", "null"), ("$[*]", "integer"), ("$[*]", "object")]


@pytest.mark.parametrize(
    ("type_", "value", "found"),
    [
        (dict[str, str], {"a": [1, {"b": None}]}, {"a": '[1,{"b":null}]'}),
        (dict[str, str | None], {"a": {}}, {"a": "{}"}),
        (dict[str, str | int], {"a": {"b": "\u00e4"}}, {"a": '{"b":"\u00e4"}'}),
        (dict[str, str | Part], {"a": {"number": "5", "text": 7}}, {"a": Part(number=5, text="7")}),
        (list[str | list[int]], [["x", 1]], [[1]]),
    ],
)
def test_text_where_an_object_came_is_its_json(type_: Any, value: Any, found: Any) -> None:
    assert read(type_, value)[0] == found


def test_deviations_tell_no_value() -> None:
    secret = "s3cret"
    _, deviations = reread(json.dumps({"number": secret}).encode(), Part, "GET /a")
    assert secret not in repr(deviations)
    assert str(deviations[0]) == "GET /a: $.number: expected integer, received string"


def test_alternative_that_deviates_least_is_taken() -> None:
    either: Any = alternatives("Either", lambda: [Whole, Part])
    found, deviations = read(either, {"number": "5"})
    assert (type(found), found.number) == (Part, 5)
    assert deviations == [("$.number", "string")]


def test_nested_alternatives_are_read_in_linear_time(monkeypatch: pytest.MonkeyPatch) -> None:
    calls = [0]
    plain = Walk._read

    def counted(self: Walk, *arguments: Any) -> Any:
        calls[0] += 1
        return plain(self, *arguments)

    monkeypatch.setattr(Walk, "_read", counted)
    value: Any = {"meow": 5}
    for _ in range(60):
        value = {"meow": "m", "bark": "b", "friend": value}
    read(Pet, value)
    assert calls[0] < 61 * 12


class Cat(Struct, kw_only=True):
    meow: str
    friend: Pet | None = None


class Dog(Struct, kw_only=True):
    bark: str
    friend: Pet | None = None


Pet: Any = alternatives("Pet", lambda: [Cat, Dog])


def test_each_deviation_is_logged_once(caplog: pytest.LogCaptureFixture) -> None:
    reading = Reading()
    one = Deviation("GET /a", "$.x", "integer", "string")
    with caplog.at_level(logging.WARNING), recorded_deviations() as found:
        reading.report([one])
        reading.report([one])
    assert found == [one, one]
    assert len(caplog.records) == 1
    reading.report(Deviation("GET /a", f"$.{n}", "x", "y") for n in range(2 * MOST_LOGGED))
    assert len(reading.logged) == MOST_LOGGED


class Small(Struct, omit_defaults=True, kw_only=True):
    size: int | None = None


class Large(Struct, omit_defaults=True, kw_only=True):
    number: int
    text: str
    parts: list[Part]


EITHER = alternatives("Either", lambda: [Small, Large])


def test_of_alternatives_the_one_is_taken_that_loses_least() -> None:
    # Nothing of it deviates from the first, which loses all of it.
    data = {"number": "5", "text": "t", "parts": [{"number": 1}]}
    value, found = reread(json.dumps(data).encode(), EITHER, "GET /x")
    assert value == Large(number=5, text="t", parts=[Part(number=1)])
    assert [one.path for one in found] == ["$.number"]


def test_alternatives_are_measured_however_much_of_them_is_unreadable() -> None:
    # An item is left out, and a required property is missing.
    data = {"text": "t", "parts": ["no part", {"number": 1}], "more": 1}
    value, found = reread(json.dumps(data).encode(), EITHER, "GET /x")
    assert (value.text, value.parts) == ("t", [Part(number=1)])
    assert {one.path for one in found} == {"$.number", "$.parts[*]"}


class Spelt(Struct, omit_defaults=True, kw_only=True):
    id: str = msgspec.field(name="Id")
    other: int = msgspec.field(name="other", default=0)


class Twice(Struct, omit_defaults=True, kw_only=True):
    lower: str = msgspec.field(name="id")
    upper: str = msgspec.field(name="ID", default="")


def test_property_may_have_other_capitals() -> None:
    assert read(Spelt, {"ID": "x"}) == (Spelt(id="x"), [("$.Id", "property ID")])
    named = [("$.Id", "property id"), ("$.other", "property OTHER")]
    assert read(Spelt, {"id": "x", "OTHER": 7}) == (Spelt(id="x", other=7), named)
    found, deviations = read(list[Spelt], [{"Id": "x"}, {"id": 5}])
    assert found == [Spelt(id="x"), Spelt(id="5")]
    assert deviations == [("$[*].Id", "property id"), ("$[*].Id", "integer")]


@pytest.mark.parametrize(
    ("type_", "value"),
    [
        (Spelt, {"ID": "x", "id": "y"}),  # which of them?
        (Spelt, {"I_D": "x"}),
        (Twice, {"ID": "x"}),  # it is another
    ],
)
def test_other_properties_are_not_taken_for_a_required_one(
    type_: type[Any], value: dict[str, Any]
) -> None:
    _, deviations = read(type_, value)
    assert [received for _, received in deviations] == ["nothing"]


def test_optional_property_of_two_spellings_is_absent() -> None:
    found, deviations = read(Spelt, {"Id": 5, "OTHER": 7, "Other": 8})
    assert (found.other, deviations) == (0, [("$.Id", "integer")])


class Lists(Struct, omit_defaults=True, kw_only=True):
    texts: list[str] | None = None
    parts: list[Part] | None = None
    nested: list[list[int]] | None = None
    either: str | list[Part] | None = None
    needed: list[Empty]


ALONE: dict[str, Any] = {"needed": []}


@pytest.mark.parametrize(
    ("name", "value", "expected", "received"),
    [
        ("texts", "a", ["a"], "string"),
        ("parts", {"number": 1}, [Part(number=1)], "object"),
        ("needed", {"text": "t"}, [Empty(text="t")], "object"),
        ("either", {"number": 1}, [Part(number=1)], "object"),
    ],
)
def test_item_alone_is_a_list_of_one(name: str, value: Any, expected: Any, received: str) -> None:
    found, deviations = read(Lists, {**ALONE, name: value})
    assert getattr(found, name) == expected
    assert deviations == [(f"$.{name}", received)]


@pytest.mark.parametrize(
    ("name", "value"),
    [("parts", "a"), ("parts", {"code": 1}), ("texts", {"a": 1}), ("nested", 5)],
)
def test_what_is_no_item_is_no_list_of_one(name: str, value: Any) -> None:
    found, deviations = read(Lists, {**ALONE, name: value})
    assert getattr(found, name) is None
    assert len(deviations) == 1


def test_what_is_no_item_leaves_a_needed_list_unset() -> None:
    found, deviations = read(Lists, {"needed": {"code": 1}})
    assert not hasattr(found, "needed")
    assert deviations == [("$.needed", "object")]
