"""`vcgen learn`: what it prints, writes and refuses."""

from __future__ import annotations

import json
import shutil
import tomllib
from pathlib import Path

import pytest
import yaml12
from learning_support import entry, har
from support import Outcome, Vcgen, run

SPEC = """\
openapi: 3.0.3
info: {title: Disks, version: "1"}
servers: [{url: /api}]
paths:
  /disks:
    get:
      operationId: disks_list
      responses:
        "200":
          description: All.
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Disk"}}
  /disks/{disk}:
    get:
      operationId: disks_get
      parameters: [{name: disk, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: The disk.
          content: {application/json: {schema: {$ref: "#/components/schemas/Disk"}}}
  /unused:
    get: {operationId: unused, responses: {"200": {description: Nothing.}}}
components:
  schemas:
    Disk:
      type: object
      required: [name, state]
      properties:
        name: {type: string}
        state: {type: string, enum: ["ON", "OFF"]}
        size: {type: integer}
"""
CONFIG = """\
# Mine.
[[clients]]
spec = "spec.yaml"  # the vendor's
operations = ["disks_*"]
output = "generated/disks"
"""
# Written by hand before anything was learned from what mitmproxy recorded.
EXPECTED = {
    "overlay": "1.0.0",
    "info": {"title": "Corrections learned from recorded traffic", "version": "1"},
    "actions": [
        # The server has a state that nobody wrote down.
        {
            "target": "$.components.schemas.Disk.properties.state",
            "description": "a value that is not listed: Disk.state. Seen in 1 exchange of "
            "GET /disks, at $[*].state.",
            "update": {"enum": ["LOST"]},
        },
        # A size is measured, not counted.
        {
            "target": "$.components.schemas.Disk.properties.size",
            "description": "another type: Disk.size. Seen in 1 exchange of GET /disks, at "
            "$[*].size.",
            "update": {"type": "number"},
        },
        # Some disks have no name.
        {
            "target": "$.components.schemas.Disk.required[?@=='name']",
            "description": "a required property is missing: Disk.name. Seen in 1 exchange of "
            "GET /disks/{disk}, at $.",
            "remove": True,
        },
        # A disk may not be there.
        {
            "target": "$.paths['/disks/{disk}'].get.responses",
            "description": "a status that is not declared: GET /disks/{disk}, 404. Seen in "
            "1 exchange of GET /disks/{disk}.",
            "update": {
                "404": {
                    "description": "Not Found",
                    "content": {
                        "application/json": {
                            "schema": {
                                "type": "object",
                                "properties": {"code": {"type": "integer"}},
                            }
                        }
                    },
                }
            },
        },
    ],
}
REPORT = """\
generated/disks: 3 exchanges of its operations
  corrections:
    a value that is not listed: Disk.state
    another type: Disk.size
    a required property is missing: Disk.name
    a status that is not declared: GET /disks/{disk}, 404
  requests that match no operation of the document:
    GET /api/image (1 exchange)
    GET /api/old (1 exchange)
    GET /api/hidden (1 exchange)
    GET /api/slow (1 exchange)
"""


