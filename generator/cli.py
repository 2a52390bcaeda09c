"""The command line: the only place that prints or exits."""

from __future__ import annotations

import json
import os
import sys
import traceback
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import replace
from io import TextIOWrapper
from pathlib import Path
from typing import Any

import click

from generator import __version__, config, document, listing, pipeline, slicing, starter, tree
from generator.config import ClientConfig
from generator.console import (
    complain,
    counted,
    progress,
    put,
    repaired,
    say,
    say_repairs,
    say_written,
)
from generator.errors import Diagnostic, SpecError, UsageError, VcgenError
from generator.opening import Opened, located, open_document

EXIT_DRIFT = 1
EXIT_USAGE = 2
EXIT_BUG = 70
EXIT_INTERRUPTED = 130

_COMPLETE = "_VCGEN_COMPLETE"
_DIFF_COLOURS = {"+": "green", "-": "red", "@": "cyan"}

_Command = Callable[..., Any]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    if isinstance(sys.stdout, TextIOWrapper):
        # Not every encoding has every character of a document.
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    """Run the command line and return the exit code; every one is decided here."""
    try:
        return cli.main(arguments, "vcgen", _COMPLETE, standalone_mode=False) or 0
    except VcgenError as error:
        complain(*error.diagnostics)
        return error.exit_code
    except click.ClickException as error:
        error.show()
        return EXIT_USAGE
    except (click.Abort, KeyboardInterrupt):
        say("vcgen: interrupted", err=True)
        return EXIT_INTERRUPTED
    except SystemExit as error:
        # Click left by itself: a completion that failed, or whoever read --help has seen enough.
        return EXIT_USAGE if error.code and _COMPLETE in os.environ else 0
    except Exception as error:  # the boundary: what gets here is a bug of ours
        if os.environ.get("VCGEN_DEBUG"):
            traceback.print_exc()
        message = f"internal error: {type(error).__name__}: {error}"
        hint = "this is a bug of vcgen; please report it, with what VCGEN_DEBUG=1 makes it print"
        complain(Diagnostic(message, hint=hint))
        return EXIT_BUG


@click.group(
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 fine; 1 `check` found drift; 2 usage; 3 configuration or document; "
    "4 output refused; 70 a bug of vcgen; 130 interrupted.",
)
@click.version_option(__version__, "--version", prog_name="vcgen")
def cli() -> None:
    """Generate small typed Python clients from big OpenAPI documents.

    \b
    Start with
      vcgen list SPEC                 which operations there are
      vcgen init SPEC -O 'GET /path'  write a configuration for the ones you need
      vcgen generate                  write the client
      vcgen check                     in pre-commit and CI: is it up to date?

    `vcgen COMMAND --help` says more of each. Completion for bash (zsh and fish likewise):
    eval "$(_VCGEN_COMPLETE=bash_source vcgen)".
    """  # noqa: D301  click wants the character


def _importable(_: click.Context, parameter: click.Parameter, output: str | None) -> str | None:
    name = Path(output or "").name
    if output is not None and (problem := config.identifier_problem(name)):
        message = f"{name!r} {problem}; the last part is the name that the package is imported by"
        raise click.BadParameter(message, param=parameter)
    return output


# Our own messages say more than click's would: its path type is there for the shell completion.
_PATH = click.Path()
_NAMES = (
    "`GET /path`, an operationId, a tag, or any of these with * for anything; "
    "with ! in front, to leave it out; may be repeated."
)
_PACKAGE = "The package to write; its last part is its name."
_MORE = "Say more: what was repaired, and every file."
_spec = click.argument("spec", metavar="SPEC", type=_PATH)
_output = click.option("--output", metavar="DIR", type=_PATH, callback=_importable, help=_PACKAGE)
_strict = click.option("--strict", is_flag=True, help="Refuse the document's defects; repair none.")
_verbose = click.option("--verbose", "-v", is_flag=True, help=_MORE)


def _operations(required: bool = False) -> Callable[[_Command], _Command]:
    text = _NAMES if required else f"{_NAMES} Without it: every operation."
    names = ("--operation", "-O", "operations")
    return click.option(*names, multiple=True, required=required, metavar="PATTERN", help=text)


def _client_options(command: _Command) -> _Command:
    text = "The configuration, in place of the nearest vcgen.toml or pyproject.toml."
    path = click.Path(path_type=Path)
    file = click.option("--config", "config_file", metavar="FILE", type=path, help=text)
    spec = click.option("--spec", metavar="FILE", type=_PATH, help="The document; - is stdin.")
    for option in (_verbose, _strict, file, _output, _operations(), spec):
        command = option(command)
    return command


@cli.command()
@_client_options
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
    root, clients = _clients(**selection)
    with _all_problems() as attempt:
        for client in clients:
            with attempt():
                source = _read(client, root, verbose)
                with progress(f"generating {client.output}"):
                    files = pipeline.generate(source)
                plan = tree.write(root / client.output, files, source.manifest, force=force)
                say_written(client.output, plan, source.repairs, verbose)


