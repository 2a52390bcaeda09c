"""A client for one operation says what the client of the whole document says of it, byte for byte.

What may differ is the layout: a large package is split by tag and by the first word of its models,
and a class of another module stands behind the name of that module (`_vds.VdsSpec`). That is no
part of a name, and is taken off before texts are compared.

And what may be missing is what other operations alone speak of. This is pruning, and all of it:

- classes and functions that the operation does not reach, and methods of the class of its tag;
- of an exception (`ApiError`, too), types of its body in the union that `.error` is, of which none
  is left where the operation says nothing of bodies (`Any`); paragraphs of its docstring; and rows
  of the table of kinds. What is left is the same, in the same order;
- the function that finds the text for people in any body;
- the argument by which a call tells bodies apart, and the class that has it, where no exception
  has several.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import pytest
from corpus_clients import PARTS, Client, generated, part_of
from corpus_files import SPECS, corpus, document, name_of
from corpus_operations import operations

_QUICK = ("vcf-9.1/sddc-manager-openapi.json", "vsphere-9.1.0/vcenter-slice.yaml")
_MOST_QUICK = 20
_STEP = 15  # of the other documents, every so many: there are thousands
_GOLDEN = Path(__file__).parents[1] / "golden"
_PRUNED_ARGUMENT = "errors"
_OF_ALL_BODIES = "_message"
_PRUNED_CLASS = "DeclaringCall"
# Excerpts of bodies go without the secrets of all operations of a package.
_OF_ALL = frozenset({"excerpt"})
_OF_ANOTHER_MODULE = re.compile(r"\b_[a-z0-9_]+\.(?=[A-Z])")

needs_corpus = pytest.mark.skipif(not corpus(), reason="../shared/specs is not here")


@dataclass(frozen=True)
class _Exception:
    """What a class of `errors.py` says.

    Attributes:
        bases: What it extends.
        paragraphs: Its docstring.
        alternatives: The types of the body that `.error` may be, as they are written.
        body_types: The same as they are tried, each a type of the document.
    """

    bases: tuple[str, ...]
    paragraphs: tuple[str, ...]
    alternatives: tuple[str, ...]
    body_types: tuple[str, ...]

    def is_pruned_from(self, whole: _Exception) -> bool:
        """Tell whether it is another one without what other operations say of it."""
        return self.bases == whole.bases and all(
            _is_in_order(few, many)
            for few, many in (
                (self.paragraphs, whole.paragraphs),
                (self.alternatives, whole.alternatives),
                (self.body_types, whole.body_types),
            )
        )


@dataclass(frozen=True)
class _Package:
    """What is compared of a client.

    Attributes:
        texts: The text of each class and function, by the part of the package that it is in.
        exceptions: The exceptions that answers become, by name.
        kinds: The exception for each kind of error.
    """

    texts: Mapping[str, Mapping[str, str]]
    exceptions: Mapping[str, _Exception]
    kinds: Mapping[str, str]


def _package(client: Client) -> _Package:
    texts: dict[str, dict[str, str]] = {part: {} for part in PARTS}
    for file, text in client.files.items():
        part = re.split(r"[./]", file)[0]
        if part in PARTS:
            texts[part].update(_texts(text))
    module = ast.parse(client.files["errors.py"])
    exceptions = _exceptions(module)
    apart = {*exceptions, _OF_ALL_BODIES}
    texts["errors"] = {k: text for k, text in texts["errors"].items() if k not in apart}
    return _Package(texts, exceptions, _kinds(module))


def _texts(source: str) -> dict[str, str]:
    lines = source.splitlines(keepends=True)
    texts: dict[str, str] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.col_offset == 0:
            texts[node.name] = "".join(lines[node.lineno - 1 : node.end_lineno])
    return texts


def _exceptions(module: ast.Module) -> dict[str, _Exception]:
    """Return `ApiError` and what extends it; what a class does not say, it has from `ApiError`."""
    found: dict[str, _Exception] = {}
    for node in module.body:
        if not isinstance(node, ast.ClassDef):
            continue
        bases = tuple(map(ast.unparse, node.bases))
        if node.name != "ApiError" and "ApiError" not in bases:
            continue
        alternatives, body_types = _alternatives(node), _body_types(node)
        if node.name == "ApiError":
            # What the bodies of all errors are is said above it.
            alternatives, body_types = _common(module)
        if node.name != "ApiError":
            assert {type(one) for one in node.body} <= {ast.Expr, ast.Assign, ast.FunctionDef}
            assert bool(alternatives) is bool(body_types)
            alternatives = alternatives or found["ApiError"].alternatives
            body_types = body_types or found["ApiError"].body_types
        paragraphs = tuple((ast.get_docstring(node) or "").split("\n\n"))
        found[node.name] = _Exception(bases, paragraphs, alternatives, body_types)
    return found


def _alternatives(node: ast.ClassDef) -> tuple[str, ...]:
    """Return the types that the property `error` of a class may be, but for `None` and `Any`."""
    for one in node.body:
        if isinstance(one, ast.FunctionDef) and one.name == "error" and one.returns:
            return tuple(part for part in _union(one.returns) if part not in {"Any", "None"})
    return ()


def _common(module: ast.Module) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the types that the body of any error may be, as they are written and tried."""
    # What a type checker sees of the first stands in a block of its own.
    blocks = [module.body, *(one.body for one in module.body if isinstance(one, ast.If))]
    said = {
        one.target.id: one.value
        for block in blocks
        for one in block
        if isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name)
    }
    alias, types = said["_Body"], said["_BODY_TYPES"]
    assert isinstance(types, ast.Tuple)
    if isinstance(alias, ast.Constant):
        alias = ast.parse(str(alias.value), mode="eval").body
    assert alias
    ignored = {"Any", "None"}
    return (
        tuple(one for one in _union(alias) if one not in ignored),
        tuple(one for one in map(ast.unparse, types.elts) if one not in ignored),
    )


