"""One client of all documents of a release: as much as those of each, and no more."""

from __future__ import annotations

import ast
import json
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest
from support import selected, write_files
from vcgen import pipeline, slicing
from vcgen.config import ClientConfig

pytestmark = pytest.mark.slow

OPENAPI = [f"vsphere-7.0.3/{name}.json" for name in ("vcenter", "cis", "content", "appliance")]
SWAGGER = [f"vsphere-7.0.3-swagger2/{name}.json" for name in ("session", "vcenter", "cis")]
ALL = (*OPENAPI, *SWAGGER)
ROOT = Path(__file__).resolve().parents[2]
SPECS = ROOT.parent / "shared" / "specs"


@cache
def generated(specs: tuple[str, ...]) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Return the files of a client of all operations, and these."""
    source = selected(ClientConfig(specs[0], "release", ("*",), also=specs[1:]), SPECS)
    files = dict(pipeline.generate(source))
    return files, tuple(one.name for one in source.slice.operations)


def test_all_operations_are_there_once(shared: Path) -> None:
    _, operations = generated(ALL)
    wanted = {
        one.name
        for spec in ALL
        for one in slicing.operations(json.loads((shared / "specs" / spec).read_text()))
    }
    assert set(operations) == wanted
    assert len(operations) == len(wanted)


def test_what_documents_share_is_there_once(shared: Path) -> None:
    files, _ = generated(ALL)
    assert sum(path.endswith("_wire.py") for path in files) == 1
    assert sum(path.endswith("errors.py") for path in files) == 1
    classes = [
        node.name
        for path, text in files.items()
        if path.startswith("models/")
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef)
    ]
    assert len(classes) == len(set(classes))
    # What no two documents have otherwise has no label in front.
    alone = {name for spec in OPENAPI for name in _classes(generated((spec,))[0])}
    both = _classes(generated(tuple(OPENAPI))[0])
    assert both == alone


def _classes(files: Mapping[str, str]) -> set[str]:
    return {
        node.name
        for path, text in files.items()
        if path.startswith("models")
        for node in ast.parse(text).body
        if isinstance(node, ast.ClassDef) and node.name != "Model"
    }


def test_login_is_that_of_the_release(shared: Path) -> None:
    files, _ = generated(ALL)
    assert files["client.py"].count("    def login(") == 1
    assert "from .operations.session import session__create, session__delete" in files["client.py"]


def test_client_is_typed(shared: Path, tmp_path: Path) -> None:
    write_files(tmp_path / "release", dict(generated(ALL)[0]))
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-incremental", "release"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout[-2000:]
