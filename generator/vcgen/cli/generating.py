"""The commands that write clients, or compare them with what is there."""

from __future__ import annotations

import os
import shlex
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

import click

from vcgen import __version__, config, publishing
from vcgen.cli.clients import all_problems, clients_of, configured, read, written_together
from vcgen.cli.console import put, say, say_written, warn
from vcgen.cli.options import client_options
from vcgen.cli.progress import GENERATING, progress
from vcgen.config import ClientConfig
from vcgen.errors import Diagnostic, OutputError, did_you_mean
from vcgen.publishing import memory, transaction
from vcgen.text.counting import counted

if TYPE_CHECKING:
    from vcgen.ir import Package
    from vcgen.pipeline import Selection
    from vcgen.publishing.drift import Drift

EXIT_DRIFT = 1

_DIFF_COLOURS = {"+": "green", "-": "red", "@": "cyan"}


@click.command()
@client_options
@click.option(
    "--force", is_flag=True, help="Overwrite edited files, and files not written by vcgen."
)
def generate(force: bool, verbose: bool, **selection: Any) -> None:
    """Write the clients of the configuration, or one for --spec.

    The configuration is vcgen.toml, or pyproject.toml with [tool.vcgen], in this folder or above.
    `vcgen init` writes one. Files that were edited or that vcgen did not write are not overwritten
    without --force.

    \b
    Example: vcgen generate --spec vm.yaml -O 'GET /vm/{vm}' --output vm_client
    """  # noqa: D301  click wants the character
    root, clients = clients_of(**selection)
    if selection["specs"] and not force:
        _refuse_configured(clients[0])
    with all_problems() as attempt:
        for client in clients:
            with attempt():
                _generate(client, root, force, verbose)
    if not selection["specs"]:
        _say_left_over(root, clients)


def _refuse_configured(client: ClientConfig) -> None:
    """Refuse to replace a package that a configuration describes."""
    if file := configured(Path(client.output)):
        message = f"{client.output} is the output of a client in {file}"
        hint = "run `vcgen generate` without --spec, choose another --output, or use --force"
        raise OutputError(Diagnostic(message, hint=hint))


def _say_left_over(root: Path, clients: Sequence[ClientConfig]) -> None:
    """Print which packages no client of the configuration writes any more."""
    outputs = [root / client.output for client in clients]
    for folder in publishing.left_over(outputs, root / config.OUTPUTS):
        shown = folder.as_posix()
        say(f"{shown}: left over; no client of the configuration writes it", err=True)
        say(f"  `vcgen remove {shlex.quote(shown)}` removes it", err=True)


def _generate(client: ClientConfig, root: Path, force: bool, verbose: bool) -> None:
    """Write a package that is out of date, and tell what became of its files."""
    directory, begun = root / client.output, time.time()
    if publishing.left_behind(directory):
        publishing.recover(directory)
    if not (force or verbose) and (known := memory.recall(directory, _settings(client, root))):
        say_written(client.output, known.unchanged, known.repairs, verbose)
        return
    source = read(client, root, verbose)
    plan = None if force else _settled(directory, source)
    if plan is None:
        files = _generated(source)
        _warn_of_other_names(client, root)
        plan = publishing.write(directory, files, source.manifest, force=force)
    say_written(client.output, plan, source.repairs, verbose)
    _remember(root, source, begun)


@click.command()
@client_options
def check(verbose: bool, **selection: Any) -> int:
    """Show what `generate` would change, without writing it.

    The exit code is 1 if it would change anything. The command prints a unified diff and its
    causes: the document, the corrections, the configuration, vcgen itself, or edited files. Use it
    in pre-commit and in CI. The clients are those that `generate` writes.

    Example: vcgen check
    """
    root, clients = clients_of(**selection, mend=False)
    has_drift = not selection["specs"] and _say_interrupted(root, clients)
    with all_problems() as attempt:
        for client in clients:
            with attempt():
                has_drift |= _check(client, root, verbose)
    if not selection["specs"]:
        _say_left_over(root, clients)
    return EXIT_DRIFT if has_drift else 0


def _say_interrupted(root: Path, clients: Sequence[ClientConfig]) -> bool:
    """Print what killed updates left, and tell whether they left anything."""
    found = {transaction.interrupted(paths) for paths in written_together(root, clients)} - {None}
    for stage in sorted(map(str, found)):
        say(f"{stage}: an update was interrupted; `vcgen generate` restores its files", err=True)
    return bool(found)


