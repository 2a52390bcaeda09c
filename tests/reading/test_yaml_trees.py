"""A large YAML text that is read in pieces: its tree is the one of the whole text."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import yaml12
from hypothesis import event, given, settings
from hypothesis import strategies as st
from vcgen.errors import SpecError
from vcgen.reading import yaml_text, yaml_trees
from vcgen.reading.yaml_counts import is_harmless

# Entries of a mapping, whose values end in ways that a piece could end in, too.
_ENTRIES = (
    *(
        "a: 1\n",
        "b: x\n  y\n",
        "c:\n",
        "d:\n\n",
        "e: 'f\n\n  g: h'\n",
        "'i': j\n",
        "k: {\n  l: 1}\n",
    ),
    *("m: |\n", "n: >\n\n", "o: |+\n\n\n", "p: |\n  q: 1\n\n", "r: |2\n    s: 1\n", "t: >-\n  u\n"),
    *(
        "v:\n- A: 1\n  B: 2\n- C\n",
        "D:\n  - E: 1\n    F: 2\n",
        "G:\n  H: 1\n  I: 2\n",
        "J: [\n ]\n",
    ),
    *("K:\n    L: 1\n    M: 2\n", "N: # O:\n  P: 1\n  Q: 2\n", "R:\n# S: 1\n  T: |\n  U: |\n\n"),
    *(
        "V:\n  W:\n    X: |\n    Y: >+\n\n  Z: 1\n",
        "/{aa}:\n  bb: 'cc'\n  dd: \"ee\"\n",
        "ff: 1\r\n",
    ),
)
# What may be wrong with a text.
_SLIPS = (
    *(
        '"\n',
        "'\n",
        "{\n",
        "[\n",
        "}\n",
        "- gg: 1\n",
        "hh: |\n",
        "  ii: 1\n",
        "    jj: 1\n",
        "  kk\n",
    ),
    *(
        "\t\n",
        "ll: \u2028\n",
        "---\n",
        "...\n",
        "mm: !nn\n",
        "oo: &pp\n",
        "? qq\n: rr\n",
        ": 1\n",
        "a: 2\n",
    ),
)
_TEXTS = st.lists(st.sampled_from(_ENTRIES), min_size=2, max_size=8, unique=True)

_ENTRY = "  /path/{number}:\n    get:\n      description: |\n        Of: {number}.\n\n"


def one_by_one(text: str, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Return the tree of a text whose pieces are as small as they can be."""
    monkeypatch.setattr(yaml_trees, "PIECE", 1)
    (tree,) = yaml_trees.trees(text)
    return tree


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return a list that fills with the texts that py-yaml12 is given."""
    given_texts: list[str] = []
    parse = yaml12.parse_yaml

    def parse_yaml(text: str, **options: Any) -> Any:
        given_texts.append(text)
        return parse(text, **options)

    monkeypatch.setattr(yaml12, "parse_yaml", parse_yaml)
    return given_texts


def same(text: str, piece: int) -> bool:
    """Tell whether a text was cut; its tree, or that there is none, must be that of the whole."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(yaml_trees, "PIECE", piece)
        calls = counted(patch)
        found = repr(outcome(yaml_trees.trees, text))
        is_cut = text not in calls
        whole = f"{text}#" if is_cut and text.endswith("\n") else text
        assert found == repr(outcome(yaml_trees.parse_strictly, whole))
    return is_cut


def outcome(parse: Callable[[str], list[Any]], text: str) -> list[Any] | None:
    """Return the trees of a text, None if there are none."""
    try:
        return parse(text)
    except ValueError:
        return None


@given(_TEXTS, st.sampled_from([1, 10, 30]))
@settings(max_examples=300, deadline=None)
def test_pieces_have_the_tree_of_the_whole_text(entries: list[str], piece: int) -> None:
    text = "".join(entries)
    assert same(text, piece)


