"""The generators that vcgen is measured beside, each in an environment of its own under build/."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "build" / "bench"


@dataclass(frozen=True)
class Tool:
    """An installed command.

    Attributes:
        name: The distribution.
        version: Which of it.
        folder: Where its commands and its Python are.
    """

    name: str
    version: str
    folder: Path

    def command(self, name: str) -> Path:
        """Return one of its commands."""
        return self.folder / name


def install(name: str, *packages: str | Path) -> Tool:
    """Return a tool, installed once; what is given as a path is installed anew each time."""
    folder = FOLDER / name
    python = folder / "bin" / "python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    is_ours = any(isinstance(package, Path) for package in packages)
    show = [python, "-m", "pip", "show", name]
    if is_ours or subprocess.run(show, capture_output=True).returncode:
        options = ["--quiet", "--disable-pip-version-check"]
        again = (
            ["--force-reinstall", "--no-deps"] if is_ours and (folder / "again").exists() else []
        )
        subprocess.run([python, "-m", "pip", "install", *options, *again, *packages], check=True)
        (folder / "again").touch()
    said = subprocess.run(show, capture_output=True, text=True, check=True).stdout
    version = next(line.split()[1] for line in said.splitlines() if line.startswith("Version:"))
    return Tool(name, version, folder / "bin")


def vcgen() -> Tool:
    """Return this vcgen, as it is installed, with what its clients need."""
    return install("vcgen", ROOT, "httpx2", "msgspec")


def openapi_python_client() -> Tool:
    """Return openapi-python-client, with the formatter that it calls."""
    return install("openapi-python-client", "openapi-python-client", "ruff")


def datamodel_code_generator() -> Tool:
    """Return datamodel-code-generator."""
    return install("datamodel-code-generator", "datamodel-code-generator[http]")


def openapi_generator() -> Tool | None:
    """Return OpenAPI Generator, where there is a Java to run it."""
    if shutil.which("java") is None:
        return None
    return install("openapi-generator-cli", "openapi-generator-cli")
