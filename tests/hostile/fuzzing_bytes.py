"""Bytes that are nothing in particular, guided by which code of vcgen they reach.

Each is tried as a file of one kind: a document, an overlay, a configuration, recorded traffic. It
is judged as other hostile input is. What fails becomes a seed. This needs atheris, which nothing
else does: `fuzzing.py` runs it in a process of its own where it is installed.

    PYTHONPATH=tests python tests/hostile/fuzzing_bytes.py SECONDS SEED FOLDER
"""

from __future__ import annotations

import hashlib
import importlib
import json
import pkgutil
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path

import atheris  # type: ignore[import-not-found, unused-ignore]
import yaml

with atheris.instrument_imports(include=["vcgen"]):
    import vcgen
    from hostile_inputs import CONFIG, GOOD, HAR, OVERLAY, config_text
    from hostile_judging import READERS, bytes_case, known_to_be_executed, problems_of

    for _module in pkgutil.walk_packages(vcgen.__path__, "vcgen."):
        if not _module.name.startswith(("vcgen.runtime", "vcgen.__main__")):
            importlib.import_module(_module.name)

_NAMES = list(READERS)


def corpus() -> dict[str, list[str]]:
    """Return good texts by the name of the file that they are of."""
    return {
        "spec.json": [json.dumps(one) for one in GOOD.values()],
        "spec.yaml": [yaml.safe_dump(one) for one in GOOD.values()],
        "overlay.yaml": [yaml.safe_dump(OVERLAY), json.dumps(OVERLAY)],
        "vcgen.toml": [config_text(CONFIG)],
        "pyproject.toml": [config_text(CONFIG, is_project=True)],
        "traffic.har": [json.dumps(HAR)],
    }


def words() -> list[str]:
    """Return what the good texts are made of."""
    texts = "\n".join(text for of_kind in corpus().values() for text in of_kind)
    syntax = ["&a ", "*a", "<<: ", "!!", "---\n", "? ", "|\n ", "\\u0000", "[[", "'''"]
    return sorted({*re.findall(r"[#$]?[\w/.-]{2,30}", texts), *syntax})


def fuzz(seconds: int, seed: int, seeds: Path) -> None:
    """Try bytes until the time is over; libFuzzer then ends the process, and tells how many."""
    folder = Path(tempfile.mkdtemp())
    (folder / "corpus").mkdir()
    for name, texts in corpus().items():
        for index, text in enumerate(texts):
            first = bytes([_NAMES.index(name)])
            (folder / "corpus" / f"{name}-{index}").write_bytes(first + text.encode())
    quoted = ("".join(f"\\x{byte:02x}" for byte in word.encode()) for word in words())
    (folder / "words").write_text("".join(f'"{one}"\n' for one in quoted), encoding="utf-8")
    known = known_to_be_executed(folder)
    failures: Counter[str] = Counter()

    def try_one(data: bytes) -> None:
        if not data:
            return
        name, content = _NAMES[data[0] % len(_NAMES)], data[1:]
        for problem in problems_of(bytes_case(name, content), folder / "one", known):
            # One of each kind is enough: it goes on.
            failures[problem[:60]] += 1
            if failures[problem[:60]] == 1:
                digest = hashlib.sha256(content).hexdigest()[:8]
                (seeds / f"{name}-{digest}.bytes").write_bytes(content)
                print(f"failure: {name} {digest}: {problem}", flush=True)

    options = [f"-max_total_time={seconds}", f"-seed={seed}", "-timeout=60", "-rss_limit_mb=4000"]
    options += [f"-dict={folder / 'words'}", "-max_len=20000", "-len_control=0"]
    options += [f"-artifact_prefix={seeds}/", str(folder / "corpus")]
    atheris.Setup([sys.argv[0], *options], try_one)
    atheris.Fuzz()


if __name__ == "__main__":
    fuzz(int(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]))
