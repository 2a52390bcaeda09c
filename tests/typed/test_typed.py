"""What type checkers make of a program that uses every feature: no complaint, and known types.

`mypy.txt` and `pyright.txt` hold the types of what the program reveals, in its order;
`pytest --update-golden` writes them.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from golden_packages import golden_package
from support import difference

HERE = Path(__file__).parent
PROGRAM = HERE / "program.py"
STRICT = {"typeCheckingMode": "strict", "reportUnusedExpression": False}
COMMANDS = {
    "mypy": ["-m", "mypy", "--strict", "--hide-error-codes", "program.py"],
    "pyright": ["-m", "pyright", "--pythonpath", sys.executable],
}
CASES = {
    *("body_octet_stream", "fake_server", "pages", "streams", "tasks_by_id", "testing"),
    "waiters",
}
REVEALED = re.compile(r'program\.py:(\d+).*(?:Revealed type is|Type of .* is) "(.*)"$')


@pytest.mark.slow
@pytest.mark.parametrize("checker", COMMANDS)
def test_types_are_known(checker: str, tmp_path: Path, update_golden: bool) -> None:
    for case in CASES:
        package = golden_package(case)
        (tmp_path / package.name).symlink_to(package)
    shutil.copy(PROGRAM, tmp_path)
    strict = {**STRICT, "include": ["program.py"]}
    (tmp_path / "pyrightconfig.json").write_text(json.dumps(strict), encoding="utf-8")
    command = [sys.executable, *COMMANDS[checker]]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    lines = PROGRAM.read_text(encoding="utf-8").splitlines()
    found = ""
    for line in done.stdout.splitlines():
        if revealed := REVEALED.search(line):
            what = lines[int(revealed[1]) - 1].strip()
            found += f"{what.removeprefix('reveal_type(').removesuffix(')')}: {revealed[2]}\n"
    assert done.returncode == 0, done.stdout
    assert found.count("\n") == sum("reveal_type(" in line for line in lines)
    golden = HERE / f"{checker}.txt"
    if update_golden:
        golden.write_text(found, encoding="utf-8")
    wanted = golden.read_text(encoding="utf-8")
    assert found == wanted, "\n" + difference({"types": wanted}, {"types": found})
