"""The clients that a command is about, and what they are generated from."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vcgen import config
from vcgen.cli.console import progress, say, say_refused, say_repairs, warn
from vcgen.config import ClientConfig, Config
from vcgen.errors import Diagnostic, UsageError, VcgenError
from vcgen.publishing import transaction

if TYPE_CHECKING:
    from vcgen.cli.options import Elsewhere
    from vcgen.pipeline import Selection
    from vcgen.reading.opening import Opened


def clients_of(
    spec: str | None,
    operations: tuple[str, ...],
    output: str | None,
    overlays: tuple[str, ...],
    config_file: Path | None,
    strict: bool,
    keep_going: bool,
    access: Elsewhere,
) -> tuple[Path, tuple[ClientConfig, ...]]:
    """Return the clients asked for, and the folder that their paths are relative to."""
    if spec is None and output is None and not operations and not overlays:
        found = recovered(config_file)
        return found.root, tuple(
            with_access(
                replace(
                    client,
                    strict=client.strict or strict,
                    keep_going=client.keep_going or keep_going,
                ),
                access,
            )
            for client in found.clients
        )
    if spec is None or output is None or config_file is not None:
        message = "--spec, --operation, --overlay and --output describe one client together"
        hint = "give --spec and --output, or none of the four and a configuration"
        raise UsageError(Diagnostic(message, hint=hint))
    folder = Path(output).as_posix()
    client = ClientConfig(
        spec,
        folder,
        operations or ("*",),
        strict=strict,
        overlays=overlays,
        keep_going=keep_going,
    )
    return Path(), (with_access(client, access),)


def with_access(client: ClientConfig, access: Elsewhere) -> ClientConfig:
    """Return a client whose document may lead to more files."""
    return replace(
        client,
        allow_outside=client.allow_outside or access.outside,
        references={**client.references, **access.references},
    )


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


def open_spec(spec: str, access: Elsewhere, overlays: Sequence[str] = ()) -> Opened:
    """Open the document of a command line, and show on a terminal that it takes a moment."""
    from vcgen.reading.access import Access
    from vcgen.reading.opening import open_document
    from vcgen.reading.overlay import read_all

    where = Access(access.outside, access.references)

    with progress(f"reading {spec}"):
        opened = open_document(spec, access=where, overlays=read_all(overlays))
    warn(opened.warnings)
    return opened


def read(client: ClientConfig, root: Path, verbose: bool) -> Selection:
    """Read what a client is generated from; tell what is odd, and what was repaired if wanted."""
    from vcgen import pipeline

    with progress(f"reading {client.spec}"):
        whole = pipeline.open_whole(client, root)
    if not client.strict:  # there, they are refused
        warn(whole.warnings)
    source = pipeline.cut(client, whole)
    say_refused(client.output, source.refused)
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
