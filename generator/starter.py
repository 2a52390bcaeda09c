"""The text of a first configuration."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path, PurePath

from generator.config import PYPROJECT, VCGEN_TOML
from generator.errors import Diagnostic, OutputError

_COMMENT = "# What `vcgen generate` writes, and from what. Paths are relative to this file.\n"


def package_for(spec: str) -> str:
    """Return a package name that goes with a document: `vcenter-9.1.yaml` gives `vcenter_9_1`."""
    stem = PurePath(spec).name.removesuffix(".json").removesuffix(".yaml").removesuffix(".yml")
    name = re.sub(r"[^0-9a-z]+", "_", stem.lower()).strip("_")
    return name if name[:1].isalpha() else f"client_{name}".rstrip("_")


def extended(folder: Path, spec: str, operations: Sequence[str], output: str) -> tuple[Path, str]:
    """Return the file that a first configuration goes into, and its new text.

    A pyproject.toml is there already in most projects, and then gets a table at its end.

    Raises:
        OutputError: There is a configuration, which is somebody's work.
    """
    pyproject = folder / PYPROJECT
    text = pyproject.read_text(encoding="utf-8") if pyproject.is_file() else ""
    for file, has_one in (
        (folder / VCGEN_TOML, (folder / VCGEN_TOML).exists()),
        (pyproject, re.search(r"(?m)^\s*\[+\s*tool\s*\.\s*vcgen\b", text) is not None),
    ):
        if has_one:
            raise OutputError(
                Diagnostic(
                    "there is a configuration already",
                    file=file.name,
                    hint="add a client to it: another [[clients]] table",
                )
            )
    lines = [
        _COMMENT + ("[[tool.vcgen.clients]]" if text else "[[clients]]"),
        f"spec = {_toml(spec)}",
        f"operations = {_toml_list(operations)}",
        f"output = {_toml(output)}",
    ]
    table = "\n".join(lines) + "\n"
    if text:
        return pyproject, text.rstrip("\n") + "\n\n" + table
    return folder / VCGEN_TOML, table


def _toml(text: str) -> str:
    # A JSON string is a TOML basic string, but for the one control character that JSON lets pass.
    return json.dumps(text).replace("\x7f", "\\u007f")


def _toml_list(texts: Sequence[str]) -> str:
    if len(texts) == 1:
        return f"[{_toml(texts[0])}]"
    return "[\n" + "".join(f"    {_toml(text)},\n" for text in texts) + "]"
