"""The directory of a generated package: what is written, refused, and left by a kill."""

from __future__ import annotations

import errno
import itertools
import json
import os
import shutil
import stat
import subprocess
import sys
import tempfile
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest
from vcgen.errors import OutputError
from vcgen.publishing import directory
from vcgen.publishing.directory import (
    MANIFEST,
    Manifest,
    compare,
    damaged,
    diff,
    intact,
    load,
    recover,
    settled,
    write,
    write_file,
)
from vcgen.publishing.manifest import digest

# Also skips the module on Windows, where nothing can be forked.
resource = pytest.importorskip("resource")

STAGE = ".vcgen-tmp"
FACTS = Manifest(
    vcgen="1.0", source={"title": "A", "hash": "1"}, options={}, operations=["GET /a"], repairs=[]
)
NEW_FACTS = Manifest(vcgen="1.1", source={"title": "A", "hash": "2"}, operations=["GET /b"])
OLD = {
    "__init__.py": "from .models import A\n",
    "models.py": "class A: ...\n",
    "same.py": "SAME = 1\n",
    "gone.py": "GONE = 1\n",
    "sub/__init__.py": "",
    "sub/deep/gone.py": "DEEP = 1\n",
    "py.typed": "",
}
NEW = {
    "__init__.py": "from .models import B\n",
    "models.py": "class B: ...\n",
    "same.py": "SAME = 1\n",
    "sub/__init__.py": "",
    "fresh/inner/new.py": "NEW = 1",
    "fresh/__init__.py": "",
    "py.typed": "",
}
FOREIGN = {"notes.txt": b"mine\n", "sub/mine.py": b"MINE = 1\n"}


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a package directory that holds OLD and files of somebody else."""
    package = tmp_path / "pkg"
    write(package, OLD, FACTS)
    for path, data in FOREIGN.items():
        (package / path).write_bytes(data)
    return package


def snapshot(directory: Path) -> dict[str, bytes]:
    """Return every file below a directory, the temporary ones included."""
    found = (place for place in directory.rglob("*") if place.is_file())
    return {place.relative_to(directory).as_posix(): place.read_bytes() for place in found}


def expected(files: dict[str, str], facts: Manifest) -> dict[str, bytes]:
    """Return what a package directory holds after a write, the foreign files included."""
    produced = directory._produced(files, facts)
    return {**produced, **FOREIGN}


def folders(directory: Path) -> set[str]:
    """Return every folder below a directory."""
    found = (place for place in directory.rglob("*") if place.is_dir())
    return {place.relative_to(directory).as_posix() for place in found}


def identity(place: Path) -> tuple[int, int, int]:
    """Return what changes when a file is replaced or touched."""
    info = place.stat()
    return info.st_ino, info.st_mtime_ns, info.st_mode


# Writing


def test_first_write_creates_the_package_its_parents_and_a_manifest(tmp_path: Path) -> None:
    package = tmp_path / "a" / "b" / "pkg"
    plan = write(package, OLD, FACTS)
    assert plan.created == tuple(sorted([*OLD, MANIFEST]))
    assert plan.counts == {"created": 8, "changed": 0, "removed": 0, "unchanged": 0}
    assert snapshot(package) == directory._produced(OLD, FACTS)
    assert sorted(place.name for place in package.parent.iterdir()) == ["pkg"]


def test_second_write_touches_nothing(package: Path) -> None:
    before = {place: identity(place) for place in [package, *package.rglob("*")]}
    plan = write(package, OLD, FACTS)
    assert plan.is_clean
    assert plan.unchanged == tuple(sorted([*OLD, MANIFEST]))
    assert {place: identity(place) for place in [package, *package.rglob("*")]} == before


def test_update_replaces_removes_and_leaves_the_rest_alone(package: Path) -> None:
    kept = ["same.py", "py.typed", "sub/__init__.py", "notes.txt", "sub/mine.py"]
    before = {path: identity(package / path) for path in kept}
    inode = package.stat().st_ino
    plan = write(package, NEW, NEW_FACTS)
    assert plan.created == ("fresh/__init__.py", "fresh/inner/new.py")
    assert plan.changed == ("__init__.py", "models.py", MANIFEST)
    assert plan.stale == ("gone.py", "sub/deep/gone.py")
    assert plan.unchanged == ("py.typed", "same.py", "sub/__init__.py")
    assert not plan.edited and not plan.foreign and not plan.is_clean
    assert snapshot(package) == expected(NEW, NEW_FACTS)
    assert folders(package) == {"sub", "fresh", "fresh/inner"}
    assert {path: identity(package / path) for path in kept} == before
    assert package.stat().st_ino == inode
    assert compare(package, NEW, NEW_FACTS).is_clean


def test_new_files_follow_the_umask_and_existing_ones_keep_their_mode(package: Path) -> None:
    (package / "models.py").chmod(0o600)
    mask = os.umask(0o027)
    try:
        write(package, NEW, NEW_FACTS)
    finally:
        os.umask(mask)
    assert stat.S_IMODE((package / "models.py").stat().st_mode) == 0o600
    assert stat.S_IMODE((package / "fresh/__init__.py").stat().st_mode) == 0o640


def test_a_new_source_alone_changes_the_manifest_alone(package: Path) -> None:
    plan = write(package, OLD, NEW_FACTS)
    assert plan.changed == (MANIFEST,)
    assert not plan.created and not plan.stale


def test_line_endings_of_git_autocrlf_are_not_a_change(package: Path) -> None:
    for path in [*OLD, MANIFEST]:
        data = (package / path).read_bytes()
        (package / path).write_bytes(data.replace(b"\n", b"\r\n"))
    before = snapshot(package)
    assert intact(package)
    assert compare(package, OLD, FACTS).is_clean
    assert diff(package, OLD, FACTS) == ""
    assert write(package, OLD, FACTS).is_clean
    assert snapshot(package) == before
    assert write(package, NEW, NEW_FACTS).edited == ()


def test_a_file_that_was_deleted_by_hand_comes_back(package: Path) -> None:
    (package / "models.py").unlink()
    (package / "gone.py").unlink()
    plan = write(package, NEW, NEW_FACTS)
    assert "models.py" in plan.created
    assert plan.stale == ("sub/deep/gone.py",)
    assert snapshot(package) == expected(NEW, NEW_FACTS)


def test_the_directory_itself_may_be_a_symlink(package: Path, tmp_path: Path) -> None:
    link = tmp_path / "link"
    link.symlink_to(package)
    write(link, NEW, NEW_FACTS)
    assert link.is_symlink()
    assert snapshot(package) == expected(NEW, NEW_FACTS)


def test_a_relative_directory_works_and_is_named_as_given(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(package)
    assert "+++ b/pkg/models.py\n" in diff(Path(), NEW, NEW_FACTS)
    monkeypatch.chdir(package.parent)
    (package / "models.py").write_text("mine\n")
    with pytest.raises(OutputError, match=r"^pkg/models\.py: edited by hand"):
        write(Path("pkg"), NEW, NEW_FACTS)


def test_the_bytecode_of_removed_sources_does_not_keep_a_folder(package: Path) -> None:
    cache = package / "sub/deep/__pycache__"
    cache.mkdir()
    (cache / "gone.cpython-311.pyc").write_bytes(b"")
    write(package, NEW, NEW_FACTS)
    assert "sub/deep" not in folders(package)


@pytest.mark.parametrize("path", ["sub/deep/mine.py", "sub/deep/__pycache__/mine.txt"])
def test_a_folder_with_anything_foreign_stays(package: Path, path: str) -> None:
    (package / path).parent.mkdir(exist_ok=True)
    (package / path).write_text("mine\n")
    write(package, NEW, NEW_FACTS)
    assert (package / path).read_text() == "mine\n"


@pytest.mark.parametrize(
    "path",
    [
        *["", "/etc/passwd", "../a.py", "a/../b.py", "./a.py", "a//b.py", "a/", "a\\b.py"],
        *["C:/a.py", "c:a.py", "a\n.py", "a\0.py", "a.", "a ", "..", ".", "vcgen.lock"],
        *["VCGEN.lock", ".vcgen-tmp/new/a.py"],
    ],
)
def test_a_path_that_is_not_plain_is_a_bug(tmp_path: Path, path: str) -> None:
    with pytest.raises(ValueError, match="path"):
        write(tmp_path / "pkg", {path: ""}, FACTS)
    assert not (tmp_path / "pkg").exists()


@pytest.mark.parametrize(
    "pair", [("a.py", "A.py"), ("a/x.py", "A/y.py"), ("a", "a/b"), ("\u00e9.py", "e\u0301.py")]
)
def test_paths_that_collide_are_a_bug(tmp_path: Path, pair: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="collide"):
        write(tmp_path / "pkg", dict.fromkeys(pair, ""), FACTS)


# Refusing


def test_hand_edited_file_is_refused_with_its_diff(package: Path) -> None:
    (package / "models.py").write_text("class A:\n    mine = 1\n")
    before = snapshot(package)
    assert compare(package, NEW, NEW_FACTS).edited == ("models.py",)
    with pytest.raises(OutputError) as caught:
        write(package, NEW, NEW_FACTS)
    [diagnostic] = caught.value.diagnostics
    assert diagnostic.file == f"{package}/models.py"
    assert "-    mine = 1\n+class B: ..." in diagnostic.detail
    assert "--force" in diagnostic.hint
    assert caught.value.exit_code == 4
    assert snapshot(package) == before
    plan = write(package, NEW, NEW_FACTS, force=True)
    assert plan.edited == ("models.py",) and "models.py" in plan.changed
    assert snapshot(package) == expected(NEW, NEW_FACTS)


def test_hand_edited_stale_file_is_refused_too(package: Path) -> None:
    (package / "gone.py").write_text("GONE = 2\n")
    plan = compare(package, NEW, NEW_FACTS)
    assert plan.edited == ("gone.py",) and "gone.py" in plan.stale
    with pytest.raises(OutputError, match=r"(?s)--- a/pkg/gone.py\n\+\+\+ /dev/null.*-GONE = 2"):
        write(package, NEW, NEW_FACTS)
    write(package, NEW, NEW_FACTS, force=True)
    assert not (package / "gone.py").exists()


def test_every_refused_file_is_named_at_once(package: Path) -> None:
    (package / "models.py").write_text("mine\n")
    (package / "gone.py").write_text("mine\n")
    (package / "fresh").mkdir()
    (package / "fresh/__init__.py").write_text("mine\n")
    (package / "fresh/inner").write_text("mine\n")
    with pytest.raises(OutputError) as caught:
        write(package, NEW, NEW_FACTS)
    names = {Path(diagnostic.file).relative_to(package) for diagnostic in caught.value.diagnostics}
    assert {name.as_posix() for name in names} == {
        *["models.py", "gone.py", "fresh/__init__.py", "fresh/inner/new.py"]
    }


def test_an_edit_that_equals_the_new_text_is_no_conflict(package: Path) -> None:
    (package / "models.py").write_text(NEW["models.py"])
    before = identity(package / "models.py")
    plan = write(package, NEW, NEW_FACTS)
    assert "models.py" in plan.unchanged and not plan.edited
    assert identity(package / "models.py") == before


def test_foreign_file_is_refused_and_force_overwrites_it(package: Path) -> None:
    (package / "fresh").mkdir()
    (package / "fresh/__init__.py").write_text("mine\n")
    assert compare(package, NEW, NEW_FACTS).foreign == ("fresh/__init__.py",)
    with pytest.raises(OutputError, match=r"not written by vcgen\nhint: .*--force"):
        write(package, NEW, NEW_FACTS)
    write(package, NEW, NEW_FACTS, force=True)
    assert snapshot(package) == expected(NEW, NEW_FACTS)


def test_without_a_manifest_identical_files_are_adopted(package: Path) -> None:
    (package / MANIFEST).unlink()
    plan = write(package, OLD, FACTS)
    assert plan.created == (MANIFEST,)
    assert not plan.foreign


def test_without_a_manifest_other_files_are_foreign(package: Path) -> None:
    (package / MANIFEST).unlink()
    plan = compare(package, NEW, NEW_FACTS)
    assert plan.foreign == ("__init__.py", "models.py") and not plan.stale


@pytest.mark.parametrize("force", [False, True])
def test_a_directory_in_the_way_is_refused_even_with_force(package: Path, force: bool) -> None:
    (package / "models.py").unlink()
    (package / "models.py").mkdir()
    plan = compare(package, NEW, NEW_FACTS)
    assert plan.foreign == plan.blocked == ("models.py",)
    with pytest.raises(OutputError, match="does not overwrite it"):
        write(package, NEW, NEW_FACTS, force=force)
    assert (package / "models.py").is_dir()


@pytest.mark.parametrize("path", ["models.py", "gone.py", MANIFEST])
def test_a_symlink_is_neither_written_through_nor_deleted(
    package: Path, tmp_path: Path, path: str
) -> None:
    outside = tmp_path / "outside"
    (package / path).rename(outside)
    (package / path).symlink_to(outside)
    before = snapshot(tmp_path)
    assert compare(package, OLD, FACTS).is_clean
    with pytest.raises(OutputError, match="symlink"):
        write(package, NEW, NEW_FACTS, force=True)
    assert snapshot(tmp_path) == before


@pytest.mark.parametrize("path", ["fresh", "sub/deep"])
def test_a_symlinked_folder_is_not_followed(package: Path, tmp_path: Path, path: str) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (outside / "gone.py").write_text(OLD["sub/deep/gone.py"])
    shutil.rmtree(package / path, ignore_errors=True)
    (package / path).symlink_to(outside)
    with pytest.raises(OutputError, match="symlink"):
        write(package, NEW, NEW_FACTS, force=True)
    assert snapshot(outside) == {"gone.py": b"DEEP = 1\n"}


def test_dangling_and_looping_symlinks_are_in_the_way(package: Path) -> None:
    (package / "fresh").mkdir()
    (package / "fresh/__init__.py").symlink_to("nowhere")
    (package / "fresh/inner").symlink_to("inner")
    plan = compare(package, NEW, NEW_FACTS)
    assert plan.blocked == ("fresh/__init__.py", "fresh/inner/new.py")


def test_a_pipe_in_the_way_is_refused_without_reading_it(package: Path) -> None:
    (package / "models.py").unlink()
    os.mkfifo(package / "models.py")
    assert compare(package, NEW, NEW_FACTS).blocked == ("models.py",)


def test_a_file_instead_of_the_directory_is_explained(tmp_path: Path) -> None:
    (tmp_path / "pkg").write_text("")
    for action in (compare, diff, write):
        with pytest.raises(OutputError, match=r"pkg: not a directory\nhint: "):
            action(tmp_path / "pkg", NEW, NEW_FACTS)


def test_a_file_instead_of_a_folder_above_is_explained(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match=r"file exists\nhint: a file is where a folder belongs"):
        write(tmp_path / "file" / "pkg", NEW, NEW_FACTS)
    with pytest.raises(OutputError, match=r"file exists\nhint: a file is where a folder belongs"):
        write_file(tmp_path / "file" / "slice.yaml", "text")


# The manifest


def test_manifest_is_stable_and_reads_back(package: Path) -> None:
    text = (package / MANIFEST).read_text()
    assert text == load(package).dump()  # type: ignore[union-attr]
    facts = json.loads(text)
    assert list(facts) == [
        *["lock", "vcgen", "source", "options", "operations", "repairs", "files"]
    ]
    assert list(facts["files"]) == sorted(OLD)
    assert text.startswith('{\n  "lock": 1,\n') and text.endswith("}\n")
    assert list(facts["source"]) == ["hash", "title"]
    assert load(package.parent) is None


def test_manifest_keeps_lists_in_order_and_any_title() -> None:
    one = Manifest("1", {"b": {"d": 1, "c": 2}, "a": "\ud800\u202e"}, operations=["b", "a"])
    two = Manifest("1", {"a": "\ud800\u202e", "b": {"c": 2, "d": 1}}, operations=["b", "a"])
    assert one.dump() == two.dump()
    assert one.dump().isascii()
    assert json.loads(one.dump())["operations"] == ["b", "a"]


@pytest.mark.parametrize(
    "text",
    [
        *["", "{", "[]", "{}", '{"lock": true}', '{"lock": 1}', "[" * 100_000, "\udcff"],
        Manifest("1", files={"../../victim": "sha256:" + "0" * 64}).dump(),
        Manifest("1", files={"/victim": "sha256:" + "0" * 64}).dump(),
        Manifest("1", files={"a.py": "md5:0"}).dump(),
        Manifest("1", operations=[1]).dump(),  # type: ignore[list-item]
    ],
)
def test_damaged_manifest_is_refused_and_force_writes_it_anew(package: Path, text: str) -> None:
    (package / MANIFEST).write_bytes(text.encode(errors="surrogateescape"))
    assert not intact(package)
    for action in (compare, diff, write):
        with pytest.raises(OutputError, match=r"manifest is damaged: .*\nhint: .*`--force`"):
            action(package, OLD, FACTS)
    plan = write(package, OLD, FACTS, force=True)
    assert plan.changed == (MANIFEST,)
    assert snapshot(package) == expected(OLD, FACTS)


def test_manifest_with_a_merge_conflict_says_so(package: Path) -> None:
    ours = (package / MANIFEST).read_text()
    (package / MANIFEST).write_text(f"<<<<<<< HEAD\n{ours}=======\n{ours}>>>>>>> theirs\n")
    with pytest.raises(OutputError, match=r"merge conflict\nhint: .*--force"):
        write(package, NEW, NEW_FACTS)


def test_manifest_of_a_newer_vcgen_is_refused(package: Path) -> None:
    text = (package / MANIFEST).read_text()
    (package / MANIFEST).write_text(text.replace('"lock": 1', '"lock": 2'))
    with pytest.raises(OutputError, match=r"format 2, and this vcgen knows 1\nhint: .*newer"):
        write(package, NEW, NEW_FACTS)


def test_damage_is_missing_or_edited_files(package: Path) -> None:
    manifest = load(package)
    assert manifest and intact(package) and damaged(package, manifest) == ()
    (package / "models.py").write_text("mine\n")
    (package / "gone.py").unlink()
    assert damaged(package, manifest) == ("gone.py", "models.py")
    assert not intact(package)
    assert not intact(package / "missing")


def test_settled_only_for_the_same_facts_and_intact_files(package: Path) -> None:
    plan = settled(package, FACTS)
    assert plan == compare(package, OLD, FACTS)
    assert not settled(package, NEW_FACTS)
    assert not settled(package / "missing", FACTS)
    (package / "models.py").write_text("mine\n")
    assert not settled(package, FACTS)
    (package / MANIFEST).write_text("{")
    assert not settled(package, FACTS)


# A single file


def test_a_single_file_is_written_whole_through_symlinks_and_keeps_its_mode(tmp_path: Path) -> None:
    place, link = tmp_path / "a" / "spec.yaml", tmp_path / "link"
    write_file(place, "old\n")
    place.chmod(0o600)
    link.symlink_to(place)
    write_file(link, "new\n")
    assert link.is_symlink() and place.read_text() == "new\n"
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert [found.name for found in place.parent.iterdir()] == ["spec.yaml"]


def test_a_single_file_that_fails_leaves_the_old_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    place = tmp_path / "spec.yaml"
    write_file(place, "old\n")
    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(OutputError, match=r"spec\.yaml: no space left on device"):
        write_file(place, "new\n")
    assert snapshot(tmp_path) == {"spec.yaml": b"old\n"}
    with pytest.raises(OutputError, match="is a directory"):
        write_file(tmp_path, "new\n")


def test_a_device_is_written_to_and_not_replaced() -> None:
    write_file(Path("/dev/null"), "text\n")
    assert Path("/dev/null").is_char_device()


# The diff


def test_diff_is_what_git_applies_to_get_the_new_package(package: Path) -> None:
    (package / "models.py").write_text("no newline at the end\nof this file")
    text = diff(package, NEW, NEW_FACTS)
    apply = ["git", "apply", "--unsafe-paths", "-"]
    subprocess.run(apply, cwd=package.parent, input=text.encode(), check=True)
    assert snapshot(package) == expected(NEW, NEW_FACTS)


def test_diff_names_paths_in_a_stable_order(package: Path) -> None:
    lines = diff(package, NEW, NEW_FACTS).splitlines()
    assert [line for line in lines if line.startswith(("--- ", "+++ "))] == [
        *["--- a/pkg/__init__.py", "+++ b/pkg/__init__.py"],
        *["--- /dev/null", "+++ b/pkg/fresh/inner/new.py"],
        *["--- a/pkg/gone.py", "+++ /dev/null"],
        *["--- a/pkg/models.py", "+++ b/pkg/models.py"],
        *["--- a/pkg/sub/deep/gone.py", "+++ /dev/null"],
        *["--- a/pkg/vcgen.lock", "+++ b/pkg/vcgen.lock"],
    ]
    empty = lines.index("diff --git a/pkg/fresh/__init__.py b/pkg/fresh/__init__.py")
    assert lines[empty + 1] == "new file mode 100644" and lines[empty + 2].startswith("diff ")
    assert lines[lines.index("+NEW = 1") + 1] == "\\ No newline at end of file"


def test_diff_of_nothing_is_empty(package: Path) -> None:
    assert diff(package, OLD, FACTS) == ""


def test_diff_shows_bytes_that_are_not_text(package: Path) -> None:
    (package / "models.py").write_bytes(b"\xff\x0c\xe2\x80\xa8\x00\n")
    assert "-\\xff\x0c\u2028\x00\n+class B: ...\n" in diff(package, NEW, NEW_FACTS)
    with pytest.raises(OutputError) as caught:
        write(package, NEW, NEW_FACTS)
    assert str(caught.value).replace("\n", "").isprintable()


def test_looking_writes_nothing(package: Path, tmp_path: Path) -> None:
    before = {place: identity(place) for place in tmp_path.rglob("*")}
    compare(package, NEW, NEW_FACTS)
    diff(package, NEW, NEW_FACTS)
    assert compare(tmp_path / "missing", NEW, NEW_FACTS).counts["created"] == 8
    assert "+class B" in diff(tmp_path / "missing", NEW, NEW_FACTS)
    assert not recover(tmp_path / "missing") and not recover(package)
    assert {place: identity(place) for place in tmp_path.rglob("*")} == before


# What the system refuses, and being killed

CHANGES = {"os.rename", "os.remove", "os.rmdir", "os.mkdir", "os.link", "os.chmod", "os.utime"}


def start(action: Callable[..., object], *arguments: object) -> int:
    """Run something in a forked process, and return the id of it."""
    if child := os.fork():
        return child
    code = 1
    try:
        action(*arguments)
        code = 0
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(code)


def in_child(action: Callable[..., object], *arguments: object) -> int:
    """Run something in a forked process, and return its exit code."""
    return os.waitstatus_to_exitcode(os.waitpid(start(action, *arguments), 0)[1])


def before_step(number: int, action: Callable[[int], object]) -> None:
    """Call an action before every change to the file system from the given one on; for a child."""
    steps = itertools.count()

    def step() -> None:
        if (now := next(steps)) >= number:
            action(now)

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if event in CHANGES or (event == "open" and "x" in str(arguments[1])):
            step()

    os.fsync = lambda fd: step()
    sys.addaudithook(hook)


def die(step: int) -> NoReturn:
    """End the process as a kill would."""
    os._exit(9)


def copies(package: Path) -> Iterator[tuple[int, Path]]:
    """Yield copies of a package without end, counted."""
    for number in itertools.count():
        copy = package.parent / str(number) / "pkg"
        if package.exists():
            shutil.copytree(package, copy)
        yield number, copy


def killed_copies(package: Path, action: Callable[[Path], object]) -> Iterator[Path]:
    """Yield copies of a package in which an action was killed, one for each step it has."""

    def run(number: int, copy: Path) -> None:
        before_step(number, die)
        action(copy)

    for number, copy in copies(package):
        code = in_child(run, number, copy)
        assert code in (0, 9)
        yield copy
        if code == 0:
            assert number > 5
            return


def update(package: Path) -> None:
    """Write the new package."""
    write(package, NEW, NEW_FACTS)


def test_killed_at_any_step_it_is_the_old_package_or_the_new_one(package: Path) -> None:
    old, new = expected(OLD, FACTS), expected(NEW, NEW_FACTS)
    old_folders, new_folders = {"sub", "sub/deep"}, {"sub", "fresh", "fresh/inner"}
    outcomes = []
    for copy in killed_copies(package, update):
        for path in [*OLD, *NEW, MANIFEST]:
            if (copy / path).exists():
                assert (copy / path).read_bytes() in (old.get(path), new.get(path))
        recover(copy)
        outcomes.append(snapshot(copy))
        assert outcomes[-1] in (old, new)
        assert folders(copy) == (old_folders if outcomes[-1] == old else new_folders)
        assert intact(copy)
        assert not recover(copy)
    assert outcomes[0] == old and outcomes[-1] == new
    # Once new, it stays new: there is a single step that decides.
    assert outcomes == sorted(outcomes, key=lambda outcome: outcome == new)


def test_killed_at_any_step_the_next_write_completes(package: Path) -> None:
    for copy in killed_copies(package, update):
        write(copy, NEW, NEW_FACTS)
        assert snapshot(copy) == expected(NEW, NEW_FACTS)
        assert folders(copy) == {"sub", "fresh", "fresh/inner"}


def test_killed_at_any_step_compare_and_diff_see_one_package(package: Path) -> None:
    drift = compare(package, NEW, NEW_FACTS)
    for copy in killed_copies(package, update):
        was_pending = (copy / STAGE / "journal").exists()
        assert not (was_pending and intact(copy))
        plan = compare(copy, NEW, NEW_FACTS)
        assert plan == drift or plan.is_clean
        assert (diff(copy, NEW, NEW_FACTS) == "") == plan.is_clean


def test_killed_in_the_first_write_nothing_is_left(tmp_path: Path) -> None:
    for copy in killed_copies(tmp_path / "pkg", lambda copy: write(copy, NEW, NEW_FACTS)):
        recover(copy)
        if copy.exists():
            assert snapshot(copy) in ({}, directory._produced(NEW, NEW_FACTS))
            assert folders(copy) in (set(), {"sub", "fresh", "fresh/inner"})


def test_recovery_may_be_killed_at_any_step_too(package: Path) -> None:
    halfway = [
        copy for copy in killed_copies(package, update) if (copy / STAGE / "journal").exists()
    ]
    assert len(halfway) > 5
    for half in halfway[::6]:
        for copy in killed_copies(half, recover):
            recover(copy)
            assert snapshot(copy) == expected(OLD, FACTS)
            assert folders(copy) == {"sub", "sub/deep"}


def test_an_edit_after_a_kill_is_not_lost(package: Path) -> None:
    for copy in killed_copies(package, update):
        for path in ("__init__.py", "models.py", "notes.txt"):
            (copy / path).write_text("mine\n")
        with pytest.raises(OutputError, match="edited by hand"):
            write(copy, NEW, NEW_FACTS)
        for path in ("__init__.py", "models.py", "notes.txt"):
            assert (copy / path).read_text() == "mine\n"
        write(copy, NEW, NEW_FACTS, force=True)
        assert snapshot(copy) == {**expected(NEW, NEW_FACTS), "notes.txt": b"mine\n"}


@pytest.mark.parametrize("error", [KeyboardInterrupt(), OSError(errno.ENOSPC, "No space left")])
def test_failing_at_any_step_puts_the_old_files_back_at_once(
    package: Path, error: BaseException
) -> None:
    def run(number: int, copy: Path) -> None:
        def fail(step: int) -> None:
            if step == number:
                reached.append(step)
                raise error

        reached: list[int] = []
        before_step(number, fail)
        try:
            write(copy, NEW, NEW_FACTS)
        except OutputError as caught:
            assert caught.diagnostics[0].file.startswith(str(copy))
            assert "no space left" in str(caught) and "/new/" not in str(caught)
            os._exit(7)
        except KeyboardInterrupt:
            os._exit(8)
        os._exit(0 if reached else 6)

    codes = []
    old, new = expected(OLD, FACTS), expected(NEW, NEW_FACTS)
    for number, copy in copies(package):
        before = identity(copy / "models.py")
        codes.append(in_child(run, number, copy))
        if codes[-1] == 0:
            # Only cleaning up has failed, which is no reason to undo anything.
            recover(copy)
        # An interrupt may come when the new package is complete already.
        assert snapshot(copy) in {0: [new], 6: [new], 7: [old], 8: [old, new]}[codes[-1]], number
        assert snapshot(copy) == new or identity(copy / "models.py") == before
        assert intact(copy)
        if codes[-1] == 6:
            break
    assert len(codes) > 40


def test_when_even_the_undo_fails_the_next_run_does_it(package: Path) -> None:
    def fail(step: int) -> None:
        raise OSError(errno.EROFS, "Read-only file system")

    def run(number: int, copy: Path) -> None:
        before_step(number, fail)
        try:
            write(copy, NEW, NEW_FACTS)
        except OutputError as caught:
            assert (copy / STAGE / "journal").exists() == ("restores it" in str(caught))
            os._exit(7)

    for number, copy in copies(package):
        code = in_child(run, number, copy)
        assert code in (0, 7)
        recover(copy)
        assert snapshot(copy) == (expected(OLD, FACTS) if code else expected(NEW, NEW_FACTS))
        if code == 0:
            break


def test_without_hard_links_the_old_files_are_copied(
    package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (package / "models.py").chmod(0o600)

    def refuse(*arguments: object, **options: object) -> None:
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    for copy in killed_copies(package, update):
        recover(copy)
        assert snapshot(copy) in (expected(OLD, FACTS), expected(NEW, NEW_FACTS))
        assert stat.S_IMODE((copy / "models.py").stat().st_mode) == 0o600


def test_a_journal_that_points_out_of_the_package_is_refused(package: Path) -> None:
    victim = package.parent / "victim"
    victim.write_text("")
    (package / STAGE / "old").mkdir(parents=True)
    for path in ["../victim", "/victim"]:
        journal = {"created": {path: digest(b"")}, "changed": {}, "removed": [], "folders": []}
        (package / STAGE / "journal").write_text(json.dumps(journal))
        with pytest.raises(OutputError, match="journal of an interrupted run is damaged"):
            write(package, NEW, NEW_FACTS, force=True)
    assert victim.exists()


def test_a_symlink_instead_of_our_temporary_directory_is_not_followed(package: Path) -> None:
    outside = package.parent / "outside"
    outside.mkdir()
    (outside / "mine.py").write_text("mine\n")
    (package / STAGE).symlink_to(outside)
    with pytest.raises(OutputError, match=STAGE):
        write(package, NEW, NEW_FACTS)
    assert (outside / "mine.py").exists()


def test_a_full_disk_is_explained_and_changes_nothing(package: Path) -> None:
    def run() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        with pytest.raises(OutputError, match=r"pkg/big\.py: file too large"):
            write(package, {**NEW, "big.py": "#" * 10_000}, NEW_FACTS)

    assert in_child(run) == 0
    assert snapshot(package) == expected(OLD, FACTS)


@pytest.mark.parametrize("locked", ["pkg", "pkg/sub/deep", "pkg/models.py", "."])
def test_a_missing_permission_is_explained_and_changes_nothing(locked: str) -> None:
    base = Path(tempfile.mkdtemp())
    package = base / "out" / "pkg"

    def run() -> None:
        if os.geteuid() == 0:
            os.setgid(65534)
            os.setuid(65534)
        target = package if locked != "." else package.with_name("other")
        before = snapshot(package) if locked != "pkg/models.py" else {}
        with pytest.raises(OutputError, match=r"/out/.*: permission denied\nhint: "):
            write(target, NEW, NEW_FACTS)
        assert before == (snapshot(package) if before else {})

    try:
        base.chmod(0o755)
        write(package, OLD, FACTS)
        place = base / "out" / locked
        for each in [base / "out", *base.rglob("*")]:
            each.chmod(0o777 if each.is_dir() else 0o666)
        place.chmod(0o000 if place.is_file() else 0o555)
        assert in_child(run) == 0
    finally:
        for folder in [base / "out", package, package / "sub", package / "sub/deep"]:
            folder.chmod(0o777)
        shutil.rmtree(base)


def test_concurrent_writers_leave_one_whole_package(tmp_path: Path) -> None:
    package = tmp_path / "pkg"
    versions = [
        {f"m{n}.py": f"V = {v}\n" for n in range(v, v + 6)} | {"common.py": f"V = {v}\n"}
        for v in range(4)
    ]

    def run(version: int) -> None:
        for _ in range(12):
            write(package, versions[version], FACTS)
            plans = [compare(package, files, FACTS) for files in versions]
            # Others may write between these, but none is ever seen halfway.
            assert all(not plan.edited and not plan.foreign for plan in plans)

    children = [start(run, version) for version in range(4)]
    assert [os.waitpid(child, 0)[1] for child in children] == [0] * 4
    assert snapshot(package) in [directory._produced(files, FACTS) for files in versions]


def test_without_a_lock_it_still_writes(package: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*arguments: object) -> None:
        raise OSError(errno.EBADF, "Bad file descriptor")

    monkeypatch.setattr("fcntl.flock", refuse)
    update(package)
    assert snapshot(package) == expected(NEW, NEW_FACTS)
