"""The reduced faults of published documents in ../shared/cases/documents: what is right of each."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from support import selected
from vcgen import pipeline
from vcgen.config import ClientConfig
from vcgen.errors import SpecError

CASES = Path(__file__).resolve().parents[3] / "shared" / "cases" / "documents"

REDFISH = "http://redfish.dmtf.org/schemas/v1/"


@dataclass(frozen=True)
class Right:
    """What is right of a case.

    Attributes:
        says: What the generated modules hold, by their names.
        repaired: A part of what is said of a repair; "" where nothing is to be repaired.
        settings: What the client is configured with.
        spec: The document.
    """

    says: Mapping[str, tuple[str, ...]]
    repaired: str = ""
    settings: Mapping[str, object] = field(default_factory=dict[str, object])
    spec: str = "spec.yaml"


RIGHT = {
    "00-operation-ref": Right({"operations.py": ('path="/v2/droplets"', "body", "dry: bool")}),
    "01-yaml-flow-end": Right({"models.py": ("ports: dict[str, Any]",)}, "not YAML 1.2"),
    "02-misspelt-keyword": Right({"models.py": ("The ID of the credential",)}, "`descripion`"),
    "03-header-ref": Right({"models.py": ("a: str | None",)}, 'the header "etag"'),
    "04-allof-enums": Right(
        {"models.py": ('HOST = "host"', 'PEER = "peer"')}, "no value in common"
    ),
    "05-dup-operation-ids": Right(
        {
            "operations.py": (
                "def get_tier1_segment_port(",
                "def get_tier1_segment_port_global_infra(",
            )
        },
        'the operationId "GetTier1SegmentPort"',
    ),
    "06-clashes": Right(
        {
            "models.py": (
                "total_Duration: str | None",
                "total_duration: str | None",
                "status: ClusterNodeStatusInline | None",
                "other: ClusterNodeStatus | None",
            )
        }
    ),
    "07-allow-outside-hint": Right(
        {"models.py": ("class X(Model",)},
        settings={"allow_outside": True},
        spec="namespaces/spec.yaml",
    ),
    "09-shared-response-inline": Right(
        {
            "models.py": ("class OperationResponse(", "class BadRequestResponse("),
            "errors.py": ("BadRequestResponse", "NotFoundResponse"),
        }
    ),
    "10-map-of-bare-object": Right({"models.py": ("extra_attrs: dict[str, Any]",)}),
    "11-names": Right(
        {
            "models.py": (
                "class ReferenceWithEngineIDLink(",
                "ieee802: int | None",
                "vfio_p2p_dma: bool | None",
                'EQUAL = "=="',
                'GREATER_OR_EQUAL = ">="',
            )
        }
    ),
    "13-allof-inline-twice": Right(
        {"models.py": ("parent: str | None", "rules: list[str] | None")}, '"path"'
    ),
    "18-produces-no-schema": Right({"operations.py": ("-> Download:",)}, "read as a file"),
    "19-docstrings": Right(
        {"operations.py": ("List processes running inside a container.", "On Unix systems,")}
    ),
}

pytestmark = pytest.mark.skipif(not CASES.is_dir(), reason=f"{CASES} is missing")


def _client(case: str, right: Right, **more: object) -> ClientConfig:
    return ClientConfig(right.spec, "client", **{**right.settings, **more})  # type: ignore[arg-type]


@pytest.mark.parametrize("case", RIGHT)
def test_case_is_right(case: str) -> None:
    right = RIGHT[case]
    source = selected(_client(case, right), CASES / case)
    files = pipeline.generate(source)
    for name, texts in right.says.items():
        for text in texts:
            assert text in files[name]
    assert any(right.repaired in one.message for one in source.repairs) or not right.repaired


@pytest.mark.parametrize("case", [case for case in RIGHT if RIGHT[case].repaired])
def test_repair_is_refused_where_none_is_wanted(case: str) -> None:
    with pytest.raises(SpecError, match="strict forbids repairs"):
        selected(_client(case, RIGHT[case], strict=True), CASES / case)


@pytest.mark.parametrize(
    ("case", "package", "told"),
    [
        # The alternative that loses least, whatever a newer server adds to it.
        ("14-union-scoring", "o14", ["ExpressionStatement(", "callee='f', argument='x'"]),
        # A duration that is none of ISO 8601 stays the text that it is.
        ("15-duration-format", "o15", ["every='1h'", "timedelta(seconds=3600)", "every='P1M'"]),
    ],
)
def test_reply_is_read(case: str, package: str, told: list[str], tmp_path: Path) -> None:
    files = pipeline.generate(selected(ClientConfig("spec.yaml", package), CASES / case))
    (tmp_path / package).mkdir()
    for name, text in files.items():
        (tmp_path / package / name).write_text(text, encoding="utf-8")
    command = [sys.executable, str(CASES / case / "try.py")]
    environment = {**os.environ, "PYTHONPATH": str(tmp_path)}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    for text in told:
        assert text in done.stdout


def test_every_case_has_its_test() -> None:
    cases = {file.name for file in CASES.iterdir() if file.is_dir()}
    assert cases == {*RIGHT, "08-url-refs", "14-union-scoring", "15-duration-format"}


def test_operation_of_the_same_file_is_followed() -> None:
    right = Right({}, spec="local.yaml")
    package = pipeline.build(selected(_client("", right), CASES / "00-operation-ref"))
    arguments = [
        [argument.name for argument in operation.parameters]
        for resource in package.resources
        for operation in resource.operations
    ]
    assert arguments == [["q"], ["q"]]


def test_url_is_read_from_the_folder_that_stands_for_it(tmp_path: Path) -> None:
    name = "ServiceRoot_v1_20_0_ServiceRoot"
    schema = f"{{components: {{schemas: {{{name}: {{type: object}}}}}}}}\n"
    (tmp_path / "ServiceRoot.v1_20_0.yaml").write_text(schema, encoding="utf-8")
    case = CASES / "08-url-refs"
    client = ClientConfig("spec.yaml", "client", ("GET /redfish/v1",))
    with pytest.raises(SpecError, match=r"nothing is read over the network"):
        selected(client, case)
    found = ClientConfig(
        *("spec.yaml", "client", ("GET /redfish/v1",)), references={REDFISH: str(tmp_path)}
    )
    tree = selected(found, case).slice.tree
    assert name in tree["components"]["schemas"]
