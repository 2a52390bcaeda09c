"""vcgen as others install and run it: from a wheel, on any Python, by pre-commit, vendored.

All of it works on a copy of the checkout, uncommitted changes included, and needs a package index.
"""

from __future__ import annotations

import ast
import functools
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

CONFIG = "pyproject.toml"
OLDEST = 11  # Python 3.11
CACHES = {"__pycache__", ".mypy_cache", ".ruff_cache", ".pytest_cache"}


def run(
    *command: str | Path, cwd: Path, code: int | None = 0, **environment: str
) -> subprocess.CompletedProcess[str]:
    """Run a command that knows nothing of the environment that the tests run in."""
    ours = ("PYTHON", "PIP_", "VIRTUAL_ENV", "GIT_", "PRE_COMMIT", "VCGEN", "_VCGEN")
    env = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    done = subprocess.run(
        [str(part) for part in command],
        cwd=cwd,
        env=env | {"PIP_DISABLE_PIP_VERSION_CHECK": "1"} | environment,
        text=True,
        encoding="utf-8",
        capture_output=True,
    )
    assert code is None or done.returncode == code, f"{command}\n{done.stdout}\n{done.stderr}"
    return done


def git(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Test", "-c", "user.email=test@example.com")
    return run("git", *identity, "-c", "commit.gpgsign=false", *arguments, cwd=folder).stdout


def texts(folder: Path) -> dict[str, bytes]:
    """Return the files below a folder, but for what tools leave there."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and not CACHES & {*path.parts}
    }


@functools.cache
def interpreters() -> Mapping[str, Path]:
    """Return the Pythons at hand that are supported, by version: this one, pyenv's, the path's."""
    candidates = [Path(sys.executable)]
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv")) / "versions"
    candidates += sorted(pyenv.glob("3.*/bin/python"))
    names = (f"python3.{minor}" for minor in range(OLDEST, 30))
    candidates += [Path(found) for name in names if (found := shutil.which(name))]
    found: dict[str, Path] = {}
    for candidate in candidates:
        script = "import sys; print(*sys.version_info[:2], sys.implementation.name)"
        done = run(candidate, "-c", script, cwd=Path("/"), code=None)
        match done.stdout.split():
            case ["3", minor, "cpython"] if int(minor) >= OLDEST:
                found.setdefault(f"3.{minor}", candidate)
    return found


@pytest.fixture(scope="session")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A git repository with the checkout as it is now, in one commit."""
    root = Path(__file__).parent.parent
    if not (root / ".git").exists():
        pytest.skip("this is no checkout: there is no .git")
    folder = tmp_path_factory.mktemp("copy") / "vcgen"
    listed = run("git", "ls-files", "-zco", "--exclude-standard", cwd=root).stdout.split("\0")
    for path in filter(None, listed):
        if (root / path).is_file():  # it may be deleted, and not yet committed
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(root / path, folder / path)
    git(folder, "init", "--quiet")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "As it is now")
    return folder


