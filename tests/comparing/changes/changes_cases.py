"""The cases: a folder each, with two documents and the code of a caller of the old one."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from support import open_document, selected, write_files
from vcgen import comparing, config, pipeline
from vcgen.comparing.report import Report
from vcgen.config import ClientConfig
from vcgen.writing import rendering

FOLDER = Path(__file__).resolve().parent / "cases"
SIDES = {"before": "old.yaml", "after": "new.yaml"}
PACKAGE = "api"


@dataclass(frozen=True)
class Case:
    """A case; `vcgen.toml`, if there is one, describes its client."""

    folder: Path

    @property
    def name(self) -> str:
        """The name of the folder, which says what the case shows."""
        return self.folder.name

    @property
    def client(self) -> ClientConfig:
        """How its clients are generated."""
        file = self.folder / config.VCGEN_TOML
        return config.load(file).clients[0] if file.exists() else ClientConfig("", PACKAGE)

    @cached_property
    def report(self) -> Report:
        """What changed."""
        old, new = (open_document(str(self.folder / name)) for name in SIDES.values())
        return comparing.compare(self.client, old, new)

    def files(self, side: str) -> Mapping[str, str]:
        """Return the files of the old or the new client, laid out by nobody."""
        client = self.client._replace(spec=SIDES[side], output=PACKAGE)
        return rendering.render(pipeline.build(selected(client, self.folder)))

    def write_clients(self, folder: Path) -> None:
        """Write the caller beside the old and the new client."""
        for side in SIDES:
            place = folder / side / self.name
            write_files(place / PACKAGE, self.files(side))
            for part in (place.parent, place):
                (part / "__init__.py").touch()
            shutil.copy(self.folder / "caller.py", place)


@cache
def cases() -> tuple[Case, ...]:
    """Return all cases."""
    return tuple(Case(path.parent) for path in sorted(FOLDER.glob("*/old.yaml")))
