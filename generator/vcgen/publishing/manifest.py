"""The manifest of a generated package, and what the files on disk are in its light."""

from __future__ import annotations

import hashlib
import json
import re
import stat
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from vcgen.errors import Diagnostic, OutputError

MANIFEST = "vcgen.lock"
STAGE = ".vcgen-tmp"
FORMAT = 1

_SHAPE: Mapping[str, type] = {
    "vcgen": str,
    "source": dict,
    "options": dict,
    "operations": list,
    "repairs": list,
    "refused": list,
    "files": dict,
}


@dataclass(frozen=True)
class Manifest:
    """What a package was generated from, and the files that make it up.

    Attributes:
        vcgen: Version of the generator.
        source: The document: title, version, hash of the slice; opaque here.
        options: The options that shape the output; opaque here.
        operations: The operations in the package, in their order.
        repairs: The repairs of vendor defects that were needed; opaque here.
        refused: The operations that were asked for and cannot be generated, and why; for those who
            go on without them.
        files: Digest of every generated file but the manifest; `tree` fills it in.
    """

    vcgen: str
    source: Mapping[str, object] = field(default_factory=dict)
    options: Mapping[str, object] = field(default_factory=dict)
    operations: Sequence[str] = ()
    repairs: Sequence[object] = ()
    refused: Sequence[object] = ()
    files: Mapping[str, str] = field(default_factory=dict)

    @property
    def unchanged(self) -> Plan:
        """The plan of writing what is there already."""
        return Plan(unchanged=tuple(sorted({*self.files, MANIFEST})))

    def dump(self) -> str:
        """Return the manifest as the text of its file: the same facts, the same bytes."""
        names = [name for name in _SHAPE if name != "refused" or self.refused]
        facts = {"lock": FORMAT, **{name: _sorted(getattr(self, name)) for name in names}}
        # ASCII: a title may hold lone surrogates, or characters that reorder a reviewer's terminal.
        return json.dumps(facts, indent=2, allow_nan=False) + "\n"


class Found(NamedTuple):
    """What there is at a path below a package directory.

    Attributes:
        data: Content of the regular file there, through symlinks if need be, or None.
        plain: Whether we may write or delete there: nothing, or a regular file, and no symlink.
    """

    data: bytes | None
    plain: bool

    @property
    def digest(self) -> str | None:
        """The digest of the file, or None where there is none."""
        return None if self.data is None else digest(self.data)


