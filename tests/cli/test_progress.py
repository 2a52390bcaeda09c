"""Progress: on a terminal, with an estimate where it is long, and nowhere else."""

from __future__ import annotations

import io
import time
from contextlib import redirect_stderr
from pathlib import Path

import pytest
from vcgen.cli import progress as shown
from vcgen.cli.progress import for_reading, operations_in, progress


class _Terminal(io.StringIO):
    """A stream that says that it is a terminal."""

    is_terminal = True

    @property
    def text(self) -> str:
        return self.getvalue()

    def isatty(self) -> bool:
        return self.is_terminal


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> _Terminal:
    stream = _Terminal()
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "60")
    monkeypatch.setattr(shown, "_EACH", 0.01)
    return stream


def test_what_is_short_is_said_once(terminal: _Terminal) -> None:
    with redirect_stderr(terminal), progress("generating a", 1.9):
        time.sleep(0.05)
    assert terminal.text == "generating a ...\r\033[K"


def test_what_is_long_has_an_estimate(terminal: _Terminal) -> None:
    with redirect_stderr(terminal), progress("generating a", 7.4):
        time.sleep(0.05)
    lines = terminal.text.split("\r\033[K")
    assert len(lines) > 2
    assert {*lines} == {"generating a 0 of about 7 s ...", ""}


def test_what_takes_longer_than_that_says_how_long(
    terminal: _Terminal, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shown, "_SHORT", 0.0)
    with redirect_stderr(terminal), progress("generating a", 0.001):
        time.sleep(0.05)
    assert "generating a 0 s ...\r\033[K" in terminal.text


def test_lines_are_no_longer_than_the_terminal(terminal: _Terminal) -> None:
    with redirect_stderr(terminal), progress("reading " + "long/" * 100, 100.0):
        pass
    assert len(terminal.text.split("\r")[0]) == 59
    assert " 0 of about 100 s ..." in terminal.text


def test_it_goes_away_with_an_error(terminal: _Terminal) -> None:
    with (
        pytest.raises(ValueError, match="no"),
        redirect_stderr(terminal),
        progress("generating a", 9.0),
    ):
        raise ValueError("no")
    assert terminal.text.endswith("\r\033[K")


def test_there_is_nothing_in_a_pipe(terminal: _Terminal) -> None:
    pipe = _Terminal()
    pipe.is_terminal = False
    with redirect_stderr(pipe), progress("generating a", 9.0):
        time.sleep(0.05)
    assert pipe.text == terminal.text == ""


def test_yaml_takes_longer_to_read_than_json(tmp_path: Path) -> None:
    for name in ("a.yaml", "a.json"):
        (tmp_path / name).write_text(" " * 1_000_000)
    yaml, json = (str(tmp_path / name) for name in ("a.yaml", "a.json"))
    assert for_reading(yaml) > 10 * for_reading(json) > 0
    assert for_reading(yaml, json) == for_reading(yaml) + for_reading(json)
    assert for_reading("-", str(tmp_path / "nowhere.yaml")) == 0


@pytest.mark.parametrize(
    ("tree", "number"),
    [
        ({"paths": {"/a": {"get": {}, "put": {}, "parameters": []}, "/b": {"post": {}}}}, 3),
        ({"paths": {"/a": None, "/b": {}}}, 0),
        ({"paths": []}, 0),
        ({}, 0),
    ],
)
def test_operations_are_counted_in_any_document(tree: dict[str, object], number: int) -> None:
    assert operations_in(tree) == number
