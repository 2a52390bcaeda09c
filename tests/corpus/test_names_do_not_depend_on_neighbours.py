"""A client for one operation says what the client of the whole document says of it, byte for byte.

A large package is split by tag and by the first word of its models, and a class of another module
stands behind the name of that module (`_vds.VdsSpec`). That is the layout, and no part of a name:
it is taken off before texts are compared.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping
from pathlib import Path

import pytest
from corpus_clients import PARTS, Client, generated, part_of
from corpus_files import SPECS, corpus, document, name_of
from corpus_operations import operations

_QUICK = ("vcf-9.1/sddc-manager-openapi.json", "vsphere-9.1.0/vcenter-slice.yaml")
_MOST_QUICK = 20
_STEP = 15  # of the other documents, every so many: there are thousands
# What error bodies the package has in all is the affair of their common base.
_PRUNED_CLASSES = {"ApiError"}
# Where all error bodies are of one class, the exceptions say so, and the operations need not.
_PRUNED_ARGUMENT = "errors"
_OF_ANOTHER_MODULE = re.compile(r"\b_[a-z0-9_]+\.(?=[A-Z])")

pytestmark = pytest.mark.skipif(not corpus(), reason="../shared/specs is not here")


_Definitions = Mapping[str, Mapping[str, str]]


def _definitions(client: Client) -> dict[str, dict[str, str]]:
    """Return the normal text of each definition, by the part of the package that it is in."""
    found: dict[str, dict[str, str]] = {}
    for file, text in client.files.items():
        part = re.split(r"[./]", file)[0]
        if part in PARTS:
            found.setdefault(part, {}).update(_texts(text))
    return found


def _texts(source: str) -> dict[str, str]:
    lines = source.splitlines(keepends=True)
    texts: dict[str, str] = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.ClassDef) and node.col_offset == 0:
            texts[node.name] = "".join(lines[node.lineno - 1 : node.end_lineno])
    return texts


def _plain(text: str) -> str:
    """Return a definition without its layout: where names are from, and how lines are broken."""
    tree = ast.parse(_OF_ANOTHER_MODULE.sub("", text))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            node.keywords = [one for one in node.keywords if one.arg != _PRUNED_ARGUMENT]
    return ast.dump(tree)


def _differences(path: Path, operation: str, whole: _Definitions) -> list[str]:
    """Return the definitions of a client for one operation that a larger client has otherwise."""
    alone = _definitions(part_of(path, operation))
    return [
        f"{operation}: {part}: {name}"
        for part, texts in alone.items()
        for name, text in texts.items()
        if not _is_pruned(name) and not _is_same(text, whole[part].get(name, ""))
    ]


def _is_pruned(name: str) -> bool:
    return name in _PRUNED_CLASSES or name.endswith("Operations")  # it has one method of many


def _is_same(alone: str, whole: str) -> bool:
    if alone == whole:
        return True
    is_function = whole.startswith(("def ", "async def "))
    # A name that is longer by its module can break a line that was whole.
    may_differ = is_function or _OF_ANOTHER_MODULE.search(whole) is not None
    return may_differ and bool(whole) and _plain(alone) == _plain(whole)


@pytest.mark.parametrize("name", _QUICK)
def test_an_operation_alone_is_as_it_is_among_twenty(name: str) -> None:
    path = SPECS / name
    names = [one.name for one in operations(document(path))]
    chosen = tuple(names[:: max(1, len(names) // _MOST_QUICK)][:_MOST_QUICK])
    together = _definitions(generated(path, chosen))
    assert [found for one in chosen for found in _differences(path, one, together)] == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("path", corpus(), ids=name_of)
def test_an_operation_alone_is_as_it_is_in_the_whole_document(path: Path) -> None:
    client = generated(path)
    whole = _definitions(client)
    chosen = client.operations[:: 1 if name_of(path) in _QUICK else _STEP]
    assert [found for one in chosen for found in _differences(path, one, whole)] == []
