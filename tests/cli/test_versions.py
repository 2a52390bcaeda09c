"""A document of a version that nobody knows: each command says the same of it."""

from __future__ import annotations

from pathlib import Path

import pytest
from support import run

COMMANDS = {
    "list": ["list", "new.yaml"],
    "list --format json": ["list", "new.yaml", "--format", "json"],
    "init": ["init", "new.yaml", "--output", "there"],
    "slice": ["slice", "new.yaml", "-O", "*"],
    "generate": ["generate", "--spec", "new.yaml", "-O", "*", "--output", "there"],
    "diff": ["diff", "old.yaml", "new.yaml"],
}
REST = """
info: {title: T, version: "1"}
servers: [{url: https://x.test}]
paths: {/a: {get: {responses: {"204": {description: d}}}}}
"""


@pytest.mark.parametrize("command", COMMANDS.values(), ids=COMMANDS)
@pytest.mark.parametrize(
    ("stated", "message"),
    [
        ("openapi: 4.0.0", 'OpenAPI "4.0.0" is not supported'),
        ("openapi: 4", 'OpenAPI "4" is not supported'),
        ("swagger: '1.2'", "Swagger 1.2 is not supported yet"),
        ("asyncapi: 3.0.0", "this is not an OpenAPI document: `openapi` is missing"),
    ],
)
def test_each_command_refuses_other_versions(
    command: list[str],
    stated: str,
    message: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("old.yaml").write_text(f"openapi: 3.0.0{REST}", encoding="utf-8")
    Path("new.yaml").write_text(f"{stated}{REST}", encoding="utf-8")
    outcome = run(command, capsys)
    assert outcome.code == 3
    assert outcome.err.startswith("new.yaml:1: #")
    assert message in outcome.err.splitlines()[0]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new.yaml", "old.yaml"]
