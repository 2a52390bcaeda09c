"""The architecture of docs/architecture.md, held by the imports that the modules really have."""

from __future__ import annotations

import ast
import functools
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
VCGEN = ROOT / "generator" / "vcgen"
DOCUMENTED = ROOT / "docs" / "architecture.md"

# What each room may import of ours, in the order in which data flows (docs/architecture.md).
# The modules of a room may import one another.
MAY_IMPORT: dict[str, set[str]] = {
    "": set(),
    "errors": set(),
    "records": set(),
    "text": {"records"},
    "config": {"errors"},
    "dialect": {"errors", "records", "text"},
    "slicing": {"dialect", "errors", "records", "text"},
    "reading": {"dialect", "errors", "records", "slicing", "text"},
    "settling": {"dialect", "records", "slicing", "text"},
    "ir": {"records"},
    "runtime": set(),
    "building": {"errors", "ir", "records", "text"},
    "writing": {"errors", "ir", "records"},
    "publishing": {"errors"},
    "pipeline": {
        *("", "building", "config", "dialect", "errors", "ir", "publishing", "reading"),
        *("records", "settling", "slicing", "text", "writing"),
    },
    "comparing": {
        *("config", "dialect", "errors", "ir", "pipeline", "reading", "records", "slicing"),
        "text",
    },
    "updating": {
        *("", "comparing", "config", "dialect", "errors", "ir", "pipeline", "publishing"),
        *("reading", "records", "text"),
    },
    "learning": {
        *("dialect", "errors", "pipeline", "reading", "records", "slicing", "text"),
    },
    "cli": {
        *("", "comparing", "config", "dialect", "errors", "ir", "pipeline", "publishing"),
        *("learning", "reading", "slicing", "text", "updating"),
    },
    "__main__": {"cli"},
}

# Each of these libraries is known to one room alone, so that it can be replaced there. Clients have
# msgspec of their own: the run-time is what they are made of.
KNOWN_TO = {
    "black": {"writing"},
    "click": {"cli"},
    "httpx2": {"runtime"},
    "jinja2": {"writing"},
    "tomlkit": {"updating"},
    "iregexp_check": {"reading"},
    "jsonpath_rfc9535": {"reading"},
    "msgspec": {"records", "runtime"},
    "openapi_pydantic": {"building"},
    "pydantic": {"building"},
    "regex": {"reading"},
    "yaml": {"reading"},
    "yaml12": {"reading"},
}

WRITERS = {"publishing"}
PRINTERS = {"cli"}


def _modules() -> list[Path]:
    return sorted(path for path in VCGEN.rglob("*.py") if "templates" not in path.parts)


def _room(path: Path) -> str:
    first = path.relative_to(VCGEN).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


@functools.cache
def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@functools.cache
def _imported(path: Path) -> set[str]:
    """Return the modules that a module imports, and what it imports from the package itself."""
    names: set[str] = set()
    for node in ast.walk(_parsed(path)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            names |= {module}
            if module == "vcgen":
                names |= {f"vcgen.{alias.name}" for alias in node.names}
    return names


def _rooms(path: Path) -> set[str]:
    """Return the rooms that a module imports from; "" is the package itself."""
    ours = {name for name in _imported(path) if name.split(".")[0] == "vcgen"} - {"vcgen"}
    return {"" if name == "vcgen.__version__" else name.split(".")[1] for name in ours}


@functools.cache
def _calls(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(_parsed(path)):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name):
                found.add(function.id)
            elif isinstance(function, ast.Attribute):
                found.add(function.attr)
    return found


@pytest.mark.parametrize("path", _modules(), ids=lambda path: path.relative_to(VCGEN).as_posix())
def test_imports_flow_one_way(path: Path) -> None:
    room = _room(path)
    rooms = _rooms(path) - {room}
    assert rooms <= MAY_IMPORT[room], f"{room} must not import {rooms}"


@pytest.mark.parametrize("library", KNOWN_TO)
def test_library_is_known_to_its_room_alone(library: str) -> None:
    users = {
        _room(path)
        for path in _modules()
        if any(name.split(".")[0] == library for name in _imported(path))
    }
    assert users <= KNOWN_TO[library]


def test_rooms_are_few_and_all_in_the_table() -> None:
    assert {_room(path) for path in _modules()} == set(MAY_IMPORT)
    # `errors` and `records` are modules beside the rooms.
    assert len(set(MAY_IMPORT) - {"", "__main__", "errors", "records"}) <= 16


def test_documentation_has_the_same_table() -> None:
    rows = re.findall(r"^\| `(\w+)/?` \|.*\| (.*) \|$", DOCUMENTED.read_text("utf-8"), re.MULTILINE)
    assert {room for room, _ in rows} == set(MAY_IMPORT) - {"", "__main__"}
    above: set[str] = set()
    for room, imports in rows:
        allowed = MAY_IMPORT[room] - {""}
        if imports.startswith("what is above"):
            assert allowed <= above - {imports.removeprefix("what is above but ")}, room
        else:
            assert allowed == {*imports.split(", ")} - {"nothing of ours"}, room
        assert allowed <= above, f"{room} looks down"
        above.add(room)


def test_no_permission_is_stale() -> None:
    used: dict[str, set[str]] = {room: set() for room in MAY_IMPORT}
    for path in _modules():
        used[_room(path)] |= _rooms(path) - {_room(path)}
    assert used == MAY_IMPORT


def test_no_arrow_goes_back_up() -> None:
    order = list(MAY_IMPORT)
    for room, allowed in MAY_IMPORT.items():
        assert allowed <= set(order[: order.index(room)]), f"{room} looks up"


def test_values_are_records() -> None:
    others = {
        path.relative_to(VCGEN).as_posix()
        for path in _modules()
        if "dataclasses" in _imported(path) and _room(path) != "runtime"
    }
    # What `check` loads waits for no library, and what has abstract methods is no struct.
    of_check = {"comparing/declarations.py", "config/declarations.py"}
    of_check |= {f"publishing/{name}.py" for name in ("directory", "drift", "manifest")}
    abstract = {"building/class_names.py", "reading/opened.py", "reading/combining/combined.py"}
    assert others == of_check | abstract


def test_only_publishing_writes() -> None:
    writing = {"write_text", "write_bytes", "unlink", "rename", "rmtree", "mkdir", "rmdir"}
    writers = {_room(path) for path in _modules() if _calls(path) & writing}
    # What is in the run-time is done by clients, which save downloads.
    assert writers - {"runtime"} <= WRITERS


def test_only_the_command_line_prints() -> None:
    printers = {_room(path) for path in _modules() if _calls(path) & {"print", "echo", "exit"}}
    assert printers <= PRINTERS


@pytest.mark.parametrize("path", _modules(), ids=lambda path: path.relative_to(VCGEN).as_posix())
def test_module_keeps_to_one_concern(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_no_command_waits_for_what_others_need() -> None:
    heavy = {"black", "vcgen.building", "vcgen.comparing", "vcgen.updating", "vcgen.ir"}
    heavy |= {"httpx2", "msgspec"}
    heavy |= {"jinja2", "jsonpath_rfc9535", "openapi_pydantic", "pydantic", "tomlkit"}
    heavy |= {"importlib.metadata", "difflib", "vcgen.reading.bundling"}
    heavy |= {"vcgen.reading.overlay", "vcgen.reading.swagger2", "vcgen.cli.comparing"}
    script = (
        "import sys, vcgen.cli, vcgen.cli.generating; "
        f"print(*sorted({heavy!r} & sys.modules.keys()))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=VCGEN.parent,
    )
    assert done.stdout.split() == []
