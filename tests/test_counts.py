"""How often things happen that take time: what is counted cannot become slow unseen."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest
from golden_packages import CASES, golden_package
from support import counting, run
from vcgen import building, settling, slicing
from vcgen.reading import document
from vcgen.writing import formatting, proving, rendering

ONCE = {"parse": 1, "slice_document": 1, "settled": 1, "build": 1, "render": 1, "prove": 1}


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often the steps of the pipeline are taken, and black is asked."""
    return counting(
        monkeypatch,
        *((document, "parse"), (slicing, "slice_document"), (settling, "settled")),
        *((building, "build"), (rendering, "render"), (proving, "prove")),
        (formatting, "by_black"),
    )


@pytest.mark.parametrize("case", ["fragment", "numbered_modules", "one_of_plain"])
def test_each_step_is_taken_once(
    case: str, tmp_path: Path, counts: Counter[str], capsys: pytest.CaptureFixture[str]
) -> None:
    spec = CASES / case / "spec.yaml"
    done = run(["generate", "--spec", spec, "--output", tmp_path / "client"], capsys)
    assert done.code == 0
    assert counts == ONCE


def test_what_cannot_be_generated_costs_one_more_build(
    tmp_path: Path, counts: Counter[str], capsys: pytest.CaptureFixture[str]
) -> None:
    text = (CASES / "minimal" / "spec.yaml").read_text(encoding="utf-8")
    operation = "\n  /broken:\n    get: {responses: {'200': {$ref: '#/components/responses/No'}}}\n"
    (tmp_path / "spec.yaml").write_text(text.replace("paths:\n", f"paths:{operation}", 1))
    arguments = ["generate", "--keep-going", "--spec", tmp_path / "spec.yaml"]
    done = run([*arguments, "--output", tmp_path / "client"], capsys)
    assert (done.code, "1 operation cannot be generated" in done.err) == (0, True)
    assert counts["parse"] == counts["render"] == counts["build"] == 1
    assert counts["slice_document"] == 2


# What a generated package loads


def _loaded(package: Path, statement: str) -> set[str]:
    """Return the modules of a package that a statement loads."""
    script = f"import sys\n{statement}\nprint(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=package.parent, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return {one for one in done.stdout.split() if one.startswith(f"{package.name}.")}


def test_a_large_package_loads_what_is_used() -> None:
    package = golden_package("numbered_modules")
    start = f"from {package.name} import Client\n"
    modules = {path.stem for path in (package / "operations").glob("*.py")} - {"__init__"}
    assert len(modules) > 1
    loaded = _loaded(package, start)
    assert not {one for one in loaded if ".operations" in one or one.endswith(".models.all")}
    attribute = min(modules)
    more = _loaded(package, f"{start}Client('host').{attribute}") - loaded
    operations = {one for one in more if ".operations." in one}
    assert operations == {f"{package.name}.operations.{attribute}"}
    assert f"{package.name}.models.all" in more
