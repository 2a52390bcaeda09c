"""`make bench`: vcgen beside its peers on this machine, as a page of the documentation.

What is compared is run in turns. Each row is the CPU time of all processes of a command, and its
ratio to that of what it is compared with; memory is the largest resident one. Arguments name the
parts to measure; what the others took is kept from the run before.
"""

from __future__ import annotations

import datetime
import json
import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent))
import peers
from measuring import Cost, Run, side_by_side
from peers import FOLDER, ROOT, Tool

SPECS = ROOT.parent / "shared" / "specs"
VCENTER = SPECS / "vsphere-7.0.3" / "vcenter.json"
SDDC = SPECS / "vcf-9.1" / "sddc-manager-openapi.json"
OLD, NEW = (SPECS / f"vsphere-{v}-swagger2" / "vcenter.json" for v in ("7.0.2", "7.0.3"))
NSX = SPECS / "others" / "nsx-policy.json"
FRAGMENT = ROOT / "specs" / "vcenter-guest-customization.yaml"
PAGE = ROOT / "docs" / "performance.md"
WORK = FOLDER / "work"
ROWS = FOLDER / "rows.json"


@dataclass(frozen=True)
class Row:
    """A line of the table.

    Attributes:
        what: What was measured.
        ours: What it took.
        beside: What it is compared with.
        theirs: What that took.
        wanted: The largest ratio that would be good.
        ratio: What it was.
    """

    what: str
    ours: str
    beside: str
    theirs: str
    wanted: str
    ratio: float


def main() -> None:
    """Measure, and write the page."""
    if not SPECS.is_dir():
        print(f"the published documents are not here: {SPECS} is missing", file=sys.stderr)
        return
    WORK.mkdir(parents=True, exist_ok=True)
    tools = Tools()
    known: dict[str, list[dict[str, Any]]] = {}
    if ROWS.exists():
        known = json.loads(ROWS.read_text(encoding="utf-8"))
    for part in PARTS:
        name = part.__name__
        if len(sys.argv) > 1 and name not in sys.argv[1:]:
            continue
        known[name] = []
        for row in part(tools):
            known[name].append(asdict(row))
            print(f"{row.what}: {row.ours}, {row.ratio:.2f} x {row.beside} ({row.theirs})")
        ROWS.write_text(json.dumps(known, indent=1), encoding="utf-8")
    rows = [Row(**row) for part in PARTS for row in known.get(part.__name__, ())]
    PAGE.write_text(page(rows, tools), encoding="utf-8")
    print(f"written: {PAGE.relative_to(ROOT)}")


class Tools:
    """What is measured, installed when it is asked for."""

    def __init__(self) -> None:
        self.vcgen = peers.vcgen()
        self.client = peers.openapi_python_client()
        self.models = peers.datamodel_code_generator()
        self.java = peers.openapi_generator()

    @property
    def all(self) -> list[Tool]:
        """The tools that are here."""
        found = [self.vcgen, self.client, self.models, self.java]
        return [one for one in found if one is not None]

    def ours(self, *arguments: str | Path, cold: Path | None = None, fails: bool = False) -> Run:
        """Return a run of vcgen; `cold` is a folder that it is to find empty."""
        command = [self.vcgen.command("vcgen"), *arguments]
        return Run(command, WORK, before=_without(cold) if cold else None, fails=fails)

    def theirs(self, spec: Path, name: str) -> Run:
        """Return a run of openapi-python-client."""
        output = WORK / name
        options = ["generate", "--path", spec, "--output-path", output, "--overwrite"]
        command = [self.client.command("openapi-python-client"), *options]
        return Run(command, WORK, before=_without(output))


def _without(folder: Path) -> object:
    return lambda: shutil.rmtree(folder, ignore_errors=True)


def _row(what: str, costs: dict[str, Cost], beside: str, wanted: str) -> Row:
    ours, theirs = costs["vcgen"], costs[beside]
    ratio = ours.seconds / theirs.seconds
    return Row(what, _said(ours), beside, _said(theirs), wanted, ratio)


def _said(cost: Cost) -> str:
    return f"{cost.seconds:.2f} s, {cost.megabytes:.0f} MB"


