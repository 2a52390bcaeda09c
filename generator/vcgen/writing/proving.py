"""Proving: a package that Python would not import is refused before anything is written.

What a document says cannot be foreseen, and neither can each way in which two of its names become
one. So the texts are parsed, with the names of each scope, and their definitions counted, whatever
the document says.
"""

from __future__ import annotations

import ast
import re
import symtable
from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from vcgen.errors import EXCLUDE, Diagnostic, SpecError

_HINT = f"rename one in the `rename` table, or {EXCLUDE}"
# A line at the depth of a module or a class that may define something, as formatters leave lines;
# what gives one value to several names counts as defining the same one again. Docstrings, whose
# words may look like that, are passed over: behind the quotes that end a text, there is no word.
_LINE = re.compile(
    r'^ *"""\w(?s:.*?)"""'
    r"|^(?P<inner>    )?(?P<class>class )?(?:(?:async )?def )?"
    r"(?P<name>[^\W\d]\w*)(?:(?P<chain> = \w+ = )|(?= ?[:=(\[]))",
    re.M,
)


def prove(package: str, files: Mapping[str, str]) -> None:
    """Check that each module can be read, and that none of its names is defined twice in one place.

    Args:
        package: The folder of the package, as messages call it.
        files: The texts, by path relative to the package.

    Raises:
        SpecError: A module is not valid Python, or would lose one of two definitions.
    """
    modules = {path: text for path, text in files.items() if path.endswith(".py")}
    problems = list(chain.from_iterable(map(_problems, modules, modules.values())))
    if problems:
        raise SpecError(*(one.at(f"{package}/{one.file}", one.line) for one in problems))


def _problems(path: str, text: str) -> Iterator[Diagnostic]:
    try:
        # It finds what compiling does but for statements out of place, and leaves out the bytecode.
        symtable.symtable(text, path, "exec")
    except (SyntaxError, ValueError, RecursionError) as error:
        line = error.lineno if isinstance(error, SyntaxError) else None
        yield Diagnostic(f"would not be valid Python: {error}", hint=_HINT, file=path, line=line)
        return
    if _may_repeat(text):
        yield from _repeated(path, ast.parse(text))


def _may_repeat(text: str) -> bool:
    """Tell whether a name may be defined twice: the lines tell it sooner than the syntax tree.

    Words of some docstrings, overloads and setters look like a repetition too.
    """
    outer: set[str] = set()
    inner: set[str] | None = None
    for line in _LINE.finditer(text):
        name = line["name"]
        if name is None:
            continue
        if line["inner"]:
            seen = inner
        else:
            seen, inner = outer, set() if line["class"] else None
        if seen is None:
            continue
        if name in seen or line["chain"]:
            return True
        seen.add(name)
    return False


def _repeated(path: str, tree: ast.Module) -> Iterator[Diagnostic]:
    bodies = [("the module", tree.body)]
    bodies += [(node.name, node.body) for node in tree.body if isinstance(node, ast.ClassDef)]
    for owner, body in bodies:
        seen = dict[str, int]()
        for name, line in _defined(body):
            if name in seen:
                message = f"{owner} would define {name} twice, first in line {seen[name]}"
                yield Diagnostic(message, hint=_HINT, file=path, line=line)
            seen.setdefault(name, line)


def _defined(body: Iterable[ast.stmt]) -> Iterator[tuple[str, int]]:
    """Yield the names that the statements of a body define, and where.

    What is decorated may be meant twice (overloads, the setter of a property).
    """
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            if not node.decorator_list:
                yield node.name, node.lineno
        elif isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
            yield node.target.id, node.lineno
        elif isinstance(node, ast.Assign):
            yield from ((t.id, node.lineno) for t in node.targets if isinstance(t, ast.Name))
