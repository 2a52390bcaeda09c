"""Rendering: the intermediate representation and the templates become text.

Every string of a document leaves a template through one of two filters: `literal` (a Python
literal) or `docstring` (escaped and wrapped). Identifiers are made by `naming`; there is no other
way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from vcgen import ir
from vcgen.writing.ahead import FOLDER, Ahead
from vcgen.writing.definitions import Import
from vcgen.writing.docstrings import docstring
from vcgen.writing.emitting import Rendered, emit
from vcgen.writing.flavours import class_names, flavours_of
from vcgen.writing.formatting import formatted
from vcgen.writing.imports import in_order, rank
from vcgen.writing.printing.literals import literal
from vcgen.writing.style import USUAL, Style

# The wheel holds the templates inside the package, a checkout at its top.
_PACKAGE = Path(__file__).parent.parent
TEMPLATES = next(
    folder
    for folder in (_PACKAGE / "templates", _PACKAGE.parent.parent / "templates")
    if folder.is_dir()
)

_DOCS = {
    "_wire": "HTTP layer: requests, credentials and response decoding.",
    "_lenient": "Lenient decoding of responses that differ from the API document.",
    "client": "Clients: server, credentials, and resources as attributes.",
    "errors": "Exceptions: every failure of this client is a `ClientError`.",
    "models": "Models: one module for each first word of the class names.",
    "_waiting": "Waiting: repeated requests until a response ends the wait.",
    "_tasks": "Tasks that a server goes on with after its response.",
    "_paging": "Paging: repeated requests until the last page.",
    "testing": "Fake server for tests of code that uses this client.",
    "recording": "Recording of the traffic as HAR 1.2.",
    "operations": "Operations: one module for each resource.",
}
# What of the run-time reads a scalar that is written in another way.
_REPAIRS = {
    "bool": "_boolean",
    "int": "_integer",
    "float": "_number",
    "str": "_text",
    "bytes": "_bytes",
    "datetime": "_moment",
    "date": "_day",
}
_ERRORS = "errors.py"
# Among operations, types have the whole names of what an argument or a method is called like.
_OPERATIONS = {"datetime": Import("datetime")}
# A type that is made of several: `Pages[A, B]`.
_SEVERAL = re.compile(r"\w+\[[^\[\]]*, ")


class Templates(Environment):
    """Templates that read attributes alone: Jinja's own way is to try items next, and is slow."""

    getattr = staticmethod(getattr)  # type: ignore[assignment]  # which has no `self`


@cache
def environment(line_length: int) -> Templates:
    """Return the templates and their filters, read once for all packages of a width."""
    found = Templates(
        loader=Ahead(FOLDER).loader() or FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # Python is written, not HTML
        auto_reload=False,  # no template changes meanwhile, and each `include` would look
    )
    found.filters["docstring"] = partial(docstring, width=line_length)
    found.filters["documented"] = partial(documented, width=line_length)
    found.filters["literal"] = literal
    found.filters["names"] = in_order
    found.filters["exports"] = exports
    found.filters["alias"] = partial(alias, width=line_length)
    found.filters["exploded"] = partial(exploded, width=line_length)
    found.filters["type_alias"] = partial(type_alias, width=line_length)
    found.filters["unsplit"] = partial(unsplit, width=line_length)
    found.filters["unsplit_field"] = partial(unsplit_field, width=line_length)
    found.filters["classes"] = lambda one, flavours: in_order(class_names([one], flavours))
    return found


def render(package: ir.Package, style: Style = USUAL) -> Mapping[str, str]:
    """Return the modules of the package, by path relative to it."""
    roots = (
        *package.public_lenient,
        *package.public_recording,
        *package.public_paging,
        *package.public_tasks,
        *package.public_wire,
        *ir.BASE_ERRORS,
        *(("STATUSES",) if package.errors.well_known else ()),
        # Errors are read as well as can be where the document says what they are.
        *(("tells_something",) if package.errors.bodies else ()),
    )
    files = emit(modules_of(package, style), roots, package.flavours, style)
    template = environment(style.line_length).get_template("init.py.jinja")
    init = formatted(template.render(package=package), style)
    return {"__init__.py": init, **files, "py.typed": ""}


