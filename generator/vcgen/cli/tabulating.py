"""The command that tells which release has what."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vcgen import pipeline
from vcgen.cli.clients import recovered, with_access
from vcgen.cli.console import put, say
from vcgen.cli.options import PATH, Elsewhere, access_options, config_option
from vcgen.cli.progress import for_reading, progress
from vcgen.config import ClientConfig
from vcgen.errors import Diagnostic, UsageError
from vcgen.reading import document
from vcgen.reading.opened import Opened

if TYPE_CHECKING:
    from vcgen.comparing.matrix import Row


@click.command()
@click.argument("specs", metavar="SPEC...", nargs=-1, required=True, type=PATH)
@click.option("--client", metavar="NAME", help="The client, by its package or its output.")
@click.option("--all", "everything", is_flag=True, help="Also print what all versions have.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Output format.",
)
@access_options
@config_option
def matrix(
    specs: tuple[str, ...],
    access: Elsewhere,
    client: str | None,
    everything: bool,
    form: str,
    config_file: Path | None,
) -> None:
    """Print which release has which operation, property and value.

    Each SPEC is a version of the document of a client. For a client of several documents, SPEC is a
    folder that has documents of the same names. The rows are the parts that the clients of the
    configuration use. Rows that all versions have are omitted without --all. A question mark
    marks what cannot be read.

    Example: vcgen matrix 7.0.3/vcenter.json 8.0.2/vcenter.json
    """
    from vcgen.comparing.matrix import matrix as tabulated

    found = recovered(config_file)
    chosen = [
        with_access(one, access)
        for one in found.clients
        if client is None or client in (one.package_name, one.output)
    ]
    if not chosen:
        hint = f"name one of {', '.join(one.package_name for one in found.clients)}"
        raise UsageError(Diagnostic(f"there is no client {client!r}", hint=hint))
    tables: dict[str, list[Row]] = {}
    for one in chosen:
        with progress(f"reading {', '.join(specs)}", for_reading(*specs)):
            versions = [_version(one, found.root, spec) for spec in specs]
            rows = tabulated(one, pipeline.open_whole(one, found.root), versions)
        tables[one.output] = [row for row in rows if everything or not all(row.there)]
    if form == "json":
        facts = {name: _facts(specs, rows) for name, rows in tables.items()}
        put(json.dumps(facts, indent=2, ensure_ascii=False) + "\n", data=True)
        return
    for name, rows in tables.items():
        _say(name, specs, rows)


def _version(client: ClientConfig, root: Path, spec: str) -> Opened:
    """Open a version of the documents of a client."""
    if not Path(spec).is_dir():
        if len(client.specs) == 1:
            return pipeline.open_whole(client, root, {client.spec: document.read(spec)})
        named = [one for one in client.specs if Path(one).name == Path(spec).name]
        if len(named) != 1:
            message = (
                f"{client.output} has {len(client.specs)} documents, and {spec} is not one of them"
            )
            hint = "give a folder that has documents of the same names"
            raise UsageError(Diagnostic(message, hint=hint))
        return pipeline.open_whole(client, root, {named[0]: document.read(spec)})
    news = {one: document.read(str(Path(spec) / Path(one).name)) for one in client.specs}
    return pipeline.open_whole(client, root, news)


def _facts(specs: Sequence[str], rows: Sequence[Row]) -> list[dict[str, Any]]:
    return [
        {
            "kind": row.kind,
            "name": row.name,
            "in": [spec for spec, is_there in zip(specs, row.there, strict=True) if is_there],
            "unreadable": [
                spec for spec, is_there in zip(specs, row.there, strict=True) if is_there is None
            ],
        }
        for row in rows
    ]


def _say(name: str, specs: Sequence[str], rows: Sequence[Row]) -> None:
    if not rows:
        say(f"{name}: all versions have everything")
        return
    say(f"{name}:")
    for number, spec in enumerate(specs, start=1):
        say(f"  {number} {spec}")
    for row in rows:
        marks = " ".join(_mark(number, found) for number, found in enumerate(row.there, start=1))
        say(f"  {marks}  {row.kind} {row.name}")
    if any(None in row.there for row in rows):
        say("  ?: the version cannot be read there; `vcgen list SPEC` prints why")


def _mark(number: int, is_there: bool | None) -> str:
    if is_there is None:
        return "?"
    return str(number) if is_there else "-"
