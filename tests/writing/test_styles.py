"""Styles: the length of lines and the oldest Python of a host project, whose tools change nothing.

Each host has a configuration of its own, and its tools are run as it runs them: in its folder, with
that configuration, and with files by name, as pre-commit does.
"""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from textwrap import dedent

import pytest
from golden_packages import ABOUT_THE_RUNTIME, CASES
from support import selected
from vcgen.cli import main
from vcgen.config import ClientConfig
from vcgen.config.files import load
from vcgen.pipeline import build, generate
from vcgen.writing.definitions import parse
from vcgen.writing.formatting import formatted
from vcgen.writing.printing import printed
from vcgen.writing.reflowing import reflowed
from vcgen.writing.rendering import render
from vcgen.writing.style import Style
from vcgen.writing.syntax import TYPE_VARIABLES, Modern
from vcgen.writing.taking import RUNTIME

HOSTS = [(79, "3.11"), (88, "3.14"), (100, "3.12"), (120, "3.13")]
# Lines that are code or a table in a description are as long as they are.
CLIENTS = sorted({*ABOUT_THE_RUNTIME, "class_names", "errors_of_families", "recursive_union"})
# With these, clients reach every module of the run-time.
OTHERS = ["body_form", "body_octet_stream", "cookie_parameters", "durations", "fake_server"]
OTHERS += ["errors_discriminator", "header_parameters", "idempotency_key"]
OTHERS += ["kept_properties", "one_of_discriminator", "pages", "recording", "security_oauth2"]
OTHERS += ["servers_beside_a_session", "servers_of_operations", "streams", "tasks_by_id"]
OTHERS += ["tasks_by_url", "testing", "waiters"]
DOCS = Path(__file__).parents[2] / "docs" / "host-projects.md"
MODULES = sorted(path for path in RUNTIME.rglob("*.py") if path.name != "__init__.py")


def _settings(length: int, python: str, rules: str, ignored: str = "[]") -> str:
    target = f"py{python.replace('.', '')}"
    return dedent(f"""
        [tool.black]
        line-length = {length}
        target-version = ["{target}"]

        [tool.ruff]
        line-length = {length}
        target-version = "{target}"

        [tool.ruff.lint]
        select = {rules}
        ignore = {ignored}

        [tool.ruff.lint.pycodestyle]
        max-doc-length = {length}

        [tool.pyright]
        typeCheckingMode = "strict"
        pythonVersion = "{python}"
        """)


def _ignored() -> str:
    """Return the rules that a host with all rules has to leave out, as the documentation says."""
    return DOCS.read_text(encoding="utf-8").partition("ignore = ")[2].partition("]")[0] + "]"


def _clients(length: int, python: str, cases: Iterable[str] = CLIENTS) -> dict[str, str]:
    """Return the files of several clients, by path."""
    files: dict[str, str] = {}
    for case in cases:
        for client in load(CASES / case / "vcgen.toml").clients:
            one = client._replace(line_length=length, python=python)  # type: ignore[arg-type]
            made = generate(selected(one, CASES / case))
            files |= {f"{client.package_name}/{path}": text for path, text in made.items()}
    return files


