"""Limits: files without an end, paths that are none, devices that are full."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support import run
from vcgen.reading import limits

DOCUMENT = 'openapi: 3.0.3\ninfo: {title: T, version: "1"}\npaths: {}\nx-a:'
TOO_LARGE = "vcgen --max-size MB COMMAND"
zero = pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero")
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")


@zero
@pytest.mark.parametrize("command", ["list", "slice", "diff", "generate", "overlay"])
def test_file_without_an_end(
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("spec.yaml").write_text(f"{DOCUMENT} 1\n", encoding="utf-8")
    arguments = {
        "list": ["list", "/dev/zero"],
        "slice": ["slice", "/dev/zero", "-O", "*", "-o", "out.yaml"],
        "diff": ["diff", "spec.yaml", "/dev/zero"],
        "generate": ["generate", "--spec", "/dev/zero", "-O", "*", "--output", "out"],
        "overlay": ["list", "spec.yaml", "--overlay", "/dev/zero"],
    }[command]
    outcome = run(["--max-size", "1", *arguments], capsys)
    assert outcome.code == 3
    assert "the document is larger than 1 MB" in outcome.err
    assert TOO_LARGE in outcome.err


def test_standard_input_without_an_end(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = run(["--max-size", "1", "list", "-"], capsys, stdin="x" * 1_000_001)
    assert outcome.code == 3
    assert "the document is larger than 1 MB" in outcome.err


@pytest.mark.parametrize(
    "text",
    [
        "\n - " + "\n - ".join(["~"] * 25_001),
        " [" + "~," * 25_001 + "]",
        "\n" + " ? a\n" * 25_001,
        "\n - !<tag:\x7f> {a: *b}" + "\n -" * 25_001,
    ],
    ids=["block", "flow", "keys", "unparsed"],
)
def test_yaml_of_very_many_values(
    text: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "spec.yaml"
    file.write_text(DOCUMENT + text, encoding="utf-8")
    outcome = run(["--max-size", "1", "list", file], capsys)
    assert outcome.code == 3
    assert outcome.err.count("\n") <= 3


def test_more_is_allowed_by_the_option(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "spec.yaml"
    file.write_text(f"{DOCUMENT} {'x' * 1_100_000}\n", encoding="utf-8")
    assert run(["--max-size", "1", "list", file], capsys).code == 3
    assert run(["--max-size", "2", "list", file], capsys).code == 0
    assert run(["list", file], capsys).code == 0
    assert limits.megabytes() == limits.USUAL_MEGABYTES


@zero
def test_configuration_without_an_end(capsys: pytest.CaptureFixture[str]) -> None:
    outcome = run(["generate", "--config", "/dev/zero"], capsys)
    assert outcome.code == 3
    assert "/dev/zero: cannot be read" in outcome.err


@pytest.mark.parametrize(
    "line",
    [
        'spec = "a\\u0000"\noutput = "out"',
        'spec = ["a.yaml", "b\\u0000"]\noutput = "out"',
        'spec = "a"\noutput = "o\\u0000/out"',
        'spec = "a"\noutput = "out\\u0000"',
        'spec = "a"\noutput = "out"\noverlays = ["\\u0000"]',
        'spec = "a"\noutput = "out"\nreferences = {"http://x/" = "\\u0000"}',
    ],
)
@pytest.mark.parametrize("command", ["generate", "check", "update"])
def test_nul_in_a_path_of_the_configuration(
    line: str,
    command: str,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("vcgen.toml").write_text(f"[[clients]]\n{line}\n", encoding="utf-8")
    Path("new.yaml").write_text(f"{DOCUMENT} 1\n", encoding="utf-8")
    outcome = run([command, *(["new.yaml"] if command == "update" else [])], capsys)
    assert outcome.code == 3
    assert "must not contain a NUL character" in outcome.err


@full
@pytest.mark.parametrize("arguments", [["--help"], ["--version"], ["check", "--help"]])
def test_device_that_is_full(arguments: list[str]) -> None:
    with Path("/dev/full").open("w") as device:
        done = subprocess.run(
            [sys.executable, "-m", "vcgen", *arguments],
            stdout=device,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 4
    assert done.stderr == "<stdout>: no space left on device\n"


@pytest.mark.parametrize("keyword", ["oneOf", "anyOf"])
def test_union_of_very_many_alternatives_is_refused(
    keyword: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    parts = {f"S{n}": {"type": "object", "required": [f"p{n}"]} for n in range(501)}
    union = {keyword: [{"$ref": f"#/components/schemas/{name}"} for name in parts]}
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/U"}}}
    document = {
        "openapi": "3.1.1",
        "info": {"title": "T", "version": "1"},
        "paths": {"/a": {"get": {"responses": {"200": {"description": "d", "content": content}}}}},
        "components": {"schemas": {**parts, "U": union}},
    }
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    arguments = ["generate", "--spec", spec, "-O", "*", "--output", tmp_path / "out"]
    outcome = run(arguments, capsys)
    assert outcome.code == 3
    assert "#/components/schemas/U: a choice of more than 500 alternatives" in outcome.err
    union[keyword].pop()
    spec.write_text(json.dumps(document), encoding="utf-8")
    assert run(arguments, capsys).code == 0
