"""A client that version 0.1.0 generated keeps its names, by one `vcgen update`.

`generated_by_0_1_0` holds what that version made of `api.yaml`: its operations and models.
"""

from __future__ import annotations

import ast
import shutil
from pathlib import Path

import pytest
from support import run
from vcgen.updating import earlier

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


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a project with the client, as version 0.1.0 left it."""
    (tmp_path / "disks").mkdir()
    for name in ("api.yaml", "vcgen.toml"):
        shutil.copy(HERE / name, tmp_path / name)
    for file in HERE.glob("*.txt"):
        shutil.copy(file, tmp_path / "disks" / file.name.removesuffix(".txt"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


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


def test_package_of_today_is_none_of_them(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert earlier.read(project / "disks").calls
    run(["generate", "--force"], capsys)
    assert earlier.read(project / "disks") == earlier.Earlier()
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
