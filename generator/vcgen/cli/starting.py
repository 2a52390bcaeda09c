"""The command that writes the configuration of a client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType

import click

from vcgen import dialect, pipeline, publishing, slicing
from vcgen.cli.clients import open_specs, with_access
from vcgen.cli.console import say
from vcgen.cli.options import (
    Elsewhere,
    access_options,
    also_option,
    operations_option,
    output_option,
    spec_argument,
)
from vcgen.config import ClientConfig, starter
from vcgen.errors import SpecError
from vcgen.pipeline import Selection
from vcgen.reading.opening import located
from vcgen.slicing.weights import proposed
from vcgen.text import proposals
from vcgen.text.counting import counted


@click.command()
@spec_argument
@operations_option()
@also_option
@output_option
@access_options
def init(
    spec: str,
    operations: tuple[str, ...],
    also: tuple[str, ...],
    output: str | None,
    access: Elsewhere,
) -> None:
    """Write the configuration of a client.

    The configuration is written to vcgen.toml in this folder, or to the end of an existing
    pyproject.toml. If there is a configuration, the client is added to it.

    Example: vcgen init vcenter.yaml -O 'GET /vcenter/vm/{vm}' --output myproject/vcenter
    """
    client = with_access(starter.first_client((spec, *also), operations, output), access)
    starter.extended(Path(), client)  # so that nothing is read in vain
    whole = open_specs((spec, *also), access)
    with located(whole):
        chosen = counted(len(slicing.select(whole.tree, client.operations)), "operation")
    source = None
    with suppress(SpecError):  # `generate` tells what is wrong
        source = pipeline.possible(client, whole)
        client = _with_roots(client, source)
        source = pipeline.possible(client, whole)
        client = _with_labels(_with_modules(client, source), source)
    file, text = starter.extended(Path(), client)
    publishing.write_file(file, text)
    say(f"{file}: {client.output} from {chosen}; now run `vcgen generate`")
    for line in (*_about_sessions(source), *_about_size(source, chosen)) if source else ():
        say(line, err=True)


def _with_roots(client: ClientConfig, source: Selection) -> ClientConfig:
    """Return a client whose names go without the packages of their schemas."""
    schemas = source.slice.tree.get("components", {}).get("schemas", {})
    found = () if source.roots else proposals.roots(schemas)
    return client._replace(roots=found) if found else client


def _with_modules(client: ClientConfig, source: Selection) -> ClientConfig:
    """Return a client whose models have readable modules, if names have no packages to be these."""
    package = pipeline.build(source)
    if source.roots or not package.is_split:
        return client
    classes = [node.name for node in package.definitions]
    return client._replace(modules=proposals.modules(classes))


def _with_labels(client: ClientConfig, source: Selection) -> ClientConfig:
    """Return a client that says what the schemas are called that could not share a name."""
    if not source.document.apart:
        return client
    names = {
        node.spec_name: node.name
        for node in pipeline.build(source).definitions
        if node.spec_name in source.document.apart
    }
    return client._replace(renames=client.renames._replace(schemas=MappingProxyType(names)))


def _about_size(source: Selection, chosen: str) -> Iterator[str]:
    """Yield what would make the client shorter, if it is long for what it can do."""
    if found := proposed(source.slice.tree):
        names = json.dumps(found.names, ensure_ascii=False)
        lead = "leads" if chosen.startswith("1 ") else "lead"
        yield f"{chosen} {lead} to {found.schemas} schemas"
        yield f"to leave out {found.schemas - found.left} of them, add: opaque = {names}"


def _about_sessions(source: Selection) -> Iterator[str]:
    """Yield what is missing for the client to log in, if anything."""
    if not source.lacks_session:
        return
    chosen = dialect.get(dialect.detect(source.document.tree))
    found = chosen.sessions(source.document.prepared(chosen))
    if found.operations:
        wanted = ", ".join(f'"{one}"' for one in found.operations)
        yield "these operations need a session"
        yield f"to let the client log in, add to `operations`: {wanted}"
    elif found.files:
        beside = (
            Path(file).parent / name for file in source.document.files for name in found.files
        )
        there = next((file for file in beside if file.is_file()), None)
        yield "these operations need a session; those that open one are in another document"
        name = there.as_posix() if there else f"{found.files[0]} of the same release"
        added = "add that document to `spec`, and its operations to `operations`"
        yield f"to let the client log in, {added}: {name}"
