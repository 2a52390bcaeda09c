"""A transaction: packages and other files of a project are replaced together, or not at all.

The undo journal of a single package (see `directory`) serves for several: it lies in the folder
that holds all that is written, and whoever finds it there first puts the old files back.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from vcgen.errors import Diagnostic, OutputError
from vcgen.publishing import journal
from vcgen.publishing.directory import locked_folder, prepare
from vcgen.publishing.directory import recover as recover_folder
from vcgen.publishing.manifest import (
    STAGE,
    Manifest,
    Plan,
    digest,
    left_behind,
    load,
    look,
    pending,
    survey,
)

_LISTS = Plan._fields


class Write(NamedTuple):
    """A package to be written.

    Attributes:
        directory: The folder of the package.
        files: What it holds, by path.
        manifest: What it is made from.
    """

    directory: Path
    files: Mapping[str, str]
    manifest: Manifest


class Transaction:
    """What is replaced together.

    Attributes:
        root: The folder that holds it all.
        plans: What becomes of the files of each package, by its folder.
        touched: The files that change, as the user knows them.
    """

    def __init__(
        self,
        writes: Sequence[Write],
        texts: Mapping[Path, str],
        seen: Mapping[Path, str | None],
        *,
        force: bool = False,
    ) -> None:
        """Work out what is to be done, and write nothing.

        Args:
            writes: The packages.
            texts: Other files, with the content that they get.
            seen: What it was worked out from, as `seen` told before.
            force: Whether to overwrite what somebody edited.

        Raises:
            OutputError: Something would lose somebody's work; all that would.
        """
        self.root = root_of([*(write.directory for write in writes), *texts])
        self.plans: dict[Path, Plan] = {}
        self.touched: list[Path] = []
        self._packages: dict[Path, Mapping[str, bytes]] = {}
        self._seen = seen
        self._lists: dict[str, list[str]] = {name: [] for name in _LISTS}
        self._produced: dict[str, bytes] = {}
        problems: list[Diagnostic] = []
        for write in writes:
            try:
                self._add_package(write, force)
            except OutputError as error:
                problems += error.diagnostics
        for path, text in texts.items():
            problems += self._add_text(path, text.encode())
        if problems:
            raise OutputError(*problems)

    def write(self) -> None:
        """Do it: all of it, or nothing.

        Raises:
            OutputError: The system refuses; nothing was changed.
        """
        plan = Plan(**{name: tuple(paths) for name, paths in self._lists.items()})
        if plan.is_clean:
            return
        with self._locked():
            journal.recover(self.root)
            self._refuse_haste()
            journal.publish(self.root, plan, self._produced)

    def _refuse_haste(self) -> None:
        """Refuse to go on where somebody has written something since it was looked at."""
        now = seen(self._seen)
        changed = [path for path, known in self._seen.items() if now[path] != known]
        for directory, plan in self.plans.items():
            root = Path(os.path.realpath(directory))
            if plan != survey(root, self._packages[directory], load(directory)):
                changed.append(directory)
        if changed:
            told = ("changed meanwhile", "", "run the command again")
            raise OutputError(*(Diagnostic(*told, path.as_posix()) for path in changed))

    def _add_package(self, write: Write, force: bool) -> None:
        plan, produced = prepare(write.directory, write.files, write.manifest, force)
        self.plans[write.directory] = plan
        self._packages[write.directory] = produced
        inside = Path(os.path.realpath(write.directory)).relative_to(self.root)
        for name in _LISTS:
            self._lists[name] += [(inside / path).as_posix() for path in getattr(plan, name)]
        for path, data in produced.items():
            self._produced[(inside / path).as_posix()] = data
        changed = (*plan.created, *plan.changed, *plan.stale)
        self.touched += [write.directory / path for path in changed]

    def _add_text(self, path: Path, data: bytes) -> Iterator[Diagnostic]:
        inside = Path(os.path.realpath(path)).relative_to(self.root).as_posix()
        found = look(self.root, inside)
        if not found.plain:
            yield Diagnostic("is not a regular file", hint="move it away", file=path.as_posix())
        elif found.digest != digest(data):
            self._lists["created" if found.data is None else "changed"].append(inside)
            self._produced[inside] = data
            self.touched.append(path)

    @contextmanager
    def _locked(self) -> Iterator[None]:
        """Keep other runs away from all that is written."""
        with ExitStack() as stack:
            # Each once, by whatever links it is known: a process would wait for itself.
            places = {os.path.realpath(directory) for directory in (self.root, *self.plans)}
            for place in sorted(places):
                stack.enter_context(locked_folder(Path(place)))
            yield


def seen(paths: Iterable[Path]) -> dict[Path, str | None]:
    """Return the digests of files as they are now, None where there is none."""
    return {path: _digest(path) for path in paths}


def _digest(path: Path) -> str | None:
    """Return the digest of a file, or None where there is none; who reads it says why."""
    with suppress(OSError):
        return look(path.parent, path.name).digest
    return None


def root_of(paths: Iterable[Path]) -> Path:
    """Return the folder that holds all that the paths name."""
    return Path(os.path.commonpath([Path(os.path.realpath(path)).parent for path in paths]))


def interrupted(paths: Iterable[Path]) -> Path | None:
    """Return what a killed transaction over these paths left, or None."""
    root = root_of(paths)
    return root / STAGE if left_behind(root) else None


def recover(paths: Iterable[Path]) -> bool:
    """Undo what a killed transaction over these paths left, and tell whether that changed files.

    Raises:
        OutputError: The system refuses.
    """
    root = root_of(paths)
    was_halfway = pending(root)
    if left_behind(root):
        recover_folder(root)
    return was_halfway
