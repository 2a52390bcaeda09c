"""How often an update does what takes time: each document is read, sliced and built once."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

import pytest
from support import counting, open_document
from vcgen import building, comparing, config, pipeline, slicing, updating
from vcgen.config import ClientConfig
from vcgen.reading import document
from vcgen.writing import rendering

sys.path.insert(0, str(Path(__file__).parent))
from test_update import NEW, OLD

CONFIG = '[[clients]]\nspec = "spec.yaml"\noutput = "client"\n'


@pytest.fixture
def counts(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    return counting(
        monkeypatch,
        *((building, "build"), (slicing, "slice_document")),
        *((rendering, "render"), (document, "parse")),
    )


def _plan(folder: Path, old: str, new: str) -> updating.Update:
    (folder / "vcgen.toml").write_text(CONFIG, encoding="utf-8")
    (folder / "spec.yaml").write_text(old, encoding="utf-8")
    found = config.load(folder / "vcgen.toml")
    return updating.plan(
        found, CONFIG, {"spec.yaml": document.parse(new, "new.yaml")}, strict=False
    )


def test_an_update_builds_once_a_document(tmp_path: Path, counts: Counter[str]) -> None:
    """The part that is kept of the new document is sliced again, and then known to be the same."""
    changed = OLD.replace("description: The machine.", "description: One machine.")
    update = _plan(tmp_path, OLD, changed)
    assert update.packages[0].files["client.py"]
    # The part is parsed as it will be written.
    assert counts == {"build": 2, "slice_document": 3, "render": 1, "parse": 3}


def test_names_that_are_kept_are_built_once_more_each(tmp_path: Path, counts: Counter[str]) -> None:
    update = _plan(tmp_path, OLD, NEW)
    tables = {name.table for names in update.kept.values() for name in names}
    assert counts["build"] <= 2 + len(tables)


def test_a_comparison_builds_once_a_document(tmp_path: Path, counts: Counter[str]) -> None:
    """What one document alone cannot tell costs the other no second time."""
    for name, text in (("old.yaml", OLD), ("new.yaml", OLD)):
        if name == "old.yaml":
            text = text.replace(
                '$ref: "#/components/schemas/AcmeVmInfo"}}}\n  /api/vms:',
                '$ref: "#/components/schemas/Nowhere"}}}\n  /api/vms:',
            )
        (tmp_path / name).write_text(text, encoding="utf-8")
    old, new = (open_document(str(tmp_path / name)) for name in ("old.yaml", "new.yaml"))
    report = comparing.compare(ClientConfig("", "api"), old, new)
    assert [one.side for one in report.uncompared] == ["old"]
    assert pipeline.build(report.new) == report.comparison.new.package  # type: ignore[arg-type]
    # The new one is looked at by itself for what the old one lacks.
    assert counts["build"] == 3
