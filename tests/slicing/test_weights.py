"""Which schemas lead to most others, so that a client is shorter without their insides."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest
from support import reference
from vcgen.cli import main
from vcgen.slicing.weights import Proposal, proposed

Tree = dict[str, Any]


def _object(*names: str) -> Tree:
    return {"type": "object", "properties": {name: reference(name) for name in names}}


def _document(schemas: Tree, *roots: str) -> Tree:
    """Return a document with an operation for each of some schemas."""
    paths: Tree = {}
    for root in roots:
        content = {"application/json": {"schema": reference(root)}}
        responses = {"200": {"description": "", "content": content}}
        paths[f"/{root}"] = {"get": {"operationId": root, "responses": responses}}
    info = {"title": "T", "version": "1"}
    components = {"schemas": schemas}
    return {"openapi": "3.0.3", "info": info, "paths": paths, "components": components}


def _below(name: str, count: int) -> Tree:
    """Return a schema with so many below it."""
    names = [f"{name}{number}" for number in range(count)]
    return {name: _object(*names), **{one: {"type": "object"} for one in names}}


def _tree(*parts: Tree, root: Iterable[str] = ("A", "B", "C"), count: int = 1) -> Tree:
    schemas: Tree = {"Root": _object(*root)}
    for part in parts:
        schemas.update(part)
    roots = ["Root", *(f"Other{number}" for number in range(1, count))]
    schemas.update((name, {"type": "object"}) for name in roots[1:])
    return _document(schemas, *roots)


def test_the_schemas_with_most_below_them_are_proposed() -> None:
    tree = _tree(_below("A", 80), _below("B", 40), _below("C", 3))
    assert proposed(tree) == Proposal(127, ("A", "B"), 7)


def test_what_others_lead_to_as_well_stays() -> None:
    both = {f"A{number}": None for number in range(70)}
    tree = _tree(_below("A", 80), _below("C", 30), {"B": _object(*both)})
    assert proposed(tree) == Proposal(114, ("C", "A", "B"), 4)


def test_what_an_operation_returns_itself_is_not_proposed() -> None:
    assert proposed(_tree(_below("Root", 200))) is None


def test_a_schema_that_is_no_object_is_not_proposed() -> None:
    names = _below("A", 120)
    names["A"] = {"type": "array", "items": {"anyOf": [*names["A"]["properties"].values()]}}
    assert proposed(_tree(names, root=("A",))) is None


def test_subtypes_of_a_base_are_below_it() -> None:
    heirs = {f"A{number}": {"allOf": [reference("A"), {"type": "object"}]} for number in range(120)}
    base = {"type": "object", "discriminator": {"propertyName": "kind"}}
    assert proposed(_tree({"A": base}, heirs, root=("A",))) == Proposal(122, ("A",), 2)


def test_subtypes_that_say_more_beside_a_reference_are_below_their_base() -> None:
    heirs = {f"A{number}": {**reference("A"), "required": ["id"]} for number in range(120)}
    base = {"type": "object", "discriminator": {"propertyName": "kind"}}
    tree = _tree({"A": base}, heirs, root=("A",))
    assert proposed({**tree, "openapi": "3.1.0"}) == Proposal(122, ("A",), 2)
    assert proposed(tree) is None


def test_a_circle_is_left_once() -> None:
    names = _below("A", 120)
    names["A7"] = _object("A", "Root")
    assert proposed(_tree(names, root=("A",))) == Proposal(122, ("A",), 2)


@pytest.mark.parametrize(("below", "operations"), [(90, 1), (120, 7)])
def test_a_client_that_is_not_long_needs_no_proposal(below: int, operations: int) -> None:
    assert proposed(_tree(_below("A", below), root=("A",), count=operations)) is None


def test_init_prints_the_proposal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    tree = _tree(_below("A", 80), _below("B", 40), _below("C", 3))
    Path("spec.json").write_text(json.dumps(tree))
    with pytest.raises(SystemExit):
        main(["init", "spec.json", "--output", "c"])
    printed = capsys.readouterr()
    assert printed.out == "vcgen.toml: c from 1 operation; now run `vcgen generate`\n"
    assert printed.err == (
        "1 operation leads to 127 schemas\n" 'to leave out 120 of them, add: opaque = ["A", "B"]\n'
    )
