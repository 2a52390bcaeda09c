"""A client that another version generated keeps its names, by one `vcgen update`.

`generated_by_0_1_0` holds what that version made of `api.yaml`: its operations and models. So does
`generated_by_0_2_0`.
"""

from __future__ import annotations

import ast
import shutil
import tomllib
from pathlib import Path

import pytest
from golden_packages import CASES
from support import run, selected
from vcgen import pipeline
from vcgen.config.files import load
from vcgen.updating import adopting, earlier

HERE = Path(__file__).with_name("generated_by_0_1_0")
TABLES = """\
[clients.rename.schemas]
"Reference«Disk»" = "ReferenceUABDiskUBB"

[clients.rename.operations]
"GET /disks/{disk_id}" = "read_disk_disks_disk_id_get"

[clients.rename.properties]
"DiskIEEE802.p2pLink" = "p2_p_link"

[clients.rename.parameters]
"query.p2p" = "p2_p"
"""


NEWER = HERE.with_name("generated_by_0_2_0")
NEWER_TABLES = """\
[clients.rename.schemas]
"scan.artifact.body.digest" = "ScanArtifactBody2"
"scan.artifact.body.digest.kind" = "ScanArtifactBody2Kind"
"scan.artifact.body.By name" = "ScanArtifactBody1"
"scan.artifact.body.By name.mode" = "ScanArtifactBody1Mode"
"scan.artifact.error.issues.item.Wrong" = "ScanArtifactErrorIssuesItem2"
"scan.artifact.error.issues.item.Missing" = "ScanArtifactErrorIssuesItem1"

[clients.rename.operations]
"GET /" = "read_root_get"
"POST /artifacts/{id}/scan" = "artifact"
"GET /api/tasks/" = "api_tasks_list"
"""


def copied(source: Path, project: Path, package: str) -> Path:
    """Copy what a version left: the document, the configuration and the package."""
    (project / package).mkdir()
    for name in ("api.yaml", "vcgen.toml"):
        shutil.copy(source / name, project / name)
    for file in source.glob("*.txt"):
        shutil.copy(file, project / package / file.name.removesuffix(".txt"))
    return project


@pytest.fixture
def newer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with the client, as version 0.2.0 left it."""
    monkeypatch.chdir(tmp_path)
    return copied(NEWER, tmp_path, "scanner")


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with the client, as version 0.1.0 left it."""
    monkeypatch.chdir(tmp_path)
    return copied(HERE, tmp_path, "disks")


def names(package: Path) -> set[str]:
    """Return what callers may use of a package: classes, methods, arguments and fields."""
    found: set[str] = set()
    for file in ("operations.py", "models.py"):
        tree = ast.parse((package / file).read_text(encoding="utf-8"))
        for node in tree.body:
            if not isinstance(node, ast.ClassDef) or node.name in ("StandIn", "_Anything"):
                continue
            found.add(node.name)
            for one in node.body:
                if isinstance(one, ast.FunctionDef | ast.AsyncFunctionDef):
                    every = [*one.args.args, *one.args.kwonlyargs]
                    found |= {f"{node.name}.{one.name}({argument.arg})" for argument in every}
                elif isinstance(one, ast.AnnAssign) and isinstance(one.target, ast.Name):
                    found.add(f"{node.name}.{one.target.id}")
    return found


