"""The commands that report what a new document changes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from vcgen import config, pipeline, publishing
from vcgen.cli.clients import with_access
from vcgen.cli.console import put, say, say_repairs, warn
from vcgen.cli.options import (
    PATH,
    Elsewhere,
    access_options,
    also_option,
    config_option,
    operations_option,
    overlay_option,
    strict_option,
    verbose_option,
)
from vcgen.cli.progress import COMPARING, for_reading, progress
from vcgen.config import ClientConfig
from vcgen.errors import Diagnostic, OutputError, UsageError
from vcgen.reading import document

if TYPE_CHECKING:
    from vcgen.comparing.report import Report

EXIT_CHANGED = 1
FORMATS = ("text", "markdown", "json", "github")
FAILURES = ("breaking", "any", "never")

format_option = click.option(
    "--format",
    "form",
    type=click.Choice(FORMATS),
    default="text",
    metavar="FORMAT",
    help=f"Output format: {', '.join(FORMATS[:-1])} or {FORMATS[-1]}.",
)
fail_option = click.option(
    "--fail-on",
    type=click.Choice(FAILURES),
    default="never",
    show_default=True,
    metavar="CHANGES",
    help=f"When to exit with status 1: {', '.join(FAILURES[:-1])} or {FAILURES[-1]}.",
)


@click.command(short_help="Report changes between two documents, and what they break.")
@click.argument("old", metavar="OLD", type=PATH)
@click.argument("new", metavar="NEW", type=PATH)
@operations_option()
@also_option
@overlay_option
@config_option
@format_option
@fail_option
@access_options
@strict_option
@verbose_option
def diff(new: str, form: str, fail_on: str, verbose: bool, **asked: Any) -> int:
    """Report changes between two documents, and whether they break the wire format or your code.

    The report covers the operations that --operation names, or else those of the configured clients
    that are generated from OLD or NEW, or else all. Each change has two verdicts. It breaks the
    wire if the old client can no longer talk to the new server. It breaks callers if code for the
    old client no longer type-checks or runs with the new client.

    Example: vcgen diff old.yaml new.yaml -O 'GET /pets' --fail-on breaking
    """
    reports = _reports(new=new, verbose=verbose, **asked)
    show(reports, form, verbose, new)
    return exit_code(reports, fail_on)


@click.command()
@click.argument("old", metavar="OLD", type=PATH)
@click.argument("new", metavar="NEW", type=PATH)
@operations_option()
@also_option
@overlay_option
@config_option
@access_options
@strict_option
@verbose_option
def changelog(**asked: Any) -> None:
    """Print a changelog in Markdown for the users of a client.

    It lists the changed methods, classes and fields, with the new code for each breaking change.
    The clients are those of `vcgen diff`.

    Example: vcgen changelog old.yaml new.yaml >> CHANGELOG.md
    """
    from vcgen.comparing import reporting

    reports = _reports(**asked)
    parts = ("\n".join(reporting.as_changelog(*one)) for one in reports.items())
    put("\n\n".join(parts) + "\n")


def _reports(
    *,
    old: str,
    new: str,
    operations: tuple[str, ...],
    also: tuple[str, ...],
    overlays: tuple[str, ...],
    config_file: Path | None,
    strict: bool,
    verbose: bool,
    access: Elsewhere,
) -> dict[str, Report]:
    """Compare two documents for the clients that are asked for, and print what is odd."""
    root, found = _clients(operations, also, overlays, config_file, strict, (old, new))
    clients = [with_access(client, access) for client in found]
    if old == new == "-":
        hint = "give one of the two documents as a file"
        raise UsageError(Diagnostic("standard input contains one document, not two", hint=hint))
    reports = _compared(clients, root, old, new)
    sources = list(_sources(reports))
    # What an overlay has wrong for both documents is told once.
    warn(list(dict.fromkeys(one for source in sources for one in source.document.warnings)))
    for source in sources if verbose else ():
        say_repairs(source.document, source.repairs)
    return reports


def _clients(
    operations: tuple[str, ...],
    also: tuple[str, ...],
    overlays: tuple[str, ...],
    config_file: Path | None,
    strict: bool,
    documents: tuple[str, str],
) -> tuple[Path, tuple[ClientConfig, ...]]:
    """Return the clients to compare, and the folder that their paths are relative to.

    Where nobody says which, it is one of all operations.
    """
    given = operations or also or overlays
    if given and config_file:
        message = "--config cannot be combined with --operation, --also or --overlay"
        raise UsageError(Diagnostic(message, hint="leave out --operation, --also and --overlay"))
    file = None if given else config_file or config.search(Path())
    if file is None:
        patterns = operations or ("*",)
        client = ClientConfig(
            documents[0],
            "the operations",
            patterns,
            strict=strict,
            overlays=overlays,
            also=also,
        )
        return Path(), (client,)
    found = config.load(file)
    files = {Path(name).resolve() for name in documents}
    clients = [
        one
        for one in found.clients
        if any((found.root / spec).resolve() in files for spec in one.specs)
    ]
    return found.root, tuple(
        client._replace(strict=client.strict or strict) for client in clients or found.clients
    )


def _compared(clients: Sequence[ClientConfig], root: Path, old: str, new: str) -> dict[str, Report]:
    """Compare two documents for each client whose operations they have.

    Raises:
        SpecError: A document has a problem, or a pattern selects nothing in either.
    """
    # Here and below, what other commands need not wait for is imported where it is used.
    from vcgen import comparing, updating

    with progress(f"reading {old} and {new}", for_reading(old, new)):
        documents = document.read(old), document.read(new)
    sides = {
        client.output: [
            comparing.Side(pipeline.open_whole(client, root, {spec: one}))
            for spec in [_replaced(client, root, (old, new))]
            for one in documents
        ]
        for client in clients
    }
    concerned = [one for one in clients if comparing.concern(one.operations, *sides[one.output])]
    found: dict[str, Report] = {}
    for client in concerned or clients:
        operations = sum(len(side.keys) for side in sides[client.output])
        with progress(f"comparing {client.output}", COMPARING * operations):
            report = comparing.compare(client, *(side.whole for side in sides[client.output]))
            # As `update` would do it: nobody has to learn names that it keeps.
            kept = updating.keeping(client, report)[1]
            found[client.output] = as_made(kept, root / client.output)
    for client in clients:
        if client.output not in found:
            say(f"{client.output}: neither document has any of its operations", err=True)
    return found


def as_made(report: Report, package: Path) -> Report:
    """Return a report for the old client as it was made, by the manifest in its folder.

    One that is not there would read leniently, as those that are made now do.
    """
    with suppress(OutputError):
        made = publishing.load(package)
        if made is None or made.options.get("reading") == "lenient":
            return report.of_lenient
    return report


def _replaced(client: ClientConfig, root: Path, versions: tuple[str, str]) -> str:
    """Return which document of a client is compared with another version of it.

    Raises:
        UsageError: The client has several, and none has the path or the name of a version.
    """
    paths = {Path(one).resolve() for one in versions}
    names = {path.name for path in paths}
    by_path = [one for one in client.specs if (root / one).resolve() in paths]
    by_name = [one for one in client.specs if Path(one).name in names]
    found = by_path or by_name or client.specs
    if len(found) == 1:
        return found[0]
    message = f"{client.output} has {len(client.specs)} documents, and OLD is not one of them"
    hint = f"compare versions of one of them: {', '.join(client.specs)}"
    raise UsageError(Diagnostic(message, hint=hint))


def _sources(reports: Mapping[str, Report]) -> Iterator[pipeline.Selection]:
    for report in reports.values():
        yield from filter(None, (report.old, report.new))


def show(reports: Mapping[str, Report], form: str, verbose: bool, file: str) -> None:
    """Print reports in the format that is wanted; `file` is the new document."""
    from vcgen.comparing import reporting

    if form == "json":
        put(reporting.as_json(reports), data=True)
        return
    for index, (name, report) in enumerate(reports.items()):
        if form == "github":
            put("\n".join(reporting.as_annotations(name, report, file)) + "\n")
            continue
        if index:
            put("\n")
        if form == "markdown":
            put("\n".join(reporting.as_markdown(name, report)) + "\n")
            continue
        for line in reporting.as_text(name, report, verbose):
            put(f"{line.text}\n", colour=line.colour)


def exit_code(reports: Mapping[str, Report], fail_on: str) -> int:
    """Return 1 where something changed that the caller wants to fail on, else 0."""
    found = {
        "breaking": any(report.breaking or report.uncompared for report in reports.values()),
        "any": any(report.changes or report.uncompared for report in reports.values()),
        "never": False,
    }
    return EXIT_CHANGED if found[fail_on] else 0