def _union(node: ast.expr) -> list[str]:
    if isinstance(node, ast.BinOp):
        return _union(node.left) + _union(node.right)
    return [ast.unparse(node)]


def _body_types(node: ast.ClassDef) -> tuple[str, ...]:
    for one in node.body:
        if isinstance(one, ast.Assign) and "body_types" in ast.unparse(one):
            assert isinstance(one.value, ast.Tuple)
            return tuple(map(ast.unparse, one.value.elts))
    return ()


def _kinds(module: ast.Module) -> dict[str, str]:
    for node in module.body:
        if isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Dict):
            keys = [ast.literal_eval(key) for key in node.value.keys if key]
            return dict(zip(keys, map(ast.unparse, node.value.values), strict=True))
    return {}


def _is_in_order(few: Iterable[str], many: Iterable[str]) -> bool:
    """Tell whether all of the few are among the many, in the order of those."""
    rest = iter(many)
    return all(one in rest for one in few)


def _plain(text: str) -> str:
    """Return a definition without its layout: where names are from, and how lines are broken."""
    tree = ast.parse(_OF_ANOTHER_MODULE.sub("", text))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id == _PRUNED_CLASS:
            node.id = "Call"
        if isinstance(node, ast.Call):
            node.keywords = [one for one in node.keywords if one.arg != _PRUNED_ARGUMENT]
    return ast.dump(tree)


def _differences(path: Path, operation: str, whole: _Package) -> list[str]:
    """Return what a client for one operation has, and a larger client has otherwise."""
    alone = _package(part_of(path, operation))
    found = [
        f"{operation}: {part}: {name}"
        for part, texts in alone.texts.items()
        for name, text in texts.items()
        if not name.endswith("Operations")
        and name not in _OF_ALL
        and not _is_same(text, whole.texts[part].get(name, ""))
    ]
    found += [
        f"{operation}: {name}: {exception} is not of {whole.exceptions.get(name)}"
        for name, exception in alone.exceptions.items()
        if name not in whole.exceptions
        or (_is_declared(name, alone) and not exception.is_pruned_from(whole.exceptions[name]))
    ]
    if not alone.kinds.items() <= whole.kinds.items():
        found.append(f"{operation}: {alone.kinds} are not of {whole.kinds}")
    return found


def _is_declared(exception: str, package: _Package) -> bool:
    """Tell whether an operation declares an exception; of others, nothing is said of the body."""
    is_base = exception == "ApiError"
    functions = package.texts["operations"].values()
    return is_base or any(f": {exception}," in text for text in functions)


def _is_same(alone: str, whole: str) -> bool:
    if alone == whole:
        return True
    is_function = whole.startswith(("def ", "async def "))
    # A name that is longer by its module can break a line that was whole.
    may_differ = is_function or _OF_ANOTHER_MODULE.search(whole) is not None
    return may_differ and bool(whole) and _plain(alone) == _plain(whole)


@pytest.mark.parametrize("case", sorted(p.parent.name for p in _GOLDEN.glob("errors_*/expected")))
def test_an_operation_alone_is_as_it_is_in_a_golden_case(case: str) -> None:
    path = _GOLDEN / case / "spec.yaml"
    client = generated(path)
    whole = _package(client)
    assert [found for one in client.operations for found in _differences(path, one, whole)] == []


@needs_corpus
@pytest.mark.parametrize("name", _QUICK)
def test_an_operation_alone_is_as_it_is_among_twenty(name: str) -> None:
    path = SPECS / name
    names = [one.name for one in operations(document(path))]
    chosen = tuple(names[:: max(1, len(names) // _MOST_QUICK)][:_MOST_QUICK])
    together = _package(generated(path, chosen))
    assert [found for one in chosen for found in _differences(path, one, together)] == []


@needs_corpus
@pytest.mark.exhaustive
@pytest.mark.parametrize("path", corpus(), ids=name_of)
def test_an_operation_alone_is_as_it_is_in_the_whole_document(path: Path) -> None:
    client = generated(path)
    whole = _package(client)
    chosen = client.operations[:: 1 if name_of(path) in _QUICK else _STEP]
    assert [found for one in chosen for found in _differences(path, one, whole)] == []
