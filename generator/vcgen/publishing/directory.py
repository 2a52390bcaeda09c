"""The directory of a generated package: compared, diffed, and written as a whole.

What is promised:

- Every file is replaced by one rename, so a reader finds it whole, old or new. The directory itself
  never goes away; unchanged files keep inode and time; files that are not ours are left alone.
- While a write is under way (some milliseconds), a reader may find files of both packages side by
  side: new modules come first, the manifest next, and what is no longer needed goes last.
- A write that fails or is interrupted puts the old files back before it returns.
- A write that is killed leaves an undo journal in `.vcgen-tmp/` inside the package. The next
  `write`, `compare`, `diff` or `recover` puts the old files back first; from the instant that the
  journal is gone, the package is the new one. What somebody edited in between is not touched.
  Files are synced before they are relied on, so a power cut is covered as far as `fsync` is true.
- Writers wait for one another (`flock` on the directory). Windows and some network file systems
  have no such lock: two runs at once are not kept apart there. Windows also cannot sync a
  directory, nor replace a file that is open; the latter is an error, and the old files are back.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from io import StringIO
from pathlib import Path

from vcgen.errors import Diagnostic, OutputError, reason_of
from vcgen.publishing import journal
from vcgen.publishing.manifest import (
    MANIFEST,
    STAGE,
    Manifest,
    Plan,
    check_paths,
    damaged,
    digest,
    intact,
    load,
    look,
    pending,
    settled,
    survey,
)

if sys.platform != "win32":
    import fcntl

__all__ = ["MANIFEST", "Manifest", "Plan", "compare", "damaged", "diff", "intact", "load"]
__all__ += ["complete", "recover", "settled", "write", "write_file"]

_HINTS = {
    errno.ENOSPC: "free some space; nothing was changed",
    errno.EACCES: "grant the permission, or write to another place",
    errno.EPERM: "grant the permission, or write to another place",
    errno.EROFS: "write to another place",
    errno.ENOTDIR: "move it away, or write to another place",
    errno.EEXIST: "a file is where a folder belongs: move it away, or write to another place",
}


def compare(directory: Path, files: Mapping[str, str], manifest: Manifest) -> Plan:
    """Tell what `write` would do, without doing it.

    Raises:
        OutputError: The directory or its manifest cannot be read.
        ValueError: A path in `files` is not a plain relative one.
    """
    produced = _produced(files, manifest)
    with locked_folder(directory) as root:
        journal.recover(root, only_pending=True)
        return survey(root, produced, load(directory))


def diff(directory: Path, files: Mapping[str, str], manifest: Manifest) -> str:
    """Return what `write` would change as a unified diff, "" if nothing.

    Raises:
        OutputError: The directory or its manifest cannot be read.
        ValueError: A path in `files` is not a plain relative one.
    """
    produced = _produced(files, manifest)
    with locked_folder(directory) as root:
        journal.recover(root, only_pending=True)
        plan = survey(root, produced, load(directory))
        # In the way of a file, there may be what is none: it has no lines to compare.
        paths = sorted({*plan.created, *plan.changed, *plan.stale, *plan.blocked})
        return "".join(_unified(directory, path, produced.get(path)) for path in paths)


def write(
    directory: Path, files: Mapping[str, str], manifest: Manifest, force: bool = False
) -> Plan:
    """Make the package on disk the given one: all of it, or nothing.

    Raises:
        OutputError: It would lose somebody's work, or the system refuses; nothing was changed.
        ValueError: A path in `files` is not a plain relative one.
    """
    produced = _produced(files, manifest)
    if _appears(directory, produced):
        return Plan(created=tuple(sorted(produced)))
    with locked_folder(directory, create=True) as root:
        journal.recover(root)
        plan = _planned(directory, root, produced, force)
        if not plan.is_clean:
            journal.publish(root, plan, produced)
        return plan


def _appears(directory: Path, produced: Mapping[str, bytes]) -> bool:
    """Make a package that is not there yet appear by one rename; tell whether that was possible."""
    root = Path(os.path.realpath(directory))
    if os.path.lexists(root) or not root.name:
        return False
    try:
        root.parent.mkdir(parents=True, exist_ok=True)
        with locked_folder(root.parent):
            # Another run may have been faster.
            return not os.path.lexists(root) and _renamed_into_place(root, produced)
    except OSError as error:
        raise OutputError(_explained(error, directory, root)) from error


def _renamed_into_place(root: Path, produced: Mapping[str, bytes]) -> bool:
    beside = root.with_name(f".{root.name}{STAGE}")
    # A run that was killed may have left it.
    journal.remove(beside, must_go=False)
    try:
        journal.make_folders(beside, produced)
        for path, data in produced.items():
            journal.save(beside / path, data)
        journal.sync((beside, *(one for one in beside.rglob("*") if one.is_dir())))
        beside.rename(root)
        journal.sync([root.parent])
    finally:
        journal.remove(beside, must_go=False)
    return True


def prepare(
    directory: Path, files: Mapping[str, str], manifest: Manifest, force: bool = False
) -> tuple[Plan, dict[str, bytes]]:
    """Return what `write` would do and with which content, for a write of more than one package.

    Raises:
        OutputError: It would lose somebody's work, or the system refuses.
        ValueError: A path in `files` is not a plain relative one.
    """
    produced = _produced(files, manifest)
    with locked_folder(directory) as root:
        journal.recover(root, only_pending=True)
        return _planned(directory, root, produced, force), produced


def _planned(directory: Path, root: Path, produced: Mapping[str, bytes], force: bool) -> Plan:
    """Return what writing a package does, or refuse it."""
    try:
        old = load(directory)
    except OutputError:
        if not force:
            raise
        old = None
    plan = survey(root, produced, old)
    if problems := list(refusals(directory, plan, produced, force)):
        raise OutputError(*problems)
    return plan


def recover(directory: Path) -> bool:
    """Undo what a killed `write` left behind, and tell whether there was anything.

    Raises:
        OutputError: The system refuses.
    """
    with locked_folder(directory) as root:
        return journal.recover(root)


def write_file(path: Path, text: str) -> None:
    """Write a file outside any package, as a whole: it keeps its mode, and its folders are made.

    Raises:
        OutputError: The system refuses; what was there is unchanged.
    """
    place = Path(os.path.realpath(path))
    beside = place.with_name(f".{place.name}{STAGE}")
    try:
        if path.exists() and not path.is_file():
            # /dev/stdout, a pipe: these must not be replaced.
            path.write_bytes(text.encode())
            return
        beside.parent.mkdir(parents=True, exist_ok=True)
        beside.unlink(missing_ok=True)
        journal.save(beside, text.encode(), journal.mode_of(place) if place.exists() else None)
        beside.replace(place)
    except OSError as error:
        reason = reason_of(error)
        hint = _HINTS.get(error.errno or 0, "")
        raise OutputError(Diagnostic(reason, hint=hint, file=path.as_posix())) from error
    finally:
        with suppress(OSError):
            beside.unlink(missing_ok=True)


def complete(files: Mapping[str, str], manifest: Manifest) -> Manifest:
    """Return a manifest with the digests of the files."""
    digests = {path: digest(text.encode()) for path, text in files.items()}
    return replace(manifest, files=digests)


def _produced(files: Mapping[str, str], manifest: Manifest) -> dict[str, bytes]:
    """Return the bytes of everything to be written, the manifest included."""
    check_paths(files)
    produced = {path: text.encode() for path, text in files.items()}
    return {**produced, MANIFEST: complete(files, manifest).dump().encode()}


def refusals(
    directory: Path, plan: Plan, produced: Mapping[str, bytes], force: bool
) -> Iterator[Diagnostic]:
    """Yield a diagnostic for each file that must not be written."""
    for path in plan.blocked:
        message = "in the way: not a regular file, or below a symlink or a file"
        hint = "move it away; `--force` does not overwrite it"
        yield Diagnostic(message, hint=hint, file=(directory / path).as_posix())
    if force:
        return
    for path in plan.edited:
        lost = _unified(directory, path, produced.get(path)).rstrip("\n")
        message = "edited by hand since it was generated; writing would change"
        hint = "move the change out of the generated package, or overwrite it with `--force`"
        yield Diagnostic(message, hint=hint, file=(directory / path).as_posix(), detail=lost)
    for path in sorted({*plan.foreign} - {*plan.blocked}):
        message = "in the way, and not written by vcgen"
        hint = "move it away, or overwrite it with `--force`"
        yield Diagnostic(message, hint=hint, file=(directory / path).as_posix())


def _unified(directory: Path, path: str, wanted: bytes | None) -> str:
    """Return the unified diff from the file on disk to what is wanted there."""
    from difflib import unified_diff

    data = look(directory, path).data
    package = directory.name if directory.name not in ("", "..") else directory.resolve().name
    old, new = f"a/{package}/{path}", f"b/{package}/{path}"
    # An empty file has no line to show, so git's header is what tells that it comes or goes.
    head = [f"diff --git {old} {new}\n"]
    if data is None:
        old = "/dev/null"
        head.append("new file mode 100644\n")
    if wanted is None:
        new = "/dev/null"
        head.append("deleted file mode 100644\n")
    lines = [*head, *unified_diff(_lines(data or b""), _lines(wanted or b""), old, new)]
    end = "\n\\ No newline at end of file\n"
    return "".join(line if line.endswith("\n") else line + end for line in lines)


def _lines(data: bytes) -> list[str]:
    """Return the lines of a file; only a line feed ends one, as in git."""
    text = data.replace(b"\r\n", b"\n").decode(errors="backslashreplace")
    return list(StringIO(text, newline="\n"))


@contextmanager
def locked_folder(directory: Path, create: bool = False) -> Iterator[Path]:
    """Lock a package directory, yield where it really is, and explain what the system refuses.

    Raises:
        OutputError: The system refuses something.
    """
    root = Path(os.path.realpath(directory))
    try:
        if root.exists() and not root.is_dir():
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR), str(root))
        if create:
            root.mkdir(parents=True, exist_ok=True)
        with _locked(root):
            yield root
    except OSError as error:
        raise OutputError(_explained(error, directory, root)) from error


@contextmanager
def _locked(root: Path) -> Iterator[None]:
    """Keep other runs away from a directory, where the system can."""
    with ExitStack() as stack:
        if sys.platform != "win32" and root.is_dir():
            handle = os.open(root, os.O_RDONLY)
            stack.callback(os.close, handle)
            # Some network file systems cannot lock a directory: no lock is better than no output.
            with suppress(OSError):
                fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def _explained(error: OSError, directory: Path, root: Path) -> Diagnostic:
    """Return a diagnostic that names the file as the user knows it."""
    place = Path(error.filename) if isinstance(error.filename, str) else root
    if place.is_relative_to(root):
        parts = place.relative_to(root).parts
        staged = len(parts) > 2 and parts[0] == STAGE
        place = directory.joinpath(*(parts[2:] if staged else parts))
    elif not place.is_absolute():
        place = directory
    hint = _HINTS.get(error.errno or 0, "")
    if pending(root):
        hint = "the package is partly written; the next run of `vcgen generate` restores it first"
    reason = reason_of(error)
    return Diagnostic(reason, hint=hint, file=place.as_posix())
