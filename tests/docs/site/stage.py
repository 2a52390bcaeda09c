"""Stage the pages of the site: those of docs/, those at the top, and the reference of a client.

Links between pages lead to pages, and links to other files lead to the repository.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[3]
PAGES = ROOT / "build" / "docs" / "pages"
REPOSITORY = "https://example.com/vcgen/blob/main"

_AT_THE_TOP = ("README", "CHANGELOG", "CONTRIBUTING", "SECURITY")
# The room of the table of contents, for a page that needs it.
_WIDE = {"side-by-side.md": "---\nhide: [toc]\n---\n\n"}
# Code is no link: blocks, and what is between backticks.
_CODE_OR_LINK = re.compile(r"^ *```.*?^ *```$|`[^`\n]*`|\]\(([^)#\s]+)(#[^)\s]*)?\)", re.M | re.S)


def sources() -> Iterator[tuple[Path, str]]:
    """Yield each page, and what it is called on the site."""
    for name in _AT_THE_TOP:
        yield ROOT / f"{name}.md", "index.md" if name == "README" else f"{name.lower()}.md"
    for page in sorted((ROOT / "docs").iterdir()):
        if page.is_file():
            yield page, page.name


def staged(page: Path) -> str:
    """Return the text of a page with links for the site."""
    pages = dict(sources())

    def link(match: re.Match[str]) -> str:
        target, anchor = match[1], match[2] or ""
        if target is None or "://" in target or target == "...":
            return match[0]
        file = Path(os.path.normpath(page.parent / target))
        if file in pages:
            return f"]({pages[file]}{anchor})"
        return f"]({REPOSITORY}/{file.relative_to(ROOT).as_posix()}{anchor})"

    return _CODE_OR_LINK.sub(link, page.read_text(encoding="utf-8"))


def main() -> None:
    """Write the pages below build/, in place of those that are there."""
    shutil.rmtree(PAGES, ignore_errors=True)
    PAGES.mkdir(parents=True)
    for page, name in sources():
        if page.suffix == ".md":
            text = _WIDE.get(name, "") + staged(page)
            (PAGES / name).write_text(text, encoding="utf-8")
        else:
            shutil.copy(page, PAGES / name)
    shutil.copy(ROOT / "docs" / "site" / "site.css", PAGES)
    reference = [sys.executable, str(Path(__file__).with_name("reference.py"))]
    text = subprocess.run(reference, check=True, capture_output=True, text=True).stdout
    (PAGES / "reference.md").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
