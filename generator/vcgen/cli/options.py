"""The options that several commands have in common."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import wraps
from pathlib import Path
from typing import Any, NamedTuple

import click

from vcgen import config

Command = Callable[..., Any]


def _importable(_: click.Context, parameter: click.Parameter, output: str | None) -> str | None:
    name = Path(output or "").name
    if output is not None and (problem := config.package_name_problem(name)):
        message = f"{name!r} {problem}; the last part is the name of the package"
        raise click.BadParameter(message, param=parameter)
    return output


def _files(_: click.Context, parameter: click.Parameter, files: tuple[str, ...]) -> tuple[str, ...]:
    if "-" in files:
        raise click.BadParameter(
            "standard input can only be a document; name a file", param=parameter
        )
    return files


# Our own messages say more than click's would: its path type is there for the shell completion.
PATH = click.Path()
_NAMES = "`GET /path`, `/path`, operationId or tag; * is any text, ! in front excludes."
_REPEATED = "Repeatable."
_PACKAGE = "Folder of the package; its last part is the package's name."
_MORE = "Print repairs and every file."
spec_argument = click.argument("spec", metavar="SPEC", type=PATH)
also_option = click.option(
    "--also",
    multiple=True,
    metavar="FILE",
    type=PATH,
    callback=_files,
    help=f"Another document of the same client. {_REPEATED}",
)
output_option = click.option(
    "--output", "-o", metavar="DIR", type=PATH, callback=_importable, help=_PACKAGE
)
strict_option = click.option(
    "--strict", is_flag=True, help="Refuse documents with defects; repair none."
)
keep_going_option = click.option(
    "--keep-going",
    is_flag=True,
    help="Skip and list operations that cannot be generated.",
)
config_option = click.option(
    "--config",
    "config_file",
    metavar="FILE",
    type=click.Path(path_type=Path),
    help="Configuration to use instead of the nearest one.",
)
verbose_option = click.option("--verbose", "-v", is_flag=True, help=_MORE)
overlay_option = click.option(
    "--overlay",
    "overlays",
    multiple=True,
    metavar="FILE",
    type=PATH,
    callback=_files,
    help=f"OpenAPI Overlay with corrections. {_REPEATED}",
)


class Elsewhere(NamedTuple):
    """Which files a document may lead to, as a command line says it.

    Attributes:
        outside: Whether files outside the folder of the document may be read.
        references: Folders that hold what is below a URL, by the beginning of the URL.
    """

    outside: bool
    references: Mapping[str, str]


def _folders(
    _: click.Context, parameter: click.Parameter, values: tuple[str, ...]
) -> dict[str, str]:
    found: dict[str, str] = {}
    for value in values:
        url, folder = value.rpartition("=")[::2]
        if "://" not in url or not folder:
            message = f"{value!r} is not of the form URL=FOLDER"
            raise click.BadParameter(message, param=parameter)
        found[url] = str(Path(folder).resolve())
    return found


def access_options(command: Command) -> Command:
    """Give a command the options that say which files a document may lead to: its `access`."""

    @wraps(command)
    def with_access(
        *args: Any, allow_outside: bool, references: dict[str, str], **kwargs: Any
    ) -> Any:
        return command(*args, access=Elsewhere(allow_outside, references), **kwargs)

    outside = click.option(
        "--allow-outside",
        is_flag=True,
        help="Allow $ref to files outside the document's folder.",
    )
    references = click.option(
        "--reference",
        "references",
        multiple=True,
        metavar="URL=FOLDER",
        callback=_folders,
        help=f"Folder to read for a $ref to a URL. {_REPEATED}",
    )
    return outside(references(with_access))


def operations_option(required: bool = False) -> Callable[[Command], Command]:
    """Return the option that selects operations."""
    text = f"{_NAMES} {_REPEATED}{'' if required else '  [default: all]'}"
    names = ("--operation", "-O", "operations")
    return click.option(*names, multiple=True, required=required, metavar="PATTERN", help=text)


def client_options(command: Command) -> Command:
    """Give a command the options that say which clients it is about."""
    spec = click.option(
        "--spec",
        "specs",
        multiple=True,
        metavar="FILE",
        type=PATH,
        help=f"Document; - is standard input. {_REPEATED}",
    )
    client = (overlay_option, output_option, operations_option(), spec)
    options = (
        *(verbose_option, keep_going_option, strict_option, access_options, config_option),
        *client,
    )
    for option in options:
        command = option(command)
    return command
