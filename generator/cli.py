"""The command line: the only place that prints or exits."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from generator import (
    __version__,
    config,
    dialect,
    document,
    manifest,
    pipeline,
    slicing,
    starter,
    tree,
)
from generator.config import ClientConfig
from generator.errors import Diagnostic, SpecError, UsageError, VcgenError, printable

EXIT_DRIFT = 1
EXIT_USAGE = 2
EXIT_BUG = 70
EXIT_INTERRUPTED = 130

_Command = Callable[..., Any]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit; every exit code is decided here."""
    try:
        sys.exit(cli.main(arguments, prog_name="vcgen", standalone_mode=False) or 0)
    except VcgenError as error:
        _complain(*error.diagnostics)
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_USAGE)
    except (click.Abort, KeyboardInterrupt):
        click.echo("vcgen: interrupted", err=True)
        sys.exit(EXIT_INTERRUPTED)
    except BrokenPipeError:
        # Whoever read our output has seen enough; Python must not complain on its way out.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:  # the boundary: what gets here is a bug of ours
        if os.environ.get("VCGEN_DEBUG"):
            raise
        _complain(
            Diagnostic(
                f"internal error: {type(error).__name__}: {error}",
                hint="this is a bug of vcgen; please report it, with the output of the same "
                "command under VCGEN_DEBUG=1",
            )
        )
        sys.exit(EXIT_BUG)


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 fine; 1 `check` found drift; 2 usage; 3 configuration or document; "
    "4 output refused; 70 a bug of vcgen; 130 interrupted.",
)
@click.version_option(__version__, "--version", prog_name="vcgen")
def cli() -> None:
    r"""Generate small typed Python clients from big OpenAPI documents.

    \b
    Start with
      vcgen list SPEC                 which operations there are
      vcgen init SPEC -O 'GET /path'  write a configuration for the ones you need
      vcgen generate                  write the client
      vcgen check                     in pre-commit and CI: is it up to date?
    """


def _client_options(command: _Command) -> _Command:
    options = (
        click.option("--spec", metavar="FILE", help="The document; - is standard input."),
        click.option(
            "--operation",
            "-O",
            "operations",
            multiple=True,
            metavar="PATTERN",
            help="`GET /path`, an operationId, a tag, or a pattern with *; may be repeated. "
            "Without it: every operation.",
        ),
        click.option(
            "--output", metavar="DIR", help="The package to write, named by its last part."
        ),
        click.option(
            "--config",
            "config_file",
            type=click.Path(path_type=Path),
            metavar="FILE",
            help="The configuration, in place of the nearest vcgen.toml or pyproject.toml.",
        ),
        click.option("--strict", is_flag=True, help="Refuse the document's defects; repair none."),
        click.option("--verbose", "-v", is_flag=True, help="Say more: repairs, and every file."),
    )
    for option in reversed(options):
        command = option(command)
    return command


@cli.command()
@_client_options
@click.option("--force", is_flag=True, help="Overwrite files that somebody edited or put there.")
def generate(force: bool, verbose: bool, **selection: Any) -> None:
    """Write every client of the configuration, or the one that the options describe."""
    root, clients = _clients(**selection)
    with _all_problems() as attempt:
        for client in clients:
            with attempt():
                source = _read(client, root, verbose)
                with _progress(f"generating {client.output}"):
                    files = pipeline.generate(source)
                plan = tree.write(root / client.output, files, source.manifest, force=force)
                _say_written(client.output, plan, verbose)


@cli.command()
@_client_options
def check(verbose: bool, **selection: Any) -> int:
    """Exit 1, with a unified diff, where a client is not what `generate` would write."""
    root, clients = _clients(**selection)
    drift = False
    with _all_problems() as attempt:
        for client in clients:
            with attempt():
                drift |= _check(client, root, verbose)
    return EXIT_DRIFT if drift else 0


def _check(client: ClientConfig, root: Path, verbose: bool) -> bool:
    source = _read(client, root, verbose)
    directory = root / client.output
    if manifest.is_current(directory, source.manifest):
        click.echo(f"{client.output}: up to date")
        return False
    with _progress(f"generating {client.output}"):
        files = pipeline.generate(source)
    difference = tree.diff(directory, files, source.manifest)
    if not difference:
        click.echo(f"{client.output}: up to date")
        return False
    click.echo(_coloured(difference), nl=False)
    click.echo(f"{client.output}: out of date; run `vcgen generate`", err=True)
    return True


@cli.command("list")
@click.argument("spec", metavar="SPEC")
@click.argument("pattern", required=False)
def list_(spec: str, pattern: str | None) -> None:
    """Print the operations of a document, one a line: method, path, operationId.

    PATTERN keeps those that it selects (see `generate --operation`), or whose line holds it.
    """
    whole = document.read(spec)
    with pipeline.located(whole):
        found = slicing.operations(whole.tree)
    chosen = set(found) if pattern is None else _chosen(whole, pattern)
    for one in found:
        line = f"{one.method:<7} {one.path}  {one.operation_id or ''}".rstrip()
        if one in chosen or str(pattern).lower() in line.lower():
            click.echo(printable(line))


def _chosen(whole: document.Document, pattern: str) -> set[slicing.OperationKey]:
    try:
        return set(slicing.select(whole.tree, [pattern]))
    except SpecError:
        return set()