@pytest.fixture(scope="session")
def wheel(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution, built from the checkout."""
    dist = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", dist, copy, cwd=dist)
    assert len(list(dist.glob("vcgen-*.tar.gz"))) == 1
    return next(dist.glob("vcgen-*.whl"))


Install = Callable[..., Path]


@pytest.fixture(scope="session")
def install(tmp_path_factory: pytest.TempPathFactory) -> Install:
    """Make a virtual environment with nothing but some packages, and return its Python."""

    @functools.cache
    def installed(version: str, *packages: str | Path) -> Path:
        folder = tmp_path_factory.mktemp("venv")
        run(interpreters()[version], "-m", "venv", folder, cwd=folder)
        python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
        run(python, "-m", "pip", "install", "--quiet", *packages, cwd=folder)
        return python

    return installed


def ours() -> str:
    return f"3.{sys.version_info.minor}"


# --- the wheel ---


def test_wheel_holds_the_package_with_its_templates_and_nothing_else(
    wheel: Path, copy: Path
) -> None:
    with zipfile.ZipFile(wheel) as archive:
        held = {name for name in archive.namelist() if ".dist-info/" not in name}
    source = copy / "generator"
    code = {path.relative_to(source).as_posix() for path in (source / "vcgen").rglob("*.py")}
    templates = {f"vcgen/templates/{path.name}" for path in (copy / "templates").iterdir()}
    ahead = {name for name in held if name.startswith("vcgen/ahead/")}
    assert held == code | templates | ahead
    assert templates
    compiled = {name for name in ahead if name.startswith("vcgen/ahead/templates/")}
    assert len(compiled) == len(templates)
    data = {f"definitions_{one}.json" for one in ("sync_async", "sync", "async")} | {"jinja.txt"}
    assert ahead - compiled == {f"vcgen/ahead/{one}" for one in data}


def test_wheel_generates_the_committed_bytes_in_an_empty_directory(
    wheel: Path, copy: Path, install: Install, tmp_path: Path
) -> None:
    python = install(ours(), wheel)
    shutil.copytree(copy / "specs", tmp_path / "specs")
    shutil.copy2(copy / CONFIG, tmp_path)
    vcgen = shutil.which("vcgen", path=str(python.parent))
    assert vcgen, "the wheel installs no command"
    done = run(vcgen, "generate", cwd=tmp_path)
    assert (done.stderr, "unchanged" in done.stdout) == ("", False)
    assert texts(tmp_path / "generated") == texts(copy / "generated")
    assert run(vcgen, "check", cwd=tmp_path).stderr == ""
    place = run(python, "-c", "import vcgen; print(vcgen.__file__)", cwd=tmp_path).stdout
    assert Path(place.strip()).is_relative_to(python.parent.parent)
    names = "import importlib.util as u; print(u.find_spec('generator'), u.find_spec('templates'))"
    assert run(python, "-c", names, cwd=tmp_path).stdout.split() == ["None", "None"]


# --- the same bytes, whatever surrounds it ---

GENERATE_ALL = """\
import sys
from vcgen.cli import main
for config in sys.argv[1:]:
    try:
        main(["generate", "--config", config])
    except SystemExit as exit_:
        if exit_.code not in (0, 3):
            raise
"""


EVERY = 4  # golden case: all of them take half a minute of each run


@pytest.fixture(scope="session")
def inputs(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Configurations with documents: the project's own, and some of the golden cases."""
    folder = tmp_path_factory.mktemp("inputs")
    shutil.copytree(copy / "specs", folder / "specs")
    shutil.copy2(copy / CONFIG, folder)
    for case in sorted((copy / "tests/golden").glob("*/vcgen.toml"))[::EVERY]:
        unwanted = shutil.ignore_patterns("expected", "stderr.txt")
        shutil.copytree(case.parent, folder / "golden" / case.parent.name, ignore=unwanted)
    return folder


Generated = Callable[..., dict[str, bytes]]


@pytest.fixture
def generated(inputs: Path, tmp_path: Path) -> Generated:
    """Generate every client of the inputs, in a fresh copy of them; return all files."""

    def generate(python: Path, cwd: str = ".", **environment: str) -> dict[str, bytes]:
        place = tmp_path / f"run {len(list(tmp_path.iterdir()))}"
        shutil.copytree(inputs, place)
        configs = [place / CONFIG, *sorted(place.glob("golden/*/vcgen.toml"))]
        run(python, "-c", GENERATE_ALL, *configs, cwd=place / cwd, **environment)
        return texts(place)

    return generate


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    return sorted(path for path in {*one, *other} if one.get(path) != other.get(path))


def test_surroundings_change_no_byte(wheel: Path, install: Install, generated: Generated) -> None:
    python = install(ours(), wheel)
    wanted = generated(python, PYTHONHASHSEED="0")
    assert sum(path.endswith("/vcgen.lock") for path in wanted) > 3
    c_locale = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    terminal = {"FORCE_COLOR": "1", "COLUMNS": "20", "TERM": "dumb"}
    runs = {
        "hash seed 1, from the root, C locale": generated(
            python, cwd="/", PYTHONHASHSEED="1", **c_locale
        ),
        "hash seed 4242, no docstrings, another time zone": generated(
            python, PYTHONHASHSEED="4242", PYTHONOPTIMIZE="2", TZ="Asia/Tokyo"
        ),
        "random hashes, from a folder below, in a terminal": generated(
            python, cwd="specs", PYTHONHASHSEED="random", **terminal
        ),
    }
    changed = {name: differing(wanted, found) for name, found in runs.items()}
    assert {name: paths for name, paths in changed.items() if paths} == {}


def test_the_newest_python_writes_the_same_bytes(
    wheel: Path, install: Install, generated: Generated
) -> None:
    if len(interpreters()) < 2:
        pytest.skip(f"there is but one Python here to compare with: {ours()}")
    wanted = generated(install(ours(), wheel))
    others = [version for version in interpreters() if version != ours()]
    newest = max(others, key=lambda version: int(version.partition(".")[2]))
    assert differing(wanted, generated(install(newest, wheel))) == []


# --- black, of which a project has its own ---

# What black is asked to format, sent through the black that is installed: each text once.
FORMAT = """\
import json, sys
from pathlib import Path
from black import __version__, format_str
from black.mode import Mode, TargetVersion
from vcgen import config, pipeline
from vcgen.errors import VcgenError
from vcgen.writing import rendering
mode = Mode(target_versions={TargetVersion.PY311})
texts = set()
for file in map(Path, sys.argv[1:]):
    try:
        for client in config.load(file).clients:
            source = pipeline.cut(client, pipeline.open_whole(client, file.parent))
            files = rendering.render(pipeline.build(source))
            texts |= {text for path, text in files.items() if path.endswith(".py")}
    except VcgenError:
        continue
formatted = {text: format_str(text, mode=mode) for text in sorted(texts)}
print(json.dumps([__version__, formatted]))
"""


def lowest_black(copy: Path) -> str:
    """Return the lowest version of black that vcgen can be installed with."""
    project = tomllib.loads((copy / CONFIG).read_text(encoding="utf-8"))["project"]
    (found,) = [one for one in project["dependencies"] if one.startswith("black")]
    return re.fullmatch(r"black>=([\d.]+),<\d+", found)[1]  # type: ignore[index]


def test_every_black_of_the_range_formats_alike(
    wheel: Path, copy: Path, install: Install, inputs: Path
) -> None:
    lowest = lowest_black(copy)
    pinned = install(ours(), wheel, f"black~={lowest}.0")
    run(pinned, "-I", "-c", "import generator", cwd=inputs, code=1)
    configs = [inputs / CONFIG, *sorted(inputs.glob("golden/*/vcgen.toml"))[::2]]
    (low, old), (high, new) = (
        json.loads(run(python, "-c", FORMAT, *configs, cwd=inputs).stdout)
        for python in (pinned, install(ours(), wheel))
    )
    assert low.startswith(f"{lowest}.") and low.split(".")[0] < high.split(".")[0]
    assert len(old) > 50
    changed = [text for text in old if old[text] != new[text]]
    assert changed == []


# --- pre-commit ---

SPEC = """\
openapi: 3.0.3
info: {title: Disks, version: "1"}
servers: [{url: https://disks.example.com}]
paths:
  /disk:
    get:
      operationId: disk
      responses:
        "200":
          description: The disk.
          content:
            application/json:
              schema: {$ref: "#/components/schemas/Disk"}
components:
  schemas:
    Disk:
      type: object
      properties:
        size: {type: integer}
"""
MOVED = SPEC.replace("size:", "capacity:")
OTHER_PROJECT = '[[clients]]\nspec = "disks.yaml"\noutput = "src/disks"\n'


@pytest.fixture
def project(wheel: Path, install: Install, tmp_path: Path) -> Path:
    """Another project's repository, with a generated client in it, all committed."""
    folder = tmp_path / "project"
    folder.mkdir()
    (folder / "disks.yaml").write_text(SPEC)
    (folder / "vcgen.toml").write_text(OTHER_PROJECT)
    run(install(ours(), wheel), "-m", "vcgen", "generate", cwd=folder)
    git(folder, "init", "--quiet")
    commit(folder)
    return folder


def commit(folder: Path) -> None:
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--no-verify", "--message", "All")


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where pre-commit keeps its environments; not where the user has theirs."""
    return tmp_path_factory.mktemp("pre-commit")


def pre_commit(folder: Path, cache: Path, *arguments: str | Path, code: int | None = 0) -> str:
    command = (sys.executable, "-m", "pre_commit", *arguments)
    return run(*command, cwd=folder, code=code, PRE_COMMIT_HOME=str(cache)).stdout


def hook(folder: Path, copy: Path, *names: str) -> None:
    """Put hooks of this repository into the configuration of another project."""
    revision = git(copy, "rev-parse", "HEAD").strip()
    lines = "".join(f"  - id: {name}\n" for name in names)
    text = f"repos:\n- repo: {copy}\n  rev: {revision}\n  hooks:\n{lines}"
    (folder / ".pre-commit-config.yaml").write_text(text)
    commit(folder)


def test_hooks_work_as_pre_commit_runs_them(project: Path, copy: Path, cache: Path) -> None:
    hook(project, copy, "vcgen", "vcgen-check")

    def try_hook(name: str, code: int) -> str:
        return pre_commit(project, cache, "run", name, "--all-files", code=code)

    assert re.search(r"^vcgen-check\.+Passed$", try_hook("vcgen-check", 0), re.MULTILINE)

    (project / "disks.yaml").write_text(MOVED)
    git(project, "add", "--all")
    failed = try_hook("vcgen-check", 1)
    assert re.search(r"^vcgen-check\.+Failed$", failed, re.MULTILINE)
    assert "- exit code: 1" in failed
    assert re.search(r"^-    size: .*\n\+    capacity: ", failed, re.MULTILINE)
    assert "src/disks: out of date; run `vcgen generate`" in failed

    mended = try_hook("vcgen", 1)
    assert "- files were modified by this hook" in mended
    assert "src/disks: 2 changed, 7 unchanged" in mended
    git(project, "add", "--all")
    assert re.search(r"^vcgen\.+Passed$", try_hook("vcgen", 0), re.MULTILINE)
    assert re.search(r"^vcgen-check\.+Passed$", try_hook("vcgen-check", 0), re.MULTILINE)


@pytest.fixture
def hooked(project: Path, copy: Path, cache: Path) -> Path:
    """The other project with the check in its own hooks, as its README says."""
    hook(project, copy, "vcgen-check")
    pre_commit(project, cache, "install")
    return project


@pytest.mark.parametrize("change", ["edited", "deleted", "document in another form"])
def test_commit_that_leaves_the_client_behind_is_refused(
    hooked: Path, cache: Path, change: str
) -> None:
    if change == "edited":
        (hooked / "src/disks/models.py").write_text("MINE = 1\n")
    elif change == "deleted":
        (hooked / "src/disks/models.py").unlink()
    else:
        (hooked / "vcgen.toml").write_text(OTHER_PROJECT.replace("disks.yaml", "disks"))
        (hooked / "disks.yaml").rename(hooked / "disks")
        commit(hooked)
        (hooked / "disks").write_text(MOVED)
    git(hooked, "add", "--all")
    message = ("git", "-c", "user.name=A", "-c", "user.email=a@b", "commit", "-m", "Careless")
    refused = run(*message, cwd=hooked, code=1, PRE_COMMIT_HOME=str(cache))
    assert re.search(r"^vcgen-check\.+Failed$", refused.stderr + refused.stdout, re.MULTILINE)
    git(hooked, "reset", "--quiet", "--hard")
    (hooked / "README.md").write_text("Nothing to do with it.\n")
    git(hooked, "add", "--all")
    run(*message, cwd=hooked, PRE_COMMIT_HOME=str(cache))


# --- vendored ---

USE = """\
import logging
import sys
sys.path.insert(0, sys.argv[1])
logging.disable()  # a deviation is logged

import httpx2
from host.vendor.again import Client as Again
from host.vendor.vcenter_guest_customization import Client, NotFound, ServiceUnavailable
from host.vendor.vcenter_guest_customization import recorded_deviations

def answer(request):
    if request.url.path.endswith("/vm-42/guest/customization"):
        info = {"status": "SUCCEEDED", "end_time": "2021-05-05T14:32:09.023Z"}
        return httpx2.Response(200, json=info)
    if request.url.path.endswith("/vm-44/guest/customization"):
        return httpx2.Response(503, text="back soon")
    if request.url.path.endswith("/vm-45/guest/customization"):
        return httpx2.Response(200, json={})
    return httpx2.Response(404, json={"error_type": "NOT_FOUND", "messages": []})

http = httpx2.Client(transport=httpx2.MockTransport(answer))
with Client("vc.example.com", session_id="secret", http=http) as vcenter:
    info = vcenter.vm_guest_customization.get("vm-42")
    assert info.status == "SUCCEEDED" and info.status.is_known, info
    assert info.end_time.tzinfo, info
    try:
        vcenter.vm_guest_customization.get("vm-43")
    except NotFound as error:
        assert type(error).__module__ == "host.vendor.vcenter_guest_customization.errors"
    else:
        raise AssertionError("no error")
    try:
        vcenter.vm_guest_customization.get("vm-44")
    except ServiceUnavailable as error:
        assert error.body == b"back soon", error
    with recorded_deviations() as deviations:
        vcenter.vm_guest_customization.get("vm-45")
    assert [one.path for one in deviations] == ["$.status"], deviations
    try:
        vcenter.with_options(headers={"X-Trace": "two\\r\\nlines"})
    except ValueError:
        pass
    else:
        raise AssertionError("a header of two lines is taken")

assert Again is not Client
names = {name.partition(".")[0] for name in sys.modules}
assert not names & {"generator", "vcgen", "vcenter_guest_customization", "black", "jinja2"}, names
print("fine")
"""


def test_vendored_package_works_under_another_name_without_the_generator(
    copy: Path, install: Install, tmp_path: Path
) -> None:
    vendor = tmp_path / "host/vendor"
    vendor.mkdir(parents=True)
    for folder in (vendor, vendor.parent):
        (folder / "__init__.py").touch()
    package = copy / "generated/vcenter_guest_customization"
    for name in (package.name, "again"):
        shutil.copytree(package, vendor / name)
    newest, lowest = ("httpx2", "msgspec"), lowest_of_a_client(copy)
    for version, libraries in [*((one, newest) for one in interpreters()), (ours(), lowest)]:
        python = install(version, *libraries)
        run(python, "-I", "-c", "import generator", cwd=tmp_path, code=1)
        # -I: nothing comes from the working directory or the environment; -W: nor is anything old.
        done = run(python, "-I", "-W", "error", "-c", USE, tmp_path, cwd=tmp_path)
        assert (done.stdout, done.stderr) == ("fine\n", ""), (version, libraries)


def lowest_of_a_client(copy: Path) -> tuple[str, ...]:
    """Return the lowest versions of what generated packages import."""
    project = tomllib.loads((copy / CONFIG).read_text(encoding="utf-8"))["project"]
    ranges = project["optional-dependencies"]["client"]
    return tuple(one.partition(",")[0].replace(">=", "==") for one in ranges)


def test_vendored_package_imports_itself_relatively_and_two_libraries(copy: Path) -> None:
    for path in (copy / "generated").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom) and not node.level:
                names = [node.module or ""]
            else:
                continue
            others = {name.partition(".")[0] for name in names} - sys.stdlib_module_names
            assert others <= {"httpx2", "msgspec"}, f"{path}: {others}"
