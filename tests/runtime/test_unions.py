"""Of several alternatives that a value fits, the one is taken that loses least of it."""

from __future__ import annotations

from typing import Any

import pytest
from msgspec import Struct
from vcgen.runtime.models.unions import decode_union, size_of


class Text(Struct):
    kind: str | None = None
    text: str | None = None


class Inner(Struct):
    callee: str | None = None


class Statement(Struct):
    kind: str | None = None
    expression: Inner | None = None


@pytest.mark.parametrize(
    ("value", "size"), [(1, 1), ("a", 1), ([], 1), ([1, [2]], 4), ({"a": {"b": 1}}, 3)]
)
def test_size_is_the_number_of_values(value: Any, size: int) -> None:
    assert size_of(value) == size


def test_deep_value_has_a_size() -> None:
    value: Any = 1
    for _ in range(5000):
        value = [value]
    assert size_of(value) == 5001


@pytest.mark.parametrize("candidates", [[Text, Statement], [Statement, Text]])
def test_lost_subtree_weighs_more_than_what_is_new_in_it(candidates: list[Any]) -> None:
    value = {"kind": "s", "expression": {"callee": "f", "new": 1, "newer": {"line": 1}}}
    assert decode_union(candidates, value) == Statement("s", Inner("f"))


def test_first_of_two_that_lose_as_much_is_taken() -> None:
    assert decode_union([Text, Statement], {"kind": "s", "new": 1}) == Text("s")