def test_one_update_keeps_the_names(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = names(project / "disks")
    outcome = run(["update", "api.yaml"], capsys)
    assert outcome.code == 0, outcome.err
    assert "disks: read_disk_disks_disk_id_get keeps its name instead of read_disk" in outcome.out
    assert (project / "vcgen.toml").read_text(encoding="utf-8").endswith(TABLES)
    lost = {one for one in before - names(project / "disks") if "Error404" not in one}
    assert lost == set()


def test_names_stay_and_are_told_once(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    run(["update", "api.yaml"], capsys)
    text = (project / "vcgen.toml").read_text(encoding="utf-8")
    again = run(["update", "api.yaml"], capsys)
    assert "keeps its name" not in again.out
    assert (project / "vcgen.toml").read_text(encoding="utf-8") == text
    assert run(["check"], capsys).code == 0


def test_names_of_0_2_0_are_kept(newer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    before = names(newer / "scanner")
    outcome = run(["update", "api.yaml"], capsys)
    assert outcome.code == 0, outcome.err
    assert "scanner: artifact keeps its name instead of scan_artifact\n" in outcome.out
    assert (newer / "vcgen.toml").read_text(encoding="utf-8").endswith(NEWER_TABLES)
    assert before - names(newer / "scanner") == set()
    assert "keeps its name" not in run(["update", "api.yaml"], capsys).out
    assert run(["check"], capsys).code == 0


def test_generate_says_which_names_change(newer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    outcome = run(["generate"], capsys)
    assert outcome.code == 0
    assert outcome.err == (
        "warning: scanner: 9 names of vcgen 0.2.0 changed: read_root_get becomes read_root, "
        "artifact becomes scan_artifact, api_tasks_list becomes list, ...; to keep them, restore "
        "the package and run `vcgen update` with the document\n"
    )
    assert run(["generate"], capsys).err == ""


def test_names_of_a_damaged_manifest_are_not_asked_for(
    newer: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (newer / "scanner" / "vcgen.lock").write_text("{", encoding="utf-8")
    outcome = run(["generate", "--force"], capsys)
    assert (outcome.code, outcome.err) == (0, "")


def test_name_that_was_chosen_since_stays(newer: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with (newer / "vcgen.toml").open("a", encoding="utf-8") as file:
        file.write('rename.operations."POST /artifacts/{id}/scan" = "begin"\n')
    assert "artifact keeps its name" not in run(["update", "api.yaml"], capsys).out
    text = (newer / "vcgen.toml").read_text(encoding="utf-8")
    assert tomllib.loads(text)["clients"][0]["rename"]["operations"] == {
        "POST /artifacts/{id}/scan": "begin",
        "GET /": "read_root_get",
        "GET /api/tasks/": "api_tasks_list",
    }


def test_package_of_this_version_is_not_read(
    project: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert earlier.read(project / "disks").calls
    run(["generate", "--force"], capsys)
    monkeypatch.setattr(adopting, "read", None)
    assert run(["update", "api.yaml"], capsys).code == 0
    assert earlier.read(project / "nowhere") == earlier.Earlier()


def test_call_is_read_from_its_code(tmp_path: Path) -> None:
    text = """
def _vm_disks__attach(vm: str, size: int | None = None, *, body: Body) -> Call[Disk]:
    return Call(
        method="POST",
        path="/vm/{vm}/disks",
        path_parameters={"vm": vm},
        query=[("action", "attach"), ("max-size", styled(size, "form"))],
        headers={"X-Key": key},
        returns={200: Json(Disk)},
    )


def _other(one: str) -> str:
    return one


class Broken(Base):
    name_: str = field(name="name")
    plain: int = 1
"""
    (tmp_path / "operations.py").write_text(text)
    (tmp_path / "broken.py").write_text("def (:")
    found = earlier.read(tmp_path)
    [(address, call)] = found.calls.items()
    assert address == ("POST", "/vm/{vm}/disks", frozenset({("action", "attach")}))
    assert (call.attribute, call.name) == ("vm_disks", "attach")
    assert call.arguments == {
        ("path", "vm"): "vm",
        ("query", "max-size"): "size",
        ("header", "X-Key"): "key",
    }
    assert call.returns is not None
    assert ast.unparse(call.returns) == "Disk"
    assert {key: name for key, (name, _) in found.classes["Broken"].fields.items()} == {
        "name": "name_",
        "plain": "plain",
    }


def test_call_that_sends_its_parameters_is_read(tmp_path: Path) -> None:
    text = """
def vm_disks__attach(vm: str, *, size: int | None = None, body: Body) -> Call[Disk]:
    return DeclaringCall(
        method="POST",
        path="/vm/{vm}/disks",
        sends=[
            InPath("vm", vm),
            InQuery("action", "attach"),
            StyledQuery("max-size", shaped(size), "form", True),
            IdempotencyKey("X-Key", key),
            JsonBody(body, "application/json"),
        ],
        returns={200: Json(Disk)},
        errors={404: Missing, "default": Problem},
    )
"""
    (tmp_path / "operations.py").write_text(text)
    [(address, call)] = earlier.read(tmp_path).calls.items()
    assert address == ("POST", "/vm/{vm}/disks", frozenset({("action", "attach")}))
    assert (call.attribute, call.name) == ("vm_disks", "attach")
    assert call.arguments == {
        ("path", "vm"): "vm",
        ("query", "max-size"): "size",
        ("header", "X-Key"): "key",
    }
    assert {key: ast.unparse(one) for key, one in call.errors.items()} == {
        "404": "Missing",
        "default": "Problem",
    }


@pytest.mark.parametrize("python", ["3.12", "3.14"])
@pytest.mark.parametrize("case", ["class_names", "one_of_plain", "streams", "tasks_by_id"])
def test_package_for_any_python_can_be_read(case: str, python: str, tmp_path: Path) -> None:
    """Also by an older one: what is newer in it is read as it was written before."""
    for version in ("3.11", python):
        one = load(CASES / case / "vcgen.toml").clients[0]._replace(python=version)
        for path, text in pipeline.generate(selected(one, CASES / case)).items():
            file = tmp_path / version / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    old, new = earlier.read(tmp_path / "3.11"), earlier.read(tmp_path / python)
    assert new.calls.keys() == old.calls.keys() != set()
    assert new.classes.keys() == old.classes.keys() != set()
    for name, type_ in old.aliases.items():
        if not isinstance(type_, ast.Constant):  # in quotes, as the run-time has some
            assert ast.dump(new.aliases[name]) == ast.dump(type_)
