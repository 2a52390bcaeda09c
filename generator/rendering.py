"""Rendering: the intermediate representation and the templates become text.

Every string of a document leaves a template through one of two filters: `literal` (a Python
literal) or `docstring` (escaped and wrapped). Identifiers are made by `naming`; there is no other
way.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Mapping
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from generator import ir
from generator.imports import errors_imports, models_imports, operations_imports

# The wheel holds the templates inside the package, a checkout beside it.
_HERE = Path(__file__).parent
TEMPLATES = next(
    folder for folder in (_HERE / "templates", _HERE.parent / "templates") if folder.is_dir()
)

_MODULES = {
    "__init__.py": "init.py.jinja",
    "_wire.py": "wire.py.jinja",
    "client.py": "client.py.jinja",
    "errors.py": "errors.py.jinja",
    "models.py": "models.py.jinja",
    "operations.py": "operations.py.jinja",
}
_LINE = 88


def render(package: ir.Package) -> Mapping[str, str]:
    """Return the modules of the package, by path relative to it."""
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
    imports = {
        "errors.py": errors_imports(package),
        "models.py": models_imports(package),
        "operations.py": operations_imports(package),
    }
    files = {
        path: environment.get_template(template).render(
            package=package, imports=imports.get(path, ())
        )
        for path, template in _MODULES.items()
    }
    return {**files, "py.typed": ""}


def docstring(text: str, indent: int = 0) -> str:
    """Return `text` as a docstring whose lines stand `indent` columns deep.

    Each line of `text` is a paragraph, wrapped with its own indentation; the lines of a list item
    or a section's entry hang below its first.
    """
    lines: list[str] = []
    for line in _escape(text).strip("\n").split("\n"):
        own = len(line) - len(line.lstrip())
        hang = 2 if line.lstrip().startswith("- ") else 4 if own else 0
        lines += textwrap.wrap(
            line,
            width=_LINE - indent,
            initial_indent="",
            subsequent_indent=" " * (own + hang),
            break_long_words=False,
            break_on_hyphens=False,
            drop_whitespace=True,
        ) or [""]
    # The quotes take three columns of the first line, and of the last.
    if len(lines) == 1 and len(lines[0]) + 6 > _LINE - indent:
        lines = textwrap.wrap(lines[0], width=_LINE - indent - 3, break_long_words=False)
    body = f"\n{' ' * indent}".join(lines)
    body = re.sub(r"[ ]+\n", "\n", body)
    end = f"\n{' ' * indent}" if len(lines) > 1 else ""
    return f'"""{body}{end}"""'


def names(nodes: Iterable[str]) -> list[str]:
    """Return names in the order of import sorters: constants, classes, the rest; case ignored."""
    return sorted(set(nodes), key=lambda name: (_rank(name), _natural(name.lower()), name))


def exports(nodes: Iterable[str]) -> list[str]:
    """Return names in the order that linters want in `__all__`: as `names`, but capitals first."""
    return sorted(set(nodes), key=lambda name: (_rank(name), _natural(name)))


def _rank(name: str) -> int:
    if name.isupper() and len(name) > 1:
        return 0
    return 1 if name[0].isupper() else 2


def _natural(name: str) -> list[tuple[int, str]]:
    parts = re.findall(r"\d+|\D+", name)
    return [(int(part), "") if part.isdigit() else (-1, part) for part in parts]


def _escape(text: str) -> str:
    """Make text inert inside a docstring: no escape, no quote that could end it, no control."""
    text = "".join(c if c.isprintable() or c == "\n" else ascii(c)[1:-1] for c in text)
    text = text.replace("\\", "\\\\")
    return re.sub(r'"{2,}|"\Z', lambda quotes: r"\"" * len(quotes[0]), text)
