"""The site: generated pages are as committed, every page is in the menu, every anchor exists."""

from __future__ import annotations

import importlib.util
import os
import re
import runpy
import subprocess
import sys
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest
import yaml
from documentation import PAGES, ROOT, text_of

SITE = Path(__file__).parent / "site"
CONFIG = ROOT / "docs" / "site" / "mkdocs.yml"
_LINK = re.compile(r"\]\(([^)#:\s]*)#([^)\s]+)\)")


def printed(script: str) -> str:
    """Return what a script of the site prints."""
    command = [sys.executable, str(SITE / script)]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def test_document_and_code_stand_side_by_side(update_golden: bool) -> None:
    page, found = ROOT / "docs" / "side-by-side.md", printed("side_by_side.py")
    if update_golden:
        page.write_text(found, encoding="utf-8")
    assert text_of(page) == found, "accept it with --update-golden"


def test_reference_has_what_callers_import() -> None:
    found = set(re.findall(r"^### (\w+)$", printed("reference.py"), re.MULTILINE))
    package = ROOT / "generated" / "vcenter_guest_customization"
    names = set(re.findall(r'^    "(\w+)",$', text_of(package / "__init__.py"), re.MULTILINE))
    elsewhere = {name for name in names if not name[0].isupper()}
    elsewhere |= {"AsyncClient", "CallOptions", "Deviation", "MissingField"}
    assert {"Client", "NotFound"} <= names
    assert names - elsewhere - found == set()


def test_terminal_session_of_readme_is_what_vcgen_prints() -> None:
    """By its text; to draw it again needs rich: `python tests/docs/site/session.py`."""
    printed = re.sub(r"\033\[\d*m", "", runpy.run_path(str(SITE / "session.py"))["session"]())
    drawn = text_of(ROOT / "docs" / "session.svg")
    lines: dict[float, str] = {}
    for y, text in re.findall(r'<text [^>]* y="([\d.]+)"[^>]* clip-path[^>]*>([^<]*)', drawn):
        lines[float(y)] = lines.get(float(y), "") + unescape(text)
    shown = [line.replace("\xa0", " ").strip() for _, line in sorted(lines.items())]
    assert [line for line in shown if line] == [one.strip() for one in printed.splitlines() if one]


def test_every_page_is_in_the_menu() -> None:
    stage = runpy.run_path(str(SITE / "stage.py"))
    staged = {name for _, name in stage["sources"]() if name.endswith(".md")}
    menu = yaml.safe_load(CONFIG.read_text(encoding="utf-8"))["nav"]
    assert sorted(_leaves(menu)) == sorted({*staged, "reference.md"})


def _leaves(menu: object) -> Iterator[str]:
    if isinstance(menu, str):
        yield menu
    elif isinstance(menu, dict):
        for inner in menu.values():
            yield from _leaves(inner)
    elif isinstance(menu, list):
        for inner in menu:
            yield from _leaves(inner)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_anchors_exist(page: Path) -> None:
    for target, anchor in _LINK.findall(text_of(page)):
        other = page.parent / target if target else page
        heads = re.findall(r"^#+ (.+)$", text_of(other), re.MULTILINE)
        assert anchor in {_anchor(head) for head in heads}, f"{target}#{anchor}"


def _anchor(head: str) -> str:
    """Return the anchor of a heading, as the site and the repository both make it."""
    return re.sub(r"[^\w -]", "", head).strip().lower().replace(" ", "-")


@pytest.mark.slow
@pytest.mark.skipif(not importlib.util.find_spec("mkdocs"), reason="the extra docs is not there")
@pytest.mark.parametrize("broken", ["", "[a](nowhere.md)", "[a](start.md#nowhere)"])
def test_site_is_built_unless_a_link_is_broken(tmp_path: Path, broken: str) -> None:
    subprocess.run([sys.executable, str(SITE / "stage.py")], check=True)
    pages = tmp_path / "pages"
    (ROOT / "build" / "docs" / "pages").rename(pages)
    with (pages / "index.md").open("a", encoding="utf-8") as index:
        index.write(f"\n{broken}\n")
    config = tmp_path / "site" / "mkdocs.yml"
    config.parent.mkdir()
    text = CONFIG.read_text(encoding="utf-8").replace("../../build/docs/", "../")
    config.write_text(text.replace("site_dir: ../site", "site_dir: ../html"), encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", str(config)],
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
    )
    assert (done.returncode != 0) == bool(broken), done.stderr
    assert "nowhere" in done.stderr or not broken
