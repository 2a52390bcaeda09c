"""The sizes that the documentation gives are those of the clients."""

from __future__ import annotations

from typing import Any

import pytest
from documentation import ROOT, table
from support import selected
from vcgen.config.files import load
from vcgen.pipeline import generate

ROWS: list[dict[str, Any]] = [
    {},
    {"flavours": ("sync",)},
    {"flavours": ("sync",), "docs": "summary"},
    {"flavours": ("sync",), "docs": "summary", "opaque": ("Vapi.Std.LocalizableMessage",)},
]


@pytest.mark.parametrize("number", range(len(ROWS)))
def test_size_is_what_the_documentation_says(number: int) -> None:
    (client,) = load(ROOT / "pyproject.toml").clients
    files = generate(selected(client._replace(**ROWS[number]), ROOT))
    lines = sum(text.count("\n") for path, text in files.items() if path.endswith(".py"))
    said = list(table(ROOT / "docs" / "generated-code.md", "configuration").values())
    assert f"{round(lines, -2):,}" == said[number], lines