@pytest.fixture
def vcgen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Vcgen:
    """Run the command beside a client and what a proxy recorded."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    Path("spec.yaml").write_text(SPEC)
    Path("vcgen.toml").write_text(CONFIG)
    shutil.copy(Path(__file__).parent / "recorded" / "mitmproxy.har", "calls.har")
    return lambda *arguments: run(arguments, capsys)


def traffic(*entries: object) -> str:
    """Write a recording, and return its name."""
    Path("more.har").write_text(har(entries))  # type: ignore[arg-type]
    return "more.har"


def test_overlay_is_the_one_that_is_expected(vcgen: Vcgen) -> None:
    done = vcgen("learn", "calls.har")
    assert done == Outcome(
        0,
        f"{REPORT}specs/learned.yaml: 4 corrections added\n"
        "vcgen.toml: overlay added to the client; now run `vcgen generate`\n",
        "",
    )
    assert yaml12.parse_yaml(Path("specs/learned.yaml").read_text()) == EXPECTED
    text = Path("vcgen.toml").read_text()
    assert text.startswith(CONFIG)
    (client,) = tomllib.loads(text)["clients"]
    assert client["overlays"] == ["specs/learned.yaml"]
    assert vcgen("generate").err == ""
    again = vcgen("learn", "calls.har", "--check")
    assert (again.code, "correction" in again.out) == (0, False)


def test_check_writes_nothing_and_tells(vcgen: Vcgen) -> None:
    before = sorted(path.name for path in Path().iterdir())
    done = vcgen("learn", "calls.har", "--check")
    assert done == Outcome(1, REPORT, "")
    assert sorted(path.name for path in Path().iterdir()) == before
    assert Path("vcgen.toml").read_text() == CONFIG


def test_overlay_is_extended_and_its_comments_stay(vcgen: Vcgen) -> None:
    assert vcgen("learn", "calls.har").code == 0
    file = Path("specs/learned.yaml")
    file.write_text(file.read_text().replace("actions:", "# Looked at by me.\nactions:"))
    before = file.read_text()
    config = Path("vcgen.toml").read_text()
    done = vcgen("learn", traffic(entry("GET /api/disks/d1", 200, {"state": "BROKEN"})))
    assert done.out.endswith("specs/learned.yaml: 1 correction added\n")
    assert file.read_text().startswith(before)
    assert len(yaml12.parse_yaml(file.read_text())["actions"]) == 5
    assert Path("vcgen.toml").read_text() == config


def test_undeclared_properties_are_declared_if_wanted(vcgen: Vcgen) -> None:
    body = {"state": "ON", "name": "x", "more": {"at": "2026-01-01T10:00:00Z", "n": None}}
    calls = traffic(entry("GET /api/disks/d1", 200, body))
    assert "correction" not in vcgen("learn", calls).out
    assert vcgen("learn", calls, "--properties", "-o", "mine.yaml").code == 0
    (action,) = yaml12.parse_yaml(Path("mine.yaml").read_text())["actions"]
    assert action["target"] == "$.components.schemas.Disk"
    moment = {"type": "string", "format": "date-time"}
    assert action["update"] == {
        "properties": {
            "more": {
                "type": "object",
                "properties": {"at": moment, "n": {"nullable": True}},
            }
        }
    }
    assert vcgen("learn", calls, "--properties", "--check").code == 0


def test_contradiction_is_reported_and_not_averaged(vcgen: Vcgen) -> None:
    calls = traffic(
        entry("GET /api/disks/d1", 200, {"name": "x", "state": "ON", "size": {"most": 1}}),
        entry("GET /api/disks/d2", 200, {"name": "x", "state": "ON", "size": 1}),
    )
    done = vcgen("learn", calls)
    assert done == Outcome(
        0,
        "generated/disks: 2 exchanges of its operations\n"
        "  contradictions:\n"
        "    Disk.size: it is integer and object in different responses. Seen in 1 exchange of "
        "GET /disks/{disk}, at $.size.\n",
        "",
    )
    assert not Path("specs").exists()
    assert vcgen("learn", calls, "--check").code == 1


def test_other_hosts_and_other_operations_are_nobodys_business(vcgen: Vcgen) -> None:
    calls = traffic(
        entry("GET /api/disks/d1", 200, {"name": "x", "state": "ON"}),
        entry("GET /tracker/abc123", 200, {}, host="https://ads.example.net"),
        entry("GET /api/unused", 500, {}),
        entry("GET /api/disks/d1", 301),
    )
    done = vcgen("learn", calls)
    assert done == Outcome(0, "generated/disks: 1 exchange of its operations\n", "")


def test_names_of_things_do_not_show_in_what_is_unknown(vcgen: Vcgen) -> None:
    calls = traffic(
        entry("GET /api/disks/d1", 200, {"name": "x", "state": "ON"}),
        entry("GET /api/people/4711/mail%40example.com?token=5ec4e7", 200, {}),
    )
    assert "    GET /api/people/{}/{} (1 exchange)\n" in vcgen("learn", calls).out


def test_reply_that_is_no_json_is_counted(vcgen: Vcgen) -> None:
    calls = traffic(
        entry("GET /api/disks", 200, text="<html>"), entry("GET /api/disks", text="NaN")
    )
    assert vcgen("learn", calls).out.endswith("  responses declared as JSON that are not JSON: 2\n")


def test_client_is_named_by_package_or_output(vcgen: Vcgen) -> None:
    Path("vcgen.toml").write_text(
        CONFIG + CONFIG.replace("disks", "others").replace("others_", "disks_")
    )
    for name in ("others", "generated/others"):
        done = vcgen("learn", "calls.har", "--client", name, "--check")
        assert done.out.startswith("generated/others: 3 exchanges")
    done = vcgen("learn", "calls.har", "--client", "none")
    assert (done.code, done.err) == (
        2,
        "there is no client 'none'\nhint: name one of disks, others\n",
    )


def test_no_value_of_a_body_is_written_but_those_of_enumerations(vcgen: Vcgen) -> None:
    secret = "5ec4e7-of-somebody"
    calls = traffic(
        entry("GET /api/disks/d1", 200, {"name": 7, "state": "NEW", "size": secret}),
        entry("GET /api/disks/d2", 409, {"password": secret, "list": [secret]}),
        entry("GET /api/disks/d3", 409, {secret: secret}),
    )
    assert vcgen("learn", calls).code == 0
    text = Path("specs/learned.yaml").read_text()
    assert "NEW" in text
    assert json.dumps(yaml12.parse_yaml(text)).count(secret) == 0


def test_update_tells_which_corrections_are_needless(vcgen: Vcgen) -> None:
    assert vcgen("learn", "calls.har").code == 0
    assert vcgen("generate").code == 0
    Path("new.yaml").write_text(
        SPEC.replace('["ON", "OFF"]', '["ON", "OFF", "LOST"]').replace("[name, state]", "[state]")
    )
    done = vcgen("update", "new.yaml")
    assert done.code == 0
    warnings = [line.partition(": #")[2] for line in done.err.splitlines() if "warning" in line]
    assert warnings == [
        "/actions/0: the document already has this value; remove the action",
        "/actions/2: nothing in the document matches "
        "$.components.schemas.Disk.required[?@=='name']; correct the target, or remove the action "
        "if the document no longer needs it",
    ]
    assert "LOST" in Path("generated/disks/models.py").read_text()


def test_document_may_lead_out_of_its_folder_if_that_is_allowed(vcgen: Vcgen) -> None:
    Path("sub").mkdir()
    text = SPEC.replace('$ref: "#/components/schemas/Disk"', "$ref: ../disk.yaml#/Disk")
    Path("sub/spec.yaml").write_text(text)
    Path("disk.yaml").write_text("Disk: {type: object, properties: {name: {type: integer}}}\n")
    Path("vcgen.toml").write_text(CONFIG.replace('"spec.yaml"', '"sub/spec.yaml"'))
    Path("calls.har").write_text(har([entry("GET /api/disks", [{"name": 1}])]))
    assert vcgen("learn", "calls.har").code == 3
    assert vcgen("learn", "calls.har", "--allow-outside").code == 0