@pytest.fixture(scope="module", params=HOSTS, ids=lambda host: f"{host[0]}-{host[1]}")
def host(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A host project, with clients in its style."""
    length, python = request.param
    folder = tmp_path_factory.mktemp("host")
    rules = '["E", "W", "F", "I", "UP", "B", "RUF", "SIM"]'
    (folder / "pyproject.toml").write_text(_settings(length, python, rules), encoding="utf-8")
    for path, text in _clients(length, python).items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    return folder


def _run(folder: Path, *command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=folder, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout + done.stderr


_TOOLS = {
    "black": ("black", "--check", "--quiet"),
    "ruff-format": ("ruff", "format", "--no-cache", "--check", "--diff"),
    "ruff": ("ruff", "check", "--no-cache"),
}


@pytest.mark.parametrize("tool", ["ruff-format", "ruff"])
def test_the_tools_of_a_host_change_nothing(host: Path, tool: str) -> None:
    _run(host, *_TOOLS[tool], *map(str, host.rglob("*.py")))


@pytest.mark.parametrize("length", [79, 88, 120, 160])
def test_no_rule_of_a_host_depends_on_the_length_of_its_lines(length: int) -> None:
    """With longer lines, ruff joins what stands on several (SIM108 and its like)."""
    rules = "F,I,UP,B,RUF,SIM"
    options = ["--isolated", "--no-cache", "--select", rules, "--line-length", str(length)]
    _run(RUNTIME, "ruff", "check", *options, "--ignore", "RUF100,I001", ".")


@pytest.mark.slow
@pytest.mark.parametrize(("length", "python"), [(79, "3.14"), (120, "3.13")])
def test_ruff_format_leaves_each_golden_client_alone(
    tmp_path: Path, length: int, python: str
) -> None:
    (tmp_path / "ruff.toml").write_text(
        f'line-length = {length}\ntarget-version = "py{python.replace(".", "")}"\n',
        encoding="utf-8",
    )
    for case in sorted({path.parts[-4] for path in CASES.glob("*/expected/*/__init__.py")}):
        for path, text in _clients(length, python, [case]).items():
            file = tmp_path / case / path
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text, encoding="utf-8")
    _run(tmp_path, *_TOOLS["ruff-format"], ".")


# It takes a hundred times as long as the others: the shortest lines have the most breaks.
@pytest.mark.parametrize("host", [HOSTS[0]], indirect=True)
def test_black_of_a_host_changes_nothing(host: Path) -> None:
    _run(host, *_TOOLS["black"], *map(str, host.rglob("*.py")))


# The newest syntax has all that the others have; each takes a minute or two.
@pytest.mark.parametrize(
    "python",
    [
        pytest.param("3.12", marks=pytest.mark.exhaustive),
        pytest.param("3.13", marks=pytest.mark.exhaustive),
        pytest.param("3.14", marks=pytest.mark.slow),
    ],
)
def test_the_tools_of_a_host_change_nothing_of_any_module(tmp_path: Path, python: str) -> None:
    rules = '["E", "W", "F", "I", "UP", "B", "RUF", "SIM"]'
    (tmp_path / "pyproject.toml").write_text(_settings(100, python, rules), encoding="utf-8")
    files = _clients(100, python, OTHERS)
    for path, text in files.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    for tool in _TOOLS.values():
        _run(tmp_path, *tool, *map(str, tmp_path.rglob("*.py")))
    if python == "3.14":
        _run(tmp_path, "pyright", "--pythonpath", sys.executable)
    written = _names("\n".join(files.values()))
    for module in MODULES:
        names = _names(module.read_text(encoding="utf-8"))
        assert not names or names & written, module


def _names(text: str) -> set[str]:
    """Return the names of functions and classes, in the syntax of any Python."""
    return set(re.findall(r"^(?:async def|def|class) (\w+)", text, re.MULTILINE))


# The golden packages are checked for the oldest Python, at the usual length.
@pytest.mark.parametrize("host", [HOSTS[1]], indirect=True)
def test_the_tools_of_a_host_know_all_types(host: Path) -> None:
    _run(host, "pyright", "--pythonpath", sys.executable)


def test_a_host_with_all_rules_has_to_leave_out_few(tmp_path: Path) -> None:
    settings = _settings(100, "3.12", '["ALL"]', _ignored())
    (tmp_path / "pyproject.toml").write_text(settings, encoding="utf-8")
    for path, text in _clients(100, "3.12").items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    _run(tmp_path, *_TOOLS["ruff"], ".")


@pytest.mark.slow
def test_pre_commit_of_a_host_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    case = CASES / "fragment"
    client = (
        f'[[tool.vcgen.clients]]\nspec = "{case / "spec.yaml"}"\noutput = "src/api"\n'
        'line_length = 100\npython = "3.12"\n'
    )
    settings = _settings(100, "3.12", '["UP", "E", "I"]')
    Path("pyproject.toml").write_text(settings + client, encoding="utf-8")
    hooks = "repos:\n- repo: local\n  hooks:\n"
    for name in ("black", "ruff check --fix", "ruff format"):
        entry = f"{sys.executable} -m {name}"
        hooks += f"  - {{id: {name.replace(' ', '-')}, name: {name}, entry: {entry}, "
        hooks += "language: system, types: [python]}\n"
    Path(".pre-commit-config.yaml").write_text(hooks, encoding="utf-8")
    with pytest.raises(SystemExit) as exit_:
        main(["generate"])
    assert not exit_.value.code
    for command in (["git", "init", "-q"], ["git", "add", "."]):
        subprocess.run(command, check=True)
    _run(tmp_path, "pre_commit", "run", "--all-files")


# Syntax


def _modern(text: str, minor: int) -> str:
    statement = ast.parse(text).body[0]
    variables = {"T": "T", "T_co": "T", "Http": "Http"}
    return Modern(minor, variables).text(statement, text.splitlines(), 0)


@pytest.mark.parametrize(
    ("text", "modern"),
    [
        ("class A(Generic[T]): ...", "class A[T]: ..."),
        ("class A(B, Generic[T]): ...", "class A[T](B): ..."),
        ("class A(Generic[T, Http], B): ...", "class A[T, Http](B): ..."),
        ("class A(B[T]): ...", "class A[T](B[T]): ..."),
        ("class A(B[int], Protocol): ...", "class A(B[int], Protocol): ..."),
        ("class A(Protocol[T_co]):\n    x: T_co", "class A[T](Protocol):\n    x: T"),
        ("def f(x: T) -> list[T]: ...", "def f[T](x: T) -> list[T]: ..."),
        ("async def f(*x: T) -> None: ...", "async def f[T](*x: T) -> None: ..."),
        ("def f(x: int) -> int: ...", "def f(x: int) -> int: ..."),
        (
            "class A(Generic[T]):\n    def ä(self, x: T, y: Http) -> T: ...",
            "class A[T]:\n    def ä[Http](self, x: T, y: Http) -> T: ...",
        ),
        ('A: TypeAlias = "B | None"', "type A = B | None"),
        ("A: TypeAlias = Generator[B, C, T]", "type A[T] = Generator[B, C, T]"),
        ("if x:\n    Ä: TypeAlias = B", "if x:\n    type Ä = B"),
    ],
)
def test_type_variables_get_a_scope(text: str, modern: str) -> None:
    assert _modern(text, 11) == text
    assert _modern(text, 12) == _modern(text, 14) == modern


@pytest.mark.parametrize(
    ("caught", "modern"),
    [("(A, B)", "A, B"), ("(A, B) as e", "(A, B) as e"), ("A", "A"), ("(\n    A, B\n)", None)],
)
def test_except_has_no_brackets(caught: str, modern: str | None) -> None:
    text = f"try:\n    pass\nexcept {caught}:\n    pass"
    assert _modern(text, 13) == text
    if modern is not None:
        assert _modern(text, 14) == f"try:\n    pass\nexcept {modern}:\n    pass"


def test_all_type_variables_are_known() -> None:
    found = {
        node.targets[0].id
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Assign)
        and isinstance(node.value, ast.Call)
        and ast.unparse(node.value.func) in {"ParamSpec", "TypeVar"}
        and isinstance(node.targets[0], ast.Name)
    }
    assert found == TYPE_VARIABLES.keys()


def test_what_a_document_calls_t_is_no_type_variable(tmp_path: Path) -> None:
    (tmp_path / "spec.yaml").write_text(dedent("""
        openapi: 3.1.0
        info: {title: T, version: "1"}
        servers: [{url: https://t.example.com}]
        paths:
          /t:
            post:
              operationId: make
              tags: [http]
              requestBody:
                content: {application/json: {schema: {$ref: "#/components/schemas/T"}}}
              responses:
                "200":
                  description: Done.
                  content: {application/json: {schema: {$ref: "#/components/schemas/Http"}}}
        components:
          schemas:
            T: {type: object, properties: {a: {type: string}}}
            Http: {type: object, properties: {a: {$ref: "#/components/schemas/T"}}}
        """))
    client = ClientConfig("spec.yaml", "client", python="3.12")
    files = generate(selected(client, tmp_path))
    assert "def make" in files["operations.py"]
    assert "[T]" not in files["operations.py"]
    assert "T" in files["operations.py"].partition("from .models import ")[2].split("\n")[0]
    plain = render(build(selected(client._replace(python="3.11"), tmp_path)))
    assert "class T(" in plain["models.py"]


# Length


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
def test_the_runtime_comes_back_as_it_was(module: Path) -> None:
    """Paragraphs are joined and wrapped, statements joined and broken: nothing is lost."""
    for one in parse(module.read_text(encoding="utf-8")):
        text = reflowed(one.text, 88)
        assert formatted(text).strip() == one.text.strip()


@pytest.mark.parametrize("module", MODULES, ids=lambda path: path.stem)
@pytest.mark.parametrize("length", [79, 100, 120])
def test_the_runtime_has_no_longer_lines(module: Path, length: int) -> None:
    for one in parse(module.read_text(encoding="utf-8")):
        text = reflowed(one.text, length)
        lines = formatted(text, Style(length)).splitlines()
        assert max(map(len, lines)) <= length, one.names


@pytest.mark.parametrize("length", [79, 88, 100, 120])
def test_ruff_leaves_the_runtime_alone_at_any_length(tmp_path: Path, length: int) -> None:
    """The printer knows all of it: what black writes in its place, ruff may not leave alone."""
    for module in MODULES:
        definitions = parse(module.read_text(encoding="utf-8"))
        text = "\n\n\n".join(reflowed(one.text, length) for one in definitions)
        path = tmp_path / "_".join(module.relative_to(RUNTIME).parts)
        path.write_text(printed(text, length), encoding="utf-8")
    options = ["--isolated", f"--line-length={length}", "--target-version=py311"]
    command = [sys.executable, "-m", *_TOOLS["ruff-format"], *options, "."]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout
