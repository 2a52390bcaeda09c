"""The pipeline: a client of the configuration becomes the files of its package."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from generator import __version__, dialect, document, slicing
from generator.config import ClientConfig
from generator.dialect import Repair
from generator.errors import SpecError
from generator.manifest import Manifest


@dataclass(frozen=True)
class Source:
    """What a client is generated from.

    Attributes:
        client: Its part of the configuration.
        document: The whole document.
        roots: Leading words that names go without.
        slice: The part of the document that the operations reach.
    """

    client: ClientConfig
    document: document.Document
    roots: tuple[str, ...]
    slice: slicing.Slice

    @property
    def repairs(self) -> tuple[Repair, ...]:
        """The defects of the document that were mended on the way."""
        return self.slice.repairs

    @property
    def manifest(self) -> Manifest:
        """The facts that decide what is generated: the same facts, the same files."""
        info = self.slice.tree["info"]
        return Manifest(
            vcgen=__version__,
            source={
                "title": str(info.get("title", "")),
                "version": str(info.get("version", "")),
                "slice": slice_digest(self.slice.tree),
            },
            options={
                "package": self.client.package_name,
                "roots": list(self.roots),
                "rename": {
                    kind: dict(names) for kind, names in vars(self.client.renames).items() if names
                },
            },
            operations=[operation.name for operation in self.slice.operations],
            repairs=[asdict(repair) for repair in self.repairs],
        )


def read(client: ClientConfig, root: Path) -> Source:
    """Read the document of a client, and cut out what its operations reach.

    Raises:
        SpecError: The document cannot be read, or the slice has a problem.
    """
    whole = document.read(client.spec if client.spec == "-" else _shown(root / client.spec))
    name = client.dialect if client.dialect != "auto" else dialect.detect(whole.tree)
    chosen = dialect.get(name)
    with located(whole):
        part = slicing.slice_document(
            whole.tree, client.operations, dialect=chosen, strict=client.strict
        )
    roots = chosen.roots if client.roots is None else client.roots
    return Source(client, whole, roots, part)


def generate(source: Source) -> Mapping[str, str]:
    """Return the files of the package, by path relative to it.

    Raises:
        SpecError: Something that the operations reach cannot be generated.
    """
    # Imported here so that a `check` which hashes can answer need not load them.
    from generator import building, formatting, openapi, rendering

    names = source.client.renames
    options = building.Options(
        package=source.client.package_name,
        roots=source.roots,
        schemas=names.schemas,
        tags=names.tags,
        operations=names.operations,
        properties=names.properties,
        parameters=names.parameters,
        media_types=source.client.media_types,
        layout=source.client.layout,
    )
    with located(source.document):
        package = building.build(openapi.load(source.slice.tree), options)
    return formatting.format_files(rendering.render(package))


@contextmanager
def located(whole: document.Document) -> Generator[None]:
    """Give the diagnostics of a slice their place in the file."""
    try:
        yield
    except SpecError as error:
        found = (one if one.file else whole.locate(one) for one in error.diagnostics)
        # Whatever needs a file that is broken has one problem in common.
        raise SpecError(*dict.fromkeys(found)) from None


def slice_digest(tree: Mapping[str, Any]) -> str:
    """Return the digest of a slice; title and version do not count, for no code depends on them."""
    info = {**tree["info"], "version": ""}
    text = json.dumps({**tree, "info": info}, sort_keys=False, ensure_ascii=True)
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def _shown(path: Path) -> str:
    """Return a path as a person in the working directory would write it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except ValueError:
        return str(path)
