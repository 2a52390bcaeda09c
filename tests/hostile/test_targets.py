"""Targets of overlays that would take for ever: found by hand, `(a|a)*$` among them."""

from __future__ import annotations

import time
from typing import Any

import pytest
from vcgen.errors import SpecError
from vcgen.reading.overlay import bounded
from vcgen.reading.overlay.targets import Target


def refused(target: str, tree: dict[str, Any]) -> str:
    """Return why a target is refused, and check that this took no time."""
    started = time.monotonic()
    with pytest.raises(SpecError) as caught:
        Target(target).select(tree)
    assert time.monotonic() - started < 10
    return caught.value.diagnostics[0].message


@pytest.mark.parametrize(
    "target",
    [
        "$" + "[*,*,*,*]" * 8 + ".zz",
        "$" + "..*" * 9 + ".zz",
        "$..[?count($..*..*..*..*) > 1]",
        "$..[?@..[?@..[?@..[?@..zz]]]]",
        "$..[?count(@..*..*..*) > 1].zz",
    ],
)
def test_a_target_that_passes_nodes_without_end_is_refused(
    target: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Though it selects nothing: each segment multiplies what it passes."""
    monkeypatch.setattr(bounded, "MOST_PASSED", 20_000)
    tree: dict[str, Any] = {"a": 1, "b": 2}
    for _ in range(60):
        tree = {"a": tree, "b": 1, "c": 2}
    assert refused(target, tree) == "the target passes more than 20,000 nodes"


@pytest.mark.parametrize("name", ["match", "search"])
@pytest.mark.parametrize("pattern", ["(a|a)*[cd]", "(a|aa)+[cd]"])
def test_a_pattern_that_takes_for_ever_is_refused(
    pattern: str, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bounded, "LONGEST", 0.2)
    tree = {"a": {"text": "a" * 60 + "b"}}
    message = refused(f"$..[?{name}(@.text, '{pattern}')]", tree)
    assert message == "the target has a pattern that takes more than 0.2 seconds"


@pytest.mark.parametrize(
    ("pattern", "texts"),
    [
        ("a.c", {"abc", "a c", "a\u2028c", "a.c"}),
        ("a[.]c", {"a.c"}),
        (r"a\\.c", {"a.c"}),
        (r"\\p{L}+", {"abc", "é"}),
        ("(", set()),
        (r"a\\1", set()),
        ("(?=a).*", set()),
    ],
)
def test_patterns_are_those_of_rfc_9485(pattern: str, texts: set[str]) -> None:
    tree: dict[str, Any]
    tree = {one: {"text": one} for one in ("abc", "a c", "a\u2028c", "a\nc", "a.c", "é", "a1")}
    tree["number"] = {"text": 5}
    found = Target(f"$[?match(@.text, '{pattern}')]").select(tree)
    assert {str(keys[-1]) for keys in found} == texts


def test_a_part_is_searched() -> None:
    tree = {one: {"text": one} for one in ("xabcx", "xab")}
    assert Target("$[?search(@.text, 'a.c')]").select(tree) == [("xabcx",)]


def test_a_target_can_be_followed_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounded, "MOST_PASSED", 3)
    target = Target("$.*")
    for _ in range(3):
        assert target.select({"a": 1, "b": 2}) == [("a",), ("b",)]
