"""The pages of the documentation: tables are complete, code type-checks, commands run."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import click
import pytest
from documentation import PAGES, README, ROOT, blocks, table, text_of
from vcgen.cli import cli
from vcgen.config import ClientConfig
from vcgen.dialect.repairs import PASSES, PLAIN
from vcgen.dialect.vsphere import PASSES as VSPHERE

DOCS = ROOT / "docs"
WITH_COMMANDS = [page for page in PAGES if list(blocks(page, "sh"))]


def test_readme_is_short() -> None:
    assert len(text_of(README).splitlines()) <= 150


def test_figures_of_readme_are_measured() -> None:
    measured = text_of(DOCS / "performance.md")
    why = text_of(README).partition("## Why")[2].partition("\n| |")[0]
    figures = re.findall(r"[\d.]+ m?s\b", why)
    assert len(figures) >= 4
    for figure in figures:
        assert figure in measured, figure
    for peer in re.findall(r"^Versions: (.+)\.$", text_of(README), re.MULTILINE)[0].split(", "):
        name, version = peer.rsplit(" ", 1)
        assert re.search(rf"{name.replace(' ', '.')}\S* {re.escape(version)}", measured, re.I), peer


def test_report_of_readme_is_a_part_of_the_whole_one() -> None:
    """The whole one is held by the comparison of the published documents."""
    (shown,) = (block for block in blocks(README, "text") if "operations compared" in block)
    whole = [line.removeprefix("    ") for line in text_of(DOCS / "updating.md").splitlines()]
    lines = [line for line in shown.splitlines() if line]
    assert len(lines) >= 5
    assert [line for line in lines if line not in whole] == []


def test_commands_are_complete() -> None:
    shown = {re.match(r"`vcgen (\w+)", one)[1] for one in table(DOCS / "commands.md", "command")}  # type: ignore[index]
    assert shown == set(cli.list_commands(click.Context(cli)))


def test_options_of_the_commands_are_complete() -> None:
    shown = {name for one in table(DOCS / "commands.md", "option") for name in _names(one)}
    context = click.Context(cli)
    groups = [cli, *(cli.get_command(context, name) for name in cli.list_commands(context))]
    known = {name for one in groups if one for option in one.params for name in option.opts}
    assert shown == {name for name in known if name.startswith("-")} - {"--version", "-h", "--help"}


def _names(options: str) -> list[str]:
    return re.findall(r"--?[a-zA-Z][\w-]*", options)


def test_exit_codes_are_those_of_the_help() -> None:
    documented = {int(code) for code in table(DOCS / "commands.md", "code")}
    assert documented == {0, 1, 2, 3, 4, 70, 130}
    assert documented == {int(code) for code in re.findall(r"\b\d+\b", cli.epilog or "")}


def test_options_of_the_configuration_are_complete() -> None:
    shown = {option.strip("`"): default for option, default in _options().items()}
    inner = {"renames", "also", "media_choices"}
    known = {*ClientConfig._fields} - inner | {"rename"}
    assert set(shown) == known
    assert shown["line_length"] == f"`{ClientConfig('', '').line_length}`"


def _options() -> dict[str, str]:
    return table(DOCS / "configuration.md", "option")


def test_repairs_are_complete() -> None:
    shown = [name.strip("`") for name in table(DOCS / "repairs.md", "pass")]
    known = [one.name for one in (*PASSES, *PLAIN, *VSPHERE)]
    assert sorted(shown) == sorted(known)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_between_files_lead_somewhere(page: Path) -> None:
    prose = re.sub(r"^ *```.*?^ *```$|`[^`\n]*`", "", text_of(page), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", prose):
        assert (page.parent / target).exists(), target


def test_python_type_checks(tmp_path: Path) -> None:
    """Each block by itself, as a reader would paste it."""
    found = 0
    for page in PAGES:
        for number, code in enumerate(blocks(page, "python")):
            (tmp_path / f"{page.stem.replace('-', '_')}_{number}.py").write_text(code)
            found += 1
    assert found > 10
    done = subprocess.run(
        [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", "."],
        cwd=tmp_path,
        env={**os.environ, "MYPYPATH": str(ROOT / "generated")},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no checkout of git")
@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.stem)
def test_commands_run(page: Path, tmp_path: Path) -> None:
    """Those of README in an empty folder, those of another page after them.

    The address of the repository leads to this checkout.
    """
    scripts = dict.fromkeys([*blocks(README, "sh"), *blocks(page, "sh")])
    script = "\n".join(scripts)
    instead = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": f"url.{ROOT.as_uri()}.insteadOf",
        "GIT_CONFIG_VALUE_0": "https://example.com/vcgen.git",
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]]),
    }
    folder = tmp_path / "empty"
    folder.mkdir()
    done = subprocess.run(
        ["sh", "-euc", script],
        cwd=folder,
        env={**os.environ, **instead},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (client,) = {path.parent for path in folder.glob("*/vcgen.lock")}
    use = f"from {client.name} import Client; print(Client('vc.example.com', session_id='x'))"
    used = subprocess.run([sys.executable, "-c", use], cwd=folder, capture_output=True, text=True)
    assert "https://vc.example.com/api" in used.stdout, used.stderr


def test_first_client_takes_four_commands() -> None:
    (block,) = blocks(README, "sh")
    assert len(block.splitlines()) == 4
