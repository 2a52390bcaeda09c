"""Drift: why a package is not what would be generated now; several reasons may hold at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from vcgen.publishing.manifest import MANIFEST, Manifest, Plan

_MOST_NAMES = 3


@dataclass(frozen=True)
class Moved:
    """A fact that has another value now."""

    name: str
    old: object
    new: object


@dataclass(frozen=True)
class Drift:
    """What moved since a package was generated.

    Attributes:
        is_new: Whether nothing was generated yet, so that nothing can have moved.
        document: What the document says of itself: title, version.
        content: Whether the part of the document that the operations reach is another.
        repairs: Whether other defects of it are repaired.
        added: Operations that are new in the package.
        removed: Operations that are no longer in it.
        possible: Operations that could not be generated, and can be now.
        impossible: Operations that cannot be generated now.
        overlays: Corrections that came, went, or say something else.
        options: What the configuration has otherwise.
        version: The version of vcgen, if that is another.
        output: Whether vcgen makes something else of the same facts.
        edited: Files that somebody edited.
        missing: Files that were generated and are gone.
        foreign: Files in the way that vcgen did not write.
    """

    is_new: bool = False
    document: tuple[Moved, ...] = ()
    content: bool = False
    repairs: bool = False
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    possible: tuple[str, ...] = ()
    impossible: tuple[str, ...] = ()
    overlays: tuple[str, ...] = ()
    options: tuple[Moved, ...] = ()
    version: Moved | None = None
    output: bool = False
    edited: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()

    @property
    def needs_force(self) -> bool:
        """Whether generating would overwrite somebody's work."""
        return bool({*self.edited} - {MANIFEST} or self.foreign)


def between(old: Manifest | None, new: Manifest, plan: Plan) -> Drift:
    """Return what moved between two manifests, and on the disk.

    Args:
        old: What the package was generated from, or None where nothing tells.
        new: What it would be generated from, with the digests of the files that it would have.
        plan: What writing it would do.
    """
    if old is None:
        is_new = not (plan.unchanged or plan.foreign)
        return Drift(is_new, missing=() if is_new else (MANIFEST,), foreign=plan.foreign)
    is_same = replace(new, files=old.files).dump() == old.dump()
    edited = plan.edited
    if is_same and old.files == new.files and MANIFEST in plan.changed:
        edited = (*edited, MANIFEST)  # the same facts in other words
    is_newer = old.vcgen != new.vcgen
    return Drift(
        document=tuple(_moved(old.source, new.source, ("title", "version"))),
        # What is opaque is reached no more, and is told as an option.
        content=old.source.get("slice") != new.source.get("slice")
        and old.options.get("opaque", []) == new.options.get("opaque", []),
        # Another version may well know other defects.
        repairs=not is_newer and list(old.repairs) != list(new.repairs),
        added=_without(new.operations, old.operations),
        removed=_without(old.operations, new.operations),
        possible=_within(_refused(old), new.operations),
        impossible=_without(_refused(new), _refused(old)),
        overlays=_overlays(old.source, new.source),
        options=tuple(_options(old.options, new.options)),
        version=Moved("version", old.vcgen, new.vcgen) if is_newer else None,
        output=(is_same and old.files != new.files) or _shape(old) != _shape(new),
        edited=edited,
        missing=tuple(path for path in plan.created if path in old.files),
        foreign=plan.foreign,
    )


def _moved(
    old: Mapping[str, Any], new: Mapping[str, Any], names: Sequence[str], above: str = ""
) -> Iterator[Moved]:
    for name in names:
        if old.get(name) != new.get(name):
            yield Moved(above + name, old.get(name), new.get(name))


def _options(old: Mapping[str, Any], new: Mapping[str, Any]) -> Iterator[Moved]:
    """Yield the options that differ, of a table each of its keys; what one vcgen lacks is none."""
    for name in [name for name in new if name in old]:
        one, other = old[name], new[name]
        if isinstance(one, Mapping) and isinstance(other, Mapping):
            yield from _moved(one, other, [*dict.fromkeys([*other, *one])], f"{name}.")
        else:
            yield from _moved(old, new, [name])


def _refused(manifest: Manifest) -> tuple[str, ...]:
    """Return the operations that were asked for and could not be generated."""
    entries = (one for one in manifest.refused if isinstance(one, Mapping))
    return tuple(str(one.get("operation")) for one in entries)


def _within(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    known = set(other)
    return tuple(item for item in one if item in known)


def _without(one: Sequence[str], other: Sequence[str]) -> tuple[str, ...]:
    known = set(other)
    return tuple(item for item in one if item not in known)


def _overlays(old: Mapping[str, Any], new: Mapping[str, Any]) -> tuple[str, ...]:
    """Return the overlays that are not the same in both; all of them where their order moved."""
    before, after = _by_file(old.get("overlays")), _by_file(new.get("overlays"))
    names = dict.fromkeys([*after, *before])
    moved = tuple(name for name in names if before.get(name) != after.get(name))
    return moved or (tuple(names) if list(before) != list(after) else ())


def _by_file(overlays: object) -> dict[str, object]:
    entries = overlays if isinstance(overlays, list) else []
    return {str(one.get("file")): one for one in entries if isinstance(one, Mapping)}


def _shape(manifest: Manifest) -> tuple[set[str], set[str]]:
    """Return which facts a vcgen keeps; a client without overlays has none."""
    return {*manifest.source} - {"overlays"}, {*manifest.options}


def sentences(drift: Drift) -> Iterator[str]:
    """Yield what is said of a drift, a line each."""
    if drift.is_new:
        yield "not generated yet"
    if document := list(_document(drift)):
        what = "the document changed"
        if drift.added or drift.removed:
            # Patterns are no part of the manifest: either may have brought another operation.
            what = "the document changed, or the selected operations"
        yield f"{what}: {', '.join(document)}"
    if drift.possible:
        yield f"can be generated now: {_listed(drift.possible)}"
    if drift.impossible:
        yield f"cannot be generated: {_listed(drift.impossible)}"
    if drift.overlays:
        yield f"corrections changed: {_listed(drift.overlays)}"
    if drift.options:
        yield f"the configuration changed: {', '.join(map(_told, drift.options))}"
    if drift.version is not None:
        yield f"vcgen changed: {_told(drift.version)}"
    elif drift.output:
        yield "vcgen changed: the same input now gives different output"
    for what, paths in (
        ("edited by hand", drift.edited),
        ("missing", drift.missing),
        ("in the way, and not written by vcgen", drift.foreign),
    ):
        if paths:
            yield f"{what}: {', '.join(paths)}"


def _document(drift: Drift) -> Iterator[str]:
    yield from map(_told, drift.document)
    if drift.added:
        yield f"added {_listed(drift.added)}"
    if drift.removed:
        yield f"removed {_listed(drift.removed)}"
    if drift.content:
        yield "the parts that the operations use"
    if drift.repairs:
        yield "the repaired defects"


def _told(moved: Moved) -> str:
    if isinstance(moved.old, str) and isinstance(moved.new, str):
        return f"{moved.name} from {moved.old or 'none'} to {moved.new or 'none'}"
    return moved.name


def _listed(names: Sequence[str]) -> str:
    more = len(names) - _MOST_NAMES
    shown = ", ".join(names[:_MOST_NAMES])
    return f"{shown} and {more} more" if more > 0 else shown
