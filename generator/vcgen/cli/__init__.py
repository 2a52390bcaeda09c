"""The command line: the only place that prints or exits."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Sequence
from contextvars import copy_context
from importlib import import_module
from io import TextIOWrapper

import click

from vcgen import __version__
from vcgen.cli.console import complain, say
from vcgen.errors import Diagnostic, OutputError, VcgenError

EXIT_USAGE = 2
EXIT_BUG = 70
EXIT_INTERRUPTED = 130

_COMPLETE = "_VCGEN_COMPLETE"

# The module of each command, and its name there: no command waits for what others need.
_COMMANDS = {
    "changelog": ("comparing", "changelog"),
    "check": ("generating", "check"),
    "diff": ("comparing", "diff"),
    "generate": ("generating", "generate"),
    "init": ("starting", "init"),
    "learn": ("learning", "learn_"),
    "list": ("inspecting", "list_"),
    "matrix": ("tabulating", "matrix"),
    "remove": ("removing", "remove"),
    "slice": ("inspecting", "slice_"),
    "update": ("updating", "update"),
}


class _Commands(click.Group):
    """The commands, each imported when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the names of the commands, in the order of the help."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return a command, or None if there is none of that name."""
        if cmd_name not in _COMMANDS:
            return None
        module, name = _COMMANDS[cmd_name]
        command: click.Command = getattr(import_module(f"vcgen.cli.{module}"), name)
        return command


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line and exit."""
    if isinstance(sys.stdout, TextIOWrapper):
        # Not every encoding has every character of a document.
        sys.stdout.reconfigure(errors="backslashreplace")
    sys.exit(_run(arguments))


def _run(arguments: Sequence[str] | None) -> int:
    """Run the command line and return the exit code; every one is decided here."""
    try:
        # What an option allows is for this run.
        code = copy_context().run(cli.main, arguments, "vcgen", _COMPLETE, standalone_mode=False)
        return code or 0
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
    except OSError as error:
        if error.filename is not None:
            return _refused(error)
        if error.errno != errno.ENOSPC:
            return _bug(error)
        # Click itself wrote to a device that is full; nothing must be left to be flushed.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        complain(Diagnostic("no space left on device", file="<stdout>"))
        return OutputError.exit_code
    except Exception as error:  # the boundary: what gets here is a bug of ours
        return _bug(error)


def _refused(error: OSError) -> int:
    """Report what the system says of a file: that its name is too long, or its disk has failed."""
    if os.environ.get("VCGEN_DEBUG"):
        import traceback

        traceback.print_exc()
    message = f"cannot be read or written: {error.strerror or type(error).__name__}"
    hint = "check the name of the file, its mode and its disk"
    complain(Diagnostic(message, hint=hint, file=str(error.filename)))
    return OutputError.exit_code


def _bug(error: Exception) -> int:
    """Report what is a bug of ours."""
    if os.environ.get("VCGEN_DEBUG"):
        import traceback

        traceback.print_exc()
    message = f"internal error: {type(error).__name__}: {error}"
    hint = "this is a bug in vcgen: please report it with what `VCGEN_DEBUG=1 vcgen ...` prints"
    complain(Diagnostic(message, hint=hint))
    return EXIT_BUG


@click.group(
    cls=_Commands,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 success; 1 `check` or `learn --check` found a difference, or `diff` what "
    "it was asked for; 2 usage; 3 configuration or document; 4 output refused; 70 a bug in vcgen; "
    "130 interrupted.",
)
@click.version_option(__version__, "--version", prog_name="vcgen")
@click.option(
    "--max-size",
    metavar="MB",
    type=click.IntRange(min=1),
    help="Maximum size of a document in MB.  [default: 100]",
)
def cli(max_size: int | None) -> None:
    """Generate small typed Python clients from big OpenAPI documents.

    \b
    Start with
      vcgen list SPEC                 print the operations
      vcgen init SPEC -O 'GET /path'  write a configuration for some operations
      vcgen generate                  write the client
      vcgen check                     check, in CI, that it is up to date

    `vcgen COMMAND --help` describes a command. Completion for bash (zsh and fish are similar):
    eval "$(_VCGEN_COMPLETE=bash_source vcgen)".
    """  # noqa: D301  click wants the character
    if max_size is not None:
        from vcgen.reading import limits

        limits.allow(max_size)
