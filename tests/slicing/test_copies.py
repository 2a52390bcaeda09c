"""Slices of one document share what they have copied, and are what they would be without that."""

import copy
import json
import sys
from pathlib import Path
from typing import Any

import pytest
from golden_packages import CASES
from support import selected
from vcgen import config, pipeline
from vcgen.dialect import Dialect, Normalised, Place, detect, get
from vcgen.errors import Diagnostic, SpecError
from vcgen.slicing import Copies, operations, slice_document

sys.path.insert(0, str(Path(__file__).parent))
from test_slicing import answering, document, published, ref


def outcome(tree: Any, patterns: tuple[str, ...], **options: Any) -> object:
    """Return all that is to be seen of a slice, in its order, or of why there is none."""
    try:
        found = slice_document(tree, patterns, dialect=get(detect(tree)), **options)
    except SpecError as error:
        return error.diagnostics
    return json.dumps(found.tree), found.operations, found.repairs


# A schema that contains itself in no component: it becomes one.
INSIDE = {"$ref": "#/components/schemas/Outer/properties/inner"}
SCHEMAS: dict[str, Any] = {
    "Plain": {"type": "array"},
    "Outer": {"properties": {"inner": {"properties": {"again": {"items": INSIDE}}}}},
    "Broken": {"properties": {"none": ref("Plein"), "plain": ref("Plain")}},
    "Number": 1,
}
TREE = document(
    {
        "/both": {
            "summary": "Two operations.",
            "get": answering(ref("Plain"), tags=["a"], security=[{"key": []}]),
            "put": answering(ref("Broken"), tags=["b"]),
        },
        "/inside": {"get": answering(INSIDE)},
        "/outer": {"get": answering(ref("Outer"))},
        "/number": {"get": answering({"items": ref("Number"), "not": ref("Nothing")})},
    },
    schemas=SCHEMAS,
    securitySchemes={"key": {"type": "http", "scheme": "basic"}},
)
TREE["security"] = [{"key": []}]
TREE["tags"] = [{"name": "a"}, {"name": "b"}]
WAYS: tuple[dict[str, Any], ...] = (
    {"patterns": ("*",)},
    {"patterns": ("*",), "without": {"PUT /both", "GET /number"}},
    {"patterns": ("*",), "without": {"PUT /both", "GET /number"}, "opaque": ("Outer",)},
    {"patterns": ("/both",)},
    {"patterns": ("/both", "/number"), "strict": True},
    {"patterns": ("GET /both",)},
    {"patterns": ("/outer",)},
    {"patterns": ("/inside", "/outer")},
    {"patterns": ("/outer", "GET /both"), "strict": True},
    {"patterns": ("/number",)},
)


@pytest.mark.parametrize("first", WAYS)
def test_what_was_copied_changes_no_slice(first: dict[str, Any]) -> None:
    copies = Copies()
    for way in (first, *WAYS, *reversed(WAYS)):
        assert outcome(TREE, **way, copies=copies) == outcome(TREE, **way)


def test_of_many_problems_the_first_have_hints_in_each_slice() -> None:
    """Which ones they are depends on the operations that are selected."""
    paths = {f"/{n}": {"get": answering(ref(f"Plain{n}"))} for n in range(30)}
    tree = document(paths, schemas={"Plain": {}})
    copies = Copies()
    for patterns in (("*",), ("/29",), ("*", "!/1")):
        found = outcome(tree, patterns, copies=copies)
        assert found == outcome(tree, patterns)
        assert isinstance(found, tuple) and isinstance(found[0], Diagnostic)
        assert "did you mean" in found[0].hint


def test_nothing_is_walked_twice(monkeypatch: pytest.MonkeyPatch) -> None:
    places: list[str] = []
    original = Dialect.normalise

    def noted(self: Dialect, node: Any, place: Place) -> Normalised:
        places.append(place.pointer)
        return original(self, node, place)

    monkeypatch.setattr(Dialect, "normalise", noted)
    copies = Copies()
    outcome(TREE, ("/both", "/number"), copies=copies)
    places.clear()
    outcome(TREE, ("/both", "/number"), copies=copies, without={"PUT /both", "GET /number"})
    # What begins the walk, and the path that has another operation less.
    assert places[0] == "#"
    assert places[1:]
    assert all(one.startswith("#/paths/~1both") for one in places[1:])


def test_the_slices_of_vcenter_7_share_what_they_have_copied() -> None:
    tree = published("vsphere-7.0.3/vcenter.json")
    copies = Copies()
    names = [key.name for key in operations(tree)]
    for patterns in (("*",), tuple(names[::2]), tuple(names[:100]), tuple(names[::-1])):
        assert outcome(tree, patterns, copies=copies) == outcome(tree, patterns)


@pytest.mark.parametrize("case", ["fragment", "one_of_plain", "overlay_swagger", "recursion"])
def test_nobody_changes_what_is_in_a_slice(case: str) -> None:
    found = config.load(CASES / case / "vcgen.toml")
    source = selected(found.clients[0], found.root)
    before = copy.deepcopy(source.slice.tree)
    assert pipeline.generate(source)
    assert source.slice.tree == before
