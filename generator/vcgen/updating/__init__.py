"""Updating: a new document takes the place of the old one, and callers' names stay.

Everything is worked out before anything is written: what changed, the configuration that keeps the
names, the part of the new document that the clients need, and their packages.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from vcgen import comparing, ir, pipeline, publishing
from vcgen.comparing import changes
from vcgen.comparing.changes import Comparison
from vcgen.comparing.declarations import alike
from vcgen.comparing.report import Name, Report
from vcgen.comparing.sides import Side, usable
from vcgen.config import ClientConfig, Config, Layout
from vcgen.errors import Diagnostic
from vcgen.publishing.manifest import Manifest
from vcgen.reading.document import Document
from vcgen.reading.opened import Opened
from vcgen.records import Record, replace
from vcgen.updating.adopting import adopted
from vcgen.updating.choosing import replaced
from vcgen.updating.names import names_to_keep, with_labels, with_names, without
from vcgen.updating.patterns import carried, schemas_kept
from vcgen.updating.reducing import Step, reduced, versions
from vcgen.updating.settings import rewritten

__all__ = ["Name", "Generated", "Update", "plan", "replaced"]


class Generated(Record):
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


class Update(Record):
    """What an update does, worked out and not yet done.

    Attributes:
        reports: What changes, by client.
        kept: The names that the configuration keeps from now on, by client.
        lost: The names that it cannot keep, by client.
        specs: The new texts of documents that the clients are generated from, by their files.
        config: The new text of the configuration, or None where it stays as it is.
        packages: The packages to be written.
        missing: The operations and opaque schemas that the configuration names and the new document
            does not have.
        dead: The entries of `rename` that match nothing, by client.
        needless: The actions of overlays that the new documents make needless.
    """

    reports: Mapping[str, Report]
    kept: Mapping[str, tuple[Name, ...]]
    lost: Mapping[str, tuple[Name, ...]]
    specs: Mapping[str, str]
    config: str | None
    packages: tuple[Generated, ...]
    missing: tuple[Diagnostic, ...]
    dead: Mapping[str, tuple[str, ...]]
    needless: tuple[Diagnostic, ...]


def plan(
    config: Config,
    text: str,
    news: Mapping[str, Document],
    strict: bool,
    keep_going: bool = False,
    *,
    tidy: bool = False,
) -> Update:
    """Work out what an update does.

    Args:
        config: The configuration.
        text: The text that it was read from.
        news: The new documents, by the documents of the configuration whose place they take.
        strict: Whether to refuse defects of the documents.
        keep_going: Whether to go on without the operations that cannot be generated.
        tidy: Whether to remove entries of `rename` that match nothing.

    Raises:
        SpecError: A document has a problem, or no operation is left.
    """
    clients = [
        client._replace(strict=client.strict or strict, keep_going=client.keep_going or keep_going)
        for client in config.clients
        if news.keys() & {*client.specs}
    ]
    manifests = {one.output: publishing.load(config.root / one.output) for one in clients}
    own = {one.output: adopted(one, config.root, manifests[one.output]) for one in clients}
    steps = {
        output: _step(client, config.root, news, tidy) for output, (client, _, _) in own.items()
    }
    parts, sources = reduced(list(steps.values()), config.root, news)
    after = tuple(
        (
            steps[client.output].client._replace(strict=client.strict, keep_going=client.keep_going)
            if client.output in steps
            else client
        )
        for client in config.clients
    )
    return Update(
        reports={output: step.report for output, step in steps.items()},
        kept={output: (*own[output][1], *step.kept) for output, step in steps.items()},
        lost={output: (*own[output][2], *step.lost) for output, step in steps.items()},
        specs={file: part.text for file, part in parts.items()},
        config=None if after == config.clients else rewritten(config, text, after),
        packages=tuple(map(_package, sources)),
        missing=tuple(one for step in steps.values() for one in step.missing),
        dead={output: step.dead for output, step in steps.items()},
        needless=tuple(
            dict.fromkeys(one for each in clients for one in _needless(each, config, news))
        ),
    )


def _step(client: ClientConfig, root: Path, news: Mapping[str, Document], tidy: bool) -> Step:
    before = pipeline.open_whole(client, root)
    after = pipeline.open_whole(client, root, versions(client, news))
    one, other = Side(before), Side(after)
    patterns, missing = carried(client.operations, one, other)
    olds = one.chosen(usable(client.operations, one))
    wanted = other.chosen(patterns)
    afresh = comparing.compare_selected(client, one, other, olds, wanted, keeps_new=True)
    opaque, lost_schemas = schemas_kept(client, one, other)
    changed = comparing.fitted(client, wanted)._replace(operations=patterns, opaque=opaque)
    missing += lost_schemas
    changed, report, lost = keeping(changed, afresh)
    # What is declared of operations stays as it is written, and must fit the new document.
    changed = alike(changed, client)._replace(opaque=opaque)
    changed = with_labels(changed, report.comparison.new, after.apart)
    dead = tuple(changed.renames.unknown(ir.spec_names(report.comparison.new.package)))
    if tidy and dead:
        changed = without(changed, dead)
    source = _as_configured(report, changed, after)
    if report.new is None or source.slice is not report.new.slice:
        report = _with(report, source)
    report = replace(report, new=source)
    package = report.comparison.new.package
    told = tuple(f'rename.{table}."{key}"' for table, key in dead)
    return Step(changed, report, report.kept, lost, source, package, missing, told)


def _needless(
    client: ClientConfig, config: Config, news: Mapping[str, Document]
) -> Iterator[Diagnostic]:
    """Yield the corrections of a client that its documents make needless."""
    if overlays := pipeline.overlays_of(client, config.root):
        from vcgen.reading.overlay import needless

        yield from needless([one.tree for one in versions(client, news).values()], overlays)


def keeping(client: ClientConfig, report: Report) -> tuple[ClientConfig, Report, tuple[Name, ...]]:
    """Return a client that keeps the names of the old one, what changes then, and what is lost.

    Args:
        client: The configuration of the client, and its operations in the new document.
        report: What changes with the names that the new document would give.
    """
    if report.old is None or report.new is None:
        return client, report, ()
    client = alike(client, report.new.client)
    names = tuple(key.name for key in report.new.slice.operations)
    whole = report.new.document
    both = report.comparison
    changed = client._replace(layout=_layout(client, both), base_path=_base_path(client, both))
    kept: list[Name] = []
    lost: list[Name] = []
    if changed.base_path != client.base_path:
        paths = (f'base_path "{one.base_path}"' for one in (both.old, both.new))
        kept.append(Name("base_path", "", *paths))
    # Classes inside an operation are named after it.
    for tables in ((), ("tags",), ("operations",), ("schemas", "properties", "parameters")):
        found = names_to_keep(report.comparison, tables)
        kept += found.kept
        lost += found.lost
        before, changed = changed, with_names(changed, found.kept, report.comparison)
        if changed != (before if tables else client):
            report = _with(report, pipeline.cut(changed._replace(operations=names), whole))
    return changed, replace(report, kept=tuple(kept)), tuple(lost)


def _as_configured(report: Report, client: ClientConfig, whole: Opened) -> pipeline.Selection:
    """Return what a client is generated from as it will be configured: often what was compared.

    Raises:
        SpecError: Something that its patterns select cannot be generated.
    """
    new = report.new
    if new is not None and not any(one.side == "new" for one in report.uncompared):
        compared = new.client
        named = client._replace(operations=compared.operations, keep_going=compared.keep_going)
        if named == compared:
            # The operations were named one by one; the package says nothing of how.
            return replace(new, client=client)
    return pipeline.cut(client, whole)


def _with(report: Report, source: pipeline.Selection) -> Report:
    """Return what changes where the new client is generated from something else."""
    both = Comparison(report.comparison.old.package, pipeline.build(source))
    return replace(report, new=source, comparison=both, changes=changes.compare(both))


def _base_path(client: ClientConfig, both: Comparison) -> str | None:
    """Return the path of the server that lets callers pass the `base_url` that they pass now."""
    old, new = both.old.base_path, both.new.base_path
    is_moved = any(both.old.address(a) == both.new.address(b) for a, b in both.methods)
    own = [one for one in both.new.methods if not one.operation.server]
    paths = (view.package.client.server.path for view in (both.old, both.new))
    varies = any(part.variable for path in paths for part in path)
    if old == new or not is_moved or varies:
        return client.base_path
    is_kept = all(both.new.whole_path(one).startswith(f"{old}/") for one in own)
    return old if is_kept else client.base_path


def _layout(client: ClientConfig, both: Comparison) -> Layout:
    """Return the layout that leaves the classes where callers import them from."""
    old, new = both.old.package, both.new.package
    if old.is_split is new.is_split:
        return client.layout
    return "split" if old.is_split else "flat"


def _package(source: pipeline.Selection) -> Generated:
    files = pipeline.generate(source)
    return Generated(source.client.output, files, source.manifest, source)