class Plan(NamedTuple):
    """What writing a package does, as paths in sorted order; the manifest is one of them.

    Every path that is written or kept is in one of the first four; the others say why a write is
    refused, and name paths again.

    Attributes:
        created: Not there yet.
        changed: There with another content, which is replaced.
        unchanged: There as it should be, line endings aside.
        stale: Ours, no longer generated, to be removed.
        edited: Of those changed or stale, the ones edited since we wrote them; `force` overrides.
        foreign: In our way, and not ours; `force` overwrites the regular files among them.
        blocked: Of the foreign ones, those that even `force` leaves: directories, symlinks, pipes.
    """

    created: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    stale: tuple[str, ...] = ()
    edited: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    blocked: tuple[str, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether the package on disk is the one to be written."""
        return not (self.created or self.changed or self.stale or self.foreign)

    @property
    def counts(self) -> dict[str, int]:
        """The number of files by what happens to them, for a summary."""
        return {
            "created": len(self.created),
            "changed": len(self.changed),
            "removed": len(self.stale),
            "unchanged": len(self.unchanged),
        }


def digest(data: bytes) -> str:
    """Return the digest of a file; git's autocrlf does not change it."""
    return "sha256:" + hashlib.sha256(data.replace(b"\r\n", b"\n")).hexdigest()


def look(root: Path, path: str) -> Found:
    """Tell what there is at `path` below `root`."""
    *above, name = path.split("/")
    place, plain = root, True
    for part in above:
        place = place / part
        plain = plain and not place.is_symlink()
    place = place / name
    try:
        # Asked once: `check` looks at each file of a package.
        info = place.lstat()
        if stat.S_ISLNK(info.st_mode):
            plain = False
            info = place.stat()
        # Nothing else is opened: reading from a pipe would wait for ever.
        if stat.S_ISREG(info.st_mode):
            return Found(place.read_bytes(), plain)
    except FileNotFoundError:
        return Found(None, plain)
    except NotADirectoryError:
        return Found(None, plain=False)
    except OSError:
        if plain:
            raise
    return Found(None, plain=False)


def check_paths(paths: Iterable[str]) -> None:
    """Refuse paths that could leave the package, or mean different things on different systems.

    Raises:
        ValueError: A path is not a plain relative one, is reserved, or collides with another.
    """
    seen: dict[str, str] = {}
    whole = set(paths)
    for path in sorted(whole):
        parts = path.split("/")
        # Windows drops trailing dots and spaces; the rule also catches `.` and `..`.
        if any(not part or part != part.rstrip(". ") for part in parts):
            raise ValueError(f"not a plain relative path: {path!r}")
        if not path.isprintable() or set(path) & set('\\:<>"|?*'):
            raise ValueError(f"not a portable path: {path!r}")
        if parts[0].casefold() in (MANIFEST, STAGE):
            raise ValueError(f"a reserved path: {path!r}")
        for prefix in accumulate(parts, "{}/{}".format):
            other = seen.setdefault(unicodedata.normalize("NFC", prefix).casefold(), prefix)
            if other != prefix or (prefix != path and prefix in whole):
                raise ValueError(f"paths collide: {other!r} and {path!r}")


def load(directory: Path) -> Manifest | None:
    """Read the manifest of a package, or return None where there is none.

    Raises:
        OutputError: It cannot be read, is damaged, or was written by a newer vcgen.
    """
    file = (directory / MANIFEST).as_posix()
    anew = "delete the folder, or generate again with `--force`"
    try:
        found = look(directory, MANIFEST)
    except OSError as error:
        raise OutputError(Diagnostic(f"{error.strerror}".lower(), file=file)) from error
    if found.data is None:
        if found.plain:
            return None
        raise OutputError(Diagnostic("is not a regular file", hint="move it away", file=file))
    if re.search(rb"^(<{7}|={7}|>{7})(\s|$)", found.data, re.MULTILINE):
        hint = "resolve the merge conflicts, then generate again with `--force`"
        message = "the manifest contains a merge conflict"
        raise OutputError(Diagnostic(message, hint=hint, file=file))
    try:
        return _parse(found.data, file)
    except (ValueError, RecursionError) as error:
        message = f"the manifest is damaged: {error}"
        raise OutputError(Diagnostic(message, hint=anew, file=file)) from error


def survey(root: Path, produced: Mapping[str, bytes], old: Manifest | None) -> Plan:
    """Sort every path of the old and the new package into a plan."""
    owned = old.files if old else {}
    lists: dict[str, list[str]] = {}
    for path in sorted({*produced, *owned}):
        found = look(root, path)
        # The manifest is ours whatever it says, and cannot hold its own digest.
        known = owned.get(path) if path != MANIFEST else found.digest
        for name in _verdict(found, produced.get(path), known):
            lists.setdefault(name, []).append(path)
    return Plan(**{name: tuple(paths) for name, paths in lists.items()})


def _verdict(found: Found, wanted: bytes | None, known: str | None) -> tuple[str, ...]:
    """Return the lists of the plan that a path belongs to."""
    if found.data is None:
        if wanted is None:
            # Removed already, perhaps with something else in its place: not ours to judge.
            return ()
        return ("created",) if found.plain else ("foreign", "blocked")
    if wanted is not None and found.digest == digest(wanted):
        return ("unchanged",)
    if not found.plain:
        return ("foreign", "blocked")
    action = "stale" if wanted is None else "changed"
    if known is None:
        return (action, "foreign")
    return (action,) if found.digest == known else (action, "edited")


def damaged(directory: Path, manifest: Manifest) -> tuple[str, ...]:
    """Return the paths that are missing, unreadable or edited by the manifest, in sorted order.

    After a killed `write`, the manifest itself is among them.
    """
    wrong = [path for path in manifest.files if not _holds(directory, path, manifest.files[path])]
    if pending(directory):
        wrong.append(MANIFEST)
    return tuple(sorted(wrong))


def intact(directory: Path) -> bool:
    """Tell whether a package is there with every file as its manifest says."""
    try:
        manifest = load(directory)
    except OutputError:
        # Whoever asks goes on to `compare`, which explains it.
        return False
    return manifest is not None and not damaged(directory, manifest)


def settled(directory: Path, manifest: Manifest) -> Plan | None:
    """Return the plan that changes nothing, if a package is intact and made from the same facts.

    Then there is no need to generate it to know what would change. Else it is None.
    """
    try:
        old = load(directory)
    except OutputError:
        return None
    if old is None or replace(manifest, files=old.files).dump() != old.dump():
        return None
    return None if damaged(directory, old) else old.unchanged


def _holds(directory: Path, path: str, known: str) -> bool:
    """Tell whether there is a file with a digest at a path."""
    with suppress(OSError):
        return look(directory, path).digest == known
    return False


def left_behind(root: Path) -> bool:
    """Tell whether a write was killed, be it halfway or when all was done but tidying up."""
    stage = root / STAGE
    with suppress(OSError):
        return stage.is_dir() and not stage.is_symlink()
    return False


def pending(root: Path) -> bool:
    """Tell whether a write was killed halfway."""
    stage = root / STAGE
    with suppress(OSError):
        return (stage / "journal").is_file() and not stage.is_symlink()
    return False


def _parse(data: bytes, file: str) -> Manifest:
    """Return the manifest in a file, or raise ValueError with what is wrong about it."""
    facts = json.loads(data)
    if not isinstance(facts, dict) or type(lock := facts.get("lock")) is not int or lock < 1:
        raise ValueError('it has no format number "lock"')
    if lock > FORMAT:
        message = f"the manifest has format {lock}, and this vcgen knows {FORMAT}"
        hint = "use the newer vcgen that wrote it; or delete the folder, or generate with `--force`"
        raise OutputError(Diagnostic(message, hint=hint, file=file))
    facts.setdefault("refused", [])
    for name, kind in _SHAPE.items():
        if not isinstance(facts.get(name), kind):
            raise ValueError(f'"{name}" is missing or of another type')
    if not all(isinstance(operation, str) for operation in facts["operations"]):
        raise ValueError('"operations" contains something that is not a string')
    # What it lists may be deleted one day, so it must not point out of the package.
    check_paths(facts["files"])
    for path, known in facts["files"].items():
        if not isinstance(known, str) or not re.fullmatch("sha256:[0-9a-f]{64}", known):
            raise ValueError(f"the digest of {path} is invalid")
    return Manifest(**{name: facts[name] for name in _SHAPE})


def _sorted(value: object) -> object:
    """Return a copy of a JSON value whose mappings are sorted by key, at every level."""
    return json.loads(json.dumps(value, sort_keys=True, allow_nan=False, default=dict))
