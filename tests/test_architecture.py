"""The architecture of design.md, held by the imports that the modules really have."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

GENERATOR = Path(__file__).parent.parent / "generator"

# What each part may import of ours; the parts of a package may import one another.
MAY_IMPORT: dict[str, set[str]] = {
    "errors": set(),
    "ir": set(),
    "formatting": set(),
    "prose": set(),
    "counting": set(),
    "naming": {"errors"},
    "lines": {"errors"},
    "document": {"errors", "lines"},
    "config": {"errors"},
    "bundling": {"dialect", "document", "errors", "lines", "slicing"},
    "opening": {"bundling", "dialect", "document", "errors", "overlay", "slicing"},
    "overlay": {"dialect", "document", "errors", "lines"},
    "starter": {"config", "errors"},
    "dialect": {"errors"},
    "slicing": {"dialect", "errors"},
    "openapi": {"errors"},
    "building": {"errors", "ir", "naming", "openapi", "prose"},
    "imports": {"ir"},
    "listing": {"ir"},
    "rendering": {"imports", "ir"},
    "changes": {"ir"},
    "fingerprints": {"dialect", "slicing"},
    "comparing": {
        *("changes", "config", "errors", "fingerprints", "ir", "opening", "pipeline", "slicing"),
    },
    "reporting": {"changes", "comparing", "counting"},
    "manifest": {"errors"},
    "drift": {"manifest"},
    "journal": {"errors", "manifest"},
    "tree": {"errors", "journal", "manifest"},
    "transaction": {"errors", "journal", "manifest", "tree"},
    "updating": {
        *("changes", "comparing", "config", "dialect", "document", "errors", "ir", "manifest"),
        *("opening", "pipeline", "slicing"),
    },
    "pipeline": {
        *(
            "building",
            "config",
            "dialect",
            "bundling",
            "document",
            "errors",
            "formatting",
            "manifest",
        ),
        *("ir", "naming", "openapi", "opening", "overlay", "rendering", "slicing", ""),
    },
    "cli": {
        *(
            "config",
            "console",
            "counting",
            "dialect",
            "document",
            "errors",
            "listing",
            "manifest",
            "opening",
            "overlay",
            "pipeline",
            "slicing",
        ),
        *("comparing", "drift", "reporting", "starter", "transaction", "tree", "updating", ""),
    },
    "console": {"counting", "dialect", "errors", "opening", "tree"},
    "__main__": {"cli"},
}

# Each of these libraries is known to one part alone, so that it can be replaced there.
KNOWN_TO = {
    "black": {"formatting"},
    "click": {"cli", "console"},
    "jinja2": {"rendering"},
    "tomlkit": {"updating"},
    "jsonpath_rfc9535": {"overlay"},
    "openapi_pydantic": {"openapi"},
    "pydantic": {"openapi", "building"},
    "yaml": {"lines"},
    "yaml12": {"document"},
    "json": {"building", "cli", "document", "journal", "lines", "manifest", "pipeline", "starter"}
    | {"fingerprints", "reporting"},
}

WRITERS = {"journal", "tree"}
PRINTERS = {"cli", "console"}


def _modules() -> list[Path]:
    return sorted(path for path in GENERATOR.rglob("*.py") if "templates" not in path.parts)


def _part(path: Path) -> str:
    first = path.relative_to(GENERATOR).parts[0].removesuffix(".py")
    return "" if first == "__init__" else first


def _imported(path: Path) -> set[str]:
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: relative import"
            module = node.module or ""
            names |= {module}
            if module == "generator":
                names |= {f"generator.{alias.name}" for alias in node.names}
    return names


def _calls(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            function = node.func
            if isinstance(function, ast.Name):
                found.add(function.id)
            elif isinstance(function, ast.Attribute):
                found.add(function.attr)
    return found


@pytest.mark.parametrize(
    "path", _modules(), ids=lambda path: path.relative_to(GENERATOR).as_posix()
)
def test_imports_flow_one_way(path: Path) -> None:
    part = _part(path)
    ours = {name for name in _imported(path) if name.startswith("generator.")}
    parts = {name.split(".")[1] for name in ours} - {part, "__version__"}
    assert parts <= MAY_IMPORT.get(part, set()), f"{part} must not import {parts}"


@pytest.mark.parametrize("library", KNOWN_TO)
def test_library_is_known_to_its_part_alone(library: str) -> None:
    users = {
        _part(path)
        for path in _modules()
        if any(name.split(".")[0] == library for name in _imported(path))
    }
    assert users <= KNOWN_TO[library]


def test_only_tree_writes() -> None:
    writing = {"write_text", "write_bytes", "unlink", "rename", "rmtree", "mkdir", "rmdir"}
    writers = {_part(path) for path in _modules() if _calls(path) & writing}
    assert writers <= WRITERS


def test_only_the_command_line_prints() -> None:
    printers = {_part(path) for path in _modules() if _calls(path) & {"print", "echo", "exit"}}
    assert printers <= PRINTERS


@pytest.mark.parametrize(
    "path", _modules(), ids=lambda path: path.relative_to(GENERATOR).as_posix()
)
def test_module_keeps_to_one_concern(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= 400


def test_no_command_waits_for_what_others_need() -> None:
    heavy = {"black", "generator.building", "generator.changes", "generator.updating"}
    heavy |= {"jinja2", "jsonpath_rfc9535", "openapi_pydantic", "pydantic", "tomlkit"}
    script = f"import sys, generator.cli; print(*sorted({heavy!r} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        capture_output=True,
        text=True,
        check=True,
        cwd=GENERATOR.parent,
    )
    assert done.stdout.split() == []
