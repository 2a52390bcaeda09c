"""The verdicts on published documents against the truth, as those on documents made at random.

The table in docs/breaking-changes.md has their figures.
"""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import pytest
from changes_caller import caller_of
from support import importable, open_document
from test_truth import MYPY, NEW, OLD, UNSEEN, Pair, problems_of, write_client
from vcgen import comparing
from vcgen.config import ClientConfig

pytestmark = pytest.mark.slow
DOCS = Path(__file__).parents[3] / "docs" / "breaking-changes.md"
VCENTER_702 = "vsphere-7.0.2-swagger2/vcenter.json"
VCENTER_703 = "vsphere-7.0.3-swagger2/vcenter.json"
SESSION_703 = "vsphere-7.0.3-swagger2/session.json"
SLICE_91 = "vsphere-9.1.0/vcenter-slice.yaml"


@dataclass(frozen=True)
class Published:
    """Two documents, and the operations that are compared."""

    releases: str
    old: str
    new: str
    operations: str

    @property
    def name(self) -> str:
        """The first columns of the table."""
        return f"{self.releases} | `{self.operations}`"


PAIRS = (
    Published("7.0.2 to 7.0.3", VCENTER_702, VCENTER_703, "*/vm/{vm}/guest/*"),
    Published("7.0.2 to 7.0.3", VCENTER_702, VCENTER_703, "*/vm/{vm}/hardware/*"),
    Published("7.0.2 to 7.0.3", VCENTER_702, VCENTER_703, "*relocate*"),
    Published("7.0.3 to 9.1", VCENTER_703, SLICE_91, "/api/vcenter/vm/{vm}/guest/customization"),
    Published("7.0.3 to 9.1", SESSION_703, SLICE_91, "*/session"),
)


@pytest.mark.parametrize("one", PAIRS, ids=lambda one: one.operations)
def test_the_verdicts_are_true(one: Published, shared: Path, tmp_path: Path) -> None:
    client = ClientConfig("", "api", (one.operations,), layout="flat")
    files = (shared / "specs" / name for name in (one.old, one.new))
    report = comparing.compare(client, *(open_document(str(file)) for file in files))
    for side, source in ((OLD, report.old), (NEW, report.new)):
        assert source is not None
        place = tmp_path / side / "pair"
        place.mkdir(parents=True)
        (place / "spec.json").write_text(json.dumps(source.slice.tree, default=str))
        write_client(place, source, caller_of(report.comparison))
    with importable(tmp_path):
        problems = list(problems_of(Pair("pair", tmp_path, report, [])))
    verdicts = [change.verdict for change in report.changes]
    assert bool(problems) is any(verdict.wire for verdict in verdicts), problems[:3]
    complaints = _complaints(tmp_path)
    seen = {(one.kind, one.what) for one in report.changes if one.verdict.callers} - UNSEEN
    assert bool(complaints) is bool(seen), complaints[:3]
    counts = (
        len(report.comparison.methods),
        len(verdicts),
        sum(verdict.wire for verdict in verdicts),
        sum(verdict.callers for verdict in verdicts),
    )
    row = f"| {one.name} | {' | '.join(map(str, counts))} |"
    assert row in DOCS.read_text(encoding="utf-8"), row


def _complaints(folder: Path) -> list[str]:
    """Return what mypy says of the code of the old client's caller, with the new client."""
    (folder / "mypy.ini").write_text(MYPY, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", OLD, NEW]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    lines = [line for line in done.stdout.splitlines() if ": error: " in line]
    assert [line for line in lines if not line.startswith(f"{NEW}/pair/caller.py")] == []
    return lines
