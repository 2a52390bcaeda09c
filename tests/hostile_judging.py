"""Judging: what vcgen does with hostile input, by every command, and what packages then execute."""

from __future__ import annotations

import ast
import contextlib
import copy
import io
import json
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from hostile_inputs import CONFIGURED, GOOD, HAR, MARK, OVERLAY, config_text
from vcgen.cli import main
from vcgen.writing import emitting, proving
from vcgen.writing.taking import RUNTIME

EXIT_CODES = frozenset({0, 1, 2, 3, 4})
PACKAGE = "client_of_it"
GENERATE = ("generate", "--spec", "spec.json", "-O", "*", "--output", PACKAGE)
LIST = ("list", "spec.json")
_CONFIG = '[[clients]]\nspec = "spec.json"\noutput = "configured_client"\n'
_OLD = ("--config", "old/vcgen.toml")
# What else is done with a document, beside to list and to generate it.
OTHERS: Mapping[str, tuple[str, ...]] = {
    "check": ("check", *GENERATE[1:]),
    "json": (*LIST, "--format", "json"),
    "slice": ("slice", "spec.json", "-O", "*", "-o", "slice.json"),
    "slice to yaml": ("slice", "spec.json", "-O", "put_*", "--keep-going", "-o", "slice.yaml"),
    "diff": ("diff", "old/spec.json", "spec.json"),
    "diff back": ("diff", "spec.json", "old/spec.json", "--format", "markdown"),
    "diff to json": ("diff", "old/spec.json", "spec.json", "--format", "json"),
    "changelog": ("changelog", "old/spec.json", "spec.json"),
    "matrix": ("matrix", *_OLD, "old/spec.json", "spec.json", "--all"),
    "update": ("update", *_OLD, "spec.json", "--dry-run"),
    "learn": ("learn", "traffic.har", "--properties"),
    "init": ("init", "spec.json", "--output", "another_client"),
}

Place = tuple[str | int, ...]


@dataclass(frozen=True)
class Case:
    """Files, one of which is hostile, and what is done with them in their folder.

    Attributes:
        files: The text or the bytes of each file, by its path.
        commands: What is run, in this order.
        is_anywhere: Whether the input says where packages go.
    """

    files: Mapping[str, str | bytes]
    commands: Iterable[tuple[str, ...]]
    is_anywhere: bool = False


def document_case(document: object, *others: str) -> Case:
    """Return what is done with a document: it is listed, generated, and what else is named."""
    files = {
        "spec.json": json.dumps(document),
        "vcgen.toml": _CONFIG,
        "old/spec.json": json.dumps(GOOD["3.1"]),
        "old/vcgen.toml": _CONFIG,
        "traffic.har": json.dumps(HAR),
    }
    return Case(files, [GENERATE, LIST, *(OTHERS[one] for one in others)])


def overlay_case(overlay: object) -> Case:
    """Return what is done with an overlay."""
    files = {"spec.json": json.dumps(GOOD["3.1"]), "overlay.json": json.dumps(overlay)}
    given = ("--overlay", "overlay.json")
    cut = ("slice", "spec.json", "-O", "*", "-o", "slice.json", *given)
    return Case(files, [(*LIST, *given), (*GENERATE, *given), cut])


def config_case(config: Mapping[str, Any], *, is_project: bool = False) -> Case:
    """Return what is done with a configuration, which is that of a project or not."""
    files = {
        "pyproject.toml" if is_project else "vcgen.toml": config_text(
            config, is_project=is_project
        ),
        "spec.json": json.dumps(CONFIGURED),
        "overlay.json": json.dumps(OVERLAY),
        "new/spec.json": json.dumps({**CONFIGURED, "openapi": "3.0.3"}),
        "traffic.har": json.dumps(HAR),
    }
    commands = [
        ("generate",),
        ("check",),
        ("update", "new/spec.json", "--dry-run"),
        ("diff", "spec.json", "new/spec.json"),
        ("learn", "traffic.har", "--check"),
    ]
    return Case(files, commands, is_anywhere=True)


def traffic_case(traffic: object) -> Case:
    """Return what is done with recorded traffic, and with what is learnt of it."""
    files = {
        "spec.json": json.dumps(GOOD["3.1"]),
        "vcgen.toml": _CONFIG,
        "traffic.har": json.dumps(traffic),
    }
    commands = [
        ("learn", "traffic.har", "--check", "--properties"),
        ("learn", "traffic.har", "--properties"),
        ("generate",),
    ]
    return Case(files, commands)


# The files that bytes are tried as, and what reads them.
READERS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "spec.json": (LIST, GENERATE),
    "spec.yaml": (("list", "spec.yaml"), ("generate", "--spec", "spec.yaml", *GENERATE[3:])),
    "overlay.yaml": ((*LIST, "--overlay", "overlay.yaml"),),
    "vcgen.toml": (("check",),),
    "pyproject.toml": (("check",),),
    "traffic.har": (("learn", "traffic.har", "--check"),),
}


def bytes_case(name: str, content: bytes) -> Case:
    """Return what is done with bytes that are nothing in particular, as a file of that name."""
    files = {"spec.json": json.dumps(GOOD["3.1"]), "overlay.yaml": json.dumps(OVERLAY)}
    if name == "traffic.har":
        files["vcgen.toml"] = _CONFIG
    return Case({**files, name: content}, READERS[name], is_anywhere=name.endswith(".toml"))


