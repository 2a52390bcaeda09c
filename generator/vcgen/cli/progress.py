"""Progress: what is under way, and how long it takes if that is long; on a terminal only.

How long is an estimate: by the size of what is read, by the number of operations of what is
compared or generated. A machine may well be twice as fast as the one that the figures are from.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from vcgen.cli.console import obeys
from vcgen.errors import printable
from vcgen.text.path_items import operations_of

# Seconds for each operation.
GENERATING = 0.004
COMPARING = 0.002
# Seconds for each byte: YAML takes longer than JSON, by far.
_YAML = 0.2e-6
_JSON = 0.015e-6
# What is shorter than this, nobody wants to know the length of, in seconds.
_SHORT = 2.0
_EACH = 1.0
_AWAY = "\r\033[K"


def for_reading(*specs: str) -> float:
    """Return about how many seconds it takes to read documents; 0 for what is no file."""
    seconds = 0.0
    for spec in specs:
        try:
            size = Path(spec).stat().st_size
        except OSError:
            continue
        seconds += size * (_JSON if Path(spec).suffix.lower() == ".json" else _YAML)
    return seconds


def operations_in(tree: Mapping[str, Any]) -> int:
    """Return about how many operations a document has, whatever is wrong with it."""
    paths = tree.get("paths")
    items = paths.values() if isinstance(paths, Mapping) else ()
    return sum(1 for item in items if isinstance(item, Mapping) for _ in operations_of(item))


@contextmanager
def progress(text: str, seconds: float = 0.0) -> Iterator[None]:
    """Show what is under way, on a terminal only, and take it away when done.

    Args:
        text: What is done.
        seconds: About how long it takes, if that is known.
    """
    if not obeys(sys.stderr):
        yield
        return
    line = _Line(text, seconds)
    line.show()
    try:
        if seconds < _SHORT:
            yield
        else:
            with _kept(line):
                yield
    finally:
        click.echo(_AWAY, nl=False, err=True)


@contextmanager
def _kept(line: _Line) -> Iterator[None]:
    """Show a line again each second."""
    import threading

    done = threading.Event()

    def keep() -> None:
        while not done.wait(_EACH):
            click.echo(_AWAY, nl=False, err=True)
            line.show()

    thread = threading.Thread(target=keep, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


class _Line:
    """The line that says what is under way."""

    def __init__(self, text: str, seconds: float) -> None:
        self._text = printable(text)
        self._seconds = seconds
        self._begun = time.monotonic()

    def show(self) -> None:
        """Show what is under way, for how long, and for how long about it will be."""
        passed = time.monotonic() - self._begun
        told = ""
        if passed > self._seconds >= _SHORT:
            told = f" {passed:.0f} s"
        elif self._seconds >= _SHORT:
            told = f" {passed:.0f} of about {self._seconds:.0f} s"
        from shutil import get_terminal_size

        width = get_terminal_size().columns - len(f"{told} ... ")
        click.echo(f"{self._text[:width]}{told} ...", nl=False, err=True)
