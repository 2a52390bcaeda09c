"""The clients that a command is about, and what they are generated from."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vcgen import config
from vcgen.cli.console import say, say_refused, say_repairs, warn
from vcgen.cli.progress import for_reading, progress
from vcgen.config import ClientConfig, Config
from vcgen.errors import Diagnostic, UsageError, VcgenError
from vcgen.publishing import transaction

if TYPE_CHECKING:
    from vcgen.cli.options import Elsewhere
    from vcgen.pipeline import Selection
    from vcgen.reading.opened import Opened


def clients_of(
    specs: tuple[str, ...],
    operations: tuple[str, ...],
    output: str | None,
    overlays: tuple[str, ...],
    config_file: Path | None,
    strict: bool,
    keep_going: bool,
    access: Elsewhere,
    *,
    mend: bool = True,
) -> tuple[Path, tuple[ClientConfig, ...]]:
    """Return the clients asked for, and the folder that their paths are relative to.

    With `mend`, an update that was killed halfway is undone first.

    Raises:
        UsageError: The options contradict one another.
        ConfigError: There is no configuration, or it has a problem.
    """
    if not specs and output is None and not operations and not overlays:
        found = recovered(config_file) if mend else config.load(config_file or config.find(Path()))
        return found.root, tuple(
            with_access(
                client._replace(
                    strict=client.strict or strict,
                    keep_going=client.keep_going or keep_going,
                ),
                access,
            )
            for client in found.clients
        )
    if not specs or output is None or config_file is not None:
        message = "--spec, --operation, --overlay and --output describe one client together"
        hint = "give both --spec and --output and no --config, or none of the four"
        raise UsageError(Diagnostic(message, hint=hint))
    folder = Path(output).as_posix()
    client = ClientConfig(
        specs[0],
        folder,
        operations or ("*",),
        strict=strict,
        overlays=overlays,
        keep_going=keep_going,
        also=specs[1:],
    )
    return Path(), (with_access(client, access),)


def configured(folder: Path) -> Path | None:
    """Return the configuration of this folder, or above, if a client of it is written to `folder`.

    Raises:
        ConfigError: The configuration has a problem.
    """
    file = config.search(Path())
    found = config.load(file) if file else None
    outputs = [(found.root / one.output).resolve() for one in found.clients] if found else []
    return file if folder.resolve() in outputs else None


def with_access(client: ClientConfig, access: Elsewhere) -> ClientConfig:
    """Return a client whose document may lead to more files."""
    return client._replace(
        allow_outside=client.allow_outside or access.outside,
        references={**client.references, **access.references},
    )


def recovered(file: Path | None) -> Config:
    """Return the configuration, after an update that was killed halfway is undone."""
    found = config.load(file or config.find(Path()))
    undone = [transaction.recover(paths) for paths in written_together(found.root, found.clients)]
    if any(undone):
        say("recovered from an interrupted update; all files are restored", err=True)
        return config.load(found.file)
    return found


def written_together(root: Path, clients: Iterable[ClientConfig]) -> Iterator[list[Path]]:
    """Yield what an update writes together: of one document, or of all."""
    configuration = root / config.VCGEN_TOML
    places: dict[str, list[Path]] = {}
    every = [configuration]
    for one in clients:
        for spec in one.specs:
            known = places.setdefault(spec, [configuration, root / spec])
            known.append(root / one.output)
            every += known
    # Where the journal of an update lies depends on which document it is about.
    yield from (*places.values(), every)


def open_specs(specs: Sequence[str], access: Elsewhere, overlays: Sequence[str] = ()) -> Opened:
    """Open the documents of a command line, and show on a terminal that it takes a moment."""
    from vcgen import pipeline

    client = with_access(
        ClientConfig(specs[0], "", overlays=tuple(overlays), also=tuple(specs[1:])), access
    )
    with progress(f"reading {', '.join(specs)}", for_reading(*specs)):
        whole = pipeline.open_whole(client, Path())
    warn(whole.warnings)
    return whole


def read(client: ClientConfig, root: Path, verbose: bool) -> Selection:
    """Read what a client is generated from; tell what is odd, and what was repaired if wanted."""
    from vcgen import pipeline

    seconds = for_reading(*(str(root / spec) for spec in client.specs))
    with progress(f"reading {', '.join(client.specs)}", seconds):
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
    """Let each client be tried, and report the problems of all of them together.

    Raises:
        VcgenError: A client has a problem; of several kinds, it is of the worst.
    """
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
