"""Updating: a new document takes the place of the old one, and callers' names stay.

Everything is worked out before anything is written: what changed, the configuration that keeps the
names, the part of the new document that the clients need, and their packages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from vcgen import comparing, ir, pipeline
from vcgen.comparing import changes
from vcgen.comparing.changes import Comparison
from vcgen.comparing.documents import Name, Report, Side, usable
from vcgen.config import ClientConfig, Config, Layout
from vcgen.errors import ConfigError, Diagnostic, SpecError
from vcgen.publishing.manifest import Manifest
from vcgen.reading import document, opening
from vcgen.reading.access import Access
from vcgen.reading.document import Document
from vcgen.updating.names import dead_entries, names_to_keep, with_names, without
from vcgen.updating.patterns import carried
from vcgen.updating.pruning import differences, prune
from vcgen.updating.settings import rewritten

__all__ = ["Name", "Generated", "Update", "plan", "spec_of"]


@dataclass(frozen=True)
class Generated:
    """A package to be written.

    Attributes:
        output: The folder, relative to that of the configuration.
        files: What it holds, by path.
        manifest: What it is made from.
        source: The same, with the defects that were repaired.
    """

    output: str
    files: Mapping[str, str]
    manifest: Manifest
    source: pipeline.Selection


@dataclass(frozen=True)
class Update:
    """What an update does, worked out and not yet done.

    Attributes:
        reports: What changes, by client.
        kept: The names that the configuration keeps from now on, by client.
        lost: The names that it cannot keep, by client.
        spec: The new text of the document that the clients are generated from.
        config: The new text of the configuration, or None where it stays as it is.
        packages: The packages to be written.
        missing: The operations that the configuration names and the new document does not have.
        dead: The entries of `rename` that match nothing, by client.
    """

    reports: Mapping[str, Report]
    kept: Mapping[str, tuple[Name, ...]]
    lost: Mapping[str, tuple[Name, ...]]
    spec: str
    config: str | None
    packages: tuple[Generated, ...]
    missing: tuple[Diagnostic, ...]
    dead: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class _Step:
    """The update of one client.

    Attributes:
        client: Its configuration from now on.
        report: What changes.
        source: What it is generated from: the whole new document.
        package: What its package is, as data.
    """

    client: ClientConfig
    report: Report
    kept: tuple[Name, ...]
    lost: tuple[Name, ...]
    source: pipeline.Selection
    package: ir.Package
    missing: tuple[Diagnostic, ...]
    dead: tuple[str, ...]


def spec_of(config: Config, wanted: str | None) -> str:
    """Return the document of the configuration that is to be replaced.

    Raises:
        ConfigError: The clients have several, and nobody says which; or none is the one wanted.
    """
    specs = list(dict.fromkeys(client.spec for client in config.clients))
    if wanted in specs:
        return str(wanted)
    listed = ", ".join(specs)
    if wanted is not None:
        message, hint = f"no client is generated from {wanted}", f"name one of {listed}"
    elif len(specs) > 1:
        message, hint = f"the clients have {len(specs)} documents", f"name one by --spec: {listed}"
    elif specs == ["-"]:
        message, hint = "the document is standard input", "there is no file to replace"
    else:
        return specs[0]
    raise ConfigError(Diagnostic(message, hint=hint, file=str(config.file)))


def plan(
    config: Config,
    text: str,
    spec: str,
    new: Document,
    strict: bool,
    keep_going: bool = False,
    *,
    tidy: bool = False,
) -> Update:
    """Work out what an update does.

    Args:
        config: The configuration.
        text: The text that it was read from.
        spec: The document of the configuration that is replaced.
        new: The document that takes its place.
        strict: Whether to refuse defects of the documents.
        keep_going: Whether to go on without the operations that cannot be generated.
        tidy: Whether to remove entries of `rename` that match nothing.

    Raises:
        SpecError: A document has a problem, or none of the operations is left.
    """
    clients = [
        replace(client, strict=client.strict or strict, keep_going=client.keep_going or keep_going)
        for client in config.clients
        if client.spec == spec
    ]
    steps = {client.output: _step(client, config.root, new, tidy) for client in clients}
    part, sources = _part(list(steps.values()), config.root, spec, new)
    after = tuple(
        (
            replace(steps[client.output].client, strict=client.strict, keep_going=client.keep_going)
            if client.output in steps
            else client
        )
        for client in config.clients
    )
    return Update(
        reports={output: step.report for output, step in steps.items()},
        kept={output: step.kept for output, step in steps.items()},
        lost={output: step.lost for output, step in steps.items()},
        spec=part.text,
        config=None if after == config.clients else rewritten(config, text, after),
        packages=tuple(map(_package, sources)),
        missing=tuple(one for step in steps.values() for one in step.missing),
        dead={output: step.dead for output, step in steps.items()},
    )


def _step(client: ClientConfig, root: Path, new: Document, tidy: bool) -> _Step:
    before = pipeline.open_whole(client, root)
    after = pipeline.open_version(client, root, new)
    one, other = Side(before), Side(after)
    patterns, missing = carried(client.operations, one, other)
    olds = one.chosen(usable(client.operations, one))
    afresh = comparing.compare_selected(client, one, other, olds, other.chosen(patterns))
    changed = replace(client, operations=patterns)
    changed, report, lost = keeping(changed, afresh)
    dead = tuple(dead_entries(changed, report.comparison.new))
    if tidy and dead:
        changed = without(changed, dead)
    source = pipeline.cut(changed, after)
    report = _with(report, source)
    package = report.comparison.new.package
    told = tuple(f'rename.{table}."{key}"' for table, key in dead)
    return _Step(changed, report, report.kept, lost, source, package, missing, told)


def keeping(client: ClientConfig, report: Report) -> tuple[ClientConfig, Report, tuple[Name, ...]]:
    """Return a client that keeps the names of the old one, what changes then, and what is lost.

    Args:
        client: The configuration of the client, and its operations in the new document.
        report: What changes with the names that the new document would give.
    """
    if report.old is None or report.new is None:
        return client, report, ()
    names = tuple(key.name for key in report.new.slice.operations)
    whole = report.new.document
    changed = replace(client, layout=_layout(client, report.comparison))
    kept: list[Name] = []
    lost: list[Name] = []
    # Classes inside an operation are named after it.
    for tables in ((), ("tags",), ("operations",), ("schemas", "properties", "parameters")):
        found = names_to_keep(report.comparison, tables)
        kept += found.kept
        lost += found.lost
        before, changed = changed, with_names(changed, found.kept, report.comparison)
        if changed != (before if tables else client):
            report = _with(report, pipeline.cut(replace(changed, operations=names), whole))
    return changed, replace(report, kept=tuple(kept)), tuple(lost)


def _with(report: Report, source: pipeline.Selection) -> Report:
    """Return what changes where the new client is generated from something else."""
    both = Comparison(report.comparison.old.package, pipeline.build(source))
    return replace(report, new=source, comparison=both, changes=changes.compare(both))


def _layout(client: ClientConfig, both: Comparison) -> Layout:
    """Return the layout that leaves the classes where callers import them from."""
    old, new = both.old.package, both.new.package
    if old.is_split is new.is_split:
        return client.layout
    return "split" if old.is_split else "flat"


def _part(
    steps: Sequence[_Step], root: Path, spec: str, new: Document
) -> tuple[Document, list[pipeline.Selection]]:
    """Return the part of a document that clients need, the least of which they are the same.

    That is a part as the vendor has it; or one made plain, where parts of it refer into operations
    that nobody needs; or all of it.
    """
    as_json = Path(spec).suffix.lower() == ".json"
    for tree in _parts(steps, root, new):
        # Nothing was left out: then it is the vendor's text, with its comments.
        is_whole = tree == new.tree and not as_json and not new.text.lstrip().startswith("{")
        text = new.text if is_whole else document.dump(tree, as_json=as_json)
        found = document.parse(text, spec)
        with suppress(SpecError):
            sources = [_cut(step, root, found) for step in steps]
            built = map(pipeline.build, sources)
            if all(one == step.package for one, step in zip(built, steps, strict=True)):
                return found, sources
    hint = "replace the document by hand, and run `vcgen generate`"
    raise SpecError(Diagnostic("it cannot be written as one file", hint=hint, file=new.name))


def _parts(steps: Sequence[_Step], root: Path, new: Document) -> Iterator[Mapping[str, object]]:
    # Without the overlays, which go on correcting what is kept; but they say what that is.
    found = [pipeline.access_of(step.client, root) for step in steps]
    references = {url: folder for one in found for url, folder in one.references.items()}
    access = Access(any(one.outside for one in found), references)
    whole = opening.opened(new, access=access)
    places = [place for step in steps for place in step.source.places()]
    for step in steps:
        places += differences(whole.source_tree, step.source.document.source_tree)
    yield prune(whole.source_tree, places)
    names = dict.fromkeys(key.name for step in steps for key in step.source.slice.operations)
    with suppress(SpecError):
        yield pipeline.cut(replace(steps[0].client, operations=tuple(names)), whole).slice.tree
    yield whole.source_tree


def _cut(step: _Step, root: Path, part: Document) -> pipeline.Selection:
    return pipeline.cut(step.client, pipeline.open_version(step.client, root, part))


def _package(source: pipeline.Selection) -> Generated:
    files = pipeline.generate(source)
    return Generated(source.client.output, files, source.manifest, source)