@cli.command()
@_client_options
def check(verbose: bool, **selection: Any) -> int:
    """Show what `generate` would change, and exit 1 if anything.

    It is a unified diff, and nothing is written. This is for pre-commit and CI; clients are found
    as `generate` finds them.
    """
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
    if pipeline.IS_INSTALLED and tree.is_current(directory, source.manifest):
        say(f"{client.output}: up to date")
        return False
    with progress(f"generating {client.output}"):
        files = pipeline.generate(source)
    difference = tree.diff(directory, files, source.manifest)
    if not difference:
        say(f"{client.output}: up to date")
        return False
    for line in difference.splitlines(keepends=True):
        put(line, data=True, colour=_DIFF_COLOURS.get(line[0], ""))
    what = "out of date; run `vcgen generate`"
    if edited := tree.compare(directory, files, source.manifest).edited:
        what = f"edited by hand ({', '.join(edited)}); `vcgen generate --force` undoes that"
    say(f"{client.output}: {what}", err=True)
    return True


@cli.command("list")
@_spec
@click.argument("pattern", required=False)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="json says what each operation becomes: its method, arguments, types and exceptions.",
)
def list_(spec: str, pattern: str | None, form: str) -> None:
    """Print the operations of a document.

    One a line: method, path, operationId. PATTERN keeps those that it selects (`GET /path`, an
    operationId, a tag, any of these with * for anything, or with ! in front to leave it out), and
    those that it is a part of.
    """
    whole = _document(spec)
    with located(whole):
        found = slicing.operations(whole.tree)
        chosen = found if pattern is None else _chosen(whole, found, pattern)
    if form == "json":
        put(json.dumps(_facts(whole, chosen), indent=2, ensure_ascii=False) + "\n", data=True)
        return
    for one in chosen:
        say(f"{one.method:<7} {one.path}  {one.operation_id or ''}".rstrip())


def _facts(whole: Opened, chosen: Sequence[slicing.OperationKey]) -> list[dict[str, Any]]:
    """Return what each operation becomes, or why it cannot be generated."""

    def facts(names: Sequence[str]) -> list[dict[str, Any]]:
        client = ClientConfig(whole.name, "client", tuple(names))
        return listing.operations(pipeline.build(pipeline.cut(client, whole)))

    names = [one.name for one in chosen]
    with suppress(SpecError):
        return facts(names) if names else []
    found: list[dict[str, Any]] = []
    for name in names:
        try:
            found += facts([name])
        except SpecError as error:
            found.append({"operation": name, "refused": [str(one) for one in error.diagnostics]})
    return found


def _chosen(
    whole: Opened, found: Sequence[slicing.OperationKey], pattern: str
) -> list[slicing.OperationKey]:
    """Return the operations that a pattern selects or is a part of, or say that there is none."""
    part = pattern.lower()
    texts = {one: "\n".join([one.name, one.operation_id or "", *one.tags]) for one in found}
    held = {one for one, text in texts.items() if part in text.lower()}
    try:
        held.update(slicing.select(whole.tree, [pattern]))
    except SpecError:
        if not held:
            raise
    return [one for one in found if one in held]


@cli.command("slice")
@_spec
@_operations(required=True)
@click.option("--output", "-o", metavar="FILE", type=_PATH, help="In place of standard output.")
@_strict
@_verbose
def slice_(
    spec: str, operations: tuple[str, ...], output: str | None, strict: bool, verbose: bool
) -> None:
    """Write the smallest document that holds some operations.

    It is valid OpenAPI, with known defects repaired, and generates the same client as the whole.
    It is JSON or YAML by the name of the output, or else as SPEC is.
    """
    # As for a client, so that a client of the slice is that of the whole document.
    source = _read(ClientConfig(spec, "slice", operations, strict=strict), Path(), verbose)
    forms = {".json": True, ".yaml": False, ".yml": False}
    as_json = forms.get(Path(output or "").suffix.lower(), source.document.is_json)
    text = document.dump(source.slice.tree, as_json=as_json)
    if output in (None, "-"):
        put(text, data=True)
    else:
        tree.write_file(Path(output), text)
        count = counted(len(source.slice.operations), "operation")
        say(f"{output}: {count}{'' if verbose else repaired(source.repairs)}")


@cli.command()
@_spec
@_operations()
@_output
def init(spec: str, operations: tuple[str, ...], output: str | None) -> None:
    """Write the configuration of a first client.

    It goes into vcgen.toml here, or at the end of a pyproject.toml that is here already.
    """
    client = starter.first_client(spec, operations, output)
    file, text = starter.extended(Path(), client)
    whole = _document(spec)
    with located(whole):
        chosen = counted(len(slicing.select(whole.tree, client.operations)), "operation")
    tree.write_file(file, text)
    say(f"{file}: {client.output} from {chosen}; now run `vcgen generate`")


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
        message = "--spec, --operation and --output describe one client together"
        hint = "give --spec and --output, or none of the three and a configuration"
        raise UsageError(Diagnostic(message, hint=hint))
    client = ClientConfig(spec, Path(output).as_posix(), operations or ("*",), strict=strict)
    return Path(), (client,)


def _document(spec: str) -> Opened:
    with progress(f"reading {spec}"):
        return open_document(spec)


def _read(client: ClientConfig, root: Path, verbose: bool) -> pipeline.Source:
    with progress(f"reading {client.spec}"):
        source = pipeline.read(client, root)
    if verbose:
        say_repairs(source.document, source.repairs)
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
    if problems:
        worst = max(problems, key=lambda error: error.exit_code)
        # Clients of one document have its problems in common.
        raise type(worst)(*dict.fromkeys(one for error in problems for one in error.diagnostics))
