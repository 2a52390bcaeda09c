"""The walk: payloads in the places of documents of each version, judged by what packages execute.

The quick test takes a sample of the places that differs by version; the slow one takes all of them.
"""

from __future__ import annotations

import copy
import importlib.util
import json
import random
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest


def _fuzzing() -> ModuleType:
    file = Path(__file__).with_name("fuzzing.py")
    spec = importlib.util.spec_from_file_location("hostile_fuzzing", file)
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


fuzzing = _fuzzing()
SAMPLE = 12


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    found: set[str] = fuzzing.known_to_be_executed(tmp_path_factory.mktemp("good"))
    return found


def walk(version: str, count: int | None, folder: Path, known: set[str]) -> int:
    """Try a payload as the value and as the key of places, all of them without a count."""
    good: dict[str, Any] = fuzzing.GOOD[version]
    chance = random.Random(version)
    every = [(at, is_key) for at in fuzzing.places(good) for is_key in (False, True)]
    chosen = every if count is None else chance.sample(every, count)
    for index, (place, is_key) in enumerate(chosen):
        payload = fuzzing.PAYLOADS[index % len(fuzzing.PAYLOADS)]
        document = fuzzing.replaced(good, place, payload, is_key=is_key)
        problems = list(fuzzing.problems_of(document, folder / "one", known))
        assert problems == [], f"{payload!r} {'as key' if is_key else ''} at {place}"
    return len(chosen)


@pytest.mark.parametrize("version", fuzzing.GOOD)
def test_payloads_in_some_places(version: str, tmp_path: Path, known: set[str]) -> None:
    assert walk(version, SAMPLE, tmp_path, known) == SAMPLE


@pytest.mark.exhaustive
@pytest.mark.parametrize("version", fuzzing.GOOD)
def test_payloads_in_all_places(version: str, tmp_path: Path, known: set[str]) -> None:
    assert walk(version, None, tmp_path, known) > 90


@pytest.mark.parametrize("tags", [[{"": None}], [None], [[]], {}, {"a": 1}, "text", 1, [1, "a"]])
def test_tags_of_any_shape(tags: object, tmp_path: Path, known: set[str]) -> None:
    """Found by the fuzzer: what an operation is filed under was taken for a text."""
    document = fuzzing.openapi("3.1.1")
    document["paths"]["/things/{id}"]["get"]["tags"] = tags
    assert list(fuzzing.problems_of(document, tmp_path / "one", known)) == []


@pytest.mark.parametrize("operation", [None, True, 1, "text", [], {}, [None]])
@pytest.mark.parametrize("version", fuzzing.GOOD)
def test_operations_of_any_shape(
    operation: object, version: str, tmp_path: Path, known: set[str]
) -> None:
    """Found by the fuzzer: an operation that is null was looked for where it was left out."""
    document = copy.deepcopy(fuzzing.GOOD[version])
    document["paths"]["/things/{id}"]["put"] = operation
    assert list(fuzzing.problems_of(document, tmp_path / "one", known)) == []


@pytest.mark.parametrize("parameters", [True, 1, "text", {}, None, [None], [1], [{}]])
@pytest.mark.parametrize("version", fuzzing.GOOD)
def test_parameters_of_any_shape(
    parameters: object, version: str, tmp_path: Path, known: set[str]
) -> None:
    """Found by the fuzzer: variables of a path were added to what is no list."""
    document = copy.deepcopy(fuzzing.GOOD[version])
    document["paths"]["/things/{id}"]["get"]["parameters"] = parameters
    assert list(fuzzing.problems_of(document, tmp_path / "one", known)) == []


def test_judge_sees_what_is_injected() -> None:
    """A judge that finds nothing must be able to find something."""
    text = f'import os\nX = "{fuzzing.MARK}()"\nclass A:\n    {fuzzing.MARK}()\n'
    found = fuzzing.executed(text)
    assert found == {"import os", f"call {fuzzing.MARK}", f"expression {fuzzing.MARK}()"}
    assert fuzzing.executed(f"def f():\n    {fuzzing.MARK}()\n") == set()


@pytest.mark.parametrize(
    "seed", sorted(Path(__file__).with_name("seeds").glob("*.json")), ids=lambda path: path.stem
)
def test_what_the_fuzzer_found_is_mended(seed: Path, tmp_path: Path, known: set[str]) -> None:
    document = json.loads(seed.read_text(encoding="utf-8"))
    assert list(fuzzing.problems_of(document, tmp_path / "one", known)) == []
