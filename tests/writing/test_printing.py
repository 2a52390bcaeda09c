"""Printing: black and `ruff format` leave alone what the printer writes, at any length of lines."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest
from black import format_str
from black.mode import Mode, TargetVersion
from hypothesis import example, given, settings
from hypothesis import strategies as st
from vcgen.writing.formatting import formatted
from vcgen.writing.printing import Unclaimed, printed
from vcgen.writing.printing.literals import literal
from vcgen.writing.printing.shortcuts import shortcut
from vcgen.writing.printing.splitting import laid_out
from vcgen.writing.printing.statements import statements_of
from vcgen.writing.style import Style

sys.path.insert(0, str(Path(__file__).parent))
from printing_samples import Samples

LENGTHS = (60, 79, 88, 100, 120)
GOLDEN = Path(__file__).parents[1] / "golden"


def _by_black(module: str, length: int) -> str:
    return format_str(module, mode=Mode(target_versions={TargetVersion.PY311}, line_length=length))


def _formatted(module: str, length: int) -> str:
    return formatted(module, Style(length))


# Against black


@settings(deadline=None)
@example(3503, 60)  # an annotation of several lines before an empty value
@example(1494, 60)  # alternatives in brackets that are tried twice
@given(st.integers(min_value=0), st.sampled_from(LENGTHS))
def test_it_writes_what_black_writes(seed: int, length: int) -> None:
    module = Samples(seed).module(3)
    assert _formatted(module, length) == _by_black(module, length)


@settings(deadline=None)
@given(st.integers(min_value=0), st.sampled_from(LENGTHS), st.sampled_from(LENGTHS))
def test_what_is_printed_may_be_printed_again(seed: int, length: int, other: int) -> None:
    once = _formatted(Samples(seed).module(3), length)
    assert _formatted(once, length) == once
    assert _formatted(once, other) == _by_black(once, other)


def _golden_modules() -> list[Path]:
    """Return one module of each text of the golden packages."""
    texts: dict[str, Path] = {}
    for path in sorted(GOLDEN.glob("*/expected/**/*.py")):
        texts.setdefault(path.read_text(encoding="utf-8"), path)
    return sorted(texts.values())


@pytest.mark.parametrize("length", [79, 100])
def test_whole_modules_are_as_black_has_them_at_other_lengths(length: int) -> None:
    """The run-time parts of clients hold every kind of statement and expression."""
    for path in _golden_modules()[::9]:
        text = path.read_text(encoding="utf-8")
        assert formatted(text, Style(length)) == _by_black(text, length), path


# Against ruff


def _taken(module: str, length: int) -> int:
    """Return for how many statements there is a shortcut, each of which is right."""
    taken = 0
    for one in statements_of(module):
        is_long = "\n" in one.text or len(one.text) + 4 * one.depth > length
        if one.is_text or not is_long:
            continue
        found = shortcut(one.text, one.depth, length)
        if found is not None:
            taken += 1
            assert found == laid_out(one.text, one.depth, length)
    return taken


@pytest.mark.parametrize("length", LENGTHS)
def test_shortcuts_lead_where_the_whole_way_does(length: int) -> None:
    modules = [path.read_text(encoding="utf-8") for path in _golden_modules()]
    assert sum(_taken(module, length) for module in modules) > 100


@settings(deadline=None)
@given(st.integers(min_value=0), st.sampled_from(LENGTHS))
def test_shortcuts_of_any_statement_are_right(seed: int, length: int) -> None:
    _taken(Samples(seed).module(3), length)


@pytest.mark.parametrize("length", (20, 30, 40))
@pytest.mark.parametrize(
    "statement",
    [
        "from .models import Aaaaaaaaaaaaa, Bbbbbbbbbbbb as Ccccccc",
        "from .models import Aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "def ffffff(aaaaaaaaaaa: str, *, bbbbbbbbbb: int = 1) -> str: ...",
        "def ffffff(aaaaaaaaaaaaaaa: str) -> dict[str, Bbbbbbbbbbbb]:",
        "def ffffff(aaaaaaaa: tuple[int,], bbbbbbbbbbbbb: int) -> str:",
        "def ffffff(aaaaaaaa: str = ')', bbbbbbbbbbbbb: int = 1) -> str:",
        'async def ffffff(aaaaaa: str = "(,)", bbbbbbb: int = 1) -> str:',
        "def ffffff(aaaaaaaaaa: Literal['a', 'b']) -> Call[tuple[int,]]:",
        "def ffffff[T](aaaaaaaaaaaaaaa: str, bbbbbbbbbbbb: T) -> list[T]:",
        "return self._send(fffffffffffffffff(aaaaaaaaa, bbbbbbbbbbbb))",
        "return self._send(fffffffff(aaaaaaaaa), gggggggg(bbbbbbbbbbbb))",
        "return await self._send(fffffffff(aaaaaaaaa, bbbbbbbbbbbb=(1,)))",
        "return Call(\n    a=[Aaaaaaaaaa(1), Bbbbbbbbbbb(2)],\n    b={1: 2},\n)",
        "return Call(\n    a=[Aaaaaaaaaaaaaaaaaaaaaaa(1, 2)],\n)",
        "return Call(\n    a=[Aaaaaaaaaa(1), *Bbbbbbbbbbbbbbbb],\n    b=(1,),\n)",
        "x = Call(\n    a={\n        1: Aaaaaaa,\n    },\n    b=f(\n        1,\n    ),\n)",
        "x = Call(\n    a={\n    },\n)",
        "x = Call(\n    a=1 + 2, b=3,\n)",
        "x = Call(\n    a[\n        1,\n    ],\n)",
        "x = Call(\n    a=lambda b, c: 1,\n    d=[lambda e, f: 1],\n)",
        "x = Call(\n    a,\n    *b,\n    **c,\n)",
        "x = Call(\n    a\n)",
        'x = Call(\n    a="(",\n    b="aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",\n)',
        "x = Call(\n    a,\n).b(\n    c,\n)",
        "return Pages(self, fffffffff(aaaaaaaaa, b=bbbbbbbbbbb), Cccccccc)",
        "return sum(aaaaaaaaaaaa(bbbbbbbbbb) for key, item in ccccccccccc)",
        "return sorted(aaaaaaaaaaaaaaa, key=lambda bbbbbb, ccccc: dddddddd)",
        "return aaaaaaaa(bbbbbbbbbbbbbbb and cccccccccccccc, dddddddddd)",
        "return aaaaaaaa(bbbbbbbbbbbbbbbb)(cccccccccccccc, dddddddddd)",
        "def fffffffffffffffffffffffffffffffffffffffffffffff(a: str) -> str:",
        "from .models import (\n    Aaaaaaaaaa,\n    Bbbbbbbbbb as Cccccccc,\n)",
    ],
)
def test_shortcuts_are_taken_where_they_are_known(statement: str, length: int) -> None:
    found = shortcut(statement, 1, length)
    assert found is None or found == laid_out(statement, 1, length)


@pytest.mark.parametrize("depth", (0, 1, 2))
@pytest.mark.parametrize("length", (20, 40, 79, 88))
def test_shortcuts_of_what_packages_are_full_of_are_right(length: int, depth: int) -> None:
    """Names of other lengths are laid out in another way."""
    for seed in range(60):
        for statement in Samples(seed, words=seed % 9 + 1).shapes():
            is_long = "\n" in statement or len(statement) + 4 * depth > length
            found = shortcut(statement, depth, length) if is_long else None
            assert found is None or found == laid_out(statement, depth, length)


@pytest.mark.parametrize(
    ("statement", "lines"),
    [
        ("aaaaaaaaaa: Bbbbbbbbbb | None = None", "aaaaaaaaaa: (\n    Bbbbbbbbbb | None\n) = None"),
        (
            "aaaaaaaaaaaaaaaaa: Bb | Cc = field(d=1)",
            "aaaaaaaaaaaaaaaaa: Bb | Cc = (\n    field(d=1)\n)",
        ),
        (
            "aaaaaaa: Bbbb | Cccc = field(dddd=1)",
            "aaaaaaa: Bbbb | Cccc = field(\n    dddd=1\n)",
        ),
        (
            "aaaaaaaaaaaaa: Bbbbbbbb | Ccc = field(d=1)",
            "aaaaaaaaaaaaa: (\n    Bbbbbbbb | Ccc\n) = field(d=1)",
        ),
        ("aaaaaa: Accepts[Bbbbbb, Cccccccccc]", "aaaaaa: Accepts[\n    Bbbbbb, Cccccccccc\n]"),
        ("Aaaaaaaaaaaaaa = Bbbbbbbbbbbbbbbbbb", "Aaaaaaaaaaaaaa = (\n    Bbbbbbbbbbbbbbbbbb\n)"),
        (
            'Aaaaaaaaaaaaaa = Bbbbbb | Literal["C"]',
            'Aaaaaaaaaaaaaa = (\n    Bbbbbb | Literal["C"]\n)',
        ),
        (
            'Aaaaaaaaa = Bbbbbbbbb | Literal["C", "D"]',
            'Aaaaaaaaa = (\n    Bbbbbbbbb\n    | Literal["C", "D"]\n)',
        ),
        (
            "def aaa(bbbb: str,) -> Pages[Ccccccccc, Ddddddd]:",
            "def aaa(\n    bbbb: str,\n) -> Pages[\n    Ccccccccc, Ddddddd\n]:",
        ),
        (
            "aaa: Sequence[Bbbbbbbbbbbbbbbbbbbb] | None = None",
            "aaa: (\n    Sequence[\n        Bbbbbbbbbbbbbbbbbbbb\n    ]\n    | None\n) = None",
        ),
        ("class Aaaaaaaaaa(Bbbbbbbbbb, c=True):", "class Aaaaaaaaaa(\n    Bbbbbbbbbb, c=True\n):"),
        (
            "return aaaa(bbbbbbbbbbb(cccccccccccc))",
            "return aaaa(\n    bbbbbbbbbbb(cccccccccccc)\n)",
        ),
        ("aaaaaa = (\n    Bbbbbbb,\n    Ccc,\n)", "aaaaaa = (\n    Bbbbbbb,\n    Ccc,\n)"),
    ],
)
def test_what_packages_are_full_of_has_a_shortcut(statement: str, lines: str) -> None:
    assert shortcut(statement, 0, 30) == lines == laid_out(statement, 0, 30)


def test_ruff_leaves_it_alone(tmp_path: Path) -> None:
    """Where a name alone is longer than a line, ruff and black disagree."""
    for length in (88, 100, 120):
        for seed in range(60):
            module = f"from __future__ import annotations\n\n{Samples(seed, words=3).module(6)}"
            file = tmp_path / str(length) / f"module_{seed}.py"
            file.parent.mkdir(exist_ok=True)
            file.write_text(printed(module, length), encoding="utf-8")
        command = ["-m", "ruff", "format", "--isolated", "--no-cache", "--diff"]
        done = subprocess.run(
            [sys.executable, *command, "--line-length", str(length), str(tmp_path / str(length))],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr


# What is not claimed


@pytest.mark.parametrize(
    "statement",
    [
        "value = call(\n    first,  # a comment\n    second,\n)",
        'value = call("""a text\nof two lines""")',
        "with one(a_long_argument) as one_name, two(another_argument) as two_names:\n    ...",
        "assert value_one == value_two_of_a_longer_name, f'{value_one} and {value_two_of_a}'",
        "if (found := search(a_long_argument, another_long_argument, the_last_argument)):\n    ...",
    ],
)
def test_what_it_does_not_know_is_left_to_black(statement: str) -> None:
    with pytest.raises(Unclaimed):
        printed(statement + "\n", 60)
    assert formatted(statement + "\n", Style(60)) == _by_black(statement, 60)


@pytest.mark.parametrize("length", [20, 88])
def test_a_line_that_formatters_skip_is_left_alone(length: int) -> None:
    module = "class A:\n    a_name_of_some_length = another_name_of_it  # fmt: skip\n"
    assert printed(module, length) == module == _by_black(module, length)


def test_nothing_stays_nothing() -> None:
    assert printed("", 88) == ""


# Literals


@settings(deadline=None)
@given(st.one_of(st.text(), st.text(alphabet="'\"\\a\n"), st.integers()))
@example("\\'")
@example("'\"")
@example("\\\"'")
def test_a_literal_is_its_value_in_the_quotes_that_black_prefers(value: str | int) -> None:
    text = literal(value)
    assert ast.literal_eval(text) == value
    assert text.isprintable()
    assert _by_black(f"a = {text}", 9999) == f"a = {text}\n"
