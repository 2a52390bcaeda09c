"""Packages that no client writes any more, and packages that somebody else writes."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import Outcome, Vcgen, run

SPEC = """\
openapi: 3.0.3
info: {title: Ping, version: "1"}
paths:
  /ping:
    get: {operationId: ping, responses: {"204": {description: Done.}}}
"""
ONE = '[[clients]]\nspec = "spec.yaml"\noutput = "generated/one"\n'
TWO = ONE.replace("one", "two")


@pytest.fixture
def vcgen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Vcgen:
    """Run the command where two clients were generated, and one is configured."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    Path("spec.yaml").write_text(SPEC)
    Path("vcgen.toml").write_text(f"{ONE}\n{TWO}")
    assert run(["generate"], capsys).code == 0
    Path("vcgen.toml").write_text(ONE)
    return lambda *arguments: run(arguments, capsys)


@pytest.mark.parametrize("command", ["generate", "check"])
def test_left_over_client_is_told_with_the_command_that_removes_it(
    vcgen: Vcgen, command: str
) -> None:
    done = vcgen(command)
    assert done.code == 0
    assert done.err == (
        "generated/two: left over; no client of the configuration writes it\n"
        "  `vcgen remove generated/two` removes it\n"
    )
    assert vcgen("remove", "generated/two") == Outcome(0, "generated/two: 9 files removed\n", "")
    assert not Path("generated/two").exists()
    assert vcgen(command).err == ""


def test_left_over_client_is_told_if_no_other_is_beside_it(vcgen: Vcgen) -> None:
    Path("vcgen.toml").write_text(ONE.replace("generated/one", "elsewhere"))
    assert vcgen("generate").code == 0
    left = [line for line in vcgen("check").err.splitlines() if "left over" in line]
    assert [line.partition(":")[0] for line in left] == ["generated/one", "generated/two"]


def test_removing_leaves_the_files_of_others(vcgen: Vcgen) -> None:
    Path("generated/two/mine.py").write_text("")
    assert vcgen("remove", "generated/two").code == 0
    assert [path.name for path in Path("generated/two").iterdir()] == ["mine.py"]


def test_removing_refuses_what_somebody_edited(vcgen: Vcgen) -> None:
    Path("generated/two/errors.py").write_text("mine = 1\n")
    done = vcgen("remove", "generated/two")
    assert (done.code, done.out) == (4, "")
    assert done.err.startswith("generated/two/errors.py: edited by hand")
    assert vcgen("remove", "generated/two", "--force").code == 0
    assert not Path("generated/two").exists()


@pytest.mark.parametrize(
    ("folder", "why"),
    [
        ("generated/one", "generated/one: is the output of a client in vcgen.toml"),
        ("generated", "generated: is not a generated package"),
        ("nowhere", "nowhere: is not a generated package"),
    ],
)
def test_removing_refuses_what_is_not_left_over(vcgen: Vcgen, folder: str, why: str) -> None:
    done = vcgen("remove", folder)
    assert (done.code, done.err.partition("\n")[0]) == (4, why)
    assert Path("generated/one/client.py").exists()


def test_client_of_a_command_line_does_not_replace_a_configured_one(vcgen: Vcgen) -> None:
    before = Path("generated/one/vcgen.lock").read_bytes()
    Path("other.yaml").write_text(SPEC.replace("ping", "pong"))
    given = ("generate", "--spec", "other.yaml", "--output", "generated/one")
    done = vcgen(*given)
    assert (done.code, done.out) == (4, "")
    assert done.err.startswith("generated/one is the output of a client in vcgen.toml\nhint: run")
    assert Path("generated/one/vcgen.lock").read_bytes() == before
    assert vcgen(*given, "--force").code == 0
    assert Path("generated/one/vcgen.lock").read_bytes() != before
