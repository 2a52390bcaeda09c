"""What shows that a YAML text needs no second look: it is never a text that the events refuse."""

from __future__ import annotations

import random
from contextlib import suppress
from typing import Any

import pytest
import yaml
from hypothesis import event, given, settings
from hypothesis import strategies as st
from vcgen.errors import SpecError
from vcgen.reading import limits, yaml_text, yaml_trees
from vcgen.reading.refusals import MAX_DEPTH
from vcgen.reading.yaml_checks import check_yaml
from vcgen.reading.yaml_counts import is_harmless, is_whole

LONG = "x" * 130

# What the notation is made of, what is written with it, and what readers disagree about.
_TOKENS = (
    *("a", "b", "1", "'a'", '"a"', '"\\x61"', "null", "~", "true", "0x1", "+1", "1.0", "é", "a:b"),
    *(":", ": ", ":\n", "a:", "a: 1", "b: 2", "\n  a: 1", "\n  b: 1", "<<: ", "<<", ":a"),
    *("- ", "\n- ", "? ", "\n? ", "\n: ", "? a\n: b", "\n? a\n: b\n", "? a\n? a: b"),
    *("{", "}", "[", "]", ",", ", ", "{a: 1}", "{a, b}", "{a, a: 1}", "{}", "[]", "[a: 1]", "{a"),
    *("\n", "\n\n", "\n  ", "\n    ", " ", "  ", "\t", "\r", "\r\n", "\x85", "\u2028", "\ufeff"),
    *("|\n  ", "|\n", ">-\n  ", "'", '"', "\\", '"\\x3a"', "#", " # c", " # c: d\n"),
    *("&a ", "*a", "!t ", "!!str ", "---\n", "\n---\n", "...\n", "%", "@", "`"),
)
_TEXTS = st.lists(st.sampled_from(_TOKENS), min_size=1, max_size=20).map("".join)

_WORDS = st.sampled_from(
    (
        *("a", "b", "paths", "a: b", "the {id} of *all* & more", "why?", "- x", "two\nlines: {}"),
        *(LONG, f"/{LONG}/{{id}}", "a word, " * 20),
        *("1", "null", "<<", "", "it's", '"', "#", "\u2028"),
    )
)
_TREES = st.recursive(
    _WORDS | st.integers() | st.booleans() | st.none() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_WORDS, inner, max_size=4),
    max_leaves=20,
)


def plainly(text: str) -> bool:
    """Tell whether a text is read without its events."""
    documents: list[Any] = []
    if is_harmless(text):
        with suppress(ValueError):
            documents = yaml_trees.parse_strictly(text)
    return is_whole(text, documents)


def nothing_found(text: str) -> bool:
    """Tell whether the events of a text show nothing that is refused or merged."""
    try:
        return not check_yaml(text)
    except SpecError:
        return False


@given(_TEXTS, st.booleans())
@settings(max_examples=3000, deadline=None)
def test_no_text_is_plain_that_the_events_refuse(text: str, is_mapping: bool) -> None:
    text = f"a: 1\n{text}" if is_mapping else text
    is_plain = plainly(text)
    event(f"plain: {is_plain}")
    assert not is_plain or nothing_found(text)


@given(_TREES, st.data())
@settings(max_examples=1000, deadline=None)
def test_no_document_with_a_slip_is_plain_that_the_events_refuse(tree: Any, data: Any) -> None:
    text = yaml.safe_dump({"openapi": "3.0.3", "paths": tree}, width=30, sort_keys=False)
    lines = text.splitlines(keepends=True)
    at = data.draw(st.integers(0, len(lines) - 1))
    slip = data.draw(st.sampled_from(["twice", "left out", "moved", "more", "joined"]))
    if slip == "twice":
        lines.insert(data.draw(st.integers(0, len(lines))), lines[at])
    elif slip == "left out":
        del lines[at]
    elif slip == "moved":
        lines[at] = f"  {lines[at]}"
    elif slip == "joined":
        lines[at] = f"{lines[at].rstrip()} "
    else:
        lines[at] = lines[at].rstrip("\n") + data.draw(st.sampled_from(_TOKENS)) + "\n"
    text = "".join(lines)
    is_plain = plainly(text)
    event(f"{slip}, plain: {is_plain}")
    assert not is_plain or nothing_found(text)


@given(st.dictionaries(_WORDS.filter("<<".__ne__), _TREES, min_size=1))
@settings(max_examples=300, deadline=None)
def test_what_programs_write_is_plain_but_for_what_is_rare(tree: Any) -> None:
    text = yaml.safe_dump(tree, sort_keys=False, default_flow_style=False, width=80)
    rare = ("<<", "&", "\\", "? '", '? "', "\n---", "\u2028")
    if not any(one in text for one in rare):
        assert plainly(text)


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\nb:\n- c: d\n  e: [1, 2]\n- {}\n",
        "a: 'one: two\n\n  three: {four}, *five* & six?'\n",
        "a: |\n  one: two\n  {three}\n",
        "a: http://b:80/{c}\n/a/{b}: null\n",
        f"? /{LONG}/{{id}}\n: a\nb: c\n",
        "# a comment\na: 1\n",
        "---\r\na: 1\r\nb: 2\r\n",
        "a: '''*'' or ''&'''\n",
    ],
)
def test_plain_text_is_read_without_its_events(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = yaml_text.looked_through(text, [])

    def looked_through(*_: object) -> None:
        raise AssertionError("this takes long")

    monkeypatch.setattr(yaml_text, "looked_through", looked_through)
    assert yaml_text.parse(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\na: 1\n",
        "a: {b, b: 1}\n",
        "? a\na: 1\n",
        "? a\n? a\n: 1\n",
        '? "a\n: b"\n',
        "a: &b 1\nc: *b\n",
        "a: 1 # b: 2\n",
        "<<: {}\n",
        "a: 1\n---\nb: 1\n",
        "a: !b 1\n",
        "!b\na: 1\n",
        "200: 1\n",
        "true: 1\n",
        "[a]: 1\n",
        'a: 1\na: "\\x3a"\n',
        "a: 1\rb: 1\r",
        "a: " + "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1),
        f"a:\n{' ' * 2 * MAX_DEPTH} b: 1\n",
        f"a:\n{'- ' * 100_000}b",
    ],
)
def test_events_decide_where_there_is_doubt(text: str) -> None:
    assert not plainly(text)


def test_events_decide_where_there_may_be_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    text = "a: [1, 2]\n"
    assert plainly(text)
    monkeypatch.setattr(limits, "max_nodes", lambda: 4 * text.count(":"))
    assert not plainly(text)


@given(st.integers(0, 2**32))
@settings(max_examples=200, deadline=None)
def test_marks_tell_how_many_events_there_are(seed: int) -> None:
    drawn = random.Random(seed)
    text = "".join(drawn.choice(":,-?[{ab\n ]}") for _ in range(12))
    try:
        count = sum(1 for _ in yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.YAMLError:
        return
    assert count <= 5 + 4 * sum(map(text.count, ":,-?[{"))