@cli.command("slice")
@click.argument("spec", metavar="SPEC")
@click.option("--operation", "-O", "operations", multiple=True, required=True, metavar="PATTERN")
@click.option("--output", "-o", metavar="FILE", help="Where to write; - is standard output.")
@click.option("--strict", is_flag=True, help="Refuse the document's defects; repair none.")
def slice_(spec: str, operations: tuple[str, ...], output: str | None, strict: bool) -> None:
    """Write the smallest valid document for some operations, as JSON or YAML."""
    whole = document.read(spec)
    with pipeline.located(whole):
        part = slicing.slice_document(
            whole.tree, operations, dialect=dialect.get(dialect.detect(whole.tree)), strict=strict
        )
    text = document.dump(part.tree, as_json=(output or spec).endswith(".json"))
    if output in {None, "-"}:
        click.echo(text, nl=False)
    else:
        tree.write_file(Path(str(output)), text)
        click.echo(f"{output}: {_count(len(part.operations), 'operation')}", err=True)


@cli.command()
@click.argument("spec", metavar="SPEC")
@click.option("--operation", "-O", "operations", multiple=True, metavar="PATTERN")
@click.option("--output", metavar="DIR", help="The package to write; its last part is its name.")
def init(spec: str, operations: tuple[str, ...], output: str | None) -> None:
    """Write a configuration for a first client.

    It goes into vcgen.toml, or at the end of a pyproject.toml that is there already.
    """
    whole = document.read(spec)
    with pipeline.located(whole):
        chosen = slicing.select(whole.tree, operations or ("*",))
    output = output or f"generated/{starter.package_for(spec)}"
    file, text = starter.extended(Path(), spec, operations or ("*",), output)
    tree.write_file(file, text)
    click.echo(f"{file}: {output} from {_count(len(chosen), 'operation')}; now `vcgen generate`")


def _clients(
    spec: str | None,
    operations: tuple[str, ...],
    output: str | None,
    config_file: Path | None,
    strict: bool,
) -> tuple[Path, tuple[ClientConfig, ...]]:
    """Return the clients asked for, and the folder that their paths are relative to."""
    if spec is None and output is None and not operations:
        found = config.load(config_file or config.find(Path()))
        return found.root, tuple(
            replace(client, strict=client.strict or strict) for client in found.clients
        )
    if spec is None or output is None or config_file is not None:
        raise UsageError(
            Diagnostic(
                "--spec, --operation and --output describe one client together",
                hint="give --spec and --output, or none of the three and a configuration",
            )
        )
    folder = Path(output)
    if problem := config.identifier_problem(folder.name):
        raise UsageError(
            Diagnostic(
                f"--output {output}: {folder.name!r} {problem}",
                hint="the last part is the name that the package is imported by",
            )
        )
    place = spec if spec == "-" else str(Path(spec).absolute())
    client = ClientConfig(place, folder.name, operations or ("*",), strict=strict)
    return folder.parent, (client,)


def _read(client: ClientConfig, root: Path, verbose: bool) -> pipeline.Source:
    with _progress(f"reading {client.spec}"):
        source = pipeline.read(client, root)
    if verbose:
        for repair in source.repairs:
            place = Diagnostic(f"{repair.name}: {repair.message}", repair.pointer)
            line = source.document.line(repair.pointer)
            click.echo(f"repaired {place.at(source.document.name, line)}", err=True)
    return source


@contextmanager
def _all_problems() -> Iterator[Callable[[], Any]]:
    """Let each client be tried, and report the problems of all of them together."""
    problems: list[VcgenError] = []

    @contextmanager
    def attempt() -> Iterator[None]:
        try:
            yield
        except VcgenError as error:
            problems.append(error)

    yield attempt
    for error in problems[:-1]:
        _complain(*error.diagnostics)
    if problems:
        raise problems[-1]


def _count(number: int, what: str) -> str:
    return f"{number} {what}" + ("s" if number != 1 else "")


def _say_written(output: str, plan: tree.Plan, verbose: bool) -> None:
    counts = [f"{count} {what}" for what, count in plan.counts.items() if count]
    click.echo(f"{output}: {', '.join(counts)}")
    if verbose:
        for what in ("created", "changed", "stale", "unchanged"):
            for path in getattr(plan, what):
                click.echo(f"  {'removed' if what == 'stale' else what} {path}", err=True)


def _complain(*diagnostics: Diagnostic) -> None:
    for diagnostic in diagnostics:
        first, _, hint = str(diagnostic).partition("\nhint: ")
        click.echo(click.style(first, fg="red") if _colour(sys.stderr) else first, err=True)
        if hint:
            click.echo(f"hint: {hint}", err=True)


def _coloured(difference: str) -> str:
    if not _colour(sys.stdout):
        return difference
    styles = {"+": "green", "-": "red", "@": "cyan"}
    return "".join(
        click.style(line, fg=styles[line[0]]) if line[0] in styles else line
        for line in difference.splitlines(keepends=True)
    )


def _colour(stream: Any) -> bool:
    return stream.isatty() and not os.environ.get("NO_COLOR")


@contextmanager
def _progress(text: str) -> Iterator[None]:
    """Show what is under way, on a terminal only, and take it away when done."""
    if not sys.stderr.isatty():
        yield
        return
    click.echo(f"{text} ...", nl=False, err=True)
    try:
        yield
    finally:
        click.echo("\r\033[K", nl=False, err=True)
