"""Golden cases: a directory each, with its inputs, and what must come of them.

A case holds `vcgen.toml` and a document, and either `expected/` (the package that it generates) or
`stderr.txt` (what `vcgen generate` says before it fails). What is copied from the run-time is there
by name, unless the case is about it (golden_packages.py). Adding a case needs no test code:
`pytest --update-golden` accepts what it does today; the review of the diff says whether it should.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from golden_packages import ABOUT_THE_RUNTIME, CASES, golden_packages, shortened
from support import difference, texts
from vcgen.cli import main
from vcgen.writing import formatting

EXPECTED = "expected"
STDERR = "stderr.txt"


def _cases() -> list[str]:
    return sorted(path.parent.name for path in CASES.glob("*/vcgen.toml"))


def _run(case: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> int:
    shutil.copytree(case, scratch, ignore=shutil.ignore_patterns(EXPECTED, STDERR))  # follows links
    monkeypatch.chdir(scratch)
    with pytest.raises(SystemExit) as exit_:
        main(["generate"])
    return int(exit_.value.code or 0)


@pytest.mark.parametrize("name", _cases())
def test_case(
    name: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    update_golden: bool,
) -> None:
    case = CASES / name
    left_to_black: list[str] = []
    monkeypatch.setattr(formatting, "by_black", lambda text, _: left_to_black.append(text) or text)
    code = _run(case, tmp_path / name, monkeypatch)
    made = tmp_path / name / EXPECTED
    stderr = capsys.readouterr().err
    found = shortened(name, texts(made)) if code == 0 else {STDERR: f"exit code {code}\n{stderr}"}
    assert code == 0 or not made.exists(), "a failed run must not write anything"
    assert not left_to_black, "the printer knows all that templates write"
    if update_golden:
        _accept(case, code, found)
    wanted = texts(case / EXPECTED) if (case / EXPECTED).is_dir() else {}
    if (case / STDERR).is_file():
        wanted = {STDERR: (case / STDERR).read_text(encoding="utf-8")}
    assert found == wanted, "\n" + difference(wanted, found)


def _accept(case: Path, code: int, found: dict[str, str]) -> None:
    shutil.rmtree(case / EXPECTED, ignore_errors=True)
    (case / STDERR).unlink(missing_ok=True)
    folder = case / EXPECTED if code == 0 else case
    for path, text in found.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")


def test_every_case_is_accepted_once() -> None:
    for name in _cases():
        outcomes = [(CASES / name / EXPECTED).is_dir(), (CASES / name / STDERR).is_file()]
        assert sorted(outcomes) == [False, True], name


def _accepted() -> list[str]:
    return sorted(path.parent.name for path in CASES.glob(f"*/{EXPECTED}"))


def test_what_is_about_the_runtime_is_a_case() -> None:
    assert set(_accepted()) >= ABOUT_THE_RUNTIME


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A foreign project without configuration, into which every golden package is copied."""
    folder = tmp_path_factory.mktemp("host") / "vendored"
    folder.mkdir()
    (folder / "__init__.py").touch()
    for name in _accepted():
        for package in golden_packages(name):
            shutil.copytree(package, folder / package.name)
    return folder.parent


_CHECKERS = {
    "mypy": ["-m", "mypy", "--strict", "vendored"],
    "pyright": ["-m", "pyright", "--pythonpath", sys.executable],
    "ruff": ["-m", "ruff", "check", "--isolated", "vendored"],
    "ruff-more": ["-m", "ruff", "check", "--isolated", "--select", "I,UP,B,RUF,SIM", "vendored"],
    "ruff-format": ["-m", "ruff", "format", "--isolated", "--check", "--diff", "vendored"],
    "black": ["-m", "black", "--check", "--diff"],
}  # fmt: skip
EVERY = 3  # module, for black, which takes a minute for all of them


@pytest.mark.slow
@pytest.mark.parametrize("checker", _CHECKERS)
def test_packages_pass(checker: str, workspace: Path) -> None:
    (workspace / "pyrightconfig.json").write_text(
        '{"typeCheckingMode": "strict", "include": ["vendored"]}', encoding="utf-8"
    )
    modules = {one.read_bytes(): one for one in sorted(workspace.rglob("*.py"))}
    some = list(modules.values())[::EVERY] if checker == "black" else []
    done = subprocess.run(
        [sys.executable, *_CHECKERS[checker], *some], cwd=workspace, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr
