"""What a package takes of the run-time: what it reaches, as it stands there, and nothing else."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from golden_packages import CASES
from support import selected
from vcgen.config.files import load
from vcgen.pipeline import generate
from vcgen.text.naming import class_name
from vcgen.text.reserved import FIXED_CLASSES
from vcgen.writing.definitions import parse
from vcgen.writing.imports import NAMES
from vcgen.writing.taking import HOMES, RUNTIME, VARIANTS, take

MODULES = sorted(path for path in RUNTIME.rglob("*.py") if path.name != "__init__.py")


def _functions(path: Path) -> dict[str, str]:
    """Return the signature of each function of a module."""
    return {
        node.name: f"{ast.unparse(node.args)} -> {ast.unparse(node.returns or ast.Constant(None))}"
        for node in ast.parse(path.read_text(encoding="utf-8")).body
        if isinstance(node, ast.FunctionDef)
    }


def test_every_module_of_the_runtime_is_taken_from() -> None:
    known = {name for names in HOMES.values() for name in names}
    known |= {f"variants/{one.name}" for one in VARIANTS}
    assert known == {path.relative_to(RUNTIME).with_suffix("").as_posix() for path in MODULES}


def test_no_name_is_defined_twice_but_by_variants() -> None:
    names = [
        name
        for modules in HOMES.values()
        for module in modules
        for one in parse((RUNTIME / f"{module}.py").read_text(encoding="utf-8"))
        for name in one.names
    ]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("variant", VARIANTS, ids=lambda one: one.name)
def test_a_variant_is_called_as_what_it_replaces(variant: object) -> None:
    name = variant.name  # type: ignore[attr-defined]
    others = {k: v for path in MODULES for k, v in _functions(path).items() if path.stem != name}
    for function, signature in _functions(RUNTIME / "variants" / f"{name}.py").items():
        # That an argument is not needed here is no difference to who calls.
        assert re.sub(r"\b_:", "call:", others.get(function, signature)) == signature


def test_the_text_of_the_runtime_is_formatted_as_packages_are(tmp_path: Path) -> None:
    (tmp_path / "empty.toml").touch()
    command = [sys.executable, "-m", "black", "--check", "-q", "--line-length", "88"]
    command += ["--config", str(tmp_path / "empty.toml"), "--target-version", "py311", str(RUNTIME)]
    assert subprocess.run(command).returncode == 0


def test_what_is_taken_is_what_is_reached() -> None:
    taken = take(["NoContent"], {}, ("sync", "async"))
    assert set(taken) == {"NoContent", "Whole"}
    assert "decode_hook" not in take(["Json"], {}, ("sync", "async"))


def test_a_package_of_the_own_definition_leaves_that_of_the_runtime_behind() -> None:
    (own,) = parse("KINDS: dict[str, type[ApiError]] = {'A': ApiError}\n", {})
    taken = take([], {"errors": [own]}, ("sync", "async"))
    assert taken["KINDS"].definition is own
    assert "ApiError" in taken


def test_classes_beside_those_of_documents_are_reserved() -> None:
    """Operations, models and exceptions import these, so that no class may be called so."""
    homes = [*HOMES["errors"], *HOMES["models"]]
    homes += [f"wire/{name}" for name in ("parameters", "styles", "bodies", "forms", "readers")]
    names = {
        name
        for module in homes
        for one in parse((RUNTIME / f"{module}.py").read_text(encoding="utf-8"))
        for name in one.names
        if one.is_block and name[0].isupper()
    }
    assert names - FIXED_CLASSES <= {
        "Body",
        "Encoding",
        "PartFile",
        "Reader",
        "Unread",
        "Whole",
    }  # of the wire alone


def test_what_modules_of_classes_import_and_define_is_reserved() -> None:
    """A schema called `Union` would take the place of that of `typing` among the models."""
    beside = {module for home in ("errors", "models") for module in HOMES[home]}
    modules = beside | {f"variants/{one.name}" for one in VARIANTS if one.beside in beside}
    names = {
        name
        for module in modules
        for one in parse((RUNTIME / f"{module}.py").read_text(encoding="utf-8"))
        for name in (*one.names, *one.mentions)
    }
    assert {name for name in names | NAMES.keys() if class_name(name) == name} == set()


def test_what_is_called_like_a_class_of_the_runtime_is_not_taken_for_it() -> None:
    """Definitions of a package mention its own `Part`, where the run-time has another one."""
    (own,) = parse("_BODY_TYPES: tuple[Any, ...] = (Part,)\n", {})
    given = {"errors": [own]}
    assert "Part" in take(["ApiError"], given, ("sync", "async"))
    sees = {"errors": {"Part"}}
    assert "Part" not in take(["ApiError"], given, ("sync", "async"), sees=sees)


# A client of one flavour

OF = {
    "sync": re.compile(r"\bsync|^    def (do|close|read|__enter__)\b|^class Driver\b", re.M),
    "async": re.compile(r"\basync|await|Async|aclose|aread|__aenter__", re.M | re.I),
}


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize("case", ["fragment", "binary_reply", "minimal"])
def test_a_client_of_one_flavour_has_nothing_of_the_other(case: str, flavour: str) -> None:
    (client,) = load(CASES / case / "vcgen.toml").clients
    files = generate(selected(client._replace(flavours=(flavour,)), CASES / case))
    other = OF["sync" if flavour == "async" else "async"]
    found = {
        path: other.findall(text)
        for path, text in files.items()
        if path not in {"operations.py", "models.py"} and other.findall(text)
    }
    if flavour == "async":
        # How a body of an answer is read, `read` of a reader, is the same in both.
        found = {path: [one for one in names if one != "read"] for path, names in found.items()}
    assert {path: names for path, names in found.items() if names} == {}
    assert ("AsyncClient" in files["__init__.py"]) is (flavour == "async")
    assert ("class Async" in files["operations.py"]) is (flavour == "async")
