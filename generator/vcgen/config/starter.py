"""The text of a first configuration."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path, PurePath

from vcgen.config import PYPROJECT, VCGEN_TOML, ClientConfig, package_name_problem
from vcgen.errors import ConfigError, Diagnostic, OutputError, UsageError

_COMMENT = "# What `vcgen generate` writes, and from what. Paths are relative to this file.\n"
_SUFFIXES = re.compile(r"\.(json|ya?ml)$", re.IGNORECASE)


def first_client(spec: str, operations: Sequence[str], output: str | None) -> ClientConfig:
    """Return the client that a command line asks for, as the configuration here can say it.

    Raises:
        UsageError: It cannot.
    """
    if spec == "-":
        hint = "save the document beside the code, and name the file"
        raise UsageError(Diagnostic("every run needs the document, not this one alone", hint=hint))
    folder = Path(output or f"generated/{package_for(spec)}")
    if folder.is_absolute() or ".." in folder.parts:
        message = f"--output {output}: must lie below this folder, where the configuration goes"
        raise UsageError(Diagnostic(message, hint="run `vcgen init` in a folder above both"))
    file = Path(spec)
    if file.is_absolute() and file.is_relative_to(Path.cwd()):
        file = file.relative_to(Path.cwd())
    return ClientConfig(file.as_posix(), folder.as_posix(), tuple(operations) or ("*",))


def package_for(spec: str) -> str:
    """Return a package name that goes with a document: `vcenter-9.1.yaml` gives `vcenter_9_1`."""
    stem = _SUFFIXES.sub("", PurePath(spec).name).lower()
    name = re.sub(r"[^0-9a-z]+", "_", stem).strip("_")
    return f"client_{name}".rstrip("_") if package_name_problem(name) else name


def extended(folder: Path, client: ClientConfig) -> tuple[Path, str]:
    """Return the file that a first configuration goes into, and its new text.

    A pyproject.toml is there already in most projects, and then gets a table at its end.

    Raises:
        ConfigError: The pyproject.toml cannot be read.
        OutputError: There is a configuration, which is somebody's work.
    """
    pyproject = folder / PYPROJECT
    text, has_table = _pyproject(pyproject)
    if has_table or (folder / VCGEN_TOML).exists():
        hint = "add a client to it: another [[clients]] table"
        if has_table:
            hint = "add a client to it: another [[tool.vcgen.clients]] table"
        name = PYPROJECT if has_table else VCGEN_TOML
        raise OutputError(Diagnostic("there is a configuration already", hint=hint, file=name))
    lines = [
        _COMMENT + ("[[tool.vcgen.clients]]" if text else "[[clients]]"),
        f"spec = {_toml(client.spec)}",
        f"operations = {_toml_list(client.operations)}",
        f"output = {_toml(client.output)}",
    ]
    table = "\n".join(lines) + "\n"
    if not text:
        return folder / VCGEN_TOML, table
    newline = "\r\n" if "\r\n" in text else "\n"
    return pyproject, text.rstrip("\r\n") + f"\n\n{table}".replace("\n", newline)


def _pyproject(file: Path) -> tuple[str, bool]:
    """Return the text of a pyproject.toml, "" if there is none, and whether it configures vcgen."""
    if not file.is_file():
        return "", False
    try:
        text = file.read_bytes().decode()
        tool = tomllib.loads(text.removeprefix("\ufeff")).get("tool", {})
    except (OSError, ValueError) as error:
        hint = "correct it first, for the configuration would go to its end"
        raise ConfigError(
            Diagnostic(f"cannot be read: {error}", hint=hint, file=file.name)
        ) from error
    return text, "vcgen" in tool


def _toml(text: str) -> str:
    # A JSON string is a TOML basic string, but for a control character that JSON lets pass.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _toml_list(texts: Sequence[str]) -> str:
    if len(texts) == 1:
        return f"[{_toml(texts[0])}]"
    return "[\n" + "".join(f"    {_toml(text)},\n" for text in texts) + "]"
