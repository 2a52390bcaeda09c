"""Making the package of a selection: what its files say, and their text."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from vcgen import settling, slicing
from vcgen.config import Declaration
from vcgen.errors import SpecError
from vcgen.pipeline.selection import Selection
from vcgen.reading.opening import located
from vcgen.records import replace
from vcgen.text import marks

if TYPE_CHECKING:
    from vcgen import building, ir


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
    settled = tree.get(marks.NAMES) or {}
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
