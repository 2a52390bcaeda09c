"""The corpus as a table: `python tests/corpus/table.py [DOCUMENT]`, which `make corpus` runs.

Every published document is generated whole, and its package is checked as the project that takes it
in would check it. A run fails unless all operations are generated and no checker has a complaint.
Give a document, or a part of its name, to look at that alone; `--sample` leaves out the largest.
"""

from __future__ import annotations

import ast
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from corpus_clients import ROOT, Client, everything, package_name
from corpus_files import REFUSED, SPECS, corpus, document, name_of
from corpus_operations import operations
from support import selected
from vcgen import pipeline
from vcgen.config import ClientConfig
from vcgen.errors import SpecError

_HEAD = ["document", "operations", "generated", "refused", "repairs", "classes", "lines/op", "s"]
_PACKAGE = re.compile(r"(?:^|[\\/ ])vendored[\\/](\w+)")
_MOST_REASONS = 3

Complaints = Mapping[str, list[str]]
"""What a checker says, by package."""


@dataclass
class Row:
    """What came of a document."""

    path: Path
    operations: int = 0
    generated: int = 0
    repairs: int = 0
    classes: int = 0
    lines: int = 0
    seconds: float = 0.0
    refused: list[str] = field(default_factory=list[str])
    excused: list[str] = field(default_factory=list[str])
    errors: dict[str, list[str]] = field(default_factory=dict[str, list[str]])

    @property
    def is_fine(self) -> bool:
        """Whether all that can be generated is, and no checker complains."""
        whole = self.generated + len(self.excused) == self.operations
        return whole and not self.refused and not any(self.errors.values())

    @property
    def cells(self) -> list[str]:
        """The row as it is printed."""
        refused = self.operations - self.generated
        lines = f"{self.lines / self.generated:.0f}" if self.generated else "-"
        counts = [self.operations, self.generated, refused, self.repairs, self.classes]
        errors = [str(len(self.errors[one])) if one in self.errors else "-" for one in _CHECKERS]
        return [name_of(self.path), *map(str, counts), lines, f"{self.seconds:.1f}", *errors]


# Each is given the workspace, and returns the complaints that it has of each package.
def _mypy(workspace: Path) -> Complaints:
    options = ("--strict", "--no-error-summary", "--hide-error-context")
    done = _python(workspace, "mypy", *options, "vendored")
    return _by_package(done, (line for line in _lines(done) if ": error:" in line))


def _pyright(workspace: Path) -> Complaints:
    config = '{"typeCheckingMode": "strict", "include": ["vendored"]}'
    (workspace / "pyrightconfig.json").write_text(config, encoding="utf-8")
    done = _python(workspace, "pyright", "--outputjson", "--pythonpath", sys.executable)
    here = f"{workspace.resolve()}/"
    found = json.loads(done.stdout)["generalDiagnostics"]
    return _by_package(
        done, (f"{one['file'].removeprefix(here)}: {one['message']}" for one in found)
    )


def _ruff(workspace: Path) -> Complaints:
    return _by_ruff(workspace, "check")


def _ruff_format(workspace: Path) -> Complaints:
    return _by_ruff(workspace, "format", "--check")


def _by_ruff(workspace: Path, *command: str) -> Complaints:
    options = ("--isolated", "--output-format", "concise")
    done = _python(workspace, "ruff", *command, *options, "vendored")
    return _by_package(done, (line for line in _lines(done) if re.match(r"\S+:\d+:\d+:", line)))


def _black(workspace: Path) -> Complaints:
    done = _python(workspace, "black", "--check", "vendored")
    wrong = ("would reformat", "error: cannot format")
    return _by_package(done, (line for line in _lines(done) if line.startswith(wrong)))


_CHECKERS: dict[str, Callable[[Path], Complaints]] = {
    "mypy": _mypy,
    "pyright": _pyright,
    "ruff": _ruff,
    "black": _black,
    "ruff format": _ruff_format,
}


