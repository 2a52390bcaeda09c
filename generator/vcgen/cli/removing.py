"""The command that removes a package which no client writes any more."""

from __future__ import annotations

from pathlib import Path

import click

from vcgen import config, publishing
from vcgen.cli.console import say
from vcgen.cli.options import PATH
from vcgen.errors import Diagnostic, OutputError
from vcgen.text.counting import counted


@click.command()
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--force", is_flag=True, help="Remove edited files, too.")
def remove(folder: str, force: bool) -> None:
    """Remove a generated package that is left over.

    Its files go, as its manifest lists them, and no others. A package that a client of the
    configuration writes is refused: take the client out of the configuration first.
    """
    file = config.search(Path())
    found = config.load(file) if file else None
    outputs = [(found.root / one.output).resolve() for one in found.clients] if found else []
    if Path(folder).resolve() in outputs:
        hint = "take the client out of the configuration first"
        message = f"is the output of a client in {file}"
        raise OutputError(Diagnostic(message, hint=hint, file=folder))
    plan = publishing.remove(Path(folder), force=force)
    say(f"{folder}: {counted(len(plan.stale), 'file')} removed")
