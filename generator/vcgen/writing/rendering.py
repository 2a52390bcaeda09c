"""Rendering: the intermediate representation and the templates become text.

Every string of a document leaves a template through one of two filters: `literal` (a Python
literal) or `docstring` (escaped and wrapped). Identifiers are made by `naming`; there is no other
way.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from vcgen import ir
from vcgen.writing.docstrings import docstring
from vcgen.writing.imports import errors_imports, models_imports, operations_imports, wire_imports

# The wheel holds the templates inside the package, a checkout at its top.
_PACKAGE = Path(__file__).parent.parent
TEMPLATES = next(
    folder
    for folder in (_PACKAGE / "templates", _PACKAGE.parent.parent / "templates")
    if folder.is_dir()
)

_DOCS = {
    "models": "The values that go over the wire: a module for each first word of their names.",
    "operations": "The operations: a module for each resource.",
}


@cache
def _environment() -> Environment:
    """Return the templates and their filters, read once for all packages."""
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        autoescape=False,  # noqa: S701  Python is written, not HTML
    )
    environment.filters["docstring"] = docstring
    environment.filters["literal"] = repr
    environment.filters["names"] = names
    environment.filters["exports"] = exports
    return environment


def render(package: ir.Package) -> Mapping[str, str]:
    """Return the modules of the package, by path relative to it."""

    def text(template: str, **facts: object) -> str:
        return _environment().get_template(template).render(package=package, **facts)

    files = {
        "__init__.py": text("init.py.jinja"),
        "_wire.py": text("wire.py.jinja", imports=wire_imports(package)),
        "client.py": text("client.py.jinja"),
        "errors.py": text("errors.py.jinja", imports=errors_imports(package)),
    }
    for module in package.model_modules:
        facts = {"module": module, "imports": models_imports(module)}
        files[module.path] = text("models.py.jinja", **facts)
    for part in package.operation_modules:
        facts = {"module": part, "imports": operations_imports(package, part)}
        files[part.path] = text("operations.py.jinja", **facts)
    if package.is_split:
        for folder, doc in _DOCS.items():
            files[f"{folder}/__init__.py"] = text("folder.py.jinja", doc=doc)
    return {**files, "py.typed": ""}


def names(nodes: Iterable[str]) -> list[str]:
    """Return names in the order of import sorters: constants, classes, the rest; case ignored."""
    return sorted(set(nodes), key=lambda name: (_rank(name), ir.natural(name.lower()), name))


def exports(nodes: Iterable[str]) -> list[str]:
    """Return names in the order that linters want in `__all__`: as `names`, but capitals first."""
    return sorted(set(nodes), key=lambda name: (_rank(name), ir.natural(name)))


def _rank(name: str) -> int:
    if name.isupper() and len(name) > 1:
        return 0
    return 1 if name[0].isupper() else 2
