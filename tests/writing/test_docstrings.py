"""Docstrings: sections, lists, code and tables stand where readers and formatters want them."""

from __future__ import annotations

import ast
import subprocess
import sys
import textwrap
from dataclasses import dataclass
from pathlib import Path

import pytest
from vcgen import ir
from vcgen.text.prose import headed, spoken
from vcgen.writing.docstrings import docstring, fill
from vcgen.writing.formatting import formatted

LONG = "words that go on until the line is full, and then go on for a few words more than it holds"


@dataclass(frozen=True)
class _Said(ir.Documented):
    doc: str
    sections: tuple[ir.Section, ...] = ()  # type: ignore[assignment]
    deprecated: bool = False


def _args(**entries: str) -> tuple[ir.Section, ...]:
    return (ir.Section("Args", tuple(entries.items())),)


SHORT = "words that go on until the line is full"


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (
            f"One.\n\n- {SHORT}\n  1. {SHORT}\n\n     {SHORT}",
            [
                "One.",
                "",
                "    - words that go on until the line is",
                "      full",
                "      1. words that go on until the line",
                "         is full",
                "",
                "         words that go on until the line",
                "         is full",
                "    ",
            ],
        ),
        (
            f"One.\n\n```sh\n{SHORT} {SHORT}\n\n    x\n```\n\n| a |\n|---|\n| {SHORT} |",
            [
                "One.",
                "",
                "    ```sh",
                f"    {SHORT} {SHORT}",
                "",
                "        x",
                "    ```",
                "",
                "    | a |",
                "    |---|",
                f"    | {SHORT} |",
                "    ",
            ],
        ),
        # Formatters move what stands further right than the margin, if nothing else is there.
        (f"- {SHORT}", ["- words that go on until the line", "    is full", "    "]),
    ],
)
def test_lists_hang_and_code_is_not_wrapped(text: str, lines: list[str]) -> None:
    assert docstring(text, 4, 41) == '"""' + "\n".join(lines) + '"""'


def test_entries_of_sections_hang_and_their_paragraphs_stand_below() -> None:
    sections = _args(a=f"{SHORT}\n\n- {SHORT}\n\n```\nx\n  y\n```", b="- one\n- two", c='"quoted"')
    assert docstring(_Said("One.", sections), 4, 48).splitlines()[1:] == [
        "",
        "    Args:",
        "        a: words that go on until the line is",
        "            full",
        "",
        "            - words that go on until the line is",
        "              full",
        "",
        "            ```",
        "            x",
        "              y",
        "            ```",
        "        b:",
        "            - one",
        "            - two",
        '        c: "quoted"',
        '    """',
    ]


def test_the_width_is_a_parameter() -> None:
    assert docstring("one two three", 4, 20) == '"""one two\n    three\n    """'
    assert docstring("one two three", 4, 23) == '"""one two three"""'


DESCRIPTIONS = [
    "```\ncode first\n```",
    "- an item, and\n\n  ```\n  code in it\n    ```\n- another",
    "1. one\n   - two\n     - three\n\n       more",
    "\ttabs\n\n```\n\tcode\twith tabs\n```",
    '"quoted"\n\n"quoted"',
    "ends with a backslash \\",
    '```\nsays """ and \\n\n```',
    '| a | b |\n|---|---|\n| \\ | " |\n',
    "    | all | is | indented |",
    "```\nnever closed\n\n",
    "~~~~ ```\n```\n~~~~",
    "Args:\n    a: b\n\nRaises:\n    c",
    f"{LONG}:\n\n  * {LONG}\n\n\n  * {LONG}",
    "# Heading\n\n> quote\n> of lines\n\n---\n***",
]


def test_formatters_change_nothing_and_nothing_is_lost(tmp_path: Path) -> None:
    """Black and ruff agree on each docstring, which says what was read from the description."""
    source = ""
    for number, text in enumerate(DESCRIPTIONS):
        said = _Said(headed(text), _args(a=spoken(text), b="x"))
        source += f"class C{number}:\n    {docstring(headed(text), 4)}\n\n"
        source += f"    a: int\n    {docstring(headed(text), 4)}\n\n"
        source += f"    def f(self) -> None:\n        {docstring(said, 8)}\n\n\n"
    written = formatted(source)
    assert formatted(written) == written
    file = tmp_path / "a.py"
    file.write_text(written, encoding="utf-8")
    command = [sys.executable, "-m", "ruff", "format", "--isolated", "--no-cache", "--diff"]
    done = subprocess.run([*command, str(file)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
    classes = [node for node in ast.parse(written).body if isinstance(node, ast.ClassDef)]
    for node, text in zip(classes, DESCRIPTIONS, strict=True):
        assert (ast.get_docstring(node) or "").split() == headed(text).split()


@pytest.mark.parametrize("width", [1, 12, 20, 41])
@pytest.mark.parametrize("gap", [" ", "  "])
def test_paragraphs_are_filled_as_the_standard_library_fills_them(width: int, gap: str) -> None:
    words = f"{LONG} well-known http://a.example/{'x' * 30} \u2014 {LONG} ".split()
    for number in range(len(words)):
        text = gap.join(words[number:])
        for first, others, taken in (("", "", 0), ("", "  ", 3), ("    ", "        ", 4)):
            filled = textwrap.wrap(
                text,
                width,
                initial_indent=" " * taken + first,
                subsequent_indent=others,
                break_long_words=False,
                break_on_hyphens=False,
            )
            assert fill(text, width, first, others, taken) == [filled[0][taken:], *filled[1:]]
