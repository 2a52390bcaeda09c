"""The commands that look into a document: its operations, and the part that some of them need."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from vcgen import pipeline, publishing, slicing
from vcgen.cli import listing
from vcgen.cli.clients import open_specs, read, with_access
from vcgen.cli.console import put, repaired, say
from vcgen.cli.options import (
    PATH,
    Elsewhere,
    access_options,
    also_option,
    keep_going_option,
    operations_option,
    overlay_option,
    spec_argument,
    strict_option,
    verbose_option,
)
from vcgen.config import ClientConfig
from vcgen.errors import Diagnostic, OutputError, SpecError
from vcgen.reading import document
from vcgen.reading.opened import Opened
from vcgen.reading.opening import located
from vcgen.text.counting import counted


@click.command("list")
@spec_argument
@click.argument("pattern", required=False)
@also_option
@overlay_option
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json"]),
    default="text",
    help="Output format; json has methods, types and exceptions.",
)
@access_options
def list_(
    spec: str,
    pattern: str | None,
    also: tuple[str, ...],
    overlays: tuple[str, ...],
    form: str,
    access: Elsewhere,
) -> None:
    """Print the operations of a document.

    Each line has the method, the path and the operationId of one operation. PATTERN keeps the
    operations that contain it as a text, or that it selects: `GET /path`, `/path`, an operationId
    or a tag; * is any text, ! in front excludes.

    Example: vcgen list vcenter.yaml 'GET /vcenter/vm*'
    """
    whole = open_specs((spec, *also), access, overlays)
    with located(whole):
        found = slicing.operations(whole.tree)
        chosen = found if pattern is None else _chosen(whole, found, pattern)
    if form == "json":
        put(json.dumps(_facts(whole, chosen), indent=2, ensure_ascii=False) + "\n", data=True)
        return
    if not found:
        say(f"{whole.name}: the document has no operations", err=True)
    for one in chosen:
        say(f"{one.method:<7} {one.path}  {one.operation_id or ''}".rstrip())


def _facts(whole: Opened, chosen: Sequence[slicing.OperationKey]) -> list[dict[str, Any]]:
    """Return what each operation becomes, or why it cannot be generated."""
    if not chosen:
        return []
    client = ClientConfig(whole.name, "client", tuple(one.name for one in chosen), keep_going=True)
    try:
        source = pipeline.cut(client, whole)
    except SpecError as error:
        found = error.diagnostics
        return [
            _refused(one.name, [p for p in found if one.name in (p.operations or (one.name,))])
            for one in chosen
        ]
    made = listing.operations(pipeline.build(source))
    refused = [_refused(one.operation, one.problems) for one in source.refused]
    facts = {str(one["operation"]): one for one in (*made, *refused)}
    return [facts[one.name] for one in chosen]


def _refused(name: str, problems: Sequence[Diagnostic]) -> dict[str, Any]:
    return {"operation": name, "refused": [str(one._replace(operations=())) for one in problems]}


def _chosen(
    whole: Opened, found: Sequence[slicing.OperationKey], pattern: str
) -> list[slicing.OperationKey]:
    """Return the operations that a pattern selects or is a part of, or say that there is none."""
    part = pattern.lower()
    texts = {one: "\n".join([one.name, one.operation_id or "", *one.tags]) for one in found}
    held = {one for one, text in texts.items() if part in text.lower()}
    try:
        held.update(slicing.select(whole.tree, [pattern]))
    except SpecError:
        if not held:
            raise
    return [one for one in found if one in held]


@click.command("slice")
@spec_argument
@operations_option(required=True)
@also_option
@overlay_option
@click.option(
    "--output", "-o", metavar="FILE", type=PATH, help="File to write instead of standard output."
)
@access_options
@strict_option
@keep_going_option
@verbose_option
def slice_(
    spec: str,
    operations: tuple[str, ...],
    also: tuple[str, ...],
    overlays: tuple[str, ...],
    output: str | None,
    strict: bool,
    keep_going: bool,
    verbose: bool,
    access: Elsewhere,
) -> None:
    """Write the smallest document that holds some operations.

    The output is valid OpenAPI: known defects are repaired, and overlays are applied. It generates
    the same client as the whole document. It is JSON or YAML by its suffix, or else as SPEC is.

    Example: vcgen slice vcenter.yaml -O 'GET /vcenter/vm/{vm}' -o vm.yaml
    """
    # As for a client, so that a client of the slice is that of the whole document.
    client = ClientConfig(
        spec,
        "slice",
        operations,
        strict=strict,
        overlays=overlays,
        keep_going=keep_going,
        also=also,
    )
    source = read(with_access(client, access), Path(), verbose)
    forms = {".json": True, ".yaml": False, ".yml": False}
    as_json = forms.get(Path(output or "").suffix.lower(), source.document.is_json)
    text = document.dump(source.slice.tree, as_json=as_json)
    if output in (None, "-"):
        put(text, data=True)
    else:
        _refuse_sources(Path(output), [*source.document.files, *overlays])
        publishing.write_file(Path(output), text)
        count = counted(len(source.slice.operations), "operation")
        say(f"{output}: {count}{'' if verbose else repaired(source.repairs)}")


def _refuse_sources(output: Path, files: Sequence[str]) -> None:
    """Refuse to write the slice over what it is made of.

    Raises:
        OutputError: It is one of these files.
    """
    if output.exists() and any(Path(one).exists() and output.samefile(one) for one in files):
        message = "the slice is made of this file"
        raise OutputError(Diagnostic(message, hint="write it to another file", file=str(output)))