def _python(workspace: Path, module: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", module, *arguments]
    return subprocess.run(command, cwd=workspace, capture_output=True, text=True, check=False)


def _lines(done: subprocess.CompletedProcess[str]) -> list[str]:
    return [*done.stdout.splitlines(), *done.stderr.splitlines()]


def _by_package(done: subprocess.CompletedProcess[str], lines: Iterable[str]) -> Complaints:
    """Return complaints by package; that a checker did not run or is not understood is no zero."""
    complaints: dict[str, list[str]] = {}
    for line in lines:
        found = _PACKAGE.search(line)
        complaints.setdefault(found[1] if found else "?", []).append(line)
    if bool(done.returncode) != bool(complaints):
        raise RuntimeError(f"{done.args[2]} failed: {(done.stderr or done.stdout)[-500:]}")
    return complaints


def make(path: Path) -> tuple[Row, Client | None]:
    """Generate the client of a document."""
    row = Row(path, operations=sum(1 for _ in operations(document(path))))
    row.excused = list(REFUSED.get(name_of(path), ()))
    config = ClientConfig(str(path), package_name(path), everything(path))
    start = time.perf_counter()
    try:
        source = selected(config, ROOT)
        files = dict(pipeline.generate(source))
    except SpecError as error:
        row.refused = [str(one) for one in error.diagnostics]
        row.generated = sum(_generates(path, name) for name in _names(path))
        return row, None
    row.seconds = time.perf_counter() - start
    row.generated = len(source.slice.operations)
    row.repairs = len(source.repairs)
    modules = [text for name, text in files.items() if name.endswith(".py")]
    row.lines = sum(text.count("\n") for text in modules)
    models = [text for name, text in files.items() if name.startswith("models")]
    row.classes = sum(
        isinstance(node, ast.ClassDef) for text in models for node in ast.parse(text).body
    )
    return row, Client(
        config.package_name, files, tuple(one.name for one in source.slice.operations)
    )


def _names(path: Path) -> list[str]:
    return [
        f"{method.upper()} {template}"
        for template, item in document(path).children("paths")
        for method in item.resolved().value
        if method in {"get", "put", "post", "delete", "options", "head", "patch", "trace"}
    ]


def _generates(path: Path, name: str) -> bool:
    """Tell whether an operation can be generated alone: the whole document has been refused."""
    try:
        config = ClientConfig(str(path), package_name(path), (name,))
        pipeline.generate(selected(config, ROOT))
    except SpecError:
        return False
    return True


def _make_all(paths: Sequence[Path]) -> Iterator[tuple[Row, Client | None]]:
    """Generate several documents at once, the largest first, and yield them in their order."""
    with ProcessPoolExecutor(max_workers=min(len(paths), os.cpu_count() or 1)) as pool:
        ordered = sorted(paths, key=lambda path: -path.stat().st_size)
        running = {path: pool.submit(make, path) for path in ordered}
        for path in paths:
            _progress(f"generating {name_of(path)}")
            yield running[path].result()


def _check(workspace: Path, rows: Sequence[Row]) -> None:
    """Run the checkers, each once for all packages, and note what they have to say of each."""
    _progress(f"checking by {', '.join(_CHECKERS)}")
    with ThreadPoolExecutor(max_workers=os.cpu_count()) as pool:
        found = dict(
            zip(_CHECKERS, pool.map(lambda run: run(workspace), _CHECKERS.values()), strict=True)
        )
    for checker, counts in found.items():
        if strays := counts.keys() - {package_name(row.path) for row in rows}:
            raise RuntimeError(f"{checker} complains outside the packages: {sorted(strays)}")
        for row in rows:
            row.errors[checker] = list(counts.get(package_name(row.path), ()))


def _progress(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\033[K{text}", end="", file=sys.stderr, flush=True)


def _print(rows: Sequence[Row]) -> None:
    table = [[*_HEAD, *_CHECKERS], *(row.cells for row in rows)]
    widths = [max(map(len, column)) for column in zip(*table, strict=True)]
    for number, cells in enumerate(table):
        first, *others = zip(cells, widths, strict=True)
        print("  ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in others)]))
        if number == 0:
            print("  ".join("-" * width for width in widths))
    for row in rows:
        for name in row.excused:
            print(f"\n{name_of(row.path)}: {name} is left out: {REFUSED[name_of(row.path)][name]}")
        if row.refused:
            print(f"\n{name_of(row.path)}: refused:")
            print(
                "\n".join(f"  {reason.splitlines()[0]}" for reason in row.refused[:_MOST_REASONS])
            )
            if len(row.refused) > _MOST_REASONS:
                print(f"  and {len(row.refused) - _MOST_REASONS} more")
        for checker, lines in row.errors.items():
            for line in lines[:_MOST_REASONS]:
                print(f"\n{checker}: {line}")


# In bytes: documents that are checked within minutes.
_SAMPLED = 1_900_000


def main(arguments: Sequence[str]) -> int:
    """Print the table, and return 0 if every row is as it should be."""
    if not SPECS.is_dir():
        print(f"corpus: skipped, the vendors' documents are not here: {SPECS} is missing")
        return 0
    is_sample = "--sample" in arguments
    wanted = next((one for one in arguments if one != "--sample"), "")
    given = Path(wanted).resolve()
    paths = [given] if wanted and given.is_file() else [p for p in corpus() if wanted in name_of(p)]
    if is_sample:
        paths = [path for path in paths if path.stat().st_size < _SAMPLED]
    if not paths:
        print(f"no document is called {wanted}", file=sys.stderr)
        return 2
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="vcgen-corpus-") as folder:
        vendored = Path(folder) / "vendored"
        vendored.mkdir()
        (vendored / "__init__.py").touch()
        for row, client in _make_all(paths):
            rows.append(row)
            if client is not None:
                client.write(vendored)
        made = [row for row in rows if not row.refused]
        if made:
            _check(Path(folder), made)
    _progress("")
    _print(rows)
    return 0 if all(row.is_fine for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