@given(_TEXTS, st.sampled_from([1, 10, 30]), st.sampled_from(_SLIPS), st.data())
@settings(max_examples=1000, deadline=None)
def test_pieces_of_a_text_with_a_slip_too(
    entries: list[str], piece: int, slip: str, data: st.DataObject
) -> None:
    lines = "".join(entries).splitlines(keepends=True)
    lines.insert(data.draw(st.integers(0, len(lines))), slip)
    text = "".join(lines)
    if is_harmless(text):
        event(f"cut: {same(text, piece)}")


def test_large_text_is_read_in_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    texts = counted(monkeypatch)
    entries = "".join(_ENTRY.replace("{number}", str(number)) for number in range(10_000))
    text = f"---\nopenapi: 3.0.3\npaths:\n{entries}components: {{}}\n"
    tree, repairs = yaml_text.parse(text)
    assert (len(tree["paths"]), [*tree], repairs) == (
        10_000,
        ["openapi", "paths", "components"],
        (),
    )
    assert tree["paths"]["/path/9999"]["get"]["description"] == "Of: 9999.\n"
    assert max(map(len, texts)) <= yaml_trees.PIECE + 1
    assert sum(map(len, texts)) < 1.01 * len(text)


@pytest.mark.parametrize("text", ["a: 1\nb: 2\n", "a: 1", "# a: 1\n\nb:\n- c\n", "{a: 1}\n"])
def test_small_text_is_read_at_once(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    texts = counted(monkeypatch)
    yaml_text.parse(text)
    assert len(texts) == 1


@pytest.mark.parametrize(
    ("text", "value"),
    [("a: |\n", ""), ("a: >\n\n", ""), ("a: |+\n\n", "\n"), ("a: |\n b\n", "b\n")],
)
def test_last_text_of_a_document_is_as_any_other(text: str, value: str) -> None:
    assert yaml_text.parse(text) == ({"a": value}, ())
    assert yaml_text.parse(f"{text}c: 1\n") == ({"a": value, "c": 1}, ())


@pytest.mark.parametrize(
    "text",
    [
        "a: |\nb: 1\n",  # py-yaml12 0.2 has a line break for the first, if nothing comes after it
        "a:\n  b: >\nc: 1\n",
        "a: |+\n  b: 1\n\n\nc: d\n",
        "a:\n# b: 1\n  c: 2\n  d: 3\ne: 4\n",
        "a: # b:\n  c: 2\n  d: 3\n",
        "a:\n- b: 1\n  c: 2\n- d: 3\ne: f\n",
        "a: !b\n  c: 1\n  d: 2\n",
        "a:\n    b: 1\n    c: 2\nd:\n  e: 3\n  f: 4\n",
        "a: b\n  c\nd: e\n",
    ],
)
def test_tree_is_that_of_the_whole_text(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    (whole,) = yaml_trees.parse_strictly(text)
    assert repr(one_by_one(text, monkeypatch)) == repr(whole)


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3\n", "a:\n  b: 1\n  c: 2\n  b: 3\n"])
def test_key_that_two_pieces_have_is_refused(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_trees, "PIECE", 1)
    with pytest.raises(SpecError, match="appears twice") as raised:
        yaml_text.parse(text)
    assert [one.line for one in raised.value.diagnostics] == [text.count("\n")]


@pytest.mark.parametrize(
    "text",
    [
        "a: 1\n b: 2\nc: 3\n",
        "a: {b: 1,\nc: 2}\n",
        "a: 1\nb: [\nc: 3\n",
        "a: 'b\nc: d'\n",
        "a:\n  b: 1\n c: 2\n",
    ],
)
def test_error_is_that_of_the_whole_text(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError) as whole:
        yaml_trees.parse_strictly(text)
    with pytest.raises(ValueError) as pieces:
        one_by_one(text, monkeypatch)
    assert str(pieces.value) == str(whole.value)
