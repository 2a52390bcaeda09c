"""The walk: payloads in the places of what vcgen reads, judged by what packages execute.

Walked are documents of each version, overlays, configurations and recorded traffic. The quick tests
take a sample of the places that differs by kind; the slow ones take all of them.
"""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Callable
from itertools import cycle, product
from pathlib import Path
from typing import Any

import pytest
from hostile_inputs import CONFIG, GOOD, HAR, MARK, ODD, OVERLAY, PAYLOADS, RECORDED
from hostile_judging import (
    OTHERS,
    READERS,
    Case,
    bytes_case,
    config_case,
    document_case,
    executed,
    hasten,
    known_to_be_executed,
    overlay_case,
    problems_of,
    replaced,
    run,
    traffic_case,
)
from support import places

SAMPLE = 12
SEEDS = sorted(Path(__file__).with_name("seeds").glob("*.*"))


def project_case(config: dict[str, Any]) -> Case:
    return config_case(config, is_project=True)


def recorded_case(body: object) -> Case:
    """Return what is done with recorded traffic whose body is hostile."""
    traffic = copy.deepcopy(HAR)
    traffic["log"]["entries"][0]["response"]["content"]["text"] = json.dumps(body)
    return traffic_case(traffic)


# What is walked besides documents.
KINDS: dict[str, tuple[dict[str, Any], Callable[[Any], Case]]] = {
    "overlay": (OVERLAY, overlay_case),
    "vcgen.toml": (CONFIG, config_case),
    "pyproject.toml": (CONFIG, project_case),
    "traffic": (HAR, traffic_case),
    "recorded body": (RECORDED, recorded_case),
}


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    return known_to_be_executed(tmp_path_factory.mktemp("good"))


def walk(
    good: dict[str, Any],
    make: Callable[[Any], Case],
    count: int,
    folder: Path,
    known: set[str],
) -> None:
    """Try a payload as the value or as the key of some places."""
    chance = random.Random(json.dumps(good)[:40])
    every = [(at, is_key) for at in places(good) for is_key in (False, True)]
    for index, (place, is_key) in enumerate(chance.sample(every, count)):
        payload = PAYLOADS[index % len(PAYLOADS)]
        hostile = replaced(good, place, payload, is_key=is_key)
        problems = list(problems_of(make(hostile), folder / "one", known))
        assert problems == [], f"{payload!r} {'as key' if is_key else ''} at {place}"


@pytest.mark.parametrize("version", GOOD)
def test_payloads_in_some_places(version: str, tmp_path: Path, known: set[str]) -> None:
    others = cycle(OTHERS)
    make = lambda document: document_case(document, next(others))  # noqa: E731
    walk(GOOD[version], make, SAMPLE, tmp_path, known)


@pytest.mark.parametrize("kind", KINDS)
def test_payloads_in_some_places_of_other_input(kind: str, tmp_path: Path, known: set[str]) -> None:
    walk(*KINDS[kind], 6, tmp_path, known)


# Good input of each kind; the versions 3 differ in the number alone, and take turns.
EVERY: dict[str, tuple[list[dict[str, Any]], Callable[[Any], Case] | None]] = {
    "3": ([GOOD["3.0"], GOOD["3.1"], GOOD["3.2"]], None),
    "2.0": ([GOOD["2.0"]], None),
    **{kind: ([good], make) for kind, (good, make) in KINDS.items()},
}


