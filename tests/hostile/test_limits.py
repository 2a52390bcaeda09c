"""Limits: files without an end, paths that are none, devices that are full."""

from __future__ import annotations

import ast
import io
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from support import run
from vcgen.errors import Diagnostic, SpecError, VcgenError, reason_of
from vcgen.learning.json_stream import JsonStream, TooLarge
from vcgen.reading import limits

DOCUMENT = 'openapi: 3.0.3\ninfo: {title: T, version: "1"}\npaths: {}\nx-a:'
PATHS = '{/a: {get: {responses: {"204": {description: d}}}}}'
TOO_LARGE = "vcgen --max-size MB COMMAND"
zero = pytest.mark.skipif(not Path("/dev/zero").exists(), reason="there is no /dev/zero")
full = pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full")


@pytest.fixture(autouse=True)
def _folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has a working directory of its own."""
    monkeypatch.chdir(tmp_path)


def configured(document: str = "spec.yaml") -> None:
    """Write a document and a configuration into the working directory."""
    text = DOCUMENT.replace("{}", PATHS)
    Path("spec.yaml").write_text(f"{text} 1\n", encoding="utf-8")
    config = f'[[clients]]\nspec = "{document}"\noutput = "out"\n'
    Path("vcgen.toml").write_text(config, encoding="utf-8")


@zero
@pytest.mark.parametrize(
    "command",
    [
        *("list", "slice", "diff", "diff back", "changelog", "matrix", "generate", "check"),
        *("overlay", "also", "init", "update", "update of it"),
    ],
)
def test_file_without_an_end(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    Path("endless.yaml").symlink_to("/dev/zero")
    configured("endless.yaml" if command == "update of it" else "spec.yaml")
    arguments = {
        "list": ["list", "/dev/zero"],
        "slice": ["slice", "/dev/zero", "-O", "*", "-o", "out.yaml"],
        "diff": ["diff", "spec.yaml", "/dev/zero"],
        "generate": ["generate", "--spec", "/dev/zero", "-O", "*", "--output", "other"],
        "diff back": ["diff", "/dev/zero", "spec.yaml"],
        "changelog": ["changelog", "spec.yaml", "/dev/zero"],
        "matrix": ["matrix", "spec.yaml", "/dev/zero"],
        "check": ["check", "--spec", "/dev/zero", "-O", "*", "--output", "other"],
        "overlay": ["list", "spec.yaml", "--overlay", "/dev/zero"],
        "also": ["list", "spec.yaml", "--also", "/dev/zero"],
        "init": ["init", "/dev/zero"],
        "update": ["update", "/dev/zero", "--spec", "spec.yaml"],
        "update of it": ["update", "spec.yaml", "--spec", "endless.yaml"],
    }[command]
    outcome = run(["--max-size", "1", *arguments], capsys)
    assert outcome.code == 3
    assert "the document is larger than 1 MB" in outcome.err
    assert TOO_LARGE in outcome.err


@zero
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/urandom", "/dev/null"])
def test_recording_that_is_a_device(device: str, capsys: pytest.CaptureFixture[str]) -> None:
    configured()
    outcome = run(["learn", device], capsys)
    assert outcome.code == 3
    assert f"{device}: this is not HAR 1.2" in outcome.err


class Endless(io.BytesIO):
    """A recording that goes on for ever."""

    def __init__(self, text: str) -> None:
        super().__init__(b'{"log": {"entries": [')
        self._more = text.encode() * (50_000 // len(text))

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(size) or self._more


@pytest.mark.parametrize("text", [" ", "[", '{"a": "', '{"a": "b"},', "1,"])
def test_recording_without_an_end(text: str) -> None:
    with pytest.raises(TooLarge):
        for _ in JsonStream(Endless(text), 200_000).items("log", "entries"):
            pass


def test_recording_that_is_too_large(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(limits, "_RECORDINGS", 1)
    configured()
    Path("a.har").write_text('{"log": {"entries": [' + " " * 1_000_000, encoding="utf-8")
    outcome = run(["--max-size", "1", "learn", "a.har"], capsys)
    assert outcome.code == 3
    assert "a.har: the recording is larger than 1 MB" in outcome.err


@pytest.mark.parametrize("kind", ["device", "folder", "pipe"])
def test_what_is_no_file_in_a_package_is_drift(
    kind: str, capsys: pytest.CaptureFixture[str]
) -> None:
    configured()
    assert run(["generate"], capsys).code == 0
    file = Path("out/client.py")
    file.unlink()
    if kind == "device":
        file.symlink_to("/dev/zero")
    elif kind == "folder":
        file.mkdir()
    else:
        os.mkfifo(file)
    outcome = run(["check"], capsys)
    assert outcome.code == 1
    assert "in the way, and not written by vcgen: client.py" in outcome.err
    outcome = run(["generate"], capsys)
    assert outcome.code == 4
    assert "out/client.py: in the way: not a regular file" in outcome.err


RESERVED = [
    *("CON", "nul", "aux", "PRN", "com1", "LPT9", "json", "asyncio", "typing", "Json", "msgspec"),
    *(
        "httpx2",
        "HTTPX2",
        "__pycache__",
        "__init__",
        "__main__",
        "class",
        "None",
        "a-b",
        "1a",
        "é b",
    ),
    *("a.b", "ﬁ", " ", "\u202e"),
]


@pytest.mark.parametrize("name", RESERVED)
@pytest.mark.parametrize("way", ["vcgen.toml", "pyproject.toml", "--output", "init"])
def test_package_names_that_are_refused(
    name: str, way: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("spec.yaml").write_text(f"{DOCUMENT.replace('{}', PATHS)} 1\n", encoding="utf-8")
    arguments: list[str] = ["generate"]
    if way.endswith(".toml"):
        table = "clients" if way == "vcgen.toml" else "tool.vcgen.clients"
        text = f'[[{table}]]\nspec = "spec.yaml"\noutput = "generated/{name}"\n'
        Path(way).write_text(text, encoding="utf-8")
    elif way == "init":
        arguments = ["init", "spec.yaml", "--output", f"generated/{name}"]
    else:
        arguments += ["--spec", "spec.yaml", "-O", "*", "--output", f"generated/{name}"]
    outcome = run(arguments, capsys)
    assert outcome.code in {2, 3}
    assert any(word in outcome.err for word in (" is ", " begins with "))
    assert not Path("generated").exists()


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


@pytest.mark.parametrize("between", [" ", "\t", "\n", " #:\n", " &a ", " !t ", " !<t> "])
@pytest.mark.parametrize("opening", ["[", "x: [", "- [a, "])
def test_yaml_of_colons_alone(
    opening: str, between: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "spec.yaml"
    file.write_text(f"\n\n{opening}{f':{between}' * 201}", encoding="utf-8")
    outcome = run(["list", file], capsys)
    assert outcome.code == 3
    assert "spec.yaml:3: the document is nested more than 200 levels deep" in outcome.err


def test_colons_in_a_text_are_no_levels(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "spec.yaml"
    file.write_text(f"{DOCUMENT} '{': ' * 500}'\n", encoding="utf-8")
    assert run(["list", file], capsys).code == 0


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
    line: str, command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("vcgen.toml").write_text(f"[[clients]]\n{line}\n", encoding="utf-8")
    Path("new.yaml").write_text(f"{DOCUMENT} 1\n", encoding="utf-8")
    outcome = run([command, *(["new.yaml"] if command == "update" else [])], capsys)
    assert outcome.code == 3
    assert "must not contain a NUL character" in outcome.err


LONG = "x" * 5_000


@pytest.mark.parametrize(
    "arguments",
    [
        *(["generate"], ["check"], ["update", "spec.yaml", "--dry-run"], ["update", LONG]),
        *(["matrix", "spec.yaml", LONG], ["matrix", f"{LONG}/{LONG}"], ["diff", "spec.yaml", LONG]),
        *(["list", LONG], ["init", LONG], ["learn", LONG], ["remove", f"a/{LONG}"]),
        ["slice", "spec.yaml", "-O", "*", "-o", LONG],
        ["generate", "--spec", "spec.yaml", "-O", "*", "--output", f"{LONG}/out"],
        ["check", "--config", LONG],
    ],
)
def test_name_that_no_disk_takes(arguments: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    """Found by the fuzzer: `update` looked into the folder of an output that no disk takes."""
    configured()
    text = f'[[clients]]\nspec = "spec.yaml"\noutput = "{LONG}/out"\n'
    Path("vcgen.toml").write_text(text, encoding="utf-8")
    outcome = run(arguments, capsys)
    assert outcome.code in {1, 3, 4}
    assert outcome.code == 1 or outcome.err.startswith(LONG[:50]) or "too long" in outcome.err
    assert "internal" not in outcome.err


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege on Windows")
@pytest.mark.parametrize(
    "line",
    [
        'spec = "loop"\noutput = "out"',
        'spec = "spec.yaml"\noutput = "loop/out"',
        'spec = "spec.yaml"\noutput = "out"\noverlays = ["loop"]',
        'spec = "spec.yaml"\noutput = "out"\nreferences = {"http://x/" = "loop"}',
    ],
)
@pytest.mark.parametrize("command", ["generate", "check", "update"])
def test_loop_of_links(line: str, command: str, capsys: pytest.CaptureFixture[str]) -> None:
    configured()
    Path("loop").symlink_to("loop")
    Path("vcgen.toml").write_text(f"[[clients]]\n{line}\n", encoding="utf-8")
    outcome = run([command, *(["spec.yaml"] if command == "update" else [])], capsys)
    assert outcome.code in {0, 1, 3, 4}
    assert "internal" not in outcome.err


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
    parts = {f"S{n}": {"type": "object", "required": [f"p{n}"]} for n in range(2_001)}
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
    assert "#/components/schemas/U: a choice of more than 2,000 alternatives" in outcome.err
    del union[keyword][600:]
    spec.write_text(json.dumps(document), encoding="utf-8")
    assert run(arguments, capsys).code == 0


def test_errors_may_be_of_very_many_classes(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    errors = {}
    for status in map(str, range(400, 600)):
        properties = {f"p{status}": {"type": "string"}, "message": {"type": "string"}}
        schema = {"type": "object", "properties": properties}
        content = {"application/json": {"schema": schema}}
        errors[status] = {"description": "d", "content": content}
    paths = {f"/{one}": {"get": {"responses": errors}} for one in "ab"}
    document = {"openapi": "3.1.1", "info": {"title": "T", "version": "1"}, "paths": paths}
    spec = tmp_path / "spec.json"
    spec.write_text(json.dumps(document), encoding="utf-8")
    arguments = ["generate", "--spec", spec, "-O", "*", "--output", tmp_path / "out"]
    assert run(arguments, capsys).code == 0
    # pyright reads no type that is 256 levels deep.
    text = (tmp_path / "out/errors.py").read_text()
    unions = [one for one in ast.walk(ast.parse(text)) if isinstance(one, ast.BinOp)]
    assert 100 < max(map(_depth, unions)) < 256
    # It also gives up on a function of hundreds of branches.
    assert text.count(" and error.message") == 1
    alias, *_ = sorted(unions, key=lambda one: -len(ast.unparse(one)))
    assert len({one.id for one in ast.walk(alias) if isinstance(one, ast.Name)}) >= 400


def _depth(node: ast.AST) -> int:
    """Return how many levels there are on the left of a union."""
    depth = 0
    while isinstance(node, ast.BinOp):
        depth, node = depth + 1, node.left
    return depth


@pytest.mark.parametrize("found", [[], [Diagnostic("")], [Diagnostic("a"), Diagnostic(" \n")]])
@pytest.mark.parametrize("kind", VcgenError.__subclasses__())
def test_no_error_is_empty(found: list[Diagnostic], kind: type[VcgenError]) -> None:
    with pytest.raises(ValueError, match="an error says what is wrong"):
        kind(*found)


def test_what_the_system_does_not_explain_has_a_name() -> None:
    assert reason_of(OSError()) == "oserror"
    assert reason_of(BlockingIOError()) == "blockingioerror"
    assert reason_of(OSError("Why")) == "why"
    assert str(SpecError(Diagnostic(reason_of(OSError(2, "No such file"))))) == "no such file"