def modules_of(package: ir.Package, style: Style) -> Iterator[Rendered]:
    """Yield the modules as far as templates make them; where their lines end is left open."""
    flavours = flavours_of(package)
    said = partial(docstring, width=style.line_length)

    def text(template: str, **facts: object) -> str:
        chosen = environment(style.line_length).get_template(template)
        return chosen.render(package=package, flavours=flavours, **facts)

    models = {name: part.path for part in package.model_modules for name in part.names}
    errors = dict.fromkeys((one.name for one in package.errors.classes), _ERRORS)
    yield Rendered("_wire.py", said(_DOCS["_wire"]), home="_wire")
    body = text("lenient.py.jinja", repairs=_REPAIRS)
    yield Rendered("_lenient.py", said(_DOCS["_lenient"]), body, home="_lenient")
    if package.waits:
        yield Rendered("_waiting.py", said(_DOCS["_waiting"]), home="_waiting")
    if package.pages:
        yield Rendered("_paging.py", said(_DOCS["_paging"]), home="_paging")
    if package.tasks:
        yield Rendered("_tasks.py", said(_DOCS["_tasks"]), home="_tasks")
    if package.testing:
        sees = _operations_of(package)
        yield Rendered(
            "testing.py", said(_DOCS["testing"]), text("testing.py.jinja"), "testing", sees
        )
    if package.recording:
        body, said_of = text("recording.py.jinja"), said(_DOCS["recording"])
        yield Rendered("recording.py", said_of, body, home="recording")
    body = text("errors.py.jinja")
    yield Rendered(_ERRORS, said(_DOCS["errors"]), body, home="errors", sees=models)
    for module in package.model_modules:
        home = "models" if module.is_base else ""
        siblings = {f"_{name}": Import(".", name, f"_{name}") for name in module.siblings}
        body = text("models.py.jinja", module=module)
        yield Rendered(module.path, said(module.doc), body, home, imports=siblings)
    operations: dict[str, str] = {}
    sees = models | errors | _operations_of(package)
    for part in package.operation_modules:
        functions = (one.function for resource in part.resources for one in resource.operations)
        named = (*class_names(part.resources, flavours), *functions)
        operations.update(dict.fromkeys(named, part.path))
        body = text("operations.py.jinja", module=part)
        yield Rendered(part.path, said(part.doc), body, sees=sees, imports=_OPERATIONS)
    body = text("client.py.jinja")
    yield Rendered(
        "client.py",
        said(_DOCS["client"]),
        body,
        home="client",
        sees=operations,
        variables=("Http",),
    )
    if package.is_split:
        for folder in ("models", "operations"):
            yield Rendered(f"{folder}/__init__.py", said(_DOCS[folder]))


def _operations_of(package: ir.Package) -> dict[str, str]:
    """Return the module of each function that describes a call, and of each exception."""
    return {
        **dict.fromkeys(("DISCRIMINATORS", "KINDS"), _ERRORS),
        **{
            one.function: part.path
            for part in package.operation_modules
            for resource in part.resources
            for one in resource.operations
        },
    }


def documented(
    nodes: Iterable[ir.Operation], indent: int, width: int = USUAL.line_length
) -> list[tuple[ir.Operation, str]]:
    """Return operations with their docstrings, which are the same in both flavours."""
    return [(one, docstring(one, indent, width)) for one in nodes]


def exports(nodes: Iterable[str]) -> list[str]:
    """Return names in the order that linters want in `__all__`: capitals first."""
    return sorted(set(nodes), key=lambda name: (rank(name), ir.natural(name)))


def alias(one: ir.Operation | ir.Task, width: int = USUAL.line_length) -> str:
    """Return a name for what a function returns whose signature could not be broken into lines.

    Formatters agree on how to break arguments; without any, they do not. It is "" for others.
    """
    if isinstance(one, ir.Task):
        returned, name = f"{one.follows}[{one.result.type.annotation}]", f"{one.function}_type"
    else:
        returned, name = f"Call[{one.result.annotation}]", f"{one.function}_call"
    is_short = len(f"def {one.function}() -> {returned}:") <= width
    is_broken = isinstance(one, ir.Operation) and bool(one.arguments)
    return "" if is_short or is_broken else name


def exploded(signature: str, width: int = USUAL.line_length) -> str:
    """Return the signature of a method, with a comma that puts each argument on its own line.

    Formatters disagree on which brackets to break if the types in those of the result are several
    and do not fit on a line; where there is such a comma, they break both.
    """
    arguments, arrow, returned = signature.rpartition(") -> ")
    if len(f"    {arrow}{returned}") <= width or not _SEVERAL.match(returned):
        return signature
    return f"{arguments},{arrow}{returned}"


def type_alias(name: str, width: int = USUAL.line_length) -> str:
    """Return the left side of a type alias in a block: one that is long goes without annotation.

    black puts brackets around the annotation if its line is too long, and ruff format does not.
    """
    declared = f"{name}: TypeAlias"
    return declared if len(f"    {declared} = (") <= width else name


def unsplit(name: str, width: int = USUAL.line_length) -> str:
    """Return the mark that leaves an assignment in a block on one line, if its target is too long.

    black puts brackets around the value of such a line, and ruff format does not.
    """
    return "  # fmt: skip" if len(f"    {name} = (") > width else ""


def unsplit_field(field: ir.Field, depth: int = 4, width: int = USUAL.line_length) -> str:
    """Return the mark that leaves a field with a value on one line, if its type is too long.

    black puts brackets around a type without any in such a line, and ruff format does not. Nor do
    they agree on a function whose result no line can hold.
    """
    type_ = field.annotation
    has_break = any(sign in type_ for sign in "[|")
    declared = f"{field.name}: (" if has_break else f"{field.name}: {type_} = ("
    is_long = depth + len(declared) > width
    if field.fixed and field.fixed.name:
        made = "lambda: " if field.accepts else "default_factory=lambda: "
        filled = f"{made}{field.type.annotation}.{field.fixed.name},"
        is_long = is_long or depth + 4 + len(filled) > width
    return "  # fmt: skip" if is_long else ""
