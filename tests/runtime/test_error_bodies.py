"""Bodies of errors: which of the documented types one is read as, and when it is none of them."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import Struct
from vcgen.runtime.errors import ApiError
from vcgen.runtime.lenient import walk
from vcgen.runtime.lenient.deviations import Reading, recorded_deviations
from vcgen.runtime.models.open import EMPTY, OpenModel
from vcgen.runtime.variants import documented_failures, open_failures, open_walk
from vcgen.runtime.variants import keeping as keeping_variant
from vcgen.runtime.variants.documented_failures import error_body
from vcgen.runtime.wire import answers
from vcgen.runtime.wire.calls import Call
from vcgen.runtime.wire.readers import Json


class Said(Struct):
    """An error that need not say anything."""

    message: str | None = None
    code: int | None = None


class Detailed(Struct):
    """Another one."""

    detail: str | None = None


class Item(OpenModel, kw_only=True):
    """What is also sent, and keeps what it does not know."""

    title: str
    code: int | None = None


class Open(OpenModel, kw_only=True):
    """The same of what need not say anything."""

    code: int | None = None


class Fields(OpenModel, kw_only=True):
    """What says of any field what is wrong."""

    code: int | None = None
    additional_properties: dict[str, list[str]] = EMPTY


CALL = Call[Any](method="GET", path="/a", returns={200: Json(int)}, raises={"default": ApiError})


def _read(body: bytes, *types: Any) -> Any:
    with recorded_deviations() as deviations:
        found = error_body(body, types, CALL, Reading(strict=False))
    assert deviations == []
    return found


@pytest.mark.parametrize("body", [b'{"msg": "No."}', b"{}", b'{"message": null}'])
def test_body_without_a_documented_property_is_none(body: bytes) -> None:
    assert _read(body, Said) is None
    assert _read(body, Said, Detailed) is None


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b'{"code": 0}', Said(code=0)),
        (b'{"message": ""}', Said(message="")),
        (b'{"message": "No.", "more": 1}', Said(message="No.")),
    ],
)
def test_body_with_a_documented_property_is_read(body: bytes, expected: Said) -> None:
    assert _read(body, Said) == expected


def test_body_is_that_of_the_first_type_of_which_it_has_a_property() -> None:
    assert _read(b'{"detail": "No."}', Said, Detailed) == Detailed("No.")
    assert _read(b'{"detail": "No.", "code": 1}', Said, Detailed) == Said(code=1)
    assert _read(b'{"detail": "No."}', Said, dict[str, Any]) == {"detail": "No."}


@pytest.fixture
def keeping(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have bodies read as a client reads them whose classes keep what has no field."""
    monkeypatch.setattr(walk, "walk_of", open_walk.walk_of)
    monkeypatch.setattr(answers, "documented", open_failures.documented)
    monkeypatch.setattr(documented_failures, "documented", open_failures.documented)
    monkeypatch.setattr(answers, "decode", keeping_variant.decode)


def test_what_a_class_only_keeps_makes_no_error_of_it(keeping: None) -> None:
    assert _read(b'{"detail": "No."}', Item) is None


def test_what_a_class_only_keeps_hides_no_other_type(keeping: None) -> None:
    assert _read(b'{"detail": "No."}', Open) is None
    assert _read(b'{"detail": "No."}', Open, Detailed) == Detailed("No.")


def test_additional_properties_of_a_declared_type_are_documented(keeping: None) -> None:
    name = {"name": ["too short"]}
    assert _read(b'{"name": ["too short"]}', Fields) == Fields(additional_properties=name)
    assert _read(b'{"name": []}', Fields, Detailed) == Fields(additional_properties={"name": []})
    assert _read(b"{}", Fields) is None
