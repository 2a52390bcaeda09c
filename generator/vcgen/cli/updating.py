"""The command that takes a new document in place of the old one."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from vcgen import config
from vcgen.cli.clients import recovered, with_access
from vcgen.cli.comparing import as_made, show
from vcgen.cli.console import say, say_refused, say_repairs, say_written, warn
from vcgen.cli.options import (
    PATH,
    Elsewhere,
    access_options,
    config_option,
    keep_going_option,
    strict_option,
    verbose_option,
)
from vcgen.cli.progress import COMPARING, GENERATING, for_reading, operations_in, progress
from vcgen.config import Config
from vcgen.errors import Diagnostic, SpecError
from vcgen.publishing.transaction import Transaction, Write, seen
from vcgen.reading import document
from vcgen.text.counting import counted

if TYPE_CHECKING:
    from vcgen.updating import Update


@click.command()
@click.argument("news", metavar="NEW...", nargs=-1, required=True, type=PATH)
@click.option(
    "--spec",
    "specs",
    metavar="FILE",
    multiple=True,
    type=PATH,
    help="Document to replace.  [default: the one named like NEW]",
)
@config_option
@click.option("--dry-run", is_flag=True, help="Show what would change without writing anything.")
@click.option(
    "--drop", is_flag=True, help="Remove operations and opaque schemas that NEW does not have."
)
@click.option("--tidy", is_flag=True, help="Remove `rename` entries that match nothing.")
@click.option(
    "--force", is_flag=True, help="Overwrite edited files, and files not written by vcgen."
)
@access_options
@strict_option
@keep_going_option
@verbose_option
def update(
    news: tuple[str, ...],
    specs: tuple[str, ...],
    config_file: Path | None,
    dry_run: bool,
    drop: bool,
    tidy: bool,
    force: bool,
    strict: bool,
    keep_going: bool,
    verbose: bool,
    access: Elsewhere,
) -> None:
    """Replace documents by new ones, and generate the clients again.

    The command prints what changed for the clients of the configuration, as `vcgen diff` does. NEW
    replaces their document, reduced to what they use. Names that your code uses are kept: the
    configuration gets the entries that keep them. If anything fails, nothing is changed.

    Example: vcgen update downloads/vcenter-9.1.yaml
    """
    # Imported here, so that no other command waits for it.
    from vcgen import updating

    found = recovered(config_file)
    clients = tuple(with_access(client, access) for client in found.clients)
    found = found._replace(clients=clients)
    replaced = updating.replaced(found, news, specs)
    looked_at = seen([found.file, *(found.root / spec for spec in replaced)])
    with progress(f"reading {', '.join(news)}", for_reading(*news)):
        documents = {spec: document.read(new) for spec, new in replaced.items()}
    operations = sum(operations_in(one.tree) for one in documents.values())
    seconds = (2 * COMPARING + GENERATING) * operations
    with progress(f"comparing {', '.join(news)} with {', '.join(replaced)}", seconds):
        text = config.read_text(found.file)
        update_ = updating.plan(found, text, documents, strict, keep_going, tidy=tidy)
    reports = update_.reports.items()
    made = {output: as_made(report, found.root / output) for output, report in reports}
    show(made, "text", verbose, ", ".join(news))
    if update_.missing and not drop:
        raise SpecError(*update_.missing)
    work = _transaction(found, update_, looked_at, force)
    _say_names(update_, found.file.name, tidy)
    if not dry_run:
        work.write()
    for output, report in update_.reports.items():
        say_refused(output, report.new.refused if report.new else ())
    warn(update_.needless)
    for package in update_.packages:
        warn(package.source.document.warnings)
        if verbose:
            say_repairs(package.source.document, package.source.repairs)
        say_written(
            package.output, work.plans[found.root / package.output], package.source.repairs, verbose
        )
    _say_files(work, dry_run)


def _transaction(
    found: Config,
    update_: Update,
    looked_at: Mapping[Path, str | None],
    force: bool,
) -> Transaction:
    """Return what is to be written, as the user knows it."""
    writes = [
        Write(found.root / package.output, package.files, package.manifest)
        for package in update_.packages
    ]
    texts = {found.root / spec: text for spec, text in update_.specs.items()}
    if update_.config is not None:
        texts[found.file] = update_.config
    return Transaction(writes, texts, looked_at, force=force)


def _say_names(update_: Update, file: str, tidy: bool) -> None:
    """Print the names that stay, what they would be otherwise, and the entries that do nothing."""
    for output, names in update_.kept.items():
        for name in names:
            say(f"{output}: {name.kept} keeps its name instead of {name.afresh}")
    for output, names in update_.lost.items():
        for name in names:
            say(f"{output}: {name.kept} cannot keep its name and is now {name.afresh}", err=True)
    for output, entries in update_.dead.items():
        if tidy:
            for entry in entries:
                say(f"{output}: {entry} matched nothing and is removed")
            continue
        hint = "remove it, or update with --tidy"
        warn([Diagnostic(f"{output}: {one} matches nothing", "", hint, file) for one in entries])


def _say_files(work: Transaction, dry_run: bool) -> None:
    """Print the files that were touched, or would be."""
    for path in work.touched:
        say(f"  {path.as_posix()}")
    files = counted(len(work.touched), "file")
    if not work.touched:
        say("nothing to do: everything is up to date")
    elif dry_run:
        say(f"{files} would change")
    else:
        say(f"{files} changed; now run `vcgen check` and your tests")
