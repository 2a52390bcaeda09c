"""Drift: what moved since a package was generated, as data and in words."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from vcgen.publishing import directory, drift
from vcgen.publishing.drift import Drift, Moved
from vcgen.publishing.manifest import Manifest, Plan

FILES = {"client.py": "CLIENT = 1\n", "models.py": "MODELS = 1\n"}
OVERLAY = {"file": "fix.yaml", "title": "Corrections", "actions": "sha256:1"}
FACTS = Manifest(
    vcgen="0.1.0",
    source={"title": "Disks", "version": "7.0.3", "slice": "sha256:1"},
    options={"package": "pkg", "roots": ["A"], "layout": "auto", "rename": {"tags": {"a": "b"}}},
    operations=["GET /a", "GET /b"],
    repairs=[],
)


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """Return a package that was written from FACTS."""
    directory.write(tmp_path / "pkg", FILES, FACTS)
    return tmp_path / "pkg"


def found(package: Path, facts: Manifest = FACTS, **files: str) -> Drift:
    """Return the drift of a package if it were generated from other facts, or had other files."""
    wanted = {**FILES, **{f"{name}.py": text for name, text in files.items()}}
    plan = directory.compare(package, wanted, facts)
    return drift.between(directory.load(package), directory.complete(wanted, facts), plan)


def told(*arguments: Any, **files: str) -> list[str]:
    return list(drift.sentences(found(*arguments, **files)))


def source(**more: object) -> Manifest:
    return replace(FACTS, source={**FACTS.source, **more})


def options(**more: object) -> Manifest:
    return replace(FACTS, options={**FACTS.options, **more})


def test_nothing_moved(package: Path) -> None:
    assert found(package) == Drift()
    assert told(package) == []


# --- the document ---


def test_version_and_title_of_the_document(package: Path) -> None:
    facts = source(title="Drives", version="9.1.0.0")
    moved = (Moved("title", "Disks", "Drives"), Moved("version", "7.0.3", "9.1.0.0"))
    assert found(package, facts) == Drift(document=moved)
    assert told(package, facts) == [
        "the document changed: title from Disks to Drives, version from 7.0.3 to 9.1.0.0"
    ]


def test_a_document_without_a_version_has_none(package: Path) -> None:
    assert told(package, source(version="")) == ["the document changed: version from 7.0.3 to none"]


def test_what_the_operations_reach(package: Path) -> None:
    assert found(package, source(slice="sha256:2"), models="A = 2") == Drift(content=True)
    assert told(package, source(slice="sha256:2")) == [
        "the document changed: the parts that the operations use"
    ]


def test_operations_come_and_go(package: Path) -> None:
    facts = replace(
        source(slice="sha256:2"), operations=["GET /b", *(f"PUT /{i}" for i in "cdefg")]
    )
    one = found(package, facts)
    assert (one.added, one.removed) == (
        ("PUT /c", "PUT /d", "PUT /e", "PUT /f", "PUT /g"),
        ("GET /a",),
    )
    assert told(package, facts) == [
        "the document changed, or the selected operations: added PUT /c, PUT /d, PUT /e "
        "and 2 more, removed GET /a, the parts that the operations use"
    ]


def test_other_defects_are_repaired(package: Path) -> None:
    facts = replace(FACTS, repairs=[{"name": "x", "pointer": "#", "message": "m"}])
    assert found(package, facts) == Drift(repairs=True)
    assert told(package, facts) == ["the document changed: the repaired defects"]
    assert not found(package, replace(facts, vcgen="0.2.0")).repairs


@pytest.mark.parametrize(
    ("before", "after", "moved"),
    [
        ([], [OVERLAY], ("fix.yaml",)),
        ([OVERLAY], [], ("fix.yaml",)),
        ([OVERLAY], [{**OVERLAY, "actions": "sha256:2"}], ("fix.yaml",)),
        ([OVERLAY], [{**OVERLAY, "title": "Other"}], ("fix.yaml",)),
        ([OVERLAY, {"file": "b"}], [OVERLAY, {"file": "c"}], ("c", "b")),
        ([OVERLAY, {"file": "b"}], [{"file": "b"}, OVERLAY], ("b", "fix.yaml")),
        ([OVERLAY], [OVERLAY], ()),
        (None, None, ()),
    ],
)
def test_corrections_move(
    package: Path, before: list[object] | None, after: list[object] | None, moved: tuple[str, ...]
) -> None:
    def facts(overlays: list[object] | None) -> Manifest:
        return FACTS if overlays is None else source(overlays=overlays)

    directory.write(package, FILES, facts(before))
    one = found(package, facts(after))
    assert one == Drift(overlays=moved)
    assert list(drift.sentences(one)) == [f"corrections changed: {', '.join(moved)}"] * bool(moved)


# --- the configuration ---


def test_options_move(package: Path) -> None:
    rename = {"tags": {"a": "c"}, "schemas": {"X": "Y"}}
    facts = options(layout="split", roots=[], rename=rename)
    assert [moved.name for moved in found(package, facts).options] == [
        *("roots", "layout"),
        *("rename.tags", "rename.schemas"),
    ]
    assert told(package, facts) == [
        "the configuration changed: roots, layout from auto to split, rename.tags, rename.schemas"
    ]
    assert [moved.name for moved in found(package, options(rename={})).options] == ["rename.tags"]


def test_what_is_opaque_is_no_move_of_the_document(tmp_path: Path) -> None:
    package = tmp_path / "pkg"
    directory.write(package, FILES, options(opaque=[], docs="full"))
    source = {**FACTS.source, "slice": "sha256:" + "f" * 64}
    new = replace(options(opaque=["A"], docs="summary"), source=source)
    assert told(package, new) == ["the configuration changed: opaque, docs from full to summary"]


def test_option_that_only_one_vcgen_knows_is_vcgens(package: Path) -> None:
    facts = options(colour="auto")
    assert found(package, facts) == Drift(output=True)
    assert found(package, replace(facts, vcgen="0.2.0")).options == ()
    directory.write(package, FILES, facts)
    assert found(package) == Drift(output=True)


# --- vcgen itself ---


def test_version_of_vcgen(package: Path) -> None:
    facts = replace(FACTS, vcgen="0.2.0")
    assert found(package, facts, models="A = 2\n").version == Moved("version", "0.1.0", "0.2.0")
    assert told(package, facts, models="A = 2\n") == ["vcgen changed: version from 0.1.0 to 0.2.0"]


@pytest.mark.parametrize("files", [{"models": "A = 2\n"}, {"more": "B = 1\n"}])
def test_other_output_of_the_same_facts(package: Path, files: dict[str, str]) -> None:
    assert found(package, **files) == Drift(output=True)
    assert told(package, **files) == ["vcgen changed: the same input now gives different output"]
    assert not found(package, source(slice="sha256:2"), **files).output


# --- the files ---


def test_edited_and_missing_files(package: Path) -> None:
    (package / "client.py").write_text("MINE = 1\n")
    (package / "models.py").unlink()
    assert found(package) == Drift(edited=("client.py",), missing=("models.py",))
    assert found(package).needs_force
    assert told(package) == ["edited by hand: client.py", "missing: models.py"]


def test_a_file_that_would_be_new_is_not_missing(package: Path) -> None:
    assert found(package, more="B = 1\n").missing == ()


def test_a_file_that_is_no_longer_generated_and_was_edited(package: Path) -> None:
    directory.write(package, {**FILES, "old.py": "OLD = 1\n"}, FACTS)
    (package / "old.py").write_text("MINE = 1\n")
    assert found(package) == Drift(output=True, edited=("old.py",))


def test_file_of_somebody_else_in_the_way(package: Path) -> None:
    (package / "more.py").write_text("MINE = 1\n")
    one = found(package, more="B = 1\n")
    assert (one.foreign, one.edited, one.needs_force) == (("more.py",), (), True)
    assert list(drift.sentences(one))[-1] == "in the way, and not written by vcgen: more.py"


def test_manifest_in_other_words_is_an_edit_that_needs_no_force(package: Path) -> None:
    lock = package / "vcgen.lock"
    lock.write_text(json.dumps(json.loads(lock.read_text())))
    assert found(package) == Drift(edited=("vcgen.lock",))
    assert not found(package).needs_force


def test_nothing_was_generated_yet(tmp_path: Path) -> None:
    one = found(tmp_path / "nowhere")
    assert one == Drift(is_new=True)
    assert list(drift.sentences(one)) == ["not generated yet"]


def test_manifest_alone_is_missing(package: Path) -> None:
    (package / "vcgen.lock").unlink()
    assert found(package) == Drift(missing=("vcgen.lock",))
    (package / "models.py").write_text("MINE = 1\n")
    assert found(package) == Drift(missing=("vcgen.lock",), foreign=("models.py",))


# --- all at once ---


def test_everything_at_once_is_told_in_order(package: Path) -> None:
    (package / "client.py").write_text("MINE = 1\n")
    (package / "models.py").unlink()
    facts = replace(
        source(version="9.1", slice="sha256:2", overlays=[OVERLAY]),
        vcgen="0.2.0",
        options={**FACTS.options, "layout": "flat"},
    )
    assert told(package, facts) == [
        "the document changed: version from 7.0.3 to 9.1, the parts that the operations use",
        "corrections changed: fix.yaml",
        "the configuration changed: layout from auto to flat",
        "vcgen changed: version from 0.1.0 to 0.2.0",
        "edited by hand: client.py",
        "missing: models.py",
    ]


@pytest.mark.parametrize(
    "facts",
    [
        {"source": {}},
        {"source": {"title": 3, "version": [], "slice": None, "overlays": "x"}},
        {"source": {"overlays": [1, {"file": None}, {}]}},
        {"options": {}},
        {"options": {"rename": 3, "layout": {"a": 1}, "roots": None}},
        {"repairs": [1, None]},
        {"operations": []},
    ],
)
def test_manifest_of_any_content_is_compared(package: Path, facts: dict[str, Any]) -> None:
    lock = package / "vcgen.lock"
    lock.write_text(json.dumps({**json.loads(lock.read_text()), **facts}))
    one = found(package)
    assert one != Drift()
    assert all("\n" not in sentence for sentence in drift.sentences(one))


def test_it_is_a_function_of_its_arguments_alone() -> None:
    old = replace(FACTS, files={"a.py": "sha256:1"})
    new = replace(FACTS, files={"a.py": "sha256:2"})
    assert drift.between(old, new, Plan(changed=("a.py",))) == Drift(output=True)
    assert drift.between(old, old, Plan(unchanged=("a.py", "vcgen.lock"))) == Drift()
