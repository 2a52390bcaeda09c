"""The undo journal: a package is replaced as a whole, and what a killed run left is undone."""

from __future__ import annotations

import errno
import json
import os
import stat
import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path, PurePosixPath

from vcgen.errors import Diagnostic, OutputError
from vcgen.publishing.manifest import MANIFEST, STAGE, Plan, check_paths, digest, look, pending


def publish(root: Path, plan: Plan, produced: Mapping[str, bytes]) -> None:
    """Carry out a plan, or leave everything as it was."""
    try:
        _stage(root, plan, produced)
        _apply(root, plan)
        _commit(root / STAGE)
    except BaseException:
        # Also when interrupted. If it fails, the journal stays, and the next run does it.
        with suppress(OSError):
            recover(root)
        raise


def _stage(root: Path, plan: Plan, produced: Mapping[str, bytes]) -> None:
    """Lay out the new files and the old ones beside each other, then the journal to undo it all."""
    stage = root / STAGE
    stage.mkdir()
    save(stage / ".gitignore", b"*\n")
    make_folders(stage / "new", (*plan.created, *plan.changed))
    for path in plan.created:
        save(stage / "new" / path, produced[path])
    for path in plan.changed:
        save(stage / "new" / path, produced[path], mode_of(root / path))
    for path in (*plan.changed, *plan.stale):
        _keep(root / path, stage / "old" / path)
    journal = {
        "created": {path: digest(produced[path]) for path in plan.created},
        "changed": {path: digest(produced[path]) for path in plan.changed},
        "removed": plan.stale,
        "folders": [path for path in _folders(plan.created) if not (root / path).is_dir()],
    }
    save(stage / "journal.new", json.dumps(journal).encode())
    sync(folder for folder in (stage, *stage.rglob("*")) if folder.is_dir())
    (stage / "journal.new").replace(stage / "journal")
    sync([stage, root])


def _apply(root: Path, plan: Plan) -> None:
    """Move the new files into place and remove the stale ones."""
    for folder in _folders(plan.created):
        (root / folder).mkdir(exist_ok=True)
    # Nothing is imported before it is there, and the manifest never speaks of what is not.
    for path in sorted((*plan.created, *plan.changed), key=_is_manifest):
        (root / STAGE / "new" / path).replace(root / path)
    for path in plan.stale:
        (root / path).unlink()
    for folder in reversed(_folders(plan.stale)):
        _prune(root / folder)
    _sync_around(root, (*plan.created, *plan.changed, *plan.stale))


def _is_manifest(path: str) -> bool:
    return PurePosixPath(path).name == MANIFEST


def _commit(stage: Path) -> None:
    """Forget how to undo; from here on the package is the new one."""
    (stage / "journal").unlink()
    sync([stage])
    # What is left over by a failure here does no harm, and the next write removes it.
    remove(stage, must_go=False)


def recover(root: Path, only_pending: bool = False) -> bool:
    """Put the old files back if a write was killed halfway, and remove what it left.

    Args:
        root: The package.
        only_pending: Whether to leave alone what is left of a write that came to its end.

    Returns:
        Whether there was anything to do.

    Raises:
        OSError: The system refuses something, or what was left is no folder.
        OutputError: The journal is damaged.
    """
    stage = root / STAGE
    if pending(root):
        _undo(root, stage)
        (stage / "journal").unlink()
        sync([stage])
    elif only_pending or not os.path.lexists(stage):
        return False
    elif stage.is_symlink() or not stage.is_dir():
        raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(stage))
    remove(stage)
    return True


def _undo(root: Path, stage: Path) -> None:
    """Put the old files back; what is neither old nor new is somebody's edit, and stays."""
    created, changed, removed, folders = _journal(stage)
    for path in (*created, *changed, *removed):
        found, kept = look(root, path), stage / "old" / path
        if not found.plain or found.digest != created.get(path, changed.get(path)):
            continue
        if path in created:
            (root / path).unlink()
        elif os.path.lexists(kept):
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            kept.replace(root / path)
    for folder in reversed(folders):
        with suppress(OSError):
            (root / folder).rmdir()
    _sync_around(root, (*created, *changed, *removed))


def _journal(stage: Path) -> tuple[dict[str, str], dict[str, str], list[str], list[str]]:
    """Return what a killed write was about to do: created, changed, removed and new folders."""
    try:
        facts = json.loads((stage / "journal").read_bytes())
        created, changed = dict(facts["created"]), dict(facts["changed"])
        removed, folders = list(facts["removed"]), list(facts["folders"])
        check_paths({*created, *changed, *removed} - {MANIFEST})
        for folder in folders:
            check_paths([folder])
    except (ValueError, TypeError, LookupError, AttributeError) as error:
        raise OutputError(
            Diagnostic(
                f"the undo journal of an interrupted run is damaged: {error}",
                hint=f"restore the package from version control, and delete {STAGE}",
                file=stage.as_posix(),
            )
        ) from error
    return created, changed, removed, folders


def save(place: Path, data: bytes, mode: int | None = None) -> None:
    """Write a new file through to the disk."""
    try:
        with place.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            place.chmod(mode)
    except OSError as error:
        # A full disk does not say for which file.
        error.filename = error.filename or str(place)
        raise


def make_folders(root: Path, paths: Iterable[str]) -> None:
    """Make a folder that is not there yet, and those in it that are to hold the paths."""
    root.mkdir()
    for folder in _folders(paths):
        (root / folder).mkdir()


def remove(folder: Path, must_go: bool = True) -> None:
    """Remove a folder and what is in it.

    Raises:
        OSError: It must go, and cannot.
    """
    # Imported when it is needed: with all that it can pack, it takes a while.
    from shutil import rmtree

    rmtree(folder, ignore_errors=not must_go)


def mode_of(place: Path) -> int:
    """Return the permissions of a file."""
    return stat.S_IMODE(place.stat().st_mode)


def _keep(place: Path, kept: Path) -> None:
    """Keep a second link to a file, or a copy where the file system has no links."""
    kept.parent.mkdir(parents=True, exist_ok=True)
    try:
        kept.hardlink_to(place)
    except OSError:
        save(kept, place.read_bytes())
        from shutil import copystat

        copystat(place, kept)


def _folders(paths: Iterable[str]) -> list[str]:
    """Return the folders that hold the paths, outer ones first, without the package itself."""
    return sorted({str(above) for path in paths for above in PurePosixPath(path).parents} - {"."})


def _prune(folder: Path) -> None:
    """Remove a folder that has become empty, but for the bytecode of what was in it."""
    cache = folder / "__pycache__"
    with suppress(OSError):
        if [*folder.iterdir()] == [cache] and not cache.is_symlink():
            if any(entry.suffix != ".pyc" or entry.is_dir() for entry in cache.iterdir()):
                return
            remove(cache)
        folder.rmdir()


def _sync_around(root: Path, paths: Iterable[str]) -> None:
    """Sync the directories in which paths have come, changed or gone."""
    folders = [root, *(root / folder for folder in _folders(paths))]
    sync(folder for folder in folders if folder.is_dir())


def sync(folders: Iterable[Path]) -> None:
    """Make the names in directories survive a power cut, where the system can."""
    if sys.platform == "win32":
        return
    for folder in folders:
        handle = os.open(folder, os.O_RDONLY)
        try:
            with suppress(OSError):
                os.fsync(handle)
        finally:
            os.close(handle)
