"""The command that removes a package which no client writes any more."""

from __future__ import annotations

from pathlib import Path

import click

from vcgen import publishing
from vcgen.cli.clients import configured
from vcgen.cli.console import say
from vcgen.cli.options import PATH
from vcgen.errors import Diagnostic, OutputError
from vcgen.text.counting import counted


@click.command()
@click.argument("folder", metavar="DIR", type=PATH)
@click.option("--force", is_flag=True, help="Also remove edited files.")
def remove(folder: str, force: bool) -> None:
    """Remove a generated package that is left over.

    The command removes the files that the manifest of the package lists, and no others. It refuses
    a package that a client of the configuration writes: remove the client from the configuration
    first.

    Example: vcgen remove generated/disks
    """
    if file := configured(Path(folder)):
        hint = "remove the client from the configuration first"
        message = f"is the output of a client in {file}"
        raise OutputError(Diagnostic(message, hint=hint, file=folder))
    plan = publishing.remove(Path(folder), force=force)
    say(f"{folder}: {counted(len(plan.stale), 'file')} removed")
