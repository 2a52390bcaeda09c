"""The console: how anything that is printed looks, on a terminal and elsewhere."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from vcgen.errors import Diagnostic, OutputError, one_line, printable, reason_of
from vcgen.text.counting import counted

if TYPE_CHECKING:
    from vcgen.dialect import Repair
    from vcgen.pipeline import Refused
    from vcgen.publishing import Plan
    from vcgen.reading.opened import Opened

# How many other places of a problem are named.
_MOST_PLACES = 3


def repaired(repairs: Sequence[object]) -> str:
    """Return what a summary says of repairs, or ""."""
    return f"; {counted(len(repairs), 'repair')} (see --verbose)" if repairs else ""


def say_repairs(whole: Opened, repairs: Sequence[Repair]) -> None:
    """Print what was repaired, and where."""
    for repair in repairs:
        place = Diagnostic(f"{repair.name}: {repair.message}", repair.pointer)
        say(f"repaired {whole.place(place)}", err=True)


def warn(warnings: Sequence[Diagnostic]) -> None:
    """Print what somebody should look at, a line each."""
    for warning in warnings:
        text = f"warning: {warning._replace(hint='')}; {warning.hint}"
        put(one_line(text) + "\n", err=True, colour="yellow")


def say_written(output: str, plan: Plan, repairs: Sequence[object], verbose: bool) -> None:
    """Print what became of the files of a package."""
    counts = [f"{count} {what}" for what, count in plan.counts.items() if count]
    say(f"{output}: {', '.join(counts)}{'' if verbose else repaired(repairs)}")
    if verbose:
        for what in ("created", "changed", "stale", "unchanged"):
            for path in getattr(plan, what):
                say(f"  {'removed' if what == 'stale' else what} {path}")


def say_refused(output: str, refused: Sequence[Refused]) -> None:
    """Print what cannot be generated, why, and the patterns that leave it out."""
    if not refused:
        return
    say(f"{output}: {counted(len(refused), 'operation')} cannot be generated:", err=True)
    for one in refused:
        say(f"  {one.operation}", err=True)
        for problem in one.problems:
            say(f"    {problem._replace(operations=(), detail='').text}", err=True)
    say("to exclude them, add these patterns:", err=True)
    for one in refused:
        say(f"  {json.dumps(f'!{one.operation}', ensure_ascii=False)},", err=True)


def say(line: str, *, err: bool = False) -> None:
    """Print one line, whatever is in it."""
    put(one_line(line) + "\n", err=err)


def complain(*diagnostics: Diagnostic) -> None:
    """Print problems, each with its hint: once, if it is the same at several places."""
    alike: dict[object, list[Diagnostic]] = {}
    for one in diagnostics:
        # Whom a component concerns is told with it; a place in a path says so itself.
        who = () if one.pointer.startswith("#/paths/") else one.operations
        key = (one.file, one.message, one.hint, one.detail, who)
        alike.setdefault(key, []).append(one)
    for found in alike.values():
        concerned = dict.fromkeys(who for one in found for who in one.operations)
        whole = found[0]._replace(operations=tuple(concerned))
        put(f"{whole.text}\n", err=True, colour="red")
        others = [*dict.fromkeys(one.place for one in found)][1:]
        for place in others[:_MOST_PLACES]:
            put(f"also {place}\n", err=True)
        if (more := len(others) - _MOST_PLACES) > 0:
            put(f"and {counted(more, 'other place')}\n", err=True)
        if whole.hint:
            put(f"hint: {one_line(whole.hint)}\n", err=True)


def put(text: str, *, err: bool = False, data: bool = False, colour: str = "") -> None:
    """Print a text that no terminal can be fooled by; `data` goes to a file as it is.

    Raises:
        OutputError: Standard output cannot be written to, and it is no reader that has gone away.
    """
    stream = sys.stderr if err else sys.stdout
    if _is_terminal(stream) or not data:
        text = printable(text.expandtabs())
    if colour and obeys(stream) and not os.environ.get("NO_COLOR"):
        text = click.style(text, fg=colour)
    try:
        click.echo(text, nl=False, err=err)
    except OSError as error:
        # A reader that has seen enough stops no work; and nothing must be left to be flushed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2 if err else 1)
        if not err and not isinstance(error, BrokenPipeError):
            reason = reason_of(error)
            raise OutputError(Diagnostic(reason, file="<stdout>")) from error


def _is_terminal(stream: Any) -> bool:
    return stream is not None and stream.isatty()


def obeys(stream: Any) -> bool:
    """Tell whether a stream is a terminal that does what escape sequences say."""
    return _is_terminal(stream) and os.environ.get("TERM") != "dumb"
