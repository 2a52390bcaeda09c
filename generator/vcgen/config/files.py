"""The files that hold a configuration: where they are found, and how they are read."""

from __future__ import annotations

import errno
import os
import re
import tomllib
from pathlib import Path
from typing import Any

from vcgen.config.checking import Checker
from vcgen.config.clients import Config
from vcgen.errors import ConfigError, Diagnostic

VCGEN_TOML = "vcgen.toml"
# The folder of the packages of a project, unless somebody chooses others.
OUTPUTS = "generated"
PYPROJECT = "pyproject.toml"

_MOST = 10_000_000  # bytes; who has more has named another file by mistake

_TOML_PLACE = re.compile(r"(.*) \(at line (\d+), column (\d+)\)", re.DOTALL)


def find(start: Path) -> Path:
    """Return the config file of the folder `start`, or of the nearest folder above it.

    Raises:
        ConfigError: There is none up to the root of the repository, or one cannot be read.
    """
    if found := search(start):
        return found
    message = f"no {VCGEN_TOML}, and no {PYPROJECT} with [tool.vcgen], in this folder or above"
    raise ConfigError(Diagnostic(message, hint="run `vcgen init` to write one", file=str(start)))


def search(start: Path) -> Path | None:
    """Return the config file of the folder `start`, or of the nearest above it, or None.

    Raises:
        ConfigError: One cannot be read.
    """
    for folder in (start, *start.resolve().parents):
        try:
            if (folder / VCGEN_TOML).is_file():
                return folder / VCGEN_TOML
            pyproject = folder / PYPROJECT
            if pyproject.is_file() and _is_ours(pyproject):
                return pyproject
            if (folder / ".git").exists():
                break
        except OSError as error:
            raise _unreadable(folder, error) from error
    return None


def load(file: Path) -> Config:
    """Return the config in `file`.

    Raises:
        ConfigError: The file cannot be read, or something in it is wrong; all of it is told.
    """
    text = _source(file)
    return _config(_parsed(text, file), text, file)


def parsed(text: str, file: Path) -> Config:
    """Return the config that a text holds, which is to be that of `file`.

    Raises:
        ConfigError: Something in it is wrong; all of it is told.
    """
    bare = text.removeprefix("\ufeff")
    return _config(_parsed(bare, file), bare, file)


def _config(data: dict[str, Any], text: str, file: Path) -> Config:
    table: Any = data
    header = "[[clients]]"
    if file.name == PYPROJECT:
        table, header = _tool_table(table), "[[tool.vcgen.clients]]"
    checker = Checker(file, header, text)
    clients = checker.clients(table)
    checker.compare(clients)
    if checker.problems:
        raise ConfigError(*checker.problems)
    return Config(file, clients)


def read_text(file: Path) -> str:
    """Return the text of a config file, as it is.

    Raises:
        ConfigError: The file cannot be read.
    """
    try:
        return _bytes(file).decode()
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(file, error) from error


def _bytes(file: Path) -> bytes:
    """Return what is in a file, unless it has no end."""
    with file.open("rb") as stream:
        data = stream.read(_MOST + 1)
    if len(data) > _MOST:
        raise OSError(errno.EFBIG, os.strerror(errno.EFBIG), str(file))
    return data


def _is_ours(file: Path) -> bool:
    return _tool_table(_parsed(_source(file), file)) is not None


def _source(file: Path) -> str:
    try:
        return _bytes(file).decode("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise _unreadable(file, error) from error


def _parsed(text: str, file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(text)
    except RecursionError as error:
        raise _unreadable(file, error) from error
    except ValueError as error:
        what, line = str(error), None
        if match := _TOML_PLACE.fullmatch(what):
            what, line = f"{match[1]} (column {match[3]})", int(match[2])
        message = f"this is not TOML: {what}"
        raise ConfigError(Diagnostic(message, "", "correct the syntax", str(file), line)) from None


def _unreadable(file: Path, error: Exception) -> ConfigError:
    reason = getattr(error, "strerror", None) or {
        UnicodeDecodeError: "it is not UTF-8 text",
        RecursionError: "it is nested too deep",
    }.get(type(error), str(error))
    hint = f"name a {VCGEN_TOML} or {PYPROJECT} that can be read, or run `vcgen init`"
    return ConfigError(Diagnostic(f"cannot be read: {reason}", hint=hint, file=str(file)))


def _tool_table(data: dict[str, Any]) -> Any:
    tool = data.get("tool")
    return tool.get("vcgen") if isinstance(tool, dict) else None
