"""`vcgen matrix`: which release has which operation, property and value of a client."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from support import Outcome, Vcgen, run

NEW = """\
openapi: 3.0.3
info: {title: Disks, version: "2"}
paths:
  /disks:
    get:
      tags: [disks]
      operationId: disks_list
      responses:
        "200":
          description: All.
          content:
            application/json: {schema: {type: array, items: {$ref: "#/components/schemas/Disk"}}}
  /scans:
    get: {tags: [scans], operationId: scans_get, responses: {"204": {description: Done.}}}
components:
  schemas:
    Disk:
      type: object
      properties:
        name: {type: string}
        state: {type: string, enum: [on, off, lost]}
        size: {type: integer}
"""
OLD = (
    NEW.replace('"2"', '"1"')
    .replace(", lost]", "]")
    .replace("        size: {type: integer}\n", "")
    .replace("/scans:", "/others:")
    .replace("scans", "others")
    # What a vendor calls a schema does not matter.
    .replace("schemas/Disk", "schemas/DiskInfo")
    .replace("    Disk:", "    DiskInfo:")
)


@pytest.fixture
def vcgen(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Vcgen:
    """Run the command beside two versions of a document."""
    monkeypatch.chdir(tmp_path)
    for name, text in {"1": OLD, "2": NEW}.items():
        Path(name).mkdir()
        Path(name, "disks.yaml").write_text(text)
    Path("vcgen.toml").write_text(
        '[[clients]]\nspec = "2/disks.yaml"\noutput = "generated/disks"\n'
    )
    return lambda *arguments: run(arguments, capsys)


def test_matrix_tells_what_not_all_versions_have(vcgen: Vcgen) -> None:
    assert vcgen("matrix", "1/disks.yaml", "2/disks.yaml") == Outcome(
        0,
        "generated/disks:\n"
        "  1 1/disks.yaml\n"
        "  2 2/disks.yaml\n"
        "  - 2  operation GET /scans\n"
        "  - 2  property Disk.size\n"
        "  - 2  value Disk.state: lost\n",
        "",
    )


def test_matrix_of_all_there_is(vcgen: Vcgen) -> None:
    lines = vcgen("matrix", "1/disks.yaml", "2/disks.yaml", "--all").out.splitlines()
    assert "  1 2  operation GET /disks" in lines
    assert "  1 2  property Disk.name" in lines
    assert "  1 2  value Disk.state: on" in lines
    assert len(lines) == 3 + 2 + 3 + 3


def test_matrix_is_data(vcgen: Vcgen) -> None:
    facts = json.loads(vcgen("matrix", "1/disks.yaml", "2/disks.yaml", "--format", "json").out)
    assert facts["generated/disks"][0] == {
        "kind": "operation",
        "name": "GET /scans",
        "in": ["2/disks.yaml"],
        "unreadable": [],
    }


def test_versions_that_are_alike_have_all_of_it(vcgen: Vcgen) -> None:
    done = vcgen("matrix", "2/disks.yaml", "2/disks.yaml")
    assert done.out == "generated/disks: all versions have everything\n"


def test_client_of_several_documents_is_told_by_folders(vcgen: Vcgen) -> None:
    more = NEW.replace("/disks", "/more").replace("/scans", "/most")
    for name in ("1", "2"):
        Path(name, "more.yaml").write_text(more.replace("/more", "/less") if name == "1" else more)
    Path("vcgen.toml").write_text(
        '[[clients]]\nspec = ["2/disks.yaml", "2/more.yaml"]\noutput = "generated/disks"\n'
    )
    assert "  - 2  operation GET /more\n" in vcgen("matrix", "1", "2").out
    done = vcgen("matrix", "1/nothing.yaml")
    assert (done.code, done.err.partition("\n")[0]) == (
        2,
        "generated/disks has 2 documents, and 1/nothing.yaml is not one of them",
    )


def test_client_that_is_not_there_is_refused(vcgen: Vcgen) -> None:
    done = vcgen("matrix", "1/disks.yaml", "--client", "others")
    assert (done.code, done.err) == (2, "there is no client 'others'\nhint: name one of disks\n")


def test_version_that_has_none_of_some_operations_may_need_other_files(vcgen: Vcgen) -> None:
    config = Path("vcgen.toml")
    config.write_text(config.read_text() + 'operations = ["GET /disks", "GET /scans"]\n')
    Path("1", "size.yaml").write_text("Size: {type: integer}\n")
    name = "        name: {type: string}\n"
    size = "        size: {$ref: 'size.yaml#/Size'}\n"
    Path("1", "disks.yaml").write_text(OLD.replace(name, name + size))
    done = vcgen("matrix", "1/disks.yaml", "2/disks.yaml")
    assert done.code == 0, done.err
    assert "  - 2  operation GET /scans\n" in done.out
    assert "property Disk.size" not in done.out


def test_version_may_lead_out_of_its_folder_if_that_is_allowed(vcgen: Vcgen) -> None:
    Path("shared.yaml").write_text("Disk: {type: object, properties: {name: {type: string}}}\n")
    outside = OLD.replace("#/components/schemas/DiskInfo", "../shared.yaml#/Disk")
    Path("1", "disks.yaml").write_text(outside)
    specs = ("1/disks.yaml", "2/disks.yaml", "--all")
    assert "  ? 2  property Disk.name\n" in vcgen("matrix", *specs).out
    assert "  1 2  property Disk.name\n" in vcgen("matrix", *specs, "--allow-outside").out


def test_what_cannot_be_read_of_a_version_is_not_said_to_be_gone(vcgen: Vcgen) -> None:
    broken = OLD.replace("{type: string, enum: [on, off]}", '{$ref: "#/components/schemas/No"}')
    scans = broken.replace(
        "  /others:\n    get: {", "  /scans: {$ref: gone.yaml}\n  /x:\n    get: {"
    )
    Path("1", "disks.yaml").write_text(scans)
    done = vcgen("matrix", "1/disks.yaml", "2/disks.yaml")
    assert done.code == 0, done.err
    lines = done.out.splitlines()[3:]
    assert lines[:2] == ["  ? 2  operation GET /scans", "  ? 2  property Disk.name"]
    assert all(line.startswith("  ? 2  ") for line in lines[:-1])
    assert lines[-1] == "  ?: the version cannot be read there; `vcgen list SPEC` prints why"
    facts = json.loads(vcgen("matrix", "1/disks.yaml", "2/disks.yaml", "--format", "json").out)
    assert {tuple(row["unreadable"]) for row in facts["generated/disks"]} == {("1/disks.yaml",)}


def test_version_without_an_opaque_schema_has_the_properties_that_it_has(vcgen: Vcgen) -> None:
    for name, old in (("1", "DiskInfo"), ("2", "Disk")):
        file = Path(name, "disks.yaml")
        text = file.read_text().replace("type: array, items", "type: object, properties: {of")
        text = text.replace(f'schemas/{old}"}}}}}}', f'schemas/{old}"}}}}}}}}')
        file.write_text(text)
    Path("vcgen.toml").write_text(
        '[[clients]]\nspec = "2/disks.yaml"\noutput = "generated/disks"\nopaque = ["Disk"]\n'
    )
    lines = vcgen("matrix", "1/disks.yaml", "2/disks.yaml", "--all").out.splitlines()
    assert "  1 2  property disks.list.response.of" in lines
