"""The text of a first configuration."""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Sequence
from pathlib import Path, PurePath

from vcgen import config
from vcgen.config import OUTPUTS, PYPROJECT, VCGEN_TOML, ClientConfig, package_name_problem
from vcgen.errors import ConfigError, Diagnostic, UsageError

_COMMENT = "# What `vcgen generate` writes, and from what. Paths are relative to this file.\n"
_SUFFIXES = re.compile(r"\.(json|ya?ml)$", re.IGNORECASE)


def first_client(
    specs: Sequence[str], operations: Sequence[str], output: str | None
) -> ClientConfig:
    """Return the client that a command line asks for, as the configuration here can say it.

    Raises:
        UsageError: It cannot.
    """
    if "-" in specs:
        hint = "save the document beside the code, and name the file"
        raise UsageError(
            Diagnostic("the document must be a file, since later runs read it again", hint=hint)
        )
    folder = Path(output or f"{OUTPUTS}/{package_for(specs[0])}")
    if folder.is_absolute() or ".." in folder.parts:
        message = f"--output {output}: must be below this folder, which gets the configuration"
        raise UsageError(Diagnostic(message, hint="run `vcgen init` in a folder above both"))
    spec, *also = map(_shown, specs)
    return ClientConfig(spec, folder.as_posix(), tuple(operations) or ("*",), also=tuple(also))


def _shown(spec: str) -> str:
    """Return a path relative to this folder, where it lies below."""
    file = Path(spec)
    if file.is_absolute() and file.is_relative_to(Path.cwd()):
        file = file.relative_to(Path.cwd())
    return file.as_posix()


def package_for(spec: str) -> str:
    """Return a package name that goes with a document: `vcenter-9.1.yaml` gives `vcenter_9_1`."""
    stem = _SUFFIXES.sub("", PurePath(spec).name).lower()
    name = re.sub(r"[^0-9a-z]+", "_", stem).strip("_")
    return f"client_{name}".rstrip("_") if package_name_problem(name) else name


def extended(folder: Path, client: ClientConfig) -> tuple[Path, str]:
    """Return the file that the configuration of a client goes into, and its new text.

    A configuration that is there gets another client; else a pyproject.toml, which is there in most
    projects, gets a table at its end.

    Raises:
        ConfigError: The file cannot be read, or leaves no room for the client at its end.
    """
    pyproject, own = folder / PYPROJECT, folder / VCGEN_TOML
    text, has_table = _pyproject(pyproject)
    if own.exists():
        return own, _added(own, config.read_text(own), client, "[[clients]]")
    if text:
        comment = "" if has_table else _COMMENT
        header = f"{comment}[[tool.vcgen.clients]]"
        return pyproject, _added(pyproject, text, client, header)
    return own, f"{_COMMENT}{_table(client, '[[clients]]')}"


def _added(file: Path, text: str, client: ClientConfig, header: str) -> str:
    """Return the text of a file with another client at its end."""
    newline = "\r\n" if "\r\n" in text else "\n"
    table = _table(client, header).replace("\n", newline)
    before = text.rstrip("\r\n")
    added = f"{before}{newline}{newline}{table}" if before.strip("\ufeff") else before + table
    try:
        config.parsed(added, file)
    except ConfigError as error:
        hint = "add the client by hand, or give it another --output"
        raise ConfigError(
            *error.diagnostics,
            Diagnostic("the client cannot be added at its end", hint=hint, file=str(file)),
        ) from None
    return added


def _table(client: ClientConfig, header: str) -> str:
    """Return the table of a client."""
    also = client.also
    lines = [
        header,
        f"spec = {_toml_list(client.specs) if also else _toml(client.spec)}",
        f"operations = {_toml_list(client.operations)}",
        f"output = {_toml(client.output)}",
    ]
    if client.allow_outside:
        lines.append("allow_outside = true")
    lines += (
        f"{key} = {_toml_list(values)}"
        for key, values in (("roots", client.roots), ("modules", client.modules))
        if values
    )
    if names := client.renames.schemas:
        above = header.rpartition("\n")[2].strip("[]")
        entries = [f"{_toml(name)} = {_toml(chosen)}" for name, chosen in names.items()]
        lines += ["", f"[{above}.rename.schemas]", *entries]
    return "\n".join(lines) + "\n"


def _pyproject(file: Path) -> tuple[str, bool]:
    """Return the text of a pyproject.toml, "" if there is none, and whether it configures vcgen."""
    if not file.is_file():
        return "", False
    try:
        text = file.read_bytes().decode()
        tool = tomllib.loads(text.removeprefix("\ufeff")).get("tool", {})
    except (OSError, ValueError) as error:
        hint = "correct it first; the configuration is written at its end"
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
