"""`vcgen diff` as a user meets it: what it is about, how it tells it, and how it exits."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from support import Outcome, run, run_on_terminal
from vcgen.comparing.changes import Kind, What

DOCS = Path(__file__).parents[2] / "docs"
OLD = """\
openapi: 3.0.3
info: {title: Disks, version: "1"}
paths:
  /ping:
    get:
      tags: [Health]
      operationId: ping
      responses: {"204": {description: It is there.}}
  /disks/{disk}:
    get:
      tags: [Disks]
      operationId: get
      parameters: [{name: disk, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: The disk.
          content: {application/json: {schema: {$ref: "#/components/schemas/Disk"}}}
components:
  schemas:
    Disk:
      type: object
      required: [name]
      properties: {name: {type: string}, size: {type: integer}}
"""
NEWER = OLD.replace('version: "1"', 'version: "2"')
KIND = ", {name: kind, in: query, required: true, schema: {type: string}}]"
BREAKING = NEWER.replace("schema: {type: string}}]", f"schema: {{type: string}}}}{KIND}")
# What a client that reads leniently gets over.
LOOSER = NEWER.replace("required: [name]", "required: []")
HARMLESS = OLD.replace("size: {type: integer}", "size: {type: integer}, free: {type: integer}")
NEW = {"same": OLD, "harmless": HARMLESS, "breaking": BREAKING}
CLIENTS = """\
[[clients]]
spec = "{spec}"
output = "generated/disks"
operations = ["Disks"]

[[clients]]
spec = "other.yaml"
output = "generated/health"
operations = ["ping"]
"""


Diff = Callable[..., Outcome]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working directory: old.yaml, and new.yaml with a breaking change."""
    folder = tmp_path / "project"
    folder.mkdir()
    monkeypatch.chdir(folder)
    Path("old.yaml").write_text(OLD)
    Path("new.yaml").write_text(BREAKING)
    return folder


@pytest.fixture
def diff(folder: Path, capsys: pytest.CaptureFixture[str]) -> Diff:
    """Run the command in this process."""
    return lambda *arguments, stdin="": run(["diff", *arguments], capsys, stdin)


# --- what it is about -----------------------------------------------------------------------------


def test_without_configuration_it_is_about_every_operation(diff: Diff) -> None:
    done = diff("old.yaml", "new.yaml")
    assert done == Outcome(
        0,
        "the operations: Disks 1 -> 2\n"
        "2 operations compared: 1 change; 1 breaks the wire, 1 breaks callers; "
        "suggested version: major\n"
        "\n"
        "Breaks the wire and callers\n"
        "  the old client does not send it; your code does not pass it:\n"
        "    disks.get(kind): added: str\n"
        "        now: client.disks.get(disk, kind)\n",
    )


def test_the_old_client_reads_as_its_manifest_says(
    diff: Diff, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("new.yaml").write_text(LOOSER)
    note = "1 change breaks the wire of clients with strict=True alone; others read what fits\n"
    done = diff("old.yaml", "new.yaml")
    assert done.out.endswith(note)
    assert "Breaks callers\n  your code does not handle None:\n" in done.out
    Path("vcgen.toml").write_text(CLIENTS.format(spec="old.yaml").partition("\n\n")[0])
    assert run(["generate"], capsys).code == 0
    assert diff("old.yaml", "new.yaml").out.endswith(note)
    lock = Path("generated/disks/vcgen.lock")
    lock.write_text(lock.read_text().replace('"reading": "lenient",', ""))
    done = diff("old.yaml", "new.yaml")
    assert "Breaks the wire and callers\n  the old client requires it; " in done.out
    assert note not in done.out


def test_operations_that_are_named_are_the_only_ones(diff: Diff) -> None:
    Path("vcgen.toml").write_text(CLIENTS.format(spec="old.yaml"))
    assert diff("old.yaml", "new.yaml", "-O", "ping") == Outcome(
        0,
        "the operations: Disks 1 -> 2\n"
        "1 operation compared: nothing changed\n"
        "\n"
        "1 other operation changed; none of yours\n",
    )


def test_clients_of_one_of_the_documents_are_those_that_matter(diff: Diff) -> None:
    for spec in ("old.yaml", "new.yaml"):
        Path("vcgen.toml").write_text(CLIENTS.format(spec=spec))
        done = diff("old.yaml", "./new.yaml")
        assert re.findall(r"^generated/\w+", done.out, re.MULTILINE) == ["generated/disks"]
        assert "1 operation compared: 1 change" in done.out


def test_several_clients_have_a_report_each(diff: Diff) -> None:
    Path("vcgen.toml").write_text(CLIENTS.format(spec="elsewhere.yaml"))
    done = diff("old.yaml", "new.yaml")
    heads = [line for line in done.out.splitlines() if line.startswith("generated/")]
    assert heads == ["generated/disks: Disks 1 -> 2", "generated/health: Disks 1 -> 2"]
    facts = json.loads(diff("old.yaml", "new.yaml", "--format", "json").out)
    assert [one["breaks"]["wire"] for one in facts["clients"]] == [True, False]
    assert diff("old.yaml", "new.yaml", "--fail-on", "breaking").code == 1


def test_configuration_may_be_named(diff: Diff, tmp_path: Path) -> None:
    (tmp_path / "mine.toml").write_text(CLIENTS.format(spec="project/old.yaml"))
    done = diff("old.yaml", "new.yaml", "--config", "../mine.toml")
    assert done.out.startswith("generated/disks: Disks 1 -> 2\n")


def test_configuration_and_operations_are_two_answers_to_one_question(diff: Diff) -> None:
    done = diff("old.yaml", "new.yaml", "--config", "a.toml", "-O", "ping")
    assert (done.code, done.out) == (2, "")
    assert done.err.startswith("--config cannot be combined with --operation, --also or --overlay")


def test_client_of_another_document_is_left_out_aloud(diff: Diff) -> None:
    text = CLIENTS.format(spec="elsewhere.yaml").replace('["ping"]', '["nowhere", "nothing"]')
    Path("vcgen.toml").write_text(text)
    done = diff("old.yaml", "new.yaml")
    assert done.out.startswith("generated/disks: ")
    assert "generated/health" not in done.out
    assert done.err == "generated/health: neither document has any of its operations\n"


@pytest.mark.parametrize("operations", ['["ping", "pong"]', '["pong"]'])
def test_pattern_in_neither_document_is_refused(diff: Diff, operations: str) -> None:
    # Also beside a client that is fine, where one of the patterns is: it is misspelt.
    text = CLIENTS.format(spec="old.yaml").replace('["Disks"]', operations)
    Path("vcgen.toml").write_text(text)
    done = diff("old.yaml", "new.yaml")
    assert (done.code, done.out) == (3, "")
    assert done.err.startswith('old.yaml:1: no operation matches "pong"\n')
    assert 'hint: did you mean "ping"?' in done.err


def test_pattern_in_one_of_the_documents_is_enough(diff: Diff) -> None:
    Path("new.yaml").write_text(OLD.replace("operationId: ping", "operationId: pong"))
    for pattern in ("ping", "pong"):
        done = diff("old.yaml", "new.yaml", "-O", pattern)
        assert "1 name has another form in the new document; `vcgen update` keeps" in done.out
    Path("new.yaml").write_text(OLD.replace("  /ping:", "  /pings:").replace("ping\n", "pong\n"))
    done = diff("old.yaml", "new.yaml", "-O", "ping")
    assert "0 operations compared: 1 change; 1 breaks the wire, 1 breaks callers" in done.out
    assert "    health.ping: removed\n" in done.out
    done = diff("old.yaml", "new.yaml", "-O", "pong")
    assert "  health.pong: added: GET /pings\n" in done.out


def test_what_is_taken_out_of_one_document_is_so_of_the_other(diff: Diff) -> None:
    moved = BREAKING.replace("paths:", "servers: [{url: /api}]\npaths:")
    Path("old.yaml").write_text(
        OLD.replace("  /disks", "  /api/disks").replace("/ping", "/api/ping")
    )
    Path("new.yaml").write_text(moved)
    for pattern in ("!GET /api/disks/{disk}", "!GET /disks/{disk}"):
        done = diff("old.yaml", "new.yaml", "-O", "*", "-O", pattern)
        assert "\n1 operation compared: nothing changed\n" in done.out
        assert "1 other operation changed; none of yours" in done.out
    done = diff("old.yaml", "new.yaml", "-O", "ping", "-O", "!ping")
    assert (done.code, done.err.splitlines()[0]) == (3, "the patterns exclude every operation")


def test_operations_of_one_address_are_told_apart(diff: Diff) -> None:
    paths = OLD[OLD.index("  /disks/") : OLD.index("components:")]
    other = paths.replace("{disk}", "{id}").replace("name: disk", "name: id")
    other = other.replace("operationId: get", "operationId: find")
    Path("old.yaml").write_text(OLD.replace("components:", f"{other}components:"))
    assert "3 operations compared: nothing changed" in diff("old.yaml", "old.yaml").out
    assert "1 operation compared: nothing changed" in diff("old.yaml", "old.yaml", "-O", "find").out


def test_one_document_may_come_from_standard_input(diff: Diff) -> None:
    whole = diff("old.yaml", "new.yaml")
    assert diff("-", "new.yaml", stdin=OLD) == whole
    assert diff("old.yaml", "-", stdin=BREAKING) == whole
    both = diff("-", "-", stdin=OLD)
    assert (both.code, both.out) == (2, "")
    assert both.err == (
        "standard input contains one document, not two\n"
        "hint: give one of the two documents as a file\n"
    )


def test_document_that_is_broken_is_told_with_its_place(diff: Diff) -> None:
    Path("new.yaml").write_text(OLD.replace("Disk:\n", "Disc:\n"))
    done = diff("old.yaml", "new.yaml")
    assert done.code == 0
    place = "new.yaml:17: #/paths/~1disks~1{disk}/get/responses/200/"
    assert f"Not compared: GET /disks/{{disk}} (new document): {place}" in " ".join(
        done.out.split()
    )
    assert diff("old.yaml", "new.yaml", "--fail-on", "breaking").code == 1
    # What nobody uses cannot hurt.
    assert diff("old.yaml", "new.yaml", "-O", "ping").code == 0
    assert diff("old.yaml", "missing.yaml").err.startswith("missing.yaml: there is no such file")


def test_strict_refuses_a_defect_and_verbose_tells_it(diff: Diff) -> None:
    Path("new.yaml").write_text(OLD.replace("size: {type: integer}", "size: {type: array}"))
    assert diff("old.yaml", "new.yaml", "--strict").code == 3
    done = diff("old.yaml", "new.yaml", "--verbose")
    assert done.code == 0
    assert done.err.startswith("repaired new.yaml:23: #/components/schemas/Disk/properties/size: ")


def test_files_outside_the_folder_are_read_where_the_client_says_so(
    diff: Diff, tmp_path: Path
) -> None:
    (tmp_path / "shared.yaml").write_text("Thing: {type: object, properties: {id: {type: string}}}")
    outside = OLD.replace("#/components/schemas/Disk", "../shared.yaml#/Thing")
    Path("old.yaml").write_text(outside)
    Path("new.yaml").write_text(outside)
    client = '[[clients]]\nspec = "old.yaml"\noutput = "api"\nallow_outside = {}\n'
    Path("vcgen.toml").write_text(client.format("false"))
    assert "Not compared: GET /disks/{disk} (old document): " in diff("old.yaml", "new.yaml").out
    Path("vcgen.toml").write_text(client.format("true"))
    assert "2 operations compared: nothing changed" in diff("old.yaml", "new.yaml").out


# --- exit codes -----------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["text", "markdown", "json", "github"])
@pytest.mark.parametrize(
    ("new", "fail_on", "code"),
    [
        *(("same", fail_on, 0) for fail_on in ("breaking", "any", "never")),
        *(("harmless", "breaking", 0), ("harmless", "any", 1), ("harmless", "never", 0)),
        *(("breaking", "breaking", 1), ("breaking", "any", 1), ("breaking", "never", 0)),
    ],
)
def test_exit_code_is_what_was_asked_for(
    diff: Diff, new: str, fail_on: str, code: int, form: str
) -> None:
    Path("new.yaml").write_text(NEW[new])
    done = diff("old.yaml", "new.yaml", "--fail-on", fail_on, "--format", form)
    assert (done.code, done.err) == (code, "")
    assert done.out


def test_without_fail_on_nothing_fails(diff: Diff) -> None:
    assert diff("old.yaml", "new.yaml").code == 0


def test_operation_that_neither_document_tells_is_one(diff: Diff) -> None:
    for name in ("old", "new"):
        Path(f"{name}.yaml").write_text(OLD.replace("Disk:\n", "Disc:\n"))
    out = diff("old.yaml", "new.yaml").out
    assert "1 operation compared, 1 not: nothing changed" in out
    assert out.count("Not compared: GET /disks/{disk}") == 2


@pytest.mark.parametrize("side", ["old", "new"])
def test_what_only_a_missing_file_has_is_not_compared(diff: Diff, side: str) -> None:
    item = OLD.partition("  /ping:")[2].partition("  /disks")[0]
    lost = OLD.replace(item, ' {$ref: "gone.yaml#/ping"}\n')
    files = {"old": OLD, "new": OLD, side: lost}
    for name, text in files.items():
        Path(f"{name}.yaml").write_text(text)
    outcome = diff("old.yaml", "new.yaml", "--fail-on", "breaking")
    reason = f"{side}.yaml:4: #/paths/~1ping/$ref: there is no file gone.yaml"
    assert "1 operation compared, 1 not: nothing changed" in outcome.out
    assert f"Not compared: GET /ping ({side} document): {reason}" in " ".join(outcome.out.split())
    assert outcome.code == 1


def test_wrong_options_are_misuse(diff: Diff) -> None:
    for arguments in (["old.yaml"], ["old.yaml", "new.yaml", "--format", "xml"]):
        assert diff(*arguments).code == 2


# --- forms ----------------------------------------------------------------------------------------


def test_verbose_tells_each_change_and_each_reason(diff: Diff) -> None:
    described = HARMLESS.replace("size: {type", "size: {description: In bytes., type")
    Path("new.yaml").write_text(described)
    short, full = diff("old.yaml", "new.yaml").out, diff("old.yaml", "new.yaml", "-v").out
    assert "Documentation alone changed in 1 place (see --verbose)" in short
    assert "Disk.size: documentation" not in short
    assert "the old client ignores properties that it does not know" not in short
    assert "    Disk.size: documentation (disks.get)\n" in full
    assert "  the old client ignores properties that it does not know:\n" in full
    assert "see --verbose" not in full


def test_markdown_is_a_table_and_what_breaks_nobody_is_folded(diff: Diff) -> None:
    text = BREAKING.replace("size: {type: integer}", "size: {type: integer}, free: {type: integer}")
    Path("new.yaml").write_text(text)
    assert diff("old.yaml", "new.yaml", "--format", "markdown").out == (
        "### <code>the operations</code>: <code>Disks 1 -&gt; 2</code>\n"
        "\n"
        "2 operations compared: 2 changes; 1 breaks the wire, 1 breaks callers, 1 breaks nothing; "
        "suggested version: major\n"
        "\n"
        "**Breaks the wire and callers**\n"
        "\n"
        "| where | what | why | now |\n"
        "|---|---|---|---|\n"
        "| <code>disks.get(kind)</code> | <code>added: str</code> "
        "| the old client does not send it; your code does not pass it "
        "| <code>client.disks.get(disk, kind)</code> |\n"
        "\n"
        "<details><summary>Breaks nothing</summary>\n"
        "\n"
        "| where | what | why |\n"
        "|---|---|---|\n"
        "| <code>Disk.free</code> | <code>added: int \\| None (disks.get)</code> "
        "| the old client ignores properties that it does not know |\n"
        "\n"
        "</details>\n"
    )


def test_json_has_the_shape_that_the_schema_describes(diff: Diff) -> None:
    Path("new.yaml").write_text(BREAKING.replace("/ping", "/pong").replace("ping\n", "pong\n"))
    facts = json.loads(diff("old.yaml", "new.yaml", "--format", "json", "-O", "get").out)
    assert facts == {
        "format": 2,
        "clients": [
            {
                "client": "the operations",
                "old": {"title": "Disks", "version": "1"},
                "new": {"title": "Disks", "version": "2"},
                "operations": 1,
                "breaks": {"wire": True, "strict_wire": True, "callers": True},
                "bump": "major",
                "changes": [
                    {
                        "kind": "parameter",
                        "what": "added",
                        "cases": ["required"],
                        "where": "disks.get(kind)",
                        "place": "disks.get",
                        "name": "kind",
                        "spec_name": "kind",
                        "old": "",
                        "new": "str",
                        "breaks": {"wire": True, "strict_wire": True, "callers": True},
                        "why": "the old client does not send it; your code does not pass it",
                        "instead": "client.disks.get(disk, kind)",
                        "operations": [],
                    }
                ],
                "kept": [],
                "others": {"changed": 0, "added": 1, "removed": 1},
                "uncompared": [],
            }
        ],
    }
    gone = json.loads(diff("old.yaml", "new.yaml", "--format", "json", "-O", "pong").out)
    assert gone["clients"][0]["old"] is None
    schema = json.loads((DOCS / "report.schema.json").read_text(encoding="utf-8"))
    for found in (facts, gone):
        jsonschema.validate(found, schema)
    described = schema["$defs"]["change"]["properties"]
    assert described["kind"]["enum"] == [kind.value for kind in Kind]
    assert described["what"]["enum"] == [what.value for what in What]


def test_github_has_an_annotation_for_each_cause(diff: Diff) -> None:
    done = diff("old.yaml", "new.yaml", "--format", "github")
    error, notice = done.out.splitlines()
    assert error == (
        "::error file=new.yaml,title=the operations%3A Breaks the wire and callers::"
        "disks.get(kind): added: str; the old client does not send it; your code does not pass it; "
        "now: client.disks.get(disk, kind)"
    )
    assert notice.startswith("::notice title=the operations::the operations: Disks 1 -> 2: ")


@pytest.mark.parametrize(
    ("new", "bump"),
    [
        (OLD, "none"),
        (HARMLESS, "minor"),
        (OLD.replace("{type: integer}", "{type: integer, description: In GB.}"), "patch"),
        (BREAKING, "major"),
    ],
)
def test_the_version_to_raise_depends_on_code_that_uses_the_client(
    diff: Diff, new: str, bump: str
) -> None:
    Path("new.yaml").write_text(new)
    (client,) = json.loads(diff("old.yaml", "new.yaml", "--format", "json").out)["clients"]
    assert client["bump"] == bump


def test_no_line_is_long_and_changes_of_one_cause_are_one_entry(diff: Diff) -> None:
    paths = "".join(
        f"  /disks/{{disk}}/part{index}:\n    get:\n      tags: [Disks]\n"
        f"      operationId: part{index}\n      security: [{{key: []}}]\n"
        "      parameters: [{name: disk, in: path, required: true, schema: {type: string}}]\n"
        '      responses: {"204": {description: Done.}}\n'
        for index in range(65)
    )
    schemes = """\
  securitySchemes:
    key: {type: apiKey, in: header, name: X-Key}
    token: {type: http, scheme: bearer}
"""
    old = OLD.replace("components:\n", f"{paths}components:\n{schemes}")
    Path("old.yaml").write_text(old)
    Path("new.yaml").write_text(old.replace("[{key: []}]", "[{token: []}]"))
    out = diff("old.yaml", "new.yaml").out
    assert "    65 operations: security key -> token: disks.part0, disks.part1, " in out
    assert "and 57 more\n" in out
    assert max(map(len, out.splitlines())) <= 120


# --- text of a document ---------------------------------------------------------------------------

# Sets the window's title, clears the screen (in 7 bits, in 8 bits), turns text, begins new lines.
EVIL = (
    "\033]0;owned\007\033[2J\u009b2J\u202e\u2028\r\nBreaks nothing\n"
    "| a |</code></details><b>@you #1"
)
_OURS = re.compile(r"\033\[(\d*m|K)|\r(?=\033\[K)")


def _evil(*values: str) -> str:
    """Return a document in which everything that has a name or a text is hostile."""
    schema = {
        "type": "object",
        "properties": {
            # One with control characters is refused.
            "name|</code><b>@you": {
                "type": "string",
                "description": EVIL,
                "default": f"{EVIL}{values[0]}",
            },
            "state": {"type": "string", "enum": [f"{EVIL}{value}" for value in values]},
            "part": {"type": "string", "pattern": f"{EVIL}{values[0]}"},
        },
    }
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Thing"}}}
    operation = {
        "operationId": f"get{EVIL}",
        "tags": [f"Things{EVIL}"],
        "description": f"{EVIL}{values[0]}",
        "parameters": [
            {"name": f"q{EVIL}{values[0]}", "in": "query", "schema": {"type": "string"}}
        ],
        "requestBody": {"content": content},
        "responses": {"200": {"description": EVIL, "content": content}},
    }
    document: dict[str, Any] = {
        "openapi": "3.0.3",
        "info": {"title": f"{EVIL}{values[0]}", "version": EVIL},
        "servers": [{"url": f"https://{values[0]}.acme.test"}],
        "paths": {
            "/things": {"post": operation},
            f"/{values[0]}{EVIL.replace(chr(10), '')}": {"post": {**operation, "operationId": "b"}},
        },
        "components": {"schemas": {"Thing": schema}},
    }
    return json.dumps(document)


@pytest.fixture
def terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """Run the command on a pseudo terminal, and return what it shows."""
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    return lambda *arguments: run_on_terminal("diff", *arguments).out


def test_breaking_changes_are_red_and_yellow_on_a_terminal_alone(
    terminal: Callable[..., str], diff: Diff, monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("new.yaml").write_text(BREAKING.replace(", size: {type: integer}", ""))
    shown = terminal("old.yaml", "new.yaml")
    assert "\033[31mBreaks the wire and callers\n\033[0m" in shown
    assert "\033[33mBreaks callers\n\033[0m" in shown
    monkeypatch.setenv("NO_COLOR", "1")
    assert re.search(r"\033\[\d*m", terminal("old.yaml", "new.yaml")) is None
    plain = diff("old.yaml", "new.yaml").out  # which asserts that there is no escape
    assert "Breaks callers\n" in plain


@pytest.mark.parametrize("form", ["text", "markdown", "json", "github"])
@pytest.mark.parametrize("more", [[], ["--verbose"]])
def test_text_of_a_document_never_reaches_a_terminal_raw(
    terminal: Callable[..., str], form: str, more: list[str]
) -> None:
    Path("old.json").write_text(_evil("one", "two"))
    Path("new.json").write_text(_evil("three", "two"))
    shown = _OURS.sub("", terminal("old.json", "new.json", "--format", form, *more))
    assert "owned" in shown
    assert [c for c in shown if not c.isprintable() and c != "\n"] == []


@pytest.mark.parametrize("more", [[], ["--verbose"]])
def test_text_of_a_document_ends_no_line(diff: Diff, more: list[str]) -> None:
    Path("old.json").write_text(_evil("one", "two"))
    Path("new.json").write_text(_evil("three", "two"))
    out = diff("old.json", "new.json", *more).out
    assert out.count("\nBreaks nothing\n") == 1
    assert "owned" in out
    assert [c for c in out if not c.isprintable() and c != "\n"] == []


def test_text_of_a_document_is_code_in_markdown(diff: Diff) -> None:
    Path("old.json").write_text(_evil("one", "two"))
    Path("new.json").write_text(_evil("three", "two"))
    out = diff("old.json", "new.json", "--format", "markdown").out
    assert "owned" in out
    outside = re.sub(r"<code>.*?</code>", "", out)
    for text in ("owned", "@you", "#1", "<b>"):
        assert text not in outside
    assert out.count("</details>") == 1
    rows = [line for line in out.splitlines() if line.startswith("|")]
    cells = [re.split(r"(?<!\\)\|", row)[1:-1] for row in rows]
    assert {len(row) for row in cells} == {3, 4}
    inside = re.findall(r"<code>(.*?)</code>", out)
    assert all("<" not in text and not re.search(r"(?<!\\)[`*_\[\]|@#]", text) for text in inside)
    assert any("| a |" in html.unescape(text.replace("\\", "")) for text in inside)


def test_json_holds_the_text_of_a_document_as_it_is(diff: Diff) -> None:
    Path("old.json").write_text(_evil("one", "two"))
    Path("new.json").write_text(_evil("three", "two"))
    (client,) = json.loads(diff("old.json", "new.json", "--format", "json").out)["clients"]
    assert client["old"] == {"title": f"{EVIL}one", "version": EVIL}
    assert f"{EVIL}three" in {one["new"] for one in client["changes"]}
