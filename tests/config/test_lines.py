"""The lines of keys and values, beside what `tomllib` reads of the same text."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest
from vcgen.config.lines import lines_of

TEXT = """\
# a comment with "quotes" and [brackets]
[tool.vcgen] # and one behind
a = 1.5
"b.c" = '''
first = 1
'''
d.e = { f = [1, 2], g = "x = [" }
date = 2020-01-01T00:00:00Z
[[tool.vcgen.clients]]
name = "one"
[[tool.vcgen.clients.waiters]]
values = [
    "A", # first
    { b = \"\"\"
]\\"\"\"\"\"\" },
    [ "C" ],
]
[tool.vcgen.clients.rename]
'lit"eral' = true
[[tool.vcgen.clients]]
[[tool.vcgen.clients.waiters]]
[[tool.vcgen.clients.waiters]]
x = -1
"""
EXPECTED = {
    ("tool", "vcgen", "a"): 3,
    ("tool", "vcgen", "b.c"): 4,
    ("tool", "vcgen", "d", "e"): 7,
    ("tool", "vcgen", "d", "e", "f", 1): 7,
    ("tool", "vcgen", "d", "e", "g"): 7,
    ("tool", "vcgen", "date"): 8,
    ("tool", "vcgen", "clients", 0): 9,
    ("tool", "vcgen", "clients", 0, "waiters", 0): 11,
    ("tool", "vcgen", "clients", 0, "waiters", 0, "values"): 12,
    ("tool", "vcgen", "clients", 0, "waiters", 0, "values", 0): 13,
    ("tool", "vcgen", "clients", 0, "waiters", 0, "values", 1, "b"): 14,
    ("tool", "vcgen", "clients", 0, "waiters", 0, "values", 2, 0): 16,
    ("tool", "vcgen", "clients", 0, "rename", 'lit"eral'): 19,
    ("tool", "vcgen", "clients", 1): 20,
    ("tool", "vcgen", "clients", 1, "waiters", 1, "x"): 23,
}


def _paths(value: Any, path: tuple[str | int, ...] = ()) -> set[tuple[str | int, ...]]:
    """Return the path of each value that is no table."""
    if isinstance(value, dict):
        return set().union(*(_paths(one, (*path, key)) for key, one in value.items()))
    found = {path}
    if isinstance(value, list):
        found = found.union(*(_paths(one, (*path, i)) for i, one in enumerate(value)))
    return found


def test_lines() -> None:
    found = lines_of(TEXT)
    assert {path: found.get(path) for path in EXPECTED} == EXPECTED


REPOSITORY = Path(__file__).parents[2]


@pytest.mark.parametrize(
    "text", [TEXT, (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")], ids=["text", "own"]
)
def test_every_value_has_a_line(text: str) -> None:
    wanted = {path for path in _paths(tomllib.loads(text)) if not _is_array_of_tables(text, path)}
    assert wanted <= lines_of(text).keys()


def _is_array_of_tables(text: str, path: tuple[str | int, ...]) -> bool:
    """Tell whether a value is written by headers, so that it has no line as a whole."""
    return f"[[{'.'.join(one for one in path if isinstance(one, str))}]]" in text