@pytest.mark.exhaustive
@pytest.mark.parametrize("kind", EVERY)
def test_all_payloads_in_all_places(
    kind: str, tmp_path: Path, known: set[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each as a value and as a key; of the other commands, each document meets one in turn."""
    hasten(monkeypatch.setattr)
    alike, make = EVERY[kind]
    others = sorted(OTHERS)
    failed = list[str]()
    tried = 0
    for number, place in enumerate(places(alike[0])):
        ways = (False, True) if isinstance(place[-1], str) else (False,)
        # Another place has another beginning, so that a payload meets each of what takes turns.
        for turn, (payload, is_key) in enumerate(product(PAYLOADS, ways), number):
            hostile = replaced(alike[turn % len(alike)], place, payload, is_key=is_key)
            other = others[turn % len(others)]
            case = make(hostile) if make else document_case(hostile, other)
            problems = list(problems_of(case, tmp_path / "one", known))
            failed += [f"{one}: {payload!r} at {place}, {is_key=}" for one in problems]
            tried += 1
    print(f"{kind}: {tried} inputs, {len(failed)} problems")
    assert failed[:20] == []


@pytest.mark.exhaustive
@pytest.mark.parametrize("kind", KINDS)
def test_odd_values_in_all_places_of_other_input(
    kind: str, tmp_path: Path, known: set[str]
) -> None:
    good, make = KINDS[kind]
    for index, place in enumerate(places(good)):
        odd = copy.deepcopy(ODD[index % len(ODD)])
        hostile = replaced(good, place, odd, is_key=False)
        problems = list(problems_of(make(hostile), tmp_path / "one", known))
        assert problems == [], f"{odd!r} at {place}"


def test_good_input_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is refused as it is would show nothing where it is hostile."""
    cases = [document_case(GOOD["3.1"], *OTHERS), document_case(GOOD["2.0"])]
    cases += [make(good) for good, make in KINDS.values()]
    for index, case in enumerate(cases):
        folder = tmp_path / str(index)
        for name, text in case.files.items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
        monkeypatch.chdir(folder)
        for command in case.commands:
            code, _, err = run(*command)
            # There is something to be learnt.
            assert code == int("--check" in command), f"{command}: {err}"


@pytest.mark.parametrize(
    "content", [b"", b"\xff\xfe", b"\0", b"{", b"[[", b"- &a [*a]", b"a: !!x 1"]
)
@pytest.mark.parametrize("name", READERS)
def test_bytes_that_are_nothing_in_particular(
    name: str, content: bytes, tmp_path: Path, known: set[str]
) -> None:
    assert list(problems_of(bytes_case(name, content), tmp_path / "one", known)) == []


@pytest.mark.parametrize("tags", [[{"": None}], [None], [[]], {}, {"a": 1}, "text", 1, [1, "a"]])
def test_tags_of_any_shape(tags: object, tmp_path: Path, known: set[str]) -> None:
    """Found by the fuzzer: what an operation is filed under was taken for a text."""
    document = copy.deepcopy(GOOD["3.1"])
    document["paths"]["/things/{id}"]["get"]["tags"] = tags
    assert list(problems_of(document_case(document), tmp_path / "one", known)) == []


@pytest.mark.parametrize("name", [None, True, 1, {}, {"$ref": "#"}, [], [None]])
@pytest.mark.parametrize("version", GOOD)
def test_names_of_tags_of_any_shape(
    name: object, version: str, tmp_path: Path, known: set[str]
) -> None:
    """Found by the fuzzer: the name of a declared tag was looked for in a set by `update`."""
    document = copy.deepcopy(GOOD[version])
    document["tags"] = [{"name": name}, {"name": "things"}]
    document["info"]["version"] = "2"
    case = document_case(document, "update", "matrix", "slice")
    assert list(problems_of(case, tmp_path / "one", known)) == []


@pytest.mark.parametrize("operation", [None, True, 1, "text", [], {}, [None]])
@pytest.mark.parametrize("version", GOOD)
def test_operations_of_any_shape(
    operation: object, version: str, tmp_path: Path, known: set[str]
) -> None:
    """Found by the fuzzer: an operation that is null was looked for where it was left out."""
    document = copy.deepcopy(GOOD[version])
    document["paths"]["/things/{id}"]["put"] = operation
    assert list(problems_of(document_case(document), tmp_path / "one", known)) == []


@pytest.mark.parametrize("parameters", [True, 1, "text", {}, None, [None], [1], [{}]])
@pytest.mark.parametrize("version", GOOD)
def test_parameters_of_any_shape(
    parameters: object, version: str, tmp_path: Path, known: set[str]
) -> None:
    """Found by the fuzzer: variables of a path were added to what is no list."""
    document = copy.deepcopy(GOOD[version])
    document["paths"]["/things/{id}"]["get"]["parameters"] = parameters
    assert list(problems_of(document_case(document), tmp_path / "one", known)) == []


def test_judge_sees_what_is_injected() -> None:
    """A judge that finds nothing must be able to find something."""
    text = f'import os\nX = "{MARK}()"\nclass A:\n    {MARK}()\n'
    found = executed(text)
    assert found == {"import os", f"call {MARK}", f"expression {MARK}()"}
    assert executed(f"def f():\n    {MARK}()\n") == set()


@pytest.mark.parametrize("seed", SEEDS, ids=lambda path: path.stem)
def test_what_the_fuzzer_found_is_mended(seed: Path, tmp_path: Path, known: set[str]) -> None:
    if seed.suffix == ".bytes":
        case = bytes_case(seed.stem.rpartition("-")[0], seed.read_bytes())
        assert list(problems_of(case, tmp_path / "one", known)) == []
        return
    tree = json.loads(seed.read_text(encoding="utf-8"))
    kind = seed.stem.partition("-")[0]
    makers: dict[str, Callable[[Any], list[Case]]] = {
        "document": lambda one: [document_case(one, *OTHERS)],
        "overlay": lambda one: [overlay_case(one)],
        "config": lambda one: [config_case(one), project_case(one)],
        "traffic": lambda one: [traffic_case(one)],
    }
    for case in makers[kind](tree):
        assert list(problems_of(case, tmp_path / "one", known)) == []
