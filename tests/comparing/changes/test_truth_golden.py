"""The verdicts on the documents of the golden cases against the truth, each changed in a part.

Documents that are made at random have what most have; these have the rest. What is called safe must
not fail. A document that these tests cannot play as it is, such as one with a body that is no JSON,
is left out.
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
import yaml
from changes_mutations import Mutation, with_a_part_changed
from support import importable
from test_truth import MYPY, NEW, OLD, Pair, compared, problems_of
from vcgen.config import ClientConfig
from vcgen.errors import SpecError

pytestmark = pytest.mark.slow
GOLDEN = Path(__file__).parents[2] / "golden"
CLIENT = ClientConfig("", "api", ("*",))
# How often each document is changed.
_TIMES = 2
# How many documents can be played, and how many of what they become.
_FEWEST = 100
_FEWEST_CHANGED = 140
# What a document changed in a part may say that has no samples, as a reference to nothing.
_NO_SAMPLES = (KeyError, RecursionError, TypeError, ValueError)


@pytest.fixture(scope="module")
def pairs(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Pair]]:
    """Documents as they are beside themselves changed, where they can be played as they are."""
    folder = tmp_path_factory.mktemp("golden")
    with importable(folder):
        yield [pair for file in sorted(GOLDEN.glob("*/spec.yaml")) for pair in _of(file, folder)]


def _of(file: Path, folder: Path) -> Iterator[Pair]:
    name = file.parent.name
    try:
        # What JSON cannot hold, such as a date, is a text.
        tree = json.loads(json.dumps(yaml.safe_load(file.read_text("utf-8")), default=str))
        alone = compared(Mutation(tree, tree, []), folder, name, CLIENT)
        if alone is None or next(problems_of(alone), ""):
            return
    except (SpecError, AttributeError, yaml.YAMLError, *_NO_SAMPLES):
        return
    yield alone
    for time in range(_TIMES):
        after, kind = with_a_part_changed(tree, Random(f"{name}{time}"))
        # Where the server of a placeholder is, only those who fill it in know.
        if after.get("servers") != tree.get("servers"):
            continue
        try:
            changed = compared(
                Mutation(tree, after, [" ".join(kind)]), folder, f"{name}_{time}", CLIENT
            )
        except SpecError:
            continue
        if changed is not None:
            yield changed


def _is_alone(pair: Pair) -> bool:
    return not pair.kinds


def test_many_documents_are_played(pairs: list[Pair]) -> None:
    alone = [pair for pair in pairs if _is_alone(pair)]
    assert [pair.told for pair in alone if pair.report.changes] == []
    assert len(alone) >= _FEWEST
    assert len(pairs) - len(alone) >= _FEWEST_CHANGED


def test_what_is_safe_for_the_wire_does_not_fail(pairs: list[Pair]) -> None:
    played = 0
    for pair in pairs:
        if _is_alone(pair) or any(one.verdict.wire for one in pair.report.changes):
            continue
        try:
            problems = list(problems_of(pair))
        except _NO_SAMPLES:
            continue
        played += 1
        assert not problems, (pair.name, pair.kinds, problems[:3], pair.told)
    assert played >= _FEWEST_CHANGED // 2


def test_what_is_safe_for_callers_passes_mypy(pairs: list[Pair]) -> None:
    folder = pairs[0].folder
    (folder / "mypy.ini").write_text(MYPY, encoding="utf-8")
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", OLD, NEW]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    assert done.stderr == ""
    lines = [line for line in done.stdout.splitlines() if ": error: " in line]
    wrong = {line.partition(":")[0]: line for line in reversed(lines)}
    played = 0
    for pair in pairs:
        # A caller that is wrong beside its own client says nothing of another.
        if f"{OLD}/{pair.name}/caller.py" in wrong or _is_alone(pair):
            continue
        if not any(one.verdict.callers for one in pair.report.changes):
            played += 1
            message = wrong.get(f"{NEW}/{pair.name}/caller.py", "")
            assert message == "", (pair.name, pair.kinds, pair.told)
    assert played >= _FEWEST_CHANGED // 2
