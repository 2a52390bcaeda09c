"""Opening the documents of a client, or other versions of them, with its overlays."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from vcgen.config import ClientConfig
from vcgen.reading.access import Access
from vcgen.reading.document import Document, read
from vcgen.reading.opened import Opened
from vcgen.reading.opening import Part, opened_all
from vcgen.records import replace

if TYPE_CHECKING:
    from vcgen.reading.overlay import Overlay


def open_whole(
    client: ClientConfig, root: Path, new: Mapping[str, Document] | None = None
) -> Opened:
    """Read the documents of a client, as its overlays correct them.

    Args:
        client: The client.
        root: The folder that its paths are relative to.
        new: Other versions of some of its documents, by the file as the configuration has it.

    Raises:
        SpecError: A document or an overlay cannot be read, or they do not fit together.
    """
    versions = new or {}
    overlays = overlays_of(client, root)
    parts = [_part(spec, root, versions.get(spec)) for spec in client.specs]
    if versions and len(parts) == 1:
        # They are for any version of what they extend, and each may be a file of its own.
        overlays = [replace(one, extends="") for one in overlays]
    access, apart = access_of(client, root), client.renames.schemas
    return opened_all(parts, client.operations, access=access, overlays=overlays, apart=apart)


def _part(spec: str, root: Path, new: Document | None) -> Part:
    name = spec if spec == "-" else _shown(root / spec)
    return Part(new or read(name), spec, name)


def access_of(client: ClientConfig, root: Path) -> Access:
    """Return which files the document of a client may lead to."""
    folders = {url: str(root / folder) for url, folder in client.references.items()}
    return Access(client.allow_outside, folders)


def overlays_of(client: ClientConfig, root: Path) -> Sequence[Overlay]:
    """Return the overlays of a client.

    Raises:
        SpecError: One cannot be read.
    """
    if not client.overlays:
        return ()
    from vcgen.reading import overlay

    return overlay.read_all(_shown(root / file) for file in client.overlays)


def _shown(path: Path) -> str:
    """Return a path as a person in the working directory would write it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, RuntimeError):  # it is elsewhere, or a loop of links
        return str(path)
