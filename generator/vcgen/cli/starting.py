"""The command that writes a first configuration."""

from __future__ import annotations

from pathlib import Path

import click

from vcgen import publishing, slicing
from vcgen.cli.clients import open_spec, with_access
from vcgen.cli.console import say
from vcgen.cli.options import (
    Elsewhere,
    access_options,
    operations_option,
    output_option,
    spec_argument,
)
from vcgen.config import starter
from vcgen.reading.opening import located
from vcgen.text.counting import counted


@click.command()
@spec_argument
@operations_option()
@output_option
@access_options
def init(spec: str, operations: tuple[str, ...], output: str | None, access: Elsewhere) -> None:
    """Write the configuration of a first client.

    It goes into vcgen.toml here, or at the end of a pyproject.toml that is here already.
    """
    client = with_access(starter.first_client(spec, operations, output), access)
    file, text = starter.extended(Path(), client)
    whole = open_spec(spec, access)
    with located(whole):
        chosen = counted(len(slicing.select(whole.tree, client.operations)), "operation")
    publishing.write_file(file, text)
    say(f"{file}: {client.output} from {chosen}; now run `vcgen generate`")