def generating(tools: Tools) -> Iterator[Row]:
    """Yield the rows of packages that are made where there is none."""
    readable = WORK / "readable.json"
    readable.write_text(json.dumps(_readable(json.loads(VCENTER.read_text(encoding="utf-8")))))
    whole = tools.ours("generate", "--spec", VCENTER, "--output", "whole", cold=WORK / "whole")
    costs = side_by_side(
        {"vcgen": whole, "openapi-python-client": tools.theirs(readable, "whole_theirs")}, 3
    )
    api = (WORK / "whole_theirs").rglob("api/*/*.py")
    made = sum(module.name != "__init__.py" for module in api)
    name = f"441 operations of vcenter.json 7.0.3 (the other makes {made}, from a corrected copy)"
    yield _row(name, costs, "openapi-python-client", "0.33")
    runs = {"vcgen": tools.ours("generate", "--spec", SDDC, "--output", "s", cold=WORK / "s")}
    if tools.java:
        runs["OpenAPI Generator"] = _by_java(tools.java, SDDC)
    runs["datamodel-code-generator"] = _with_client(tools.models, SDDC, "models.py")
    costs = side_by_side(runs, 3)
    for beside in [one for one in runs if one != "vcgen"]:
        yield _row("423 operations of sddc-manager", costs, beside, "0.2")
    fragment = tools.ours("generate", "--spec", FRAGMENT, "--output", "one", cold=WORK / "one")
    costs = side_by_side(
        {"vcgen": fragment, "openapi-python-client": tools.theirs(FRAGMENT, "one_theirs")}, 7
    )
    yield _row("the committed fragment", costs, "openapi-python-client", "0.5")


def _readable(part: Any) -> Any:
    """Return a document without what makes openapi-python-client give it up.

    It is `required: false` in a schema, where OpenAPI has a list of names.
    """
    if isinstance(part, list):
        return [_readable(one) for one in part]
    if not isinstance(part, dict):
        return part
    is_wrong = isinstance(part.get("required"), bool) and "type" in part
    return {
        name: _readable(one) for name, one in part.items() if not (is_wrong and name == "required")
    }


def _by_java(java: Tool, spec: Path) -> Run:
    """Return a run of OpenAPI Generator."""
    folder = WORK / "java"
    command = [java.command("openapi-generator-cli"), "generate", "-i", spec, "-g", "python"]
    return Run([*command, "-o", folder, "--skip-validate-spec"], WORK, before=_without(folder))


def _with_client(models: Tool, spec: Path, output: str) -> Run:
    """Return a run of datamodel-code-generator that makes a client, too, by its own formatter.

    `output` is the module of the models, or their folder where names of schemas have dots.
    """
    made = WORK / "models"
    command = [models.command("datamodel-codegen"), "--input", spec, "--input-file-type", "openapi"]
    command += ["--output", made / output, "--output-model-type", "pydantic_v2.BaseModel"]
    command += ["--formatters", "builtin", "--openapi-scopes", "schemas", "api"]
    command += ["--generate-client", "httpx2", "--client-output", made / "client"]
    command += ["--client-package", "models.client", "--client-model-package", "models.models"]

    def empty() -> None:
        shutil.rmtree(made, ignore_errors=True)
        made.mkdir()

    return Run(command, WORK, before=empty)


def sizing(tools: Tools) -> Iterator[Row]:
    """Yield the rows of how much Python the committed fragment becomes, without tests."""
    runs = {
        "vcgen": tools.ours("generate", "--spec", FRAGMENT, "--output", "one", cold=WORK / "one"),
        "openapi-python-client, without errors": tools.theirs(FRAGMENT, "one_theirs"),
        "datamodel-code-generator": _with_client(tools.models, FRAGMENT, "models"),
    }
    folders = ["one", "one_theirs", "models"]
    if tools.java:
        runs["OpenAPI Generator"] = _by_java(tools.java, FRAGMENT)
        folders.append("java")
    side_by_side(runs, 1)
    mine, *others = (_lines(WORK / folder) for folder in folders)
    for beside, lines in zip([*runs][1:], others, strict=True):
        said = f"{mine:,} lines", beside, f"{lines:,} lines"
        yield Row("the committed fragment as Python", *said, "", mine / lines)


def _lines(folder: Path) -> int:
    modules = (path for path in folder.rglob("*.py") if "test" not in path.parts)
    return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in modules)


