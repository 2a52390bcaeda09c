"""The commands that write clients, or compare them with what is there."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from vcgen import pipeline, publishing
from vcgen.cli.clients import all_problems, clients_of, read
from vcgen.cli.console import progress, put, say, say_written
from vcgen.cli.options import client_options
from vcgen.config import ClientConfig
from vcgen.publishing import drift

EXIT_DRIFT = 1

_DIFF_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@click.command()
@client_options
@click.option("--force", is_flag=True, help="Overwrite files that somebody edited or put there.")
def generate(force: bool, verbose: bool, **selection: Any) -> None:
    """Write the clients of the configuration, or one given here.

    The configuration is the nearest vcgen.toml, or pyproject.toml with [tool.vcgen], here or above;
    `vcgen init` writes a first one. A client can also be described on the spot:

    \b
      vcgen generate --spec vcenter.yaml -O 'GET /vcenter/vm/{vm}' --output myproject/vcenter

    Only what changed is written, and what is no longer generated is removed. Files that somebody
    edited, or that vcgen did not write, are refused and not overwritten.
    """  # noqa: D301  click wants the character
    root, clients = clients_of(**selection)
    with all_problems() as attempt:
        for client in clients:
            with attempt():
                source = read(client, root, verbose)
                with progress(f"generating {client.output}"):
                    files = pipeline.generate(source)
                plan = publishing.write(root / client.output, files, source.manifest, force=force)
                say_written(client.output, plan, source.repairs, verbose)


@click.command()
@client_options
def check(verbose: bool, **selection: Any) -> int:
    """Show what `generate` would change, and exit 1 if anything.

    It is a unified diff, and then what moved: the document, the corrections, the configuration,
    vcgen itself, or what somebody did to the files. Nothing is written. This is for pre-commit and
    CI; clients are found as `generate` finds them.
    """
    root, clients = clients_of(**selection)
    has_drift = False
    with all_problems() as attempt:
        for client in clients:
            with attempt():
                has_drift |= _check(client, root, verbose)
    return EXIT_DRIFT if has_drift else 0


def _check(client: ClientConfig, root: Path, verbose: bool) -> bool:
    """Tell whether a package is out of date, and in which way."""
    source = read(client, root, verbose)
    directory = root / client.output
    if pipeline.IS_INSTALLED and publishing.is_current(directory, source.manifest):
        say(f"{client.output}: up to date")
        return False
    with progress(f"generating {client.output}"):
        files = pipeline.generate(source)
    difference = publishing.diff(directory, files, source.manifest)
    if not difference:
        say(f"{client.output}: up to date")
        return False
    for line in difference.splitlines(keepends=True):
        put(line, data=True, colour=_DIFF_COLOURS.get(line[0], ""))
    plan = publishing.compare(directory, files, source.manifest)
    old, new = publishing.load(directory), publishing.complete(files, source.manifest)
    _say_drift(client.output, drift.between(old, new, plan))
    return True


def _say_drift(output: str, found: drift.Drift) -> None:
    """Print what moved, and what to do about it."""
    how = "run `vcgen generate`"
    if found.needs_force:
        how = "`vcgen generate --force` overwrites what somebody edited or put there"
    say(f"{output}: out of date; {how}", err=True)
    for sentence in drift.sentences(found):
        say(f"  {sentence}", err=True)
