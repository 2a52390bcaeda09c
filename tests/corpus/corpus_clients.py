"""Whole-document clients, each generated once for all tests of a run."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus_files import REFUSED, name_of
from corpus_package import Package
from support import selected, write_files
from vcgen import pipeline
from vcgen.config import ClientConfig
from vcgen.writing import rendering

PARTS = ("models", "operations", "errors")
ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Client:
    """A generated package."""

    package: str
    files: dict[str, str]
    operations: tuple[str, ...]

    def write(self, folder: Path) -> Path:
        """Write the files of the package into a folder."""
        return write_files(folder / self.package, self.files)


def package_name(document: Path) -> str:
    """Return the name of the package for a document of the corpus."""
    return re.sub(r"\W+", "_", name_of(document.with_suffix(""))).lower()


def everything(document: Path) -> tuple[str, ...]:
    """Return the patterns for all of a document that can be generated."""
    return ("*", *(f"!{name}" for name in REFUSED.get(name_of(document), ())))


@cache
def generated(document: Path, operations: tuple[str, ...] = ()) -> Client:
    """Return the client of a document: for some operations, else for everything."""
    name = package_name(document)
    operations = operations or everything(document)
    source = selected(ClientConfig(str(document), name, operations), ROOT)
    files = dict(pipeline.generate(source))
    return Client(name, files, tuple(operation.name for operation in source.slice.operations))


def part_of(document: Path, operation: str) -> Client:
    """Return what differs from operation to operation in a client for one of them."""
    name = package_name(document)
    source = selected(ClientConfig(str(document), name, (operation,)), ROOT)
    rendered = rendering.render(pipeline.build(source))
    wanted = {file: text for file, text in rendered.items() if file.startswith(PARTS)}
    return Client(name, wanted, (operation,))


@cache
def imported(document: Path) -> Package:
    """Return the whole-document client of a document, imported."""
    client = generated(document)
    folder = Path(tempfile.mkdtemp(prefix="vcgen-corpus-"))
    client.write(folder)
    return Package(folder, client.package)
