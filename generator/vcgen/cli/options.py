"""What several commands have in common: their options, and the clients that these mean."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from vcgen import config, pipeline
from vcgen.cli.console import progress, say, say_repairs, warn
from vcgen.config import ClientConfig, Config
from vcgen.errors import Diagnostic, UsageError, VcgenError
from vcgen.publishing import transaction
from vcgen.reading.opening import Opened, open_document
from vcgen.reading.overlay import read_all

Command = Callable[..., Any]


def _importable(_: click.Context, parameter: click.Parameter, output: str | None) -> str | None:
    name = Path(output or "").name
    if output is not None and (problem := config.package_name_problem(name)):
        message = f"{name!r} {problem}; the last part is the name that the package is imported by"
        raise click.BadParameter(message, param=parameter)
    return output


def _files(_: click.Context, parameter: click.Parameter, files: tuple[str, ...]) -> tuple[str, ...]:
    if "-" in files:
        raise click.BadParameter("standard input is for documents; name a file", param=parameter)
    return files


# Our own messages say more than click's would: its path type is there for the shell completion.
PATH = click.Path()
_NAMES = (
    "`GET /path`, an operationId, a tag, or any of these with * for anything; "
    "with ! in front, to leave it out; may be repeated."
)
_PACKAGE = "The package to write; its last part is its name."
_MORE = "Say more: what was repaired, and every file."
spec_argument = click.argument("spec", metavar="SPEC", type=PATH)
output_option = click.option(
    "--output", metavar="DIR", type=PATH, callback=_importable, help=_PACKAGE
)
strict_option = click.option(
    "--strict", is_flag=True, help="Refuse the document's defects; repair none."
)
config_option = click.option(
    "--config",
    "config_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="The configuration, in place of the nearest vcgen.toml or pyproject.toml.",
)
verbose_option = click.option("--verbose", "-v", is_flag=True, help=_MORE)
overlay_option = click.option(
    "--overlay",
    "overlays",
    multiple=True,
    metavar="FILE",
    type=PATH,
    callback=_files,
    help="Corrections to the document, as an OpenAPI Overlay; may be repeated.",
)


def operations_option(required: bool = False) -> Callable[[Command], Command]:
    """Return the option that selects operations."""
    text = _NAMES if required else f"{_NAMES} Without it: every operation."
    names = ("--operation", "-O", "operations")
    return click.option(*names, multiple=True, required=required, metavar="PATTERN", help=text)


def client_options(command: Command) -> Command:
    """Give a command the options that say which clients it is about."""
    spec = click.option("--spec", metavar="FILE", type=PATH, help="The document; - is stdin.")
    client = (overlay_option, output_option, operations_option(), spec)
    for option in (verbose_option, strict_option, config_option, *client):
        command = option(command)
    return command


def clients_of(
    spec: str | None,
    operations: tuple[str, ...],
    output: str | None,
    overlays: tuple[str, ...],
    config_file: Path | None,
    strict: bool,
) -> tuple[Path, tuple[ClientConfig, ...]]:
    """Return the clients asked for, and the folder that their paths are relative to."""
    if spec is None and output is None and not operations and not overlays:
        found = recovered(config_file)
        return found.root, tuple(
            replace(client, strict=client.strict or strict) for client in found.clients
        )
    if spec is None or output is None or config_file is not None:
        message = "--spec, --operation, --overlay and --output describe one client together"
        hint = "give --spec and --output, or none of the four and a configuration"
        raise UsageError(Diagnostic(message, hint=hint))
    folder = Path(output).as_posix()
    client = ClientConfig(spec, folder, operations or ("*",), strict=strict, overlays=overlays)
    return Path(), (client,)


def recovered(file: Path | None) -> Config:
    """Return the configuration, after an update that was killed halfway is undone."""
    found = config.load(file or config.find(Path()))
    # An update is about one document, and where its journal lies depends on which.
    places: dict[str, list[Path]] = {}
    for one in found.clients:
        known = places.setdefault(one.spec, [found.file, found.root / one.spec])
        known.append(found.root / one.output)
    undone = [transaction.recover(paths) for paths in places.values()]
    if any(undone):
        say("an update was killed halfway: its files are as they were before", err=True)
        return config.load(found.file)
    return found


def open_spec(spec: str, overlays: Sequence[str] = ()) -> Opened:
    """Open the document of a command line, and show on a terminal that it takes a moment."""
    with progress(f"reading {spec}"):
        opened = open_document(spec, overlays=read_all(overlays))
    warn(opened.warnings)
    return opened


def read(client: ClientConfig, root: Path, verbose: bool) -> pipeline.Selection:
    """Read what a client is generated from; tell what is odd, and what was repaired if wanted."""
    with progress(f"reading {client.spec}"):
        whole = pipeline.open_whole(client, root)
    if not client.strict:  # there, they are refused
        warn(whole.warnings)
    source = pipeline.cut(client, whole)
    if verbose:
        say_repairs(source.document, source.repairs)
    return source


@contextmanager
def all_problems() -> Iterator[Callable[[], Any]]:
    """Let each client be tried, and report the problems of all of them together."""
    problems: list[VcgenError] = []

    @contextmanager
    def attempt() -> Iterator[None]:
        try:
            yield
        except VcgenError as error:
            problems.append(error)

    yield attempt
    if problems:
        worst = max(problems, key=lambda error: error.exit_code)
        # Clients of one document have its problems in common.
        raise type(worst)(*dict.fromkeys(one for error in problems for one in error.diagnostics))
