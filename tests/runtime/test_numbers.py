"""A whole number of the type `number` is sent as one: a server that answered 5 gets no 5.0 back."""

from __future__ import annotations

import msgspec
import pytest
from vcgen.runtime.wire.bodies import FormBody
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.forms import part_of
from vcgen.runtime.wire.styles import Style, StyledPath
from vcgen.runtime.wire.values import joined, pairs_of

NUMBERS = [
    (5.0, "5"),
    (-0.0, "0"),
    (2.5, "2.5"),
    (1e20, "100000000000000000000"),
    (1e21, "1e21"),
    (7, "7"),
    (True, "true"),
]


@pytest.mark.parametrize(("value", "text"), NUMBERS)
def test_number_has_no_fraction_that_says_nothing(value: float, text: str) -> None:
    draft = Draft("GET", "/a/{n}", "/a/{n}")
    StyledPath("n", value, Style("simple")).put(draft)
    assert draft.url == f"/a/{text}"
    assert list(pairs_of("n", [value])) == [f"n={text}"]
    assert joined([value, value]) == f"{text},{text}"
    assert FormBody({"n": value}, "application/x-www-form-urlencoded").encode() == (
        f"n={text}".encode()
    )
    assert part_of("n", value)[:3] == (None, text.encode(), "text/plain")


def test_number_that_was_read_is_sent_as_it_came() -> None:
    (read,) = msgspec.json.decode(b"[5]", type=list[float])
    assert list(pairs_of("id", read)) == ["id=5"]


def test_text_is_sent_as_it_is() -> None:
    assert list(pairs_of("n", "5.0")) == ["n=5.0"]
    assert part_of("n", "5.0", "application/json")[1] == b'"5.0"'
