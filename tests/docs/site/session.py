"""Print the terminal session of the README as SVG: vcgen runs on a pseudo terminal, rich draws.

Run `python tests/docs/site/session.py > docs/session.svg` where the extra `docs` is installed.
"""

from __future__ import annotations

import contextlib
import os
import re
import shlex
import sys
import tempfile
from pathlib import Path
from unittest.mock import patch

ROOT = Path(__file__).parents[3]
DOCUMENT = ROOT / "specs" / "vcenter-guest-customization.yaml"
COMMANDS = (
    "vcgen list vcenter.yaml",
    "vcgen init vcenter.yaml -O 'GET /vcenter/*' -O '* /session' --output vcenter_api",
    "vcgen generate",
    "vcgen diff vcenter.yaml vcenter-next.yaml",
)
# What the next version of the document changes: an enumeration, a property, a parameter.
CHANGES = (
    ("        - RUNNING\n", "        - RUNNING\n        - ROLLED_BACK\n"),
    ("        start_time:\n", "        begin_time:\n"),
    (
        "      parameters:\n        - name: vm\n",
        "      parameters:\n"
        "        - {name: view, in: query, required: true, schema: {type: string}}\n"
        "        - name: vm\n",
    ),
    ("version: 9.1.0.0", "version: 9.2.0.0"),
)
COLUMNS = 112

_PROGRESS = re.compile(r"[^\n]*\r\033\[K")
_FONTS = re.compile(r"\s*@font-face \{\{.*?\}\}", re.DOTALL)


def session() -> str:
    """Return what a terminal shows, with the sequences for colours.

    Raises:
        AssertionError: A change does not fit the document.
    """
    sys.path.insert(0, str(ROOT / "tests"))
    from support import run_on_terminal

    text = DOCUMENT.read_text(encoding="utf-8")
    changed = text
    for old, new in CHANGES:
        assert old in changed, old
        changed = changed.replace(old, new)
    shown = []
    terminal = {"TERM": "xterm", "COLUMNS": str(COLUMNS), "NO_COLOR": ""}
    with (
        tempfile.TemporaryDirectory() as folder,
        contextlib.chdir(folder),
        patch.dict(os.environ, terminal),
    ):
        Path("vcenter.yaml").write_text(text, encoding="utf-8")
        Path("vcenter-next.yaml").write_text(changed, encoding="utf-8")
        for command in COMMANDS:
            output = run_on_terminal(*shlex.split(command)[1:]).out
            shown.append(f"\033[1m$ {command}\033[0m\n{_PROGRESS.sub('', output)}")
    return "\n".join(shown)


def svg(text: str) -> str:
    """Draw what a terminal shows."""
    from rich._export_format import CONSOLE_SVG_FORMAT
    from rich.console import Console
    from rich.text import Text

    with Path(os.devnull).open("w") as nowhere:
        console = Console(record=True, width=COLUMNS, file=nowhere)
        console.print(Text.from_ansi(text))
        # Without the fonts, which would be fetched from others.
        form = _FONTS.sub("", CONSOLE_SVG_FORMAT)
        return console.export_svg(title="vcgen", code_format=form, unique_id="session")


if __name__ == "__main__":
    print(svg(session()))
