"""The command that learns from recorded traffic what the server really does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain
from pathlib import Path

import click

from vcgen import config, publishing
from vcgen.cli.clients import read, recovered, with_access
from vcgen.cli.console import say
from vcgen.cli.options import PATH, Elsewhere, access_options, config_option
from vcgen.cli.progress import progress
from vcgen.config import ClientConfig, Config
from vcgen.errors import Diagnostic, UsageError
from vcgen.learning import Learned, Lesson, corrections, extended, learn, read_har
from vcgen.text.counting import counted

EXIT_LEARNED = 1
_FILE = "specs/learned.yaml"


@click.command("learn")
@click.argument("traffic", metavar="TRAFFIC...", nargs=-1, required=True, type=PATH)
@click.option("--client", metavar="NAME", help="The client, by its package or its output.")
@click.option(
    "--output",
    "-o",
    metavar="FILE",
    type=PATH,
    help=f"The overlay to write or to extend.  [default: {_FILE}]",
)
@click.option("--properties", is_flag=True, help="Also declare undocumented properties.")
@click.option("--check", is_flag=True, help="Write nothing; exit with 1 if there are corrections.")
@access_options
@config_option
def learn_(
    traffic: tuple[str, ...],
    client: str | None,
    output: str | None,
    properties: bool,
    check: bool,
    config_file: Path | None,
    access: Elsewhere,
) -> int:
    """Correct a document from recorded traffic.

    TRAFFIC is HAR 1.2, from a browser, a proxy or a generated client. Where responses differ from
    the document, corrections are written to an OpenAPI Overlay, which is added to the client: a
    property that can be missing, null, another type or format, a value of an enumeration, a status
    or a media type. Each states how many exchanges show it. Requests that match no operation are
    listed.

    Example: vcgen learn calls.har && vcgen generate
    """
    found = recovered(config_file)
    _refuse_unknown(found, client)
    clients = list(found.clients)
    has_learned = False
    for at, one in enumerate(clients):
        if client is not None and client not in (one.package_name, one.output):
            continue
        source = read(with_access(one, access), found.root, verbose=False)
        with progress(f"reading {', '.join(traffic)}"):
            exchanges = chain.from_iterable(read_har(Path(file)) for file in traffic)
            lesson = learn(source, exchanges, undeclared=properties)
        learned = corrections(lesson)
        for line in _report(one.output, lesson, learned):
            say(line)
        has_learned = has_learned or bool(learned.corrections or learned.contradictions)
        if learned.corrections and not check:
            file = output or _file_of(one, clients)
            clients[at] = _written(found, one, file, learned)
    after = tuple(clients)
    if after != found.clients:
        _configure(found, after)
    return EXIT_LEARNED if check and has_learned else 0


def _refuse_unknown(found: Config, name: str | None) -> None:
    names = [known for one in found.clients for known in (one.package_name, one.output)]
    if name is not None and name not in names:
        hint = f"name one of {', '.join(one.package_name for one in found.clients)}"
        raise UsageError(Diagnostic(f"there is no client {name!r}", hint=hint))


def _report(output: str, lesson: Lesson, learned: Learned) -> Iterator[str]:
    """Yield what was learned about a client, a line each."""
    yield f"{output}: {counted(lesson.exchanges, 'exchange')} of its operations"
    yield from _listed("corrections", [one.message for one in learned.corrections])
    yield from _listed("contradictions", learned.contradictions)
    yield from _listed("problems that no correction can express", learned.unwritable)
    unknown = [f"{called} ({counted(n, 'exchange')})" for called, n in lesson.unknown.items()]
    yield from _listed("requests that match no operation of the document", unknown)
    if lesson.unreadable:
        yield f"  responses declared as JSON that are not JSON: {lesson.unreadable}"


def _listed(what: str, lines: Sequence[str]) -> Iterator[str]:
    if lines:
        yield f"  {what}:"
        yield from (f"    {line}" for line in lines)


def _file_of(client: ClientConfig, clients: Sequence[ClientConfig]) -> str:
    """Return the overlay of a client: one for all that have the same documents."""
    if all(one.specs == client.specs for one in clients):
        return _FILE
    return f"specs/learned-{client.package_name}.yaml"


def _written(found: Config, client: ClientConfig, file: str, learned: Learned) -> ClientConfig:
    """Write or extend the overlay; return the client with it."""
    path = found.root / file
    text = path.read_text(encoding="utf-8") if path.is_file() else ""
    publishing.write_file(path, extended(text, learned.corrections, file))
    say(f"{file}: {counted(len(learned.corrections), 'correction')} added")
    overlays = client.overlays if file in client.overlays else (*client.overlays, file)
    return client._replace(overlays=overlays)


def _configure(found: Config, clients: tuple[ClientConfig, ...]) -> None:
    """Write which overlays the clients have."""
    from vcgen.updating.settings import rewritten

    text = rewritten(found, config.read_text(found.file), clients)
    publishing.write_file(found.file, text)
    say(f"{found.file.name}: overlay added to the client; now run `vcgen generate`")
