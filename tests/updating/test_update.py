"""`vcgen update` as a user meets it: a vendor renames everything, and code goes on working."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import textwrap
import tomllib
from pathlib import Path

import pytest
import yaml12
from support import Outcome, Vcgen, run, texts
from vcgen.cli import main
from vcgen.cli import updating as updating_command
from vcgen.publishing import journal

OLD = """\
openapi: 3.0.3
info: {title: Acme, version: "1"}
servers: [{url: "https://{host}", variables: {host: {default: localhost}}}]
paths:
  /api/vms/{vm}:
    get:
      tags: [vm]
      operationId: get
      parameters: [{name: vm, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: The machine.
          content: {application/json: {schema: {$ref: "#/components/schemas/AcmeVmInfo"}}}
  /api/vms:
    get:
      tags: [vm]
      operationId: list
      responses:
        "200":
          description: The machines.
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/AcmeVmInfo"}}
components:
  schemas:
    AcmeVmInfo:
      type: object
      required: [state]
      properties:
        state: {$ref: "#/components/schemas/AcmeVmState"}
        cpus: {type: integer}
        address: {$ref: "#/components/schemas/AcmeNet"}
    AcmeVmState: {type: string, enum: [ON, OFF]}
    AcmeNet: {type: object, properties: {ip: {type: string}, mac: {type: string}}}
"""

# Tags, operationIds, schemas and the variable of the path are called otherwise; `/api` has moved.
NEW = """\
openapi: 3.0.3
info: {title: Acme, version: "2", x-build: 7}
servers: [{url: "https://{host}/api", variables: {host: {default: localhost}}}]
tags: [{name: Acme.Machine, description: Machines.}, {name: Acme.Disk}]
paths:
  /vms/{machine}:
    get:
      tags: [Acme.Machine]
      operationId: Acme.Machine_fetch
      x-audience: everyone
      parameters: [{name: machine, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: The machine.
          content: {application/json: {schema: {$ref: "#/components/schemas/Acme.Machine.Details"}}}
  /vms:
    get:
      tags: [Acme.Machine]
      operationId: Acme.Machine_list
      responses:
        "200":
          description: The machines.
          content:
            application/json:
              schema: {type: array, items: {$ref: "#/components/schemas/Acme.Machine.Details"}}
  /disks:
    get:
      tags: [Acme.Disk]
      operationId: Acme.Disk_list
      responses:
        "200":
          description: The disks.
          content: {application/json: {schema: {$ref: "#/components/schemas/Acme.Disk"}}}
components:
  schemas:
    Acme.Machine.Details:
      type: object
      required: [state]
      properties:
        state: {$ref: "#/components/schemas/Acme.Machine.Power"}
        cpus: {type: integer}
        address: {$ref: "#/components/schemas/Acme.Network"}
        notes: {type: string}
    Acme.Machine.Power: {type: string, enum: [ON, OFF, SUSPENDED]}
    Acme.Network: {type: object, properties: {ip: {type: string}, mac: {type: string}}}
    Acme.Disk: {type: object, properties: {size: {type: integer}}}
"""

CONFIG = """\
# The clients that we vendor.
[[clients]]
spec = "specs/acme.yaml"  # a part of what Acme publishes
output = "acme_api"
operations = ["GET /api/vms/{vm}", "list"]
"""

CALLER = """\
from acme_api import AcmeVmInfo, AcmeVmState, Client

info: AcmeVmInfo = AcmeVmInfo(state=AcmeVmState.ON)
client = Client("localhost")
print(client.vm.get, client.vm.list)
client.vm.get.__annotations__["vm"]
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with a client of the old document, and the new one beside it."""
    monkeypatch.chdir(tmp_path)
    Path("specs").mkdir()
    Path("specs/acme.yaml").write_text(OLD)
    Path("vcgen.toml").write_text(CONFIG)
    Path("new.yaml").write_text(NEW)
    with pytest.raises(SystemExit, match="0"):
        main(["generate"])
    return tmp_path


@pytest.fixture
def vcgen(project: Path, capsys: pytest.CaptureFixture[str]) -> Vcgen:
    return lambda *arguments, stdin="": run(arguments, capsys, stdin)


def spec() -> dict[str, object]:
    tree = yaml12.parse_yaml(Path("specs/acme.yaml").read_text())
    assert isinstance(tree, dict)
    return tree


def test_code_that_was_written_against_the_old_client_goes_on_working(
    vcgen: Vcgen, project: Path
) -> None:
    assert vcgen("update", "new.yaml").code == 0
    (project / "caller.py").write_text(CALLER)
    done = subprocess.run([sys.executable, "caller.py"], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_what_stays_is_told_with_what_it_would_be_called(vcgen: Vcgen) -> None:
    out = vcgen("update", "new.yaml").out
    for kept, afresh in (
        ("vm", "acme_machine"),
        ("get", "fetch"),
        ("AcmeVmInfo", "AcmeMachineDetails"),
        ("AcmeVmState", "AcmeMachinePower"),
        ("AcmeNet", "AcmeNetwork"),
    ):
        assert f"acme_api: {kept} keeps its name instead of {afresh}\n" in out


def test_the_configuration_keeps_the_names_and_its_comments(vcgen: Vcgen) -> None:
    vcgen("update", "new.yaml")
    assert Path("vcgen.toml").read_text() == textwrap.dedent("""\
        # The clients that we vendor.
        [[clients]]
        spec = "specs/acme.yaml"  # a part of what Acme publishes
        output = "acme_api"
        operations = [
            "GET /vms/{machine}",
            "GET /vms",
        ]
        base_path = ""

        [clients.rename.schemas]
        "Acme.Machine.Details" = "AcmeVmInfo"
        "Acme.Machine.Power" = "AcmeVmState"
        "Acme.Network" = "AcmeNet"

        [clients.rename.tags]
        "Acme.Machine" = "vm"

        [clients.rename.operations]
        "GET /vms/{machine}" = "get"

        [clients.rename.parameters]
        "path.machine" = "vm"
        """)


def test_the_report_has_nothing_that_breaks(vcgen: Vcgen) -> None:
    out = vcgen("update", "new.yaml").out
    assert re.findall("^Breaks .*", out, re.MULTILINE) == ["Breaks nothing"]
    assert "AcmeVmInfo.notes: added: str | None (vm.get, vm.list)\n" in out
    assert "AcmeVmState.SUSPENDED: value added (vm.get, vm.list)\n" in out
    # Of a document in which there was nothing else, nothing is known elsewhere.
    assert "other operation" not in out


def test_what_callers_pass_as_base_url_stays(vcgen: Vcgen) -> None:
    Path("specs/acme.yaml").write_text(NEW.replace('version: "2"', 'version: "1"'))
    Path("vcgen.toml").write_text(CONFIG.replace("/api/vms/{vm}", "/vms/{machine}"))
    vcgen("generate")
    Path("new.yaml").write_text(OLD.replace('version: "1"', 'version: "2"'))
    out = vcgen("update", "new.yaml").out
    assert 'acme_api: base_path "/api" keeps its name instead of base_path ""\n' in out
    assert 'base_path = "/api"\n' in Path("vcgen.toml").read_text()
    code = Path("acme_api/operations.py").read_text()
    assert re.findall('path="(.*)"', code) == ["/vms/{vm}", "/vms"]
    assert 'host, "/api")' in Path("acme_api/client.py").read_text()


def test_a_base_path_that_nothing_begins_with_is_given_up(vcgen: Vcgen) -> None:
    vcgen("update", "new.yaml")
    text = Path("vcgen.toml").read_text().replace('base_path = ""', 'base_path = "/api"')
    Path("vcgen.toml").write_text(text)
    Path("new.yaml").write_text(NEW.replace("https://{host}/api", "https://{host}/v3"))
    assert vcgen("update", "new.yaml").code == 0
    assert "base_path" not in Path("vcgen.toml").read_text()


@pytest.mark.parametrize(
    ("base_path", "message"),
    [
        ("/x", "GET /api/vms: the address /api/vms does not begin with"),
        ("/api/", "base_path: must be a path without a slash at its end"),
        ("{x}", "base_path: must be a path without a slash at its end"),
    ],
)
def test_a_base_path_that_cannot_be_is_refused(vcgen: Vcgen, base_path: str, message: str) -> None:
    Path("vcgen.toml").write_text(f'{CONFIG}base_path = "{base_path}"\n')
    done = vcgen("generate")
    assert done.code in {2, 3}
    assert message in done.err


def test_the_document_keeps_what_the_clients_need_as_the_vendor_wrote_it(vcgen: Vcgen) -> None:
    vcgen("update", "new.yaml")
    new = yaml12.parse_yaml(NEW)
    assert isinstance(new, dict)
    del new["paths"]["/disks"]
    del new["components"]["schemas"]["Acme.Disk"]
    new["tags"] = new["tags"][:1]
    assert spec() == new


def test_the_client_is_that_of_the_new_document_and_up_to_date(vcgen: Vcgen, project: Path) -> None:
    vcgen("update", "new.yaml")
    assert vcgen("check") == Outcome(0, "acme_api: up to date\n", "")
    assert '"version": "2"' in (project / "acme_api/vcgen.lock").read_text()


def test_the_summary_lists_the_files_that_were_touched(vcgen: Vcgen, project: Path) -> None:
    before = texts(project)
    out = vcgen("update", "new.yaml").out
    after = texts(project)
    touched = sorted(path for path in after if after[path] != before.get(path))
    assert sorted(line.strip() for line in out.splitlines() if line.strip() in after) == touched
    assert out.endswith(f"{len(touched)} files changed; now run `vcgen check` and your tests\n")


def test_a_dry_run_tells_all_and_does_nothing(vcgen: Vcgen, project: Path) -> None:
    before = texts(project)
    dry = vcgen("update", "new.yaml", "--dry-run")
    assert texts(project) == before
    assert dry.out.endswith("6 files would change\n")
    wet = vcgen("update", "new.yaml")
    assert (
        wet.out.replace("changed; now run `vcgen check` and your tests", "would change") == dry.out
    )


def test_a_second_update_finds_nothing_to_do(vcgen: Vcgen, project: Path) -> None:
    vcgen("update", "new.yaml")
    before = texts(project)
    done = vcgen("update", "new.yaml")
    assert done.code == 0
    assert done.out.endswith("nothing to do: everything is up to date\n")
    assert texts(project) == before


def test_the_new_document_may_come_from_standard_input(vcgen: Vcgen) -> None:
    assert vcgen("update", "-", stdin=NEW).code == 0
    assert "/vms" in str(spec()["paths"])


def test_an_operation_that_is_gone_is_refused_and_nothing_changes(
    vcgen: Vcgen, project: Path
) -> None:
    Path("new.yaml").write_text(NEW.replace("/vms/{machine}", "/boxes/{machine}"))
    before = texts(project)
    done = vcgen("update", "new.yaml")
    assert done.code == 3
    message = 'new.yaml: the operation "GET /api/vms/{vm}" is not in the new document\nhint: remove'
    assert message in done.err
    assert "    vm.get: removed\n" in done.out
    assert texts(project) == before


def test_drop_removes_what_the_new_document_does_not_have(vcgen: Vcgen) -> None:
    Path("new.yaml").write_text(NEW.replace("/vms/{machine}", "/boxes/{machine}"))
    done = vcgen("update", "new.yaml", "--drop")
    assert (done.code, done.err) == (0, "")
    text = Path("vcgen.toml").read_text()
    assert "/api/vms/{vm}" not in text
    assert [*spec()["paths"]] == ["/vms"]  # type: ignore[misc]
    assert vcgen("check").code == 0


def test_an_opaque_schema_that_is_gone_is_refused_and_nothing_changes(
    vcgen: Vcgen, project: Path
) -> None:
    Path("vcgen.toml").write_text(f'{CONFIG}opaque = ["AcmeNet"]\n')
    assert vcgen("generate").code == 0
    before = texts(project)
    done = vcgen("update", "new.yaml")
    assert done.code == 3
    message = 'new.yaml: the schema "AcmeNet" is not in the new document\nhint: if it has another'
    assert message in done.err
    assert texts(project) == before


def test_an_opaque_schema_stays_opaque_by_its_new_name(vcgen: Vcgen, project: Path) -> None:
    Path("vcgen.toml").write_text(f'{CONFIG}opaque = ["AcmeNet"]\n')
    assert vcgen("generate").code == 0
    Path("vcgen.toml").write_text(f'{CONFIG}opaque = ["AcmeNet", "Acme.Network"]  # large\n')
    for command in ("diff", "update"):
        names = ["specs/acme.yaml"] if command == "diff" else []
        options = [] if command == "diff" else ["--drop"]
        done = vcgen(command, *names, "new.yaml", *options)
        assert (done.code, done.err) == (0, "")
        assert "address" not in done.out
    assert 'opaque = ["Acme.Network"]  # large\n' in Path("vcgen.toml").read_text()
    assert vcgen("check").code == 0


WAITER = """
[[clients.waiters]]
name = "on"
operation = "GET /api/vms/{vm}"
success = [{ property = "state", values = ["ON"] }]
"""


def test_what_is_declared_of_a_moved_operation_is_compared_and_then_called_as_it_is_now(
    vcgen: Vcgen, project: Path
) -> None:
    Path("vcgen.toml").write_text(CONFIG + WAITER)
    assert vcgen("generate").code == 0
    done = vcgen("diff", "specs/acme.yaml", "new.yaml")
    assert (done.code, done.err) == (0, "")
    assert "wait_until_on" not in done.out
    before = texts(project)
    done = vcgen("update", "new.yaml")
    assert done.code == 3
    problem = 'clients[0].waiters[0].operation: no operation of this client is "GET /api/vms/{vm}"'
    assert done.err == f'vcgen.toml:9: {problem}\nhint: did you mean "GET /vms/{{machine}}"?\n'
    assert texts(project) == before
    # The hint can be followed: what is declared is looked up in the old document, too.
    text = CONFIG + WAITER.replace("/api/vms/{vm}", "/vms/{machine}")
    Path("vcgen.toml").write_text(text)
    done = vcgen("update", "new.yaml")
    assert (done.code, done.err) == (0, "")
    assert "wait_until_on" not in done.out
    assert vcgen("check").code == 0


@pytest.mark.usefixtures("project")
def test_what_is_declared_may_fit_the_new_document_alone(vcgen: Vcgen) -> None:
    new = NEW.replace("state", "power")
    Path("new.yaml").write_text(new)
    waiter = WAITER.replace("/api/vms/{vm}", "/vms/{machine}").replace("state", "power")
    Path("vcgen.toml").write_text(CONFIG + waiter)
    done = vcgen("update", "new.yaml")
    assert (done.code, done.err) == (0, "")
    assert "vm.wait_until_on: added: until power is ON" in done.out
    assert vcgen("check").code == 0


def test_an_operation_of_another_tag_keeps_its_resource(vcgen: Vcgen) -> None:
    Path("new.yaml").write_text(NEW.replace("tags: [Acme.Machine]", "tags: [Acme.Disk]", 1))
    done = vcgen("update", "new.yaml")
    assert (done.code, done.err) == (0, "")
    assert "acme_api: vm.list keeps its name instead of acme_machine.list\n" in done.out
    assert '"GET /vms" = "vm.list"' in Path("vcgen.toml").read_text()
    assert vcgen("check").code == 0


def test_entries_that_match_nothing_are_reported_and_removed(vcgen: Vcgen) -> None:
    entry = '[clients.rename.schemas]\nNobody = "Somebody"\n'
    alone = '[clients.rename.tags]\nNobody = "somebody"\n'
    Path("vcgen.toml").write_text(f"{CONFIG}\n{entry}{alone}")
    done = vcgen("update", "new.yaml")
    assert 'warning: vcgen.toml: acme_api: rename.schemas."Nobody" matches nothing; ' in done.err
    assert "Nobody" in Path("vcgen.toml").read_text()
    done = vcgen("update", "new.yaml", "--tidy")
    assert 'acme_api: rename.schemas."Nobody" matched nothing and is removed\n' in done.out
    text = Path("vcgen.toml").read_text()
    assert "Nobody" not in text
    assert all(clients[0]["rename"].values() for clients in tomllib.loads(text).values())
    assert (vcgen("check").code, done.err) == (0, "")


@pytest.mark.parametrize(
    ("old", "new"),
    [("/orgs/{org}/a/{id}", "/a/{id}"), ("/a/{id}", "/t/{tenant}/a/{id}")],
)
def test_variables_of_a_path_keep_their_arguments(vcgen: Vcgen, old: str, new: str) -> None:
    def document(path: str) -> str:
        names = [part[1:-1] for part in path.split("/") if part.startswith("{")]
        listed = ", ".join(
            f"{{name: {one}, in: path, required: true, schema: {{type: string}}}}" for one in names
        )
        return OLD[: OLD.index("paths:")] + (
            f"paths:\n  {path}:\n    get:\n      tags: [vm]\n      operationId: get\n"
            f'      parameters: [{listed}]\n      responses: {{"204": {{description: Done.}}}}\n'
        )

    Path("specs/acme.yaml").write_text(document(old))
    Path("new.yaml").write_text(document(new))
    Path("vcgen.toml").write_text(CONFIG.replace('"GET /api/vms/{vm}", "list"', '"get"'))
    done = vcgen("update", "new.yaml")
    assert (done.code, done.err) == (0, "")
    assert "rename" not in Path("vcgen.toml").read_text()


def test_the_base_of_all_errors_does_not_get_the_name_of_a_kind(vcgen: Vcgen) -> None:
    def document(schema: str, schemas: str) -> str:
        reply = f'"404": {{description: No., content: {{application/json: {{schema: {schema}}}}}}}'
        head = OLD[: OLD.index("components:")].replace(
            "      responses:\n", f"      responses:\n        {reply}\n"
        )
        return head + OLD[OLD.index("components:") :] + schemas

    fields = "properties: {code: {type: string}, message: {type: string}}"
    family = (
        f"    Failure: {{type: object, {fields}, discriminator: "
        '{propertyName: code, mapping: {missing: "#/components/schemas/Missing"}}}\n'
        '    Missing: {allOf: [{$ref: "#/components/schemas/Failure"}]}\n'
    )
    missing = '{$ref: "#/components/schemas/Missing"}'
    Path("specs/acme.yaml").write_text(document(missing, family))
    new = document(
        '{$ref: "#/components/schemas/Problem"}', f"    Problem: {{type: object, {fields}}}\n"
    )
    Path("new.yaml").write_text(new)
    done = vcgen("update", "new.yaml")
    assert done.code == 0
    assert '"Missing"' not in Path("vcgen.toml").read_text()


def test_a_pattern_that_has_lost_all_it_selected_does_not_select_everything(
    vcgen: Vcgen, project: Path
) -> None:
    Path("vcgen.toml").write_text(CONFIG.replace('"GET /api/vms/{vm}", "list"', '"* /api/vms/*"'))
    Path("new.yaml").write_text(NEW.replace("/vms", "/boxes"))
    before = texts(project)
    done = vcgen("update", "new.yaml")
    assert (done.code, "no operation is left" in done.err) == (3, True)
    assert texts(project) == before


def test_a_document_that_cannot_be_generated_from_changes_nothing(
    vcgen: Vcgen, project: Path
) -> None:
    Path("new.yaml").write_text(NEW.replace("    Acme.Network:", "    Acme.Net:"))
    before = texts(project)
    done = vcgen("update", "new.yaml")
    assert done.code == 3
    assert "new.yaml:" in done.err
    assert "Acme.Network" in done.err
    assert texts(project) == before


def test_an_edited_file_is_refused_and_nothing_changes(vcgen: Vcgen, project: Path) -> None:
    with (project / "acme_api/models.py").open("a") as file:
        file.write("# mine\n")
    before = texts(project)
    done = vcgen("update", "new.yaml")
    assert done.code == 4
    assert "acme_api/models.py: edited by hand" in done.err
    assert texts(project) == before
    assert vcgen("update", "new.yaml", "--force").code == 0
    assert "# mine" not in (project / "acme_api/models.py").read_text()


@pytest.mark.parametrize("failing", range(1, 12))
def test_nothing_changes_where_a_write_fails(
    vcgen: Vcgen, project: Path, monkeypatch: pytest.MonkeyPatch, failing: int
) -> None:
    before = texts(project)
    calls = 0
    replace = Path.replace

    def fail(self: Path, target: Path) -> Path:
        nonlocal calls
        calls += 1
        if calls == failing:
            raise OSError(28, "No space left on device", str(self))
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", fail)
    done = vcgen("update", "new.yaml")
    monkeypatch.undo()
    monkeypatch.chdir(project)
    if calls < failing:
        assert done.code == 0
        return
    assert done.code == 4
    assert "no space left on device" in done.err
    assert texts(project) == before


def kill_an_update(moment: str, *arguments: str) -> None:
    """Run an update that dies right after it has put the files in place, or before it forgets."""
    assert hasattr(journal, moment)
    script = f"""
import os
from vcgen.writing import formatting
from vcgen.publishing import journal
from vcgen.cli import main
done = journal.{moment}
def killed(*arguments):
    if "{moment}" == "_apply":
        done(*arguments)
    os._exit(9)
journal.{moment} = killed
main({["update", "new.yaml", *arguments]!r})
"""
    assert subprocess.run([sys.executable, "-c", script]).returncode == 9


@pytest.mark.parametrize("moment", ["_apply", "_commit"])
def test_an_update_that_was_killed_is_undone_by_the_next_command(
    vcgen: Vcgen, project: Path, moment: str
) -> None:
    before = texts(project)
    kill_an_update(moment)
    assert texts(project) != before
    killed = texts(project)
    done = vcgen("check")
    assert (done.code, "an update was interrupted" in done.err) == (1, True)
    assert texts(project) == killed
    done = vcgen("generate")
    assert (done.code, "recovered from an interrupted update" in done.err) == (0, True)
    assert texts(project) == before


def test_so_is_one_beside_a_client_whose_document_is_elsewhere(
    vcgen: Vcgen, project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "other.yaml"
    elsewhere.write_text(OLD)
    other = CONFIG.replace("specs/acme.yaml", elsewhere.as_posix()).replace("acme_api", "b_api")
    Path("vcgen.toml").write_text(CONFIG + other)
    assert vcgen("generate").code == 0
    before = texts(project)
    kill_an_update("_apply", "--spec", "specs/acme.yaml")
    assert texts(project) != before
    assert "an update was interrupted" in vcgen("check").err
    assert "recovered from an interrupted update" in vcgen("generate").err
    assert texts(project) == before


@pytest.mark.parametrize("name", ["vcgen.toml", "specs/acme.yaml"])
def test_what_somebody_writes_meanwhile_is_not_overwritten(
    vcgen: Vcgen, project: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    show = updating_command.show

    def edit(*arguments: object) -> None:
        with Path(name).open("a") as file:
            file.write("# mine\n")
        show(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(updating_command, "show", edit)
    before = texts(project)
    done = vcgen("update", "new.yaml")
    assert (done.code, f"{name}: changed meanwhile" in done.err) == (4, True)
    assert texts(project) == {**before, name: before[name] + "# mine\n"}


def test_an_exclusion_by_a_name_that_is_gone_excludes_the_same(vcgen: Vcgen) -> None:
    Path("vcgen.toml").write_text(CONFIG.replace('"GET /api/vms/{vm}", "list"', '"*", "!list"'))
    vcgen("generate")
    out = vcgen("update", "new.yaml").out
    assert "1 operation compared" in out
    assert "removed" not in out
    assert '"!GET /vms",' in Path("vcgen.toml").read_text()


def test_all_but_some_operations_stays_all_but_those(vcgen: Vcgen) -> None:
    Path("vcgen.toml").write_text(CONFIG.replace('"GET /api/vms/{vm}", "list"', '"!list"'))
    vcgen("generate")
    assert "acme_disk.list: added: GET /disks" in vcgen("update", "new.yaml").out
    assert 'operations = ["!GET /vms"]' in Path("vcgen.toml").read_text()


def test_the_same_document_leaves_its_file_as_somebody_has_written_it(vcgen: Vcgen) -> None:
    Path("specs/acme.yaml").write_text(f"# From acme.example.\n{OLD}")
    done = vcgen("update", "specs/acme.yaml")
    assert done.out.endswith("nothing to do: everything is up to date\n")


def test_clients_of_several_documents_need_to_be_told_apart(vcgen: Vcgen, project: Path) -> None:
    other = CONFIG.replace("specs/acme.yaml", "specs/other.yaml").replace("acme_api", "other_api")
    Path("specs/other.yaml").write_text(OLD)
    Path("vcgen.toml").write_text(CONFIG + other)
    done = vcgen("update", "new.yaml")
    assert done.code == 3
    assert "hint: name one with --spec: specs/acme.yaml, specs/other.yaml" in done.err
    assert vcgen("update", "new.yaml", "--spec", "specs/else.yaml").code == 3
    assert vcgen("update", "new.yaml", "--spec", "specs/acme.yaml").code == 0
    assert Path("specs/other.yaml").read_text() == OLD


def test_clients_of_one_document_share_the_part_that_they_need(vcgen: Vcgen, project: Path) -> None:
    Path("vcgen.toml").write_text(
        CONFIG.replace(', "list"', "")
        + CONFIG.replace("acme_api", "list_api").replace('"GET /api/vms/{vm}", ', "")
    )
    vcgen("generate")
    assert vcgen("update", "new.yaml").code == 0
    assert list(dict(spec()["paths"])) == ["/vms/{machine}", "/vms"]  # type: ignore[call-overload]
    assert vcgen("check").out == "acme_api: up to date\nlist_api: up to date\n"


def test_pyproject_toml_is_written_with_all_else_as_it_was(vcgen: Vcgen, project: Path) -> None:
    Path("vcgen.toml").unlink()
    rest = '[project]\nname = "mine"   # ours\n\n[tool.other]\nx = [1,2]\n\n'
    table = CONFIG.replace("[[clients]]", "[[tool.vcgen.clients]]")
    Path("pyproject.toml").write_text(rest + table)
    assert vcgen("update", "new.yaml").code == 0
    text = Path("pyproject.toml").read_text()
    assert text.startswith(rest + "# The clients that we vendor.\n[[tool.vcgen.clients]]\n")
    assert '[tool.vcgen.clients.rename.tags]\n"Acme.Machine" = "vm"\n' in text
    assert vcgen("check").code == 0


def test_an_entry_under_the_old_name_of_a_schema_moves_to_the_new_one(vcgen: Vcgen) -> None:
    Path("vcgen.toml").write_text(
        CONFIG + '\n[clients.rename]\nschemas = { AcmeVmInfo = "Machine" }\n'
        'properties = { "AcmeVmInfo.cpus" = "cores" }\n'
        'tags = { vm = "machines" }\noperations = { get = "fetch_one" }\n'
        'parameters = { vm = "vm_id", other = "vm_id" }\n'
    )
    vcgen("generate")
    out = vcgen("update", "new.yaml").out
    assert "acme_api: Machine keeps its name instead of AcmeMachineDetails\n" in out
    assert "acme_api: cores keeps its name instead of cpus\n" in out
    text = Path("vcgen.toml").read_text()
    assert '"Acme.Machine.Details" = "Machine"' in text
    assert '"Acme.Machine.Details.cpus" = "cores"' in text
    assert 'AcmeVmInfo = "Machine"' not in text
    assert 'properties = {"Acme.Machine.Details.cpus" = "cores"}' in text
    assert 'tags = {"Acme.Machine" = "machines"}' in text
    assert 'operations = {"GET /vms/{machine}" = "fetch_one"}' in text
    assert vcgen("check").code == 0


def test_a_name_that_the_new_document_needs_elsewhere_is_told_as_lost(
    vcgen: Vcgen, project: Path
) -> None:
    # What was AcmeNet is called Acme.Network now, and something else has its name.
    taken = NEW.replace(
        "        notes: {type: string}\n",
        '        notes: {$ref: "#/components/schemas/AcmeNet"}\n',
    ).replace(
        "    Acme.Disk:",
        "    AcmeNet: {type: object, properties: {cidr: {type: string}}}\n    Acme.Disk:",
    )
    Path("new.yaml").write_text(taken)
    done = vcgen("update", "new.yaml")
    assert done.code == 0
    assert "AcmeNet" not in [line.split()[1] for line in done.out.splitlines() if "keeps" in line]
    assert "Breaks callers" in done.out or "Breaks the wire and callers" in done.out
    assert vcgen("check").code == 0


def test_a_package_that_has_grown_keeps_its_modules(vcgen: Vcgen, project: Path) -> None:
    paths = "".join(f"""\
  /more/{n}:
    get: {{tags: [more], operationId: get{n}, responses: {{"204": {{description: Done.}}}}}}
""" for n in range(70))
    Path("new.yaml").write_text(NEW.replace("components:\n", f"{paths}components:\n", 1))
    Path("vcgen.toml").write_text(CONFIG.replace('"list"', '"list", "* /*"'))
    assert vcgen("generate").code == 0
    assert vcgen("update", "new.yaml").code == 0
    assert 'layout = "flat"' in Path("vcgen.toml").read_text()
    assert (project / "acme_api/models.py").exists()


def test_a_reference_into_another_operation_is_written_out(vcgen: Vcgen) -> None:
    elsewhere = NEW.replace(
        '{schema: {$ref: "#/components/schemas/Acme.Machine.Details"}}',
        '{schema: {$ref: "#/paths/~1vms/get/responses/200/content/'
        'application~1json/schema/items"}}',
        1,
    )
    Path("new.yaml").write_text(elsewhere)
    Path("vcgen.toml").write_text(CONFIG.replace(', "list"', ""))
    assert vcgen("generate").code == 0
    assert vcgen("update", "new.yaml").code == 0
    assert list(dict(spec()["paths"])) == ["/vms/{machine}"]  # type: ignore[call-overload]
    assert vcgen("check").code == 0


def test_swagger_stays_swagger(vcgen: Vcgen) -> None:
    swagger = """\
swagger: "2.0"
info: {title: Acme, version: "2"}
basePath: /api
securityDefinitions: {key: {type: apiKey, in: header, name: x-key}, other: {type: basic}}
security: [{key: []}]
paths:
  /vms/{vm}:
    get:
      tags: [vm]
      operationId: get
      parameters: [{name: vm, in: path, required: true, type: string}]
      responses: {"200": {description: It., schema: {$ref: "#/definitions/AcmeVmInfo"}}}
  /vms:
    get:
      tags: [vm]
      operationId: list
      responses:
        "200": {description: All., schema: {type: array, items: {$ref: "#/definitions/AcmeVmInfo"}}}
definitions:
  AcmeVmInfo: {type: object, required: [state], properties: {state: {type: string}}}
  AcmeDisk: {type: object, properties: {size: {type: integer}}}
"""
    assert vcgen("update", "-", stdin=swagger).code == 0
    tree = spec()
    assert tree["swagger"] == "2.0"
    assert list(dict(tree["definitions"])) == ["AcmeVmInfo"]  # type: ignore[call-overload]
    assert list(dict(tree["securityDefinitions"])) == ["key"]  # type: ignore[call-overload]
    assert vcgen("check").code == 0


def test_a_document_in_json_stays_json(vcgen: Vcgen) -> None:
    Path("specs/acme.json").write_text(json.dumps(yaml12.parse_yaml(OLD)))
    Path("vcgen.toml").write_text(CONFIG.replace("acme.yaml", "acme.json"))
    assert vcgen("update", "new.yaml").code == 0
    assert json.loads(Path("specs/acme.json").read_text())["info"]["version"] == "2"


def test_strict_is_about_the_new_document(vcgen: Vcgen, project: Path) -> None:
    Path("specs/acme.yaml").write_text(OLD.replace("cpus: {type: integer}", "cpus: {type: array}"))
    assert vcgen("generate", "--strict").code == 3
    assert vcgen("update", "new.yaml", "--strict").code == 0
    assert vcgen("check", "--strict").code == 0


def test_strict_refuses_the_defects_of_the_new_document(vcgen: Vcgen, project: Path) -> None:
    defective = NEW.replace("notes: {type: string}", "notes: {type: array}")
    Path("new.yaml").write_text(defective)
    before = texts(project)
    assert vcgen("update", "new.yaml", "--strict").code == 3
    assert texts(project) == before
    done = vcgen("update", "new.yaml")
    assert "1 repair (see --verbose)" in done.out
    # The vendor's defect is in the part that is kept, and goes on being told.
    assert "repaired specs/acme.yaml:" in vcgen("generate", "--verbose").err


OVERLAY = """\
overlay: 1.0.0
info: {title: What Acme has wrong, version: "1"}
extends: acme.yaml
actions:
  - target: $.components.schemas[?@.properties.cpus].properties.cpus
    update: {$ref: "#/components/schemas/Count"}
  - target: $.components.schemas
    update: {Count: {type: string, enum: [ONE, MANY]}}
  - target: $.components.schemas['Acme.Disk']
    update: {description: Not ours.}
"""


def test_corrections_survive_an_update(vcgen: Vcgen, project: Path) -> None:
    Path("specs/corrections.yaml").write_text(OVERLAY)
    Path("vcgen.toml").write_text(CONFIG + 'overlays = ["specs/corrections.yaml"]\n')
    assert "Acme.Disk" in vcgen("generate").err, "an action that matches nothing is told"
    done = vcgen("update", "new.yaml")
    assert (done.code, done.err) == (0, "")
    text = Path("specs/acme.yaml").read_text()
    assert "Count" not in text, "the document stays the vendor's"
    assert "Acme.Disk" in text, "what an overlay corrects is still there to be corrected"
    assert "/disks" not in text
    assert "cpus: Count | None" in (project / "acme_api/models.py").read_text()
    assert vcgen("check") == Outcome(0, "acme_api: up to date\n", "")


def test_a_correction_that_has_died_is_told_and_refused_when_strict(
    vcgen: Vcgen, project: Path
) -> None:
    correction = OVERLAY.replace("['Acme.Disk']", ".AcmeNet")
    correction = correction.replace('{$ref: "#/components/schemas/Count"}', "{minimum: 1}")
    Path("specs/corrections.yaml").write_text(correction)
    Path("vcgen.toml").write_text(CONFIG + 'overlays = ["specs/corrections.yaml"]\n')
    assert vcgen("generate").err == ""
    before = texts(project)
    done = vcgen("update", "new.yaml", "--strict")
    assert done.code == 3
    assert "specs/corrections.yaml:9: #/actions/2:" in done.err
    assert texts(project) == before
    done = vcgen("update", "new.yaml")
    assert done.code == 0
    assert "warning: specs/corrections.yaml:9: #/actions/2:" in done.err


def test_diff_looks_at_corrected_documents(vcgen: Vcgen) -> None:
    Path("specs/corrections.yaml").write_text(OVERLAY)
    Path("vcgen.toml").write_text(CONFIG + 'overlays = ["specs/corrections.yaml"]\n')
    plain = vcgen("diff", "specs/acme.yaml", "new.yaml", "-O", "list").out
    assert "Count" not in plain
    # Corrected, the two are the same; so they are by the configuration, and by the option.
    Path("corrected.yaml").write_text(
        NEW.replace("cpus: {type: integer}", 'cpus: {$ref: "#/components/schemas/Count"}').replace(
            "  schemas:\n", "  schemas:\n    Count: {type: string, enum: [ONE, MANY]}\n"
        )
    )
    named = ("diff", "new.yaml", "corrected.yaml", "-O", "Acme.Machine_list")
    assert "cpus: type int -> Count" in vcgen(*named).out
    done = vcgen(*named, "--overlay", "specs/corrections.yaml")
    assert (done.code, done.err) == (0, "")
    assert "1 operation compared: nothing changed\n" in done.out
    Path("vcgen.toml").write_text(
        CONFIG.replace('"GET /api/vms/{vm}", "list"', '"Acme.Machine_list"')
        + 'overlays = ["specs/corrections.yaml"]\n'
    )
    assert "1 operation compared: nothing changed\n" in vcgen(*named[:3]).out


def test_a_pattern_that_selected_nothing_before_does_not_bring_all_the_others(vcgen: Vcgen) -> None:
    # `/disks` is new, and what is taken out is in both: the rest of the document is nobody's wish.
    Path("vcgen.toml").write_text(
        CONFIG.replace('"GET /api/vms/{vm}", "list"', '"*disks*", "!GET /api/vms/{vm}"')
    )
    vcgen("update", "new.yaml")
    assert '"GET /vms"' not in Path("vcgen.toml").read_text()


def test_schema_with_an_identifier_and_files_beside_it_becomes_one_file(
    vcgen: Vcgen, project: Path
) -> None:
    new = OLD.replace("openapi: 3.0.3", "openapi: 3.1.0").replace(
        "    AcmeNet: {type: object, properties: {ip: {type: string}, mac: {type: string}}}\n",
        "    AcmeNet: {$id: lib/net.yaml, type: object, properties: {ip: {$ref: ip.yaml#ip}}}\n",
    )
    Path("lib").mkdir()
    Path("lib/ip.yaml").write_text(
        "$id: https://acme.example/ip\n"
        "$defs: {Ip: {$anchor: ip, type: object, properties: {v6: {$ref: '#/$defs/V6'}}},"
        " V6: {type: object, properties: {a: {type: string}}}}\n"
    )
    Path("new.yaml").write_text(new)
    done = vcgen("update", "new.yaml")
    assert done.code == 0, done.err
    assert "$id" not in Path("specs/acme.yaml").read_text()
    assert "class V6(" in Path("acme_api/models.py").read_text()
    assert vcgen("check").out == "acme_api: up to date\n"
