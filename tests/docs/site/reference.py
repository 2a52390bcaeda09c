"""Print the reference page of the committed client, from its signatures and docstrings."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

PACKAGE = Path(__file__).parents[3] / "generated" / "vcenter_guest_customization"
# What callers import, by module; the async classes have the same methods to await.
MODULES = {
    "client": "Client",
    "operations": "Operations",
    "models": "Models",
    "errors": "Exceptions",
}
_SECTION = re.compile(r"^(Args|Raises|Returns|Yields|Attributes):$")
_ENTRY = re.compile(r"^    (\w+): (.*)$")

Function = ast.FunctionDef | ast.AsyncFunctionDef


def page() -> Iterator[str]:
    """Yield the lines of the page."""
    yield from (
        "# Reference of a client",
        "",
        f"All that callers use of `{PACKAGE.name}`, the client that is committed in this",
        "repository. `AsyncClient` has the same methods to await.",
    )
    for module, title in MODULES.items():
        tree = ast.parse((PACKAGE / f"{module}.py").read_text(encoding="utf-8"))
        every = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
        yield from ("", f"## {title}")
        for name, node in every.items():
            if name.startswith(("_", "Async", "Base", "Common", "Sync")):
                continue
            yield from ("", f"### {name}", "", *_class(node, every))


def _class(node: ast.ClassDef, every: dict[str, ast.ClassDef]) -> Iterator[str]:
    bases = [ast.unparse(base) for base in node.bases]
    if shown := [base for base in bases if base not in ("Exception", *_hidden(every))]:
        yield f"A `{', '.join(shown)}`."
        yield ""
    yield from _prose(ast.get_docstring(node))
    yield from _fields(node)
    for one in _methods(node, every):
        is_property = any("property" in ast.unparse(d) for d in one.decorator_list)
        name = f"{node.name}(...)" if one.name == "__init__" else f"{node.name}.{one.name}"
        yield from ("", f"#### {name}", "", "```py")
        yield _property(one) if is_property else _head(one, node.name)
        yield from ("```", "", *_prose(ast.get_docstring(one)))


def _hidden(every: dict[str, ast.ClassDef]) -> Iterator[str]:
    """Yield the bases that callers do not see: their methods are shown where they are inherited."""
    yield from (name for name in every if name.startswith(("Base", "Common", "Sync")))
    yield "OpenEnum"
    yield "Model"


def _methods(node: ast.ClassDef, every: dict[str, ast.ClassDef]) -> Iterator[Function]:
    """Yield the public methods of a class, and those of the bases that callers do not see."""
    found: dict[str, Function] = {}
    waiting = [node]
    while waiting:
        one = waiting.pop(0)
        for part in one.body:
            if isinstance(part, Function) and (part.name == "__init__" or part.name[0] != "_"):
                found.setdefault(part.name, part)
        names = (ast.unparse(base).partition("[")[0] for base in one.bases)
        waiting += [every[name] for name in names if name.startswith(("Base", "Common", "Sync"))]
    yield from (one for one in found.values() if ast.get_docstring(one))


def _property(node: Function) -> str:
    return f"{node.name}: {ast.unparse(node.returns)}" if node.returns else node.name


def _head(node: Function, owner: str) -> str:
    """Return the line that calls a method, without `self`, an argument a line if it is long."""
    arguments = re.sub(r"^(self|cls)(, )?", "", ast.unparse(node.args))
    arguments = re.sub(r"(?<=[\]\w])=", " = ", arguments)
    result = f" -> {ast.unparse(node.returns)}" if node.returns else ""
    name = node.name
    if name == "__init__":
        name, result = owner, ""
    line = f"{name}({arguments}){result}"
    if len(line) <= 88:
        return line
    parts = re.split(r", (?![^\[]*\])", arguments)
    return "\n".join([f"{name}(", *(f"    {part}," for part in parts), f"){result}"])


def _fields(node: ast.ClassDef) -> Iterator[str]:
    """Yield the fields of a model or the members of an enumeration, with their docstrings."""
    rows = []
    for part, after in zip(node.body, [*node.body[1:], None], strict=True):
        is_text = isinstance(after, ast.Expr) and isinstance(after.value, ast.Constant)
        text = str(after.value.value) if is_text else ""  # type: ignore[union-attr]
        if isinstance(part, ast.AnnAssign) and isinstance(part.target, ast.Name):
            if part.target.id[0] != "_" and "ClassVar" not in ast.unparse(part.annotation):
                rows.append((f"{part.target.id}: {ast.unparse(part.annotation)}", text))
        elif isinstance(part, ast.Assign) and ast.unparse(part.targets[0]).isupper():
            rows.append((ast.unparse(part), text))
    if rows:
        yield ""
    for code, text in rows:
        yield f"- `{code}`{': ' if text else ''}{' '.join(text.split())}"


def _prose(docstring: str | None) -> Iterator[str]:
    """Yield a docstring as Markdown; its sections become lists."""
    in_section = False
    for line in (docstring or "").splitlines():
        if match := _SECTION.match(line):
            in_section = True
            yield from (f"**{match[1]}**", "")
        elif in_section and (match := _ENTRY.match(line)):
            yield f"- `{match[1]}`: {match[2]}"
        elif in_section and line.startswith("        "):
            yield f"  {line.strip()}"
        else:
            yield line.strip() if in_section else line


if __name__ == "__main__":
    print("\n".join(page()))
