"""What holds of any documents that are compared."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
import yaml
from changes_cases import cases
from changes_documents import (
    ROOT,
    Tree,
    as_a_vendor_renames,
    documents,
    shuffled,
    with_optional_additions,
)
from changes_mutations import Mutation, mutations
from hypothesis import HealthCheck, assume, event, given, settings
from hypothesis import strategies as st
from support import open_document
from vcgen import comparing, pipeline
from vcgen.comparing.changes import What
from vcgen.comparing.report import Others, Report
from vcgen.config import ClientConfig
from vcgen.errors import SpecError
from vcgen.writing import rendering

CLIENT = ClientConfig("", "api", roots=(ROOT,))

_QUICK = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=[*HealthCheck]
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("documents")


def _compare(old: Tree, new: Tree, folder: Path, suffix: str = ".json") -> Report:
    files = folder / "old.json", folder / f"new{suffix}"
    texts = json.dumps(old), (
        json.dumps(new) if suffix == ".json" else yaml.safe_dump(new, sort_keys=False)
    )
    for file, text in zip(files, texts, strict=True):
        file.write_text(text, encoding="utf-8")
    return comparing.compare(CLIENT, *(open_document(str(file)) for file in files))


def _told(report: Report) -> set[tuple[Any, ...]]:
    return {(str(one.kind), str(one.what), one.cases) for one in report.changes}


def _code(source: pipeline.Selection | None) -> Mapping[str, list[str]]:
    """Return the words of a client, in whatever order its document has them."""
    assert source is not None
    files = rendering.render(pipeline.build(source))
    return {path: sorted(re.findall(r"\w+", text)) for path, text in files.items()}


@settings(_QUICK, max_examples=60)
@given(document=documents())
def test_a_document_is_itself(document: Tree, folder: Path) -> None:
    for suffix in (".json", ".yaml"):
        report = _compare(document, document, folder, suffix)
        assert (report.changes, report.others) == ((), Others(0, 0, 0))


@settings(_QUICK, max_examples=60)
@given(document=documents())
def test_what_a_vendor_calls_it_breaks_nobody(document: Tree, folder: Path) -> None:
    found = _told(_compare(document, as_a_vendor_renames(document), folder))
    assert found <= {
        ("class", "renamed", ("schema alone",)),
        ("client", "location", ("base URL",)),
        ("operation", "location", ("server, at the same address",)),
    }


@settings(_QUICK, max_examples=60)
@given(document=documents())
def test_what_may_be_left_out_breaks_nobody_when_it_comes(document: Tree, folder: Path) -> None:
    report = _compare(document, with_optional_additions(document), folder)
    assert report.breaking == ()
    assert {one.what for one in report.changes} == {What.ADDED}


@settings(_QUICK, max_examples=60)
@given(data=st.data())
def test_order_is_no_change(data: st.DataObject, folder: Path) -> None:
    document = data.draw(documents())
    report = _compare(document, shuffled(document, data.draw), folder)
    assert (report.changes, report.others) == ((), Others(0, 0, 0))
    assert _code(report.old) == _code(report.new)


@settings(_QUICK, max_examples=200)
@given(mutation=mutations())
def test_where_nothing_changed_the_code_is_the_same(mutation: Mutation, folder: Path) -> None:
    try:
        report = _compare(mutation.before, mutation.after, folder)
    except SpecError:
        event("the document is refused")
        assume(False)
        return
    if report.changes:
        event("changed")
        return
    event("unchanged")
    assert _code(report.old) == _code(report.new)


@settings(_QUICK, max_examples=60)
@given(mutation=mutations())
def test_a_change_has_its_counterpart(mutation: Mutation, folder: Path) -> None:
    try:
        there, back = _compare(mutation.before, mutation.after, folder), _compare(
            mutation.after, mutation.before, folder
        )
    except SpecError:
        assume(False)
        return
    assert bool(there.changes) is bool(back.changes)


def test_reports_do_not_depend_on_hashes() -> None:
    case = next(one for one in cases() if one.name == "exception_of_a_status_is_of_a_kind_now")
    command = [sys.executable, "-m", "vcgen", "diff", "old.yaml", "new.yaml", "-O", "*"]
    command.append("--format=json")
    printed = {
        subprocess.run(
            command,
            cwd=case.folder,
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(printed) == 1