def again(tools: Tools) -> Iterator[Row]:
    """Yield the rows of packages that are there already."""
    # The document once before, so that it is no news.
    (WORK / "vcgen.toml").write_text('[[clients]]\nspec = "spec.json"\noutput = "again"\n')
    text = VCENTER.read_text(encoding="utf-8")
    (WORK / "spec.json").write_text(text, encoding="utf-8")
    subprocess.run([tools.vcgen.command("vcgen"), "generate"], cwd=WORK, check=True)
    black = Run([sys.executable, "-m", "black", "--version"], WORK)
    runs = {
        "vcgen": tools.ours("generate"),
        "`vcgen check`": tools.ours("check"),
        "`python -c pass`": Run([tools.vcgen.command("python"), "-c", "pass"], WORK),
        "`black --version`": black,
    }
    costs = side_by_side(runs, 9)
    yield _row("`generate`, nothing changed", costs, "`vcgen check`", "1.2")
    costs["vcgen"] = costs["`vcgen check`"]
    yield _row("`check`, nothing changed", costs, "`python -c pass`", "9")
    yield _row("`check`, nothing changed", costs, "`black --version`", "0.6")
    turns = [0]

    def change() -> None:
        turns[0] += 1
        changed = text.replace('"description": "', f'"description": "{turns[0]} ', 1)
        (WORK / "spec.json").write_text(changed, encoding="utf-8")

    runs = {
        "vcgen": Run([tools.vcgen.command("vcgen"), "generate"], WORK, before=change),
        "all of it, anew": tools.ours(
            "generate", "--spec", VCENTER, "--output", "whole", cold=WORK / "whole"
        ),
    }
    yield _row("one description changed, 441 operations", side_by_side(runs, 3), *_COLD)
    one = ("generate", "--spec", VCENTER, "-O", "GET /rest/vcenter/vm/{vm}", "--output", "o")
    runs = {
        "vcgen": tools.ours("list", VCENTER),
        "one operation": tools.ours(*one, cold=WORK / "o"),
    }
    yield _row("`list` of these operations", side_by_side(runs, 5), "one operation", "1.2")


_COLD = ("all of it, anew", "")


def updating(tools: Tools) -> Iterator[Row]:
    """Yield the rows of a new version of a document."""
    folder = WORK / "update"
    folder.mkdir(exist_ok=True)
    shutil.copyfile(OLD, folder / "spec.json")
    (folder / "vcgen.toml").write_text('[[clients]]\nspec = "spec.json"\noutput = "client"\n')
    vcgen = tools.vcgen.command("vcgen")
    diff = Run([vcgen, "diff", OLD, NEW], folder)
    runs = {
        "vcgen": Run([vcgen, "update", NEW, "--dry-run"], folder),
        "`vcgen diff`": diff,
        "`vcgen generate` of the new one": Run(
            [vcgen, "generate", "--spec", NEW, "--output", "new"], folder, _without(folder / "new")
        ),
    }
    costs = side_by_side(runs, 3)
    yield _row("`update --dry-run` of 7.0.2 to 7.0.3", costs, "`vcgen diff`", "1.5")
    costs["vcgen"] = costs["`vcgen diff`"]
    yield _row("`diff` of the same", costs, "`vcgen generate` of the new one", "")


_READ = "import sys, yaml; yaml.load(open(sys.argv[1], 'rb'), yaml.CSafeLoader)"
_AS_YAML = "import json, sys, yaml; yaml.dump(json.load(open(sys.argv[1])), open(sys.argv[2], 'w'),"
_AS_YAML += " Dumper=yaml.CSafeDumper, sort_keys=False)"


def large(tools: Tools) -> Iterator[Row]:
    """Yield the rows of large documents."""
    python, document = tools.vcgen.command("python"), WORK / "nsx.yaml"
    subprocess.run([python, "-c", _AS_YAML, NSX, document], check=True)
    listed = subprocess.run(
        [tools.vcgen.command("vcgen"), "list", NSX], check=True, capture_output=True, text=True
    ).stdout
    first = next(line.split() for line in listed.splitlines() if line.startswith("GET "))
    name = f"GET {first[1]}"
    runs = {
        "vcgen": tools.ours(
            "generate", "--spec", document, "-O", name, "--output", "n", cold=WORK / "n"
        ),
        "PyYAML's C loader": Run([python, "-c", _READ, document], WORK),
    }
    size = document.stat().st_size / 1e6
    what = f"one operation out of {size:.1f} MB of YAML"
    yield _row(what, side_by_side(runs, 3), "PyYAML's C loader", "0.3")
    runs = {
        "vcgen": tools.ours("generate", "--spec", NSX, "--output", "n", cold=WORK / "n"),
        "one operation of it": tools.ours(
            "generate", "--spec", NSX, "-O", name, "--output", "n", cold=WORK / "n"
        ),
    }
    costs = side_by_side(runs, 1)
    each = 1000 * (costs["vcgen"].seconds - costs["one operation of it"].seconds) / 2408
    what = f"2,409 operations of NSX Policy: {each:.1f} ms an operation (goal: 6)"
    yield _row(what, costs, "one operation of it", "")