def _check(client: ClientConfig, root: Path, verbose: bool) -> bool:
    """Tell whether a package is out of date, and in which way."""
    directory, begun = root / client.output, time.time()
    if publishing.left_behind(directory):
        say(
            f"{client.output}: a run was interrupted; `vcgen generate` restores its files", err=True
        )
        return True
    if not verbose and memory.recall(directory, _settings(client, root)):
        say(f"{client.output}: up to date")
        return False
    source = read(client, root, verbose)
    if not _settled(directory, source):
        files = _generated(source)
        if difference := publishing.diff(directory, files, source.manifest):
            _say_difference(source, directory, files, difference)
            return True
    say(f"{client.output}: up to date")
    _remember(root, source, begun)
    return False


def _generated(source: Selection) -> Mapping[str, str]:
    """Return the files of a package, and show that it takes its time."""
    seconds = GENERATING * len(source.slice.operations)
    with progress(f"generating {source.client.output}", seconds):
        package = _pipeline().build(source, only_code=True)
        files: Mapping[str, str] = _pipeline().generate(source.with_package(package))
    _warn_of_names(source.client, package)
    return files


def _warn_of_names(client: ClientConfig, package: Package) -> None:
    """Print the entries of `rename` that match nothing: perhaps a name is misspelt."""
    if client.renames == config.Renames():
        return
    from vcgen.ir import spec_names

    known = spec_names(package)
    unknown = list(client.renames.unknown(known))
    for table, key in unknown:
        # To look for what was meant takes long where both are many.
        near = sorted(known[table]) if len(unknown) < 20 else []
        hint = did_you_mean(key, near, "write it as the document does")
        warn([Diagnostic(f'{client.output}: rename.{table}."{key}" matches nothing', hint=hint)])


def _warn_of_other_names(client: ClientConfig, root: Path) -> None:
    """Print what the version that wrote a package called otherwise: `update` would keep it."""
    manifest = None
    with suppress(OutputError):  # a damaged one is written anew
        manifest = publishing.load(root / client.output)
    if manifest is None or manifest.vcgen == __version__:
        return
    from vcgen.updating.adopting import adopted

    _, kept, lost = adopted(client, root, manifest)
    if names := [f"{one.kept} becomes {one.afresh}" for one in (*kept, *lost)]:
        shown = ", ".join((*names[:3], *(["..."] if len(names) > 3 else [])))
        what = f"{counted(len(names), 'name')} of vcgen {manifest.vcgen} changed: {shown}"
        hint = "to keep them, restore the package and run `vcgen update` with the document"
        warn([Diagnostic(f"{client.output}: {what}", hint=hint)])


def _pipeline() -> ModuleType:
    """Return the pipeline, which is imported where notes and hashes do not tell."""
    from vcgen import pipeline

    return pipeline


def _settings(client: ClientConfig, root: Path) -> str:
    """Return all that decides about a package but the content of files."""
    return f"{__version__}\n{os.path.realpath(root)}\n{client!r}"


def _settled(directory: Path, source: Selection) -> publishing.Plan | None:
    """Return the plan that changes nothing, where hashes can tell that nothing would."""
    is_installed = _pipeline().IS_INSTALLED
    return publishing.settled(directory, source.manifest) if is_installed else None


def _remember(root: Path, source: Selection, begun: float) -> None:
    """Note that a package is up to date, unless there is more to tell about it each time."""
    client, whole = source.client, source.document
    if (
        _pipeline().IS_INSTALLED
        and "-" not in client.specs
        and not (whole.warnings or source.refused)
    ):
        memory.remember(root / client.output, _settings(client, root), whole.files, begun)


def _say_difference(
    source: Selection, directory: Path, files: Mapping[str, str], difference: str
) -> None:
    """Print what `generate` would change, and why."""
    from vcgen.publishing import drift

    for line in difference.splitlines(keepends=True):
        put(line, data=True, colour=_DIFF_COLOURS.get(line[0], ""))
    plan = publishing.compare(directory, files, source.manifest)
    old, new = publishing.load(directory), publishing.complete(files, source.manifest)
    _say_drift(source.client.output, drift.between(old, new, plan))


def _say_drift(output: str, found: Drift) -> None:
    """Print what moved, and what to do about it."""
    from vcgen.publishing import drift

    how = "run `vcgen generate`"
    if found.version:
        how = "run `vcgen update` with the document, which keeps the names, or `vcgen generate`"
    if found.needs_force:
        how = "`vcgen generate --force` overwrites edited files, and files not written by vcgen"
    say(f"{output}: out of date; {how}", err=True)
    for sentence in drift.sentences(found):
        say(f"  {sentence}", err=True)
