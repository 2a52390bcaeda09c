"""Hostile input without end: documents, overlays, configurations and recorded traffic.

Each is a good one with payloads in its texts and odd values in its places. Every command must end
with a known exit code and a word, and what a package executes when it is imported must be what that
of the good document executes. What fails becomes a seed, which the tests try from then on.

Where atheris is installed, a part of the time is for bytes (`fuzzing_bytes.py`).

    PYTHONPATH=tests python tests/hostile/fuzzing.py --seconds 60 --seed 1
"""

from __future__ import annotations

import argparse
import copy
import json
import os
import random
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections import Counter
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hostile_inputs import CONFIG, GOOD, HAR, ODD, OVERLAY, PAYLOADS, RECORDED
from hostile_judging import (
    OTHERS,
    PACKAGE,
    Case,
    config_case,
    document_case,
    hasten,
    known_to_be_executed,
    overlay_case,
    problems_of,
    replaced,
    traffic_case,
)
from support import places

# How many of the other commands each document meets.
_MORE = 3
# How many inputs there are for each package that is kept.
_EACH = 50
# How many inputs there are for each word of how far it is.
_TOLD = 1_000
# Where files are quickest.
MEMORY = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
_KINDS = ("document",) * 7 + ("overlay", "config", "traffic")


def mutated(good: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """Return a good tree with one to four things changed."""
    tree = copy.deepcopy(good)
    for _ in range(chance.randint(1, 4)):
        found = list(places(tree))
        if not found:
            break
        is_text = chance.random() < 0.6
        value = copy.deepcopy(chance.choice(PAYLOADS if is_text else ODD))
        is_key = is_text and chance.random() < 0.5
        tree = replaced(tree, chance.choice(found), value, is_key=is_key)
    return tree


def made(chance: random.Random) -> tuple[str, dict[str, Any]]:
    """Return hostile input of some kind."""
    kind = chance.choice(_KINDS)
    if kind == "overlay":
        return kind, mutated(OVERLAY, chance)
    if kind == "config":
        return kind, mutated(CONFIG, chance)
    if kind == "document":
        return kind, mutated(chance.choice(list(GOOD.values())), chance)
    traffic = copy.deepcopy(HAR) if chance.random() < 0.6 else mutated(HAR, chance)
    if traffic.get("log") and chance.random() < 0.6:
        content = {"mimeType": "application/json", "text": json.dumps(mutated(RECORDED, chance))}
        request = {"method": "GET", "url": "https://eu.h.test/v1/things/a"}
        entry = {"request": request, "response": {"status": 200, "content": content}}
        traffic["log"] = {"version": "1.2", "entries": [entry] * 2}
    return kind, traffic


def case_of(kind: str, tree: dict[str, Any], chance: random.Random) -> Case:
    """Return what is done with hostile input."""
    if kind == "document":
        return document_case(tree, *chance.sample(sorted(OTHERS), _MORE))
    if kind == "config":
        return config_case(tree, is_project=chance.random() < 0.5)
    return overlay_case(tree) if kind == "overlay" else traffic_case(tree)


def fuzz(seconds: float, seed: int, seeds: Path, sample: Path | None = None) -> int:
    """Try input until the time is over; keep what fails, and return how often that was.

    Args:
        seconds: The time.
        seed: The seed of what is made by chance.
        seeds: Where input is kept that fails.
        sample: Where some of the packages are kept, to be judged by other tools.
    """
    chance, ends = random.Random(seed), time.monotonic() + seconds
    failures: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        known = known_to_be_executed(Path(name))
        while time.monotonic() < ends:
            kind, tree = made(chance)
            tried[kind] += 1
            if not tried.total() % _TOLD:
                print(f"{tried.total()} inputs", flush=True)
            case = case_of(kind, tree, chance)
            for problem in problems_of(case, Path(name) / "one", known):
                failures[problem[:100]] += 1
                if failures[problem[:100]] == 1:
                    keep(seeds / f"{kind}-{seed}-{tried.total()}.json", tree)
                    print(f"{kind} {tried.total()}: {problem}", flush=True)
            package = Path(name) / "one" / PACKAGE
            if sample and not tried.total() % _EACH and (package / "__init__.py").exists():
                shutil.copytree(package, sample / f"sample_{seed}_{tried.total()}")
    counts = ", ".join(f"{count} of kind {kind}" for kind, count in sorted(tried.items()))
    print(f"seed {seed}: {tried.total()} inputs ({counts}), {failures.total()} failures")
    return failures.total()


def fuzz_bytes(seconds: float, seed: int, seeds: Path) -> int:
    """Try bytes in a process of its own, which ends with the time, and return how many failed."""
    script = Path(__file__).with_name("fuzzing_bytes.py")
    command = [sys.executable, str(script), str(round(seconds)), str(seed), str(seeds)]
    seeds.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=MEMORY) as name:
        done = subprocess.run(
            command,
            env={**os.environ, "TMPDIR": name},
            capture_output=True,
            text=True,
            check=False,
        )
    failures = [line for line in done.stdout.splitlines() if line.startswith("failure: ")]
    if done.returncode:
        # What takes too long, or too much memory, ends it.
        failures.append(f"failure: it ended with {done.returncode}: {done.stderr[-1000:]}")
    print(*failures, sep="\n", end="\n" if failures else "")
    found = re.search(r"^Done (\d+) runs", done.stderr, re.MULTILINE)
    print(f"seed {seed}: {found[1] if found else '?'} inputs of bytes, {len(failures)} failures")
    return len(failures)


def keep(file: Path, tree: dict[str, Any]) -> None:
    """Write what failed as a seed."""
    file.parent.mkdir(exist_ok=True)
    file.write_text(json.dumps(tree, indent=1), encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--seconds", type=float, default=3600)
    parser.add_argument("--seed", type=int, default=random.randrange(10**6))
    parser.add_argument("--sample", type=Path)
    parser.add_argument("--bytes", type=float, default=0.2, help="their share of the time")
    given = parser.parse_args()
    kept = Path(__file__).parent / "seeds"
    share = given.bytes * given.seconds if find_spec("atheris") else 0.0
    hasten(setattr)
    failed = fuzz_bytes(share, given.seed, kept) if share >= 1 else 0
    failed += fuzz(given.seconds - share, given.seed, kept, given.sample)
    sys.exit(bool(failed))