def several(tools: Tools) -> Iterator[Row]:
    """Yield the row of several documents of one client."""
    names = ("vcenter", "cis", "content", "appliance")
    parts = {name: SPECS / "vsphere-7.0.3" / f"{name}.json" for name in names}
    parts["session"] = SPECS / "vsphere-7.0.3-swagger2" / "session.json"
    folder = WORK / "several"
    folder.mkdir(exist_ok=True)
    specs = ", ".join(json.dumps(str(one)) for one in parts.values())
    (folder / "vcgen.toml").write_text(f'[[clients]]\nspec = [{specs}]\noutput = "all"\n')
    vcgen = tools.vcgen.command("vcgen")
    runs = {"vcgen": Run([vcgen, "generate"], folder, _without(folder / "all"))}
    for name, spec in parts.items():
        command = [vcgen, "generate", "--spec", spec, "--output", name]
        runs[name] = Run(command, folder, _without(folder / name))
    costs = side_by_side(runs, 1)
    alone = [costs[name] for name in parts]
    costs["each by itself"] = Cost(
        sum(one.seconds for one in alone), max(one.megabytes for one in alone)
    )
    yield _row("one client of five documents of vSphere 7.0.3", costs, "each by itself", "1.1")


def importing(tools: Tools) -> Iterator[Row]:
    """Yield the row of what a client of 441 operations takes to be imported."""
    python = tools.vcgen.command("python")
    whole = ["generate", "--spec", VCENTER, "--output", "whole"]
    subprocess.run([tools.vcgen.command("vcgen"), *whole], cwd=WORK, check=True)
    runs = {
        "vcgen": Run([python, "-c", "import httpx2, msgspec; from whole import Client"], WORK),
        "httpx2 and msgspec alone": Run([python, "-c", "import httpx2, msgspec"], WORK),
    }
    costs = side_by_side(runs, 15)
    more = 1000 * (costs["vcgen"].seconds - costs["httpx2 and msgspec alone"].seconds)
    what = f"`Client` of 441 operations, imported: {more:.0f} ms more (goal: 30)"
    yield _row(what, costs, "httpx2 and msgspec alone", "")


def calling(tools: Tools) -> Iterator[Row]:
    """Yield the rows of values and calls, of a client of one operation."""
    document = WORK / "vm.json"
    slicing = [tools.vcgen.command("vcgen"), "slice", NEW, "-O", "GET /api/vcenter/vm"]
    subprocess.run([*slicing, "-o", document], check=True, capture_output=True)
    theirs, ours = WORK / "vm_theirs", WORK / "vm_ours"
    making = [tools.vcgen.command("vcgen"), "generate", "--spec", document, "--output", ours]
    subprocess.run(making, check=True, capture_output=True)
    subprocess.run(tools.theirs(document, theirs.name).command, check=True, capture_output=True)
    package = next(path.parent for path in theirs.glob("*/client.py")).name
    script = Path(__file__).parent / "calls.py"

    def measured(tool: Tool, folder: Path, name: str) -> dict[str, float]:
        command = [tool.command("python"), script, tool.name, folder, name]
        done = subprocess.run(command, check=True, capture_output=True, text=True)
        return dict(json.loads(done.stdout))

    mine = measured(tools.vcgen, WORK, ours.name)
    other = measured(tools.client, theirs, package)

    def row(what: str, a: float, beside: str, b: float, wanted: str) -> Row:
        return Row(what, f"{1000 * a:.2f} ms", beside, f"{1000 * b:.2f} ms", wanted, a / b)

    name = "openapi-python-client"
    yield row("a reply of 1,000 VM summaries", mine["decode"], name, other["decode"], "0.13")
    alone = "httpx2 and msgspec alone"
    yield row("the same", mine["decode"], alone, mine["bare decode"], "")
    yield row("the same encoded", mine["encode"], name, other["encode"], "0.04")
    yield row("100 calls", mine["call"], "httpx2 alone", mine["bare call"], "1.1")


PARTS = (generating, sizing, again, updating, large, several, importing, calling)


def page(rows: list[Row], tools: Tools) -> str:
    """Return the page."""
    versions = ", ".join(f"{one.name} {one.version}" for one in tools.all)
    lines = [
        "# Performance",
        "",
        "This page compares vcgen with similar tools. `make bench` installs each tool in an",
        "environment of its own, runs the tools of a row in turns, and writes this page. Times",
        "are CPU times of all processes of a command, with Python modules compiled before.",
        "Memory is the maximum resident set size.",
        "",
        "Other programs on the machine make all times of a row longer. The load of the machine",
        f"was {os.getloadavg()[1]:.1f} on {os.cpu_count()} processors when the page was written.",
        "",
        f"{datetime.datetime.now(tz=datetime.UTC):%Y-%m-%d}; {platform.python_implementation()} "
        f"{platform.python_version()}, {platform.system()} {platform.machine()}; {versions}.",
        "",
        "| measured | vcgen | compared with | result of that | ratio | goal |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| {one.what} | {one.ours} | {one.beside} | {one.theirs} | {one.ratio:.2f} | "
        f"{one.wanted and f'<= {one.wanted}'} |"
        for one in rows
    ]
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
