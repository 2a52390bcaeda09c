"""The pipeline: a client of the configuration becomes the files of its package."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from vcgen import __version__, dialect, settling, slicing
from vcgen.config import ClientConfig, Declaration
from vcgen.dialect import Dialect, Repair
from vcgen.errors import Diagnostic, SpecError
from vcgen.publishing.manifest import Manifest
from vcgen.reading.access import Access
from vcgen.reading.document import Document, read
from vcgen.reading.opened import Opened
from vcgen.reading.opening import Part, located, opened_all
from vcgen.text.pointers import pointer_to

if TYPE_CHECKING:
    from vcgen import building, ir
    from vcgen.reading.overlay import Overlay

# A checkout has the templates at its top: there, the version does not tell what they are.
IS_INSTALLED = (Path(__file__).parent / "templates").is_dir()


@dataclass(frozen=True)
class Refused:
    """An operation that cannot be generated.

    Attributes:
        operation: Its name; a path where nothing is known of its operations.
        problems: Why.
    """

    operation: str
    problems: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Selection:
    """What a client is generated from.

    Attributes:
        client: Its part of the configuration.
        document: The whole document.
        roots: Leading words that names go without.
        dialect: The habits of its vendor.
        slice: The part of the document that the operations reach.
        prefixes: What the classes of some schemas begin with, by the names of the schemas.
        repairs: The defects of the document that were repaired on the way.
        refused: What was asked for and cannot be generated, where the rest is all the same.
        package: What the files say, if that had to be known already.
    """

    client: ClientConfig
    document: Opened
    roots: tuple[str, ...]
    dialect: Dialect
    slice: slicing.Slice
    prefixes: Mapping[str, str]
    repairs: tuple[Repair, ...]
    refused: tuple[Refused, ...] = ()
    package: ir.Package | None = None

    def places(self) -> Iterator[str]:
        """Yield where in the document the operations and the components stand that it needs.

        What cannot be generated belongs to it, too: the next document may have it right.
        """
        names = {one.operation for one in self.refused}
        every = slicing.operations(self.document.tree) if names else ()
        refused = (operation for operation in every if operation.name in names)
        for operation in (*refused, *self.slice.operations):
            yield self.document.origin(operation.pointer)
        for section, components in self.slice.tree.get("components", {}).items():
            for name in components:
                yield self.document.origin(pointer_to(["components", section, name]))

    @property
    def lacks_session(self) -> bool:
        """Whether its operations need a session, and none of them opens one."""
        schemes = self.slice.tree.get("components", {}).get("securitySchemes", {})
        items = self.slice.tree["paths"].values()
        marked = any("x-vcgen-session" in (one or ()) for item in items for one in item.values())
        needed = any(one.get("x-vcgen-name") == "session_id" for one in schemes.values())
        return needed and not marked

    @cached_property  # it is asked for before a package is generated, and after
    def manifest(self) -> Manifest:
        """The facts that decide what is generated: the same facts, the same files."""
        info, renames = self.slice.tree["info"], self.client.renames._asdict()
        return Manifest(
            vcgen=__version__,
            source={
                "title": str(info.get("title", "")),
                "version": str(info.get("version", "")),
                "slice": slice_digest(self.slice.tree),
                **self._overlays,
            },
            options={
                "package": self.client.package_name,
                "roots": list(self.roots),
                "layout": self.client.layout,
                # How its clients read a reply that differs, unless they are told to be strict.
                "reading": "lenient",
                "flavours": list(self.client.flavours),
                "media_types": list(self.client.media_types),
                "docs": self.client.docs,
                "line_length": self.client.line_length,
                "python": self.client.python,
                "opaque": list(self.client.opaque),
                **({} if self.client.base_path is None else {"base_path": self.client.base_path}),
                **({"modules": list(self.client.modules)} if self.client.modules else {}),
                **{one: True for one in ("recording", "testing") if getattr(self.client, one)},
                **self._declared,
                "rename": {kind: dict(names) for kind, names in renames.items() if names},
            },
            operations=[operation.name for operation in self.slice.operations],
            repairs=[asdict(repair) for repair in self.repairs],
            refused=[
                {"operation": one.operation, "reasons": [each.message for each in one.problems]}
                for one in self.refused
            ],
        )

    @property
    def _declared(self) -> dict[str, list[Mapping[str, Any]]]:
        """What the configuration declares of operations, for those who have any."""
        kinds = {one: getattr(self.client, one) for one in ("waiters", "pages", "media_choices")}
        return {kind: [one.table for one in found] for kind, found in kinds.items() if found}

    @property
    def _overlays(self) -> dict[str, list[dict[str, str]]]:
        """The corrections that took part, for those who have any."""
        if not self.document.overlays:
            return {}
        applied = zip(self.client.overlays, self.document.overlays, strict=True)
        return {
            "overlays": [
                {"file": file, "title": one.title, "actions": _digest(one.document.tree["actions"])}
                for file, one in applied
            ]
        }


def open_whole(client: ClientConfig, root: Path) -> Opened:
    """Read the document of a client, as the overlays of the client correct it.

    Raises:
        SpecError: It or an overlay cannot be read, or they do not fit together.
    """
    return _opened(client, root, {})


def open_version(client: ClientConfig, root: Path, new: Mapping[str, Document]) -> Opened:
    """Open a client's documents with other versions of some, as its overlays correct them.

    Args:
        client: The client.
        root: The folder that its paths are relative to.
        new: The new versions, by the file as the configuration has it.

    Raises:
        SpecError: A document or an overlay cannot be read, or they do not fit together.
    """
    return _opened(client, root, new)


def _opened(client: ClientConfig, root: Path, new: Mapping[str, Document]) -> Opened:
    overlays = overlays_of(client, root)
    parts = [_part(spec, root, new.get(spec)) for spec in client.specs]
    if new and len(parts) == 1:
        # They are for any version of what they extend, and each may be a file of its own.
        overlays = [replace(one, extends="") for one in overlays]
    access, apart = access_of(client, root), client.renames.schemas
    return opened_all(parts, client.operations, access=access, overlays=overlays, apart=apart)


def _part(spec: str, root: Path, new: Document | None) -> Part:
    name = spec if spec == "-" else _shown(root / spec)
    return Part(new or read(name), spec, name)


def access_of(client: ClientConfig, root: Path) -> Access:
    """Return which files the document of a client may lead to."""
    folders = {url: str(root / folder) for url, folder in client.references.items()}
    return Access(client.allow_outside, folders)


def overlays_of(client: ClientConfig, root: Path) -> Sequence[Overlay]:
    """Return the overlays of a client.

    Raises:
        SpecError: One cannot be read.
    """
    if not client.overlays:
        return ()
    from vcgen.reading import overlay

    return overlay.read_all(_shown(root / file) for file in client.overlays)


def cut(client: ClientConfig, whole: Opened) -> Selection:
    """Cut out of a document what the operations of a client reach.

    If the client keeps going, it is what can be generated of that.

    Raises:
        SpecError: The slice has a problem; or there is a warning, and the client is strict.
    """
    if client.keep_going:
        return possible(client, whole)
    try:
        return _cut(client, whole)
    except SpecError as error:
        raise SpecError(*error.diagnostics, *_others(client, whole, error)) from None


def possible(client: ClientConfig, whole: Opened) -> Selection:
    """Return what can be generated of the operations of a client, and why the others cannot.

    Raises:
        SpecError: None can, or a problem is not one of some operations.
    """
    refused: dict[str, dict[Diagnostic, None]] = {}
    while True:
        try:
            source = _cut(client, whole, refused)
            package = build(source)
        except SpecError as error:
            found = _by_operation(error)
            if not found.keys() - refused.keys():
                raise
            for operation, problems in found.items():
                refused.setdefault(operation, {}).update(dict.fromkeys(problems))
            if not slicing.select(whole.tree, client.operations, refused):
                known = dict.fromkeys(one for problems in refused.values() for one in problems)
                raise SpecError(*known) from None
        else:
            listed = tuple(Refused(name, tuple(each)) for name, each in refused.items())
            return replace(source, refused=listed, package=package)


def _by_operation(error: SpecError) -> dict[str, list[Diagnostic]]:
    found: dict[str, list[Diagnostic]] = {}
    for problem in error.diagnostics:
        for operation in problem.operations:
            found.setdefault(operation, []).append(problem)
    return found


def _others(client: ClientConfig, whole: Opened, error: SpecError) -> tuple[Diagnostic, ...]:
    """Return what is wrong with the operations that a problem of the slicing does not concern."""
    if not _by_operation(error):
        return ()
    try:
        found = [one for each in possible(client, whole).refused for one in each.problems]
    except SpecError as further:
        found = [*further.diagnostics]
    return tuple(one for one in dict.fromkeys(found) if one not in error.diagnostics)


def _cut(client: ClientConfig, whole: Opened, without: Collection[str] = ()) -> Selection:
    if client.strict and whole.warnings:
        raise SpecError(*whole.warnings)
    name = client.dialect if client.dialect != "auto" else dialect.detect(whole.tree)
    chosen = dialect.get(name)
    with located(whole):
        tree = whole.prepared(chosen)
        part = slicing.slice_document(
            tree,
            client.operations,
            dialect=chosen,
            strict=client.strict,
            without=without,
            opaque=client.opaque,
            copies=whole.copies,
        )
    roots = chosen.roots if client.roots is None else client.roots
    names = client.renames
    fixed = settling.Chosen(roots, names.schemas, names.tags, names.operations)
    part = settling.settled(tree, part, chosen, fixed)
    repairs = tuple(whole.repairs(part))
    if client.strict and repairs:
        raise SpecError(*(whole.place(slicing.refused(repair)) for repair in repairs))
    prefixes = chosen.prefixes(part.tree.get("components", {}).get("schemas", {}))
    return Selection(client, whole, roots, chosen, part, prefixes, repairs)


def generate(source: Selection) -> Mapping[str, str]:
    """Return the files of the package, by path relative to it.

    Raises:
        SpecError: Something that the operations reach cannot be generated.
    """
    # Imported here so that a `check` which hashes can answer need not load them.
    from vcgen.writing import proving, rendering
    from vcgen.writing.style import USUAL, Style

    package = build(source, only_code=True)
    style = Style(source.client.line_length, source.client.python)
    files = rendering.render(package, style)
    # What this Python cannot read says the same as what it can.
    readable = files if style.is_read_here else rendering.render(package, USUAL)
    proving.prove(source.client.output, readable)
    return files


def build(source: Selection, *, only_code: bool = False) -> ir.Package:
    """Return what the files of the package say, as data; and limits, which only a fake checks.

    Raises:
        SpecError: Something that the operations reach cannot be generated.
    """
    if source.package is not None:
        return source.package
    from vcgen import building
    from vcgen.building import openapi
    from vcgen.building.class_names import ClassNames
    from vcgen.building.secrets import secrets

    names, tree = source.client.renames, source.slice.tree
    settled = tree.get(settling.NAMES) or {}
    options = building.Options(
        package=source.client.package_name,
        roots=source.roots,
        qualifiers=source.dialect.qualifiers,
        modules=source.client.modules,
        names_errors=source.dialect.names_errors,
        schemas=ClassNames(names.schemas, source.prefixes, source.roots),
        tags=names.tags,
        operations={**settled.get("operations", {}), **names.operations},
        settled=settled.get("schemas", {}),
        **settling.ways(settled),
        properties=names.properties,
        parameters=names.parameters,
        media_types=source.client.media_types,
        media_choices=tuple(map(_declared, source.client.media_choices)),
        layout=source.client.layout,
        flavours=source.client.flavours,
        docs=source.client.docs,
        base_path=source.client.base_path,
        waiters=tuple(map(_declared, source.client.waiters)),
        pages=tuple(map(_declared, source.client.pages)),
        tells_limits=source.client.testing or not only_code,
    )
    with located(source.document):
        try:
            package = building.build(openapi.load(tree), options)
        except SpecError as error:
            reach = slicing.Reach(tree, source.slice.operations, {})
            raise SpecError(*map(reach.told, error.diagnostics)) from None
    recording = secrets(tree) if source.client.recording else None
    return replace(package, testing=source.client.testing, recording=recording)


def _declared(one: Declaration) -> building.Table:
    from vcgen import building

    return building.Table(one.table, building.Place("", one.key, one.file, one.lines))


def told(sources: Iterable[Selection]) -> dict[str, dict[str, Any]]:
    """Return what whole documents tell of parts of them, by keys of the top of such a part."""
    return settling.told(source.slice.tree for source in sources)


def slice_digest(tree: Mapping[str, Any]) -> str:
    """Return the digest of a slice; title and version do not count, for no code depends on them."""
    return _digest({**tree, "info": {**tree["info"], "version": ""}})


def _digest(value: object) -> str:
    return "sha256:" + hashlib.sha256(json.dumps(value, ensure_ascii=True).encode()).hexdigest()


def _shown(path: Path) -> str:
    """Return a path as a person in the working directory would write it."""
    try:
        return str(path.resolve().relative_to(Path.cwd()))
    except (ValueError, RuntimeError):  # it is elsewhere, or a loop of links
        return str(path)