def replaced(document: dict[str, Any], place: Place, value: Any, *, is_key: bool) -> dict[str, Any]:
    """Return a document with another value, or another key, in one place."""
    found = copy.deepcopy(document)
    node: Any = found
    for key in place[:-1]:
        node = node[key]
    if not is_key:
        node[place[-1]] = value
    elif isinstance(node, dict):
        items = [(value if key == place[-1] else key, one) for key, one in node.items()]
        node.clear()
        node.update(items)
    return found


def run(*arguments: str) -> tuple[int, str, str]:
    """Run vcgen in this process, and return the exit code and what it printed."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            main(arguments)
        except SystemExit as error:
            return int(error.code or 0), out.getvalue(), err.getvalue()
    raise AssertionError("it did not exit")


@lru_cache(1000)
def executed(text: str) -> set[str]:
    """Return what a module does when it is imported: its imports, calls and bare expressions."""
    found: set[str] = set()
    waiting: list[ast.AST] = [ast.parse(text)]
    while waiting:
        node = waiting.pop()
        if isinstance(node, ast.ImportFrom) and not node.level:
            found.add(f"import {(node.module or '').partition('.')[0]}")
        elif isinstance(node, ast.Import):
            found.update(f"import {one.name.partition('.')[0]}" for one in node.names)
        elif isinstance(node, ast.Call):
            found.add(f"call {ast.unparse(node.func)}")
        elif isinstance(node, ast.Expr) and not isinstance(node.value, ast.Constant):
            found.add(f"expression {ast.unparse(node)}")
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            # Annotations are not evaluated, bodies not run; defaults and decorators are.
            waiting += [one for one in (*node.args.defaults, *node.args.kw_defaults) if one]
            waiting += getattr(node, "decorator_list", [])
        else:
            waiting += ast.iter_child_nodes(node)
    return found


def problems_of(case: Case, folder: Path, known: set[str] | None) -> Iterator[str]:
    """Yield what is wrong with how vcgen takes hostile input.

    Args:
        case: The input, and what is done with it.
        folder: A folder of its own.
        known: What packages may do when they are imported, or None where that is to be learnt.
    """
    shutil.rmtree(folder, ignore_errors=True)
    before = {*folder.parent.iterdir()}
    for name, text in case.files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        content = text if isinstance(text, bytes) else text.encode(errors="surrogatepass")
        (folder / name).write_bytes(content)
    with contextlib.chdir(folder):
        for command in case.commands:
            yield from _problems_of_run(command)
    for path in sorted(folder.rglob("*.py")):
        done = executed(path.read_text(encoding="utf-8"))
        if known is None or done <= known:
            continue
        strange = {one for one in done - known if MARK in one or not one.startswith("call ")}
        if strange:
            yield f"{path.name} executes {sorted(strange)}"
    if not case.is_anywhere:
        made = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
        usual = {*case.files, "slice.json", "slice.yaml", "specs/learned.yaml"}
        if strays := [
            one for one in made - usual if not one.startswith((f"{PACKAGE}/", "configured_client/"))
        ]:
            yield f"wrote {strays}"
    if outside := {*folder.parent.iterdir()} - before - {folder}:
        yield f"wrote {outside} outside of its folder"


def _problems_of_run(command: tuple[str, ...]) -> Iterator[str]:
    """Yield what is wrong with how a command ends, and with what it prints."""
    code, out, err = run(*command)
    called = " ".join(command)
    if code not in EXIT_CODES:
        yield f"{called} exits with {code}: {err[-700:]}"
    elif code and not (err.strip() or (code == 1 and out.strip())):
        yield f"{called} exits with {code} without a word"
    elif any(line.rstrip().endswith((":", "hint:", "Error:")) for line in err.splitlines()[:1]):
        yield f"{called} has an empty message: {err[:200]}"
    if "\x1b" in out + err or any(line.startswith("::") for line in (out + err).splitlines()):
        yield f"{called} prints what a terminal or a workflow obeys"


def known_to_be_executed(folder: Path) -> set[str]:
    """Return what the packages of the good documents do when they are imported.

    A package imports what it needs of the run-time: all of that is known.
    """
    texts = (path.read_text(encoding="utf-8") for path in RUNTIME.rglob("*.py"))
    done = (one for text in texts for one in executed(text))
    found = {one for one in done if one.startswith("import ")}
    for document in GOOD.values():
        assert list(problems_of(document_case(document), folder / "good", None)) == []
        for path in (folder / "good" / PACKAGE).rglob("*.py"):
            found |= executed(path.read_text(encoding="utf-8"))
    return found


def hasten(set_: Callable[[object, str, object], None]) -> None:
    """Save what has nothing to do with the input: half of the time.

    Most modules of the packages are alike, and most definitions: each text is formatted and proven
    once. No file is to outlive the machine.

    Args:
        set_: Sets an attribute.
    """
    prove = proving._problems
    once = lru_cache(2000)(lambda path, text: tuple(prove(path, text)))
    set_(proving, "_problems", lambda path, text: iter(once(path, text)))
    set_(emitting, "formatted", lru_cache(20_000)(emitting.formatted))
    set_(os, "fsync", lambda _: None)
