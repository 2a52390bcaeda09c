"""What type checkers make of a fake server: replies and functions of other types are refused."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from golden_packages import golden_package

PROGRAM = """\
from fake_server import Filter, Host
from fake_server.testing import FakeServer

hosts = FakeServer().hosts
reveal_type(hosts.add)
reveal_type(hosts.disk)
hosts.add.returns(Host(name="h"))
hosts.add.returns(Filter())  # refused
hosts.find.returns([Host(name="h")], [], headers={"Link": "x"})
hosts.find.returns(Host(name="h"))  # refused
hosts.disk.sends(b"abc", b"")
hosts.disk.sends("abc")  # refused


def add(body: Host) -> Host:
    return body


def added(body: Filter) -> Host:
    return Host(name="h")


def other(body: Host) -> Filter:
    return Filter()


def find(*, size: int | None = None, **_: object) -> list[Host]:
    return [Host(name="h")] * (size or 1)


def find_by_text(*, size: str | None = None, **_: object) -> list[Host]:
    return []


hosts.add.answers(add)
hosts.add.answers(added)  # refused
hosts.add.answers(other)  # refused
hosts.add.answers(lambda body: Host(name=body.name))
hosts.add.answers(lambda body: Host(name=body.names))  # refused
hosts.find.answers(find)
hosts.find.answers(find_by_text)  # refused
assert hosts.find.called_with(size=5)[0].request.method == "GET"
hosts.find.called_with(size="5")  # refused
hosts.find.called_with(sizes=5)  # refused
hosts.disk.called_with("h")
hosts.disk.called_with()  # refused
"""
REVEALED = {
    "mypy": (
        "fake_server.testing.FakeOperation[[body: fake_server.models.Host], "
        "fake_server.models.Host | fake_server.models.Problem]",
        "fake_server.testing.FakeDownload[[id: str], fake_server._wire.Download]",
    ),
    "pyright": (
        "FakeOperation[(body: Host), Host | Problem]",
        "FakeDownload[(id: str), Download]",
    ),
}


@pytest.mark.parametrize("checker", REVEALED)
def test_what_is_of_another_type_is_refused(checker: str, tmp_path: Path) -> None:
    (tmp_path / "fake_server").symlink_to(golden_package("fake_server"))
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    options = ["--strict"] if checker == "mypy" else ["--pythonpath", sys.executable]
    command = [sys.executable, "-m", checker, *options, "program.py"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    lines = PROGRAM.splitlines()
    wanted = [number for number, line in enumerate(lines, 1) if line.endswith("# refused")]
    refused = re.findall(r"program.py:(\d+)\S* (?:- )?error", done.stdout)
    assert sorted({int(number) for number in refused}) == wanted, done.stdout
    for revealed in REVEALED[checker]:
        assert f'"{revealed}"' in done.stdout, done.stdout
