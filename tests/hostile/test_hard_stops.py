"""Hard stops: whatever is killed is mended by the next run, and `check` only tells of it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from support import run, texts
from vcgen import publishing
from vcgen.publishing import Manifest, journal
from vcgen.publishing.manifest import STAGE

DOCUMENT = """\
openapi: 3.0.3
info: {{title: T, version: "{version}"}}
paths:
  /a: {{get: {{tags: [things], operationId: {name}, responses: {{"204": {{description: d}}}}}}}}
"""
# Runs vcgen, and ends the process without a word at the n-th change of the disk.
KILLED = """
import os, pathlib, sys
left = int(sys.argv.pop(1))
def counted(function):
    def inner(*args, **kwargs):
        global left
        if left == 0:
            os._exit(9)
        left -= 1
        return function(*args, **kwargs)
    return inner
for name in ("mkdir", "rename", "replace", "unlink", "rmdir", "link", "fsync"):
    setattr(os, name, counted(getattr(os, name)))
for name in ("mkdir", "rename", "replace", "unlink", "rmdir", "hardlink_to"):
    setattr(pathlib.Path, name, counted(getattr(pathlib.Path, name)))
from vcgen.cli import main
main(sys.argv[1:])
"""


def project(folder: Path) -> Path:
    folder.mkdir()
    (folder / "specs").mkdir()
    text = '[[clients]]\nspec = "specs/spec.yaml"\noutput = "gen/client_of_it"\n'
    (folder / "vcgen.toml").write_text(text, encoding="utf-8")
    (folder / "specs" / "spec.yaml").write_text(DOCUMENT.format(version=1, name="get"), "utf-8")
    (folder / "new.yaml").write_text(DOCUMENT.format(version=2, name="fetch"), "utf-8")
    return folder


def killed(folder: Path, after: int, *arguments: str) -> bool:
    """Run vcgen, killed after so many changes of the disk, and tell whether it was."""
    command = [sys.executable, "-c", KILLED, str(after), *arguments]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode in (0, 9), done.stderr
    return done.returncode == 9


def leftovers(folder: Path) -> list[str]:
    return [str(path) for path in folder.rglob("*") if STAGE in path.name]


# Each kill is a process, and takes seconds.
EVERY = [pytest.param(3, marks=pytest.mark.exhaustive), 25]


@pytest.mark.parametrize("every", EVERY)
@pytest.mark.parametrize("then", ["generate", "update"])
def test_update_that_is_killed_is_mended_by_the_next_run(
    then: str,
    every: int,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    base = project(tmp_path / "base")
    monkeypatch.chdir(base)
    assert run(["generate"], capsys).code == 0
    old = texts(base)
    assert run(["update", "new.yaml"], capsys).code == 0
    new = texts(base)
    shutil.rmtree(base)
    kills = 0
    for after in range(0, 400, every):
        folder = project(tmp_path / f"at{after}")
        monkeypatch.chdir(folder)
        assert run(["generate"], capsys).code == 0
        if not killed(folder, after, "update", "new.yaml"):
            break
        kills += 1
        seen = texts(folder)
        assert run(["check"], capsys).code == (1 if leftovers(folder) else 0)
        assert texts(folder) == seen, "check has written something"
        assert run([then, *(["new.yaml"] if then == "update" else [])], capsys).code == 0
        assert leftovers(folder) == []
        assert texts(folder) in ([new] if then == "update" else [old, new])
        shutil.rmtree(folder)
    assert kills >= 30 // every


@pytest.mark.parametrize("every", EVERY)
def test_new_package_that_is_killed_is_mended_by_the_next_run(
    every: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    kills = 0
    for after in range(0, 200, every):
        folder = project(tmp_path / f"at{after}")
        monkeypatch.chdir(folder)
        if not killed(folder, after, "generate"):
            break
        kills += 1
        package = folder / "gen" / "client_of_it"
        assert not package.exists() or (package / "vcgen.lock").exists()
        assert run(["generate"], capsys).code == 0
        assert leftovers(folder) == []
        assert run(["check"], capsys).code == 0
        shutil.rmtree(folder)
    assert kills >= 15 // every


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root writes anywhere")
def test_check_works_where_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = project(tmp_path / "base")
    monkeypatch.chdir(folder)
    assert run(["generate"], capsys).code == 0
    for path in (*folder.rglob("*"), folder):
        path.chmod(0o555)
    try:
        assert run(["check"], capsys).code == 0
        assert run(["check", "--verbose"], capsys).code == 0
    finally:
        for path in (folder, *folder.rglob("*")):
            path.chmod(0o755)


@pytest.mark.parametrize("journalled", [True, False])
def test_check_opens_no_file_for_writing(
    journalled: bool,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    folder = project(tmp_path / "base")
    monkeypatch.chdir(folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    assert run(["generate"], capsys).code == 0
    stage = folder / "gen" / "client_of_it" / STAGE
    stage.mkdir()
    if journalled:
        (stage / "journal").write_text(
            '{"created": {}, "changed": {}, "removed": [], "folders": []}'
        )
    before = texts(folder)

    def refuse(event: str, arguments: tuple[object, ...]) -> None:
        is_write = event == "open" and isinstance(arguments[1], str) and {*"wax+"} & {*arguments[1]}
        is_change = event in {"os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link"}
        if watching and (is_write or is_change) and str(folder) in str(arguments[0]):
            raise AssertionError(f"{event} {arguments}")

    watching = True
    sys.addaudithook(refuse)
    outcome = run(["check"], capsys)
    watching = False
    assert outcome.code == 1
    assert "a run was interrupted; `vcgen generate` restores its files" in outcome.err
    assert texts(folder) == before
    assert run(["generate"], capsys).code == 0
    assert not stage.exists()
    assert run(["check"], capsys).code == 0


def test_new_package_appears_by_one_rename(tmp_path: Path) -> None:
    """A reader sees nothing, or all of it: watched from another thread."""
    package, files = tmp_path / "package", {f"m{n}.py": f"X = {n}\n" for n in range(200)}
    counts: set[int] = set()
    done = threading.Event()

    def watch() -> None:
        while not done.is_set():
            try:
                counts.add(sum(1 for _ in package.iterdir()))
            except FileNotFoundError:
                counts.add(0)

    watcher = threading.Thread(target=watch)
    watcher.start()
    publishing.write(package, files, Manifest("1"))
    done.set()
    watcher.join()
    assert counts <= {0, 201}


def test_mixed_window_of_an_existing_package_is_short(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In an existing folder, files are renamed one after another: 200 take less than a second."""
    package, times = tmp_path / "package", list[float]()
    publishing.write(package, {f"m{n}.py": "X = 1\n" for n in range(200)}, Manifest("1"))
    apply = journal._apply

    def timed(root: Path, plan: publishing.Plan) -> None:
        begun = time.monotonic()
        apply(root, plan)
        times.append(time.monotonic() - begun)

    monkeypatch.setattr(journal, "_apply", timed)
    publishing.write(package, {f"m{n}.py": "X = 2\n" for n in range(200)}, Manifest("1"))
    assert len(times) == 1
    assert times[0] < 1.0
    print(f"200 files: {times[0] * 1000:.1f} ms")
