"""How long things take. Nothing here passes or fails: `make bench` prints a table.

What is compared is in one group, so that it is measured in one run on the same machine.
"""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import defstruct
from support import open_document, selected
from vcgen import comparing, pipeline, slicing
from vcgen.config import ClientConfig
from vcgen.reading import document, swagger2
from vcgen.runtime.models.base import Model
from vcgen.runtime.models.open import OpenModel
from vcgen.runtime.variants import keeping

ROOT = Path(__file__).parent.parent.parent
FRAGMENT = ROOT / "specs" / "vcenter-guest-customization.yaml"
REPLY = json.dumps(
    {"status": "SUCCEEDED", "start_time": "2021-05-05T14:32:09.023Z", "end_time": None}
).encode()

pytestmark = pytest.mark.benchmark(disable_gc=True, warmup=True)


@pytest.fixture
def big(shared: Path) -> Path:
    """The vendor's own document of 441 operations."""
    return shared / "specs" / "vsphere-7.0.3" / "vcenter.json"


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(ROOT / "generated"))
    return importlib.import_module("vcenter_guest_customization.models")


@pytest.mark.benchmark(group="from the fragment")
def test_generate_the_fragment(benchmark: Any) -> None:
    client = ClientConfig(str(FRAGMENT), "client")
    benchmark(lambda: pipeline.generate(selected(client, Path())))


@pytest.mark.benchmark(group="from the fragment")
def test_read_and_slice_the_fragment(benchmark: Any) -> None:
    client = ClientConfig(str(FRAGMENT), "client")
    benchmark(lambda: selected(client, Path()))


@pytest.mark.benchmark(group="from a document of 441 operations")
def test_read_the_document(benchmark: Any, big: Path) -> None:
    benchmark(lambda: document.read(str(big)))


@pytest.mark.benchmark(group="from a document of 441 operations")
def test_read_and_slice_one_operation(benchmark: Any, big: Path) -> None:
    key = slicing.operations(document.read(str(big)).tree)[0].name
    client = ClientConfig(str(big), "client", (key,))
    benchmark(lambda: selected(client, Path()))


@pytest.mark.benchmark(group="from a document of 441 operations")
def test_read_and_slice_all_operations(benchmark: Any, big: Path) -> None:
    client = ClientConfig(str(big), "client")
    benchmark(lambda: selected(client, Path()))


@pytest.mark.benchmark(group="what a new document changes")
@pytest.mark.parametrize("pattern", ["GET /api/vcenter/vm/{vm}", "/api/vcenter/*"])
def test_compare_two_versions_of_a_document(benchmark: Any, shared: Path, pattern: str) -> None:
    old, new = (
        open_document(str(shared / "specs" / f"vsphere-{version}-swagger2/vcenter.json"))
        for version in ("7.0.2", "7.0.3")
    )
    patterns = (pattern, "!POST /api/vcenter/authentication/token")
    client = ClientConfig("", "client", patterns)
    benchmark(lambda: comparing.compare(client, old, new))


@pytest.mark.benchmark(group="what a new document changes")
def test_convert_a_swagger_document(benchmark: Any, shared: Path) -> None:
    tree = document.read(str(shared / "specs" / "vsphere-7.0.3-swagger2/vcenter.json")).tree
    benchmark(lambda: swagger2.convert(tree))


@pytest.mark.benchmark(group="importing, as a process")
@pytest.mark.parametrize("module", ["vcenter_guest_customization", "httpx2", "msgspec"])
def test_import(benchmark: Any, module: str) -> None:
    command = [sys.executable, "-c", f"import {module}"]
    benchmark(lambda: subprocess.run(command, cwd=ROOT / "generated", check=True))


@pytest.mark.benchmark(group="decoding a reply")
def test_decode_to_the_model(benchmark: Any, models: Any) -> None:
    benchmark(lambda: msgspec.json.decode(REPLY, type=models.VmGuestCustomizationInfo))


@pytest.mark.benchmark(group="decoding a reply")
def test_decode_to_a_dictionary(benchmark: Any) -> None:
    benchmark(lambda: json.loads(REPLY))


@pytest.mark.benchmark(group="decoding 1,000 objects of a list")
@pytest.mark.parametrize("case", ["ignoring", "keeping nothing", "keeping a property"])
def test_decode_what_can_be_sent_back(benchmark: Any, case: str) -> None:
    """What is read alone ignores what it does not know; 3 times as long is wanted at most."""
    base = Model if case == "ignoring" else OpenModel
    names = ("id", "name", "power_state", "host")
    kind: Any = defstruct("Item", [(name, str) for name in names], bases=(base,), kw_only=True)
    item = dict.fromkeys((*names, *["new"] * (case == "keeping a property")), "text")
    content = msgspec.json.encode([item] * 1000)
    read = msgspec.json.decode if case == "ignoring" else keeping.decode
    benchmark(lambda: read(content, type=list[kind]))
