"""Reducing: of new documents, the parts that clients need, of which they are the same."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from vcgen import ir, pipeline
from vcgen.comparing.report import Name, Report
from vcgen.config import ClientConfig
from vcgen.errors import Diagnostic, SpecError
from vcgen.reading import document, opening
from vcgen.reading.access import Access
from vcgen.reading.document import Document
from vcgen.records import Record, replace
from vcgen.updating.pruning import differences, prune

_VERSIONS = frozenset({"openapi", "swagger"})
_Trees = Mapping[str, Mapping[str, Any]]


class Step(Record):
    """The update of one client.

    Attributes:
        client: Its configuration from now on.
        report: What changes.
        kept: The names that the configuration keeps.
        lost: The names that it cannot keep.
        source: What it is generated from: the whole new documents.
        package: What its package is, as data.
        missing: The operations and opaque schemas that it names and the new documents do not have.
        dead: The entries of `rename` that match nothing.
    """

    client: ClientConfig
    report: Report
    kept: tuple[Name, ...]
    lost: tuple[Name, ...]
    source: pipeline.Selection
    package: ir.Package
    missing: tuple[Diagnostic, ...]
    dead: tuple[str, ...]


def versions(client: ClientConfig, news: Mapping[str, Document]) -> dict[str, Document]:
    """Return the new documents of a client, by their files."""
    return {file: news[file] for file in client.specs if file in news}


def reduced(
    steps: Sequence[Step], root: Path, news: Mapping[str, Document]
) -> tuple[dict[str, Document], list[pipeline.Selection]]:
    """Return the parts of documents that clients need, and what these are generated from then.

    A part is one as the vendor has it; or one made plain, where parts of it refer into operations
    that nobody needs, unless it is Swagger, which keeps these; or all of it.

    Raises:
        SpecError: A document cannot be written as one file.
    """
    for trees in _candidates(steps, root, news):
        found = {file: _written(tree, file, news[file]) for file, tree in trees.items()}
        with suppress(SpecError):
            sources = [_built(_cut(step, root, found), step) for step in steps]
            pairs = zip(sources, steps, strict=True)
            if all(source.package == step.package for source, step in pairs):
                return found, sources
    hint = "replace the document by hand, and run `vcgen generate`"
    name = next(iter(news.values())).name
    raise SpecError(Diagnostic("it cannot be written as one file", hint=hint, file=name))


def _written(tree: Mapping[str, Any], file: str, new: Document) -> Document:
    as_json = Path(file).suffix.lower() == ".json"
    # Nothing was left out: then it is the vendor's text, with its comments.
    is_whole = tree == new.tree and not as_json and not new.text.lstrip().startswith("{")
    return document.parse(new.text if is_whole else document.dump(tree, as_json=as_json), file)


def _candidates(
    steps: Sequence[Step], root: Path, news: Mapping[str, Document]
) -> Iterator[_Trees]:
    # Without the overlays, which go on correcting what is kept; but they say what that is.
    found = [pipeline.access_of(step.client, root) for step in steps]
    references = {url: folder for one in found for url, folder in one.references.items()}
    access = Access(any(one.outside for one in found), references)
    known = {file: _corrected(steps, file) for file in news}
    trees = {file: _joined(new, access, known[file]) for file, new in news.items()}
    told = pipeline.told(step.source for step in steps)
    # What is Swagger stays it, and is not made plain.
    stays = any("swagger" in tree for tree in known.values())
    yield {
        file: prune(tree, _places(steps, file, tree), told, keeps_operations=stays)
        for file, tree in trees.items()
    }
    if not stays and all(step.client.specs == tuple(news) for step in steps) and len(news) == 1:
        # Each operation once, as the first client has it.
        names = dict.fromkeys(key.name for step in steps for key in step.source.slice.operations)
        (file, new), *_ = news.items()
        with suppress(SpecError):
            client = steps[0].client._replace(operations=tuple(names))
            yield {file: pipeline.cut(client, opening.opened(new, access=access)).slice.tree}
    yield trees


def _corrected(steps: Sequence[Step], file: str) -> dict[str, Any]:
    """Return a document as it is written, as the overlays of its first client correct it."""
    step = next(step for step in steps if file in step.client.specs)
    return step.source.document.parts[step.client.specs.index(file)].source_tree


def _joined(new: Document, access: Access, corrected: dict[str, Any]) -> dict[str, Any]:
    """Return a document with its files joined, without overlays where it is one without them."""
    with suppress(SpecError):
        found = opening.joined(new, access=access)
        # Parts of other files are put where the version says that they belong.
        if found is new or found.tree.keys() & _VERSIONS == corrected.keys() & _VERSIONS:
            return found.tree
    return corrected


def _places(steps: Sequence[Step], file: str, tree: Mapping[str, Any]) -> Iterator[str]:
    """Yield where everything stands in a document that the clients of it need."""
    for step in steps:
        if file not in step.client.specs:
            continue
        label = file if len(step.client.specs) > 1 else ""
        for place in step.source.places():
            of, _, pointer = place.partition("#")
            if of == label:
                yield f"#{pointer}"
        part = step.source.document.parts[step.client.specs.index(file)]
        yield from differences(tree, part.source_tree)


def _cut(step: Step, root: Path, found: Mapping[str, Document]) -> pipeline.Selection:
    whole = pipeline.open_whole(step.client, root, versions(step.client, found))
    return pipeline.cut(step.client, whole)


def _built(source: pipeline.Selection, step: Step) -> pipeline.Selection:
    """Return a selection with its package, which is that of the whole document for the same slice.

    Raises:
        SpecError: It cannot be built.
    """
    is_same = (source.slice, source.prefixes) == (step.source.slice, step.source.prefixes)
    return replace(source, package=step.package if is_same else pipeline.build(source))
