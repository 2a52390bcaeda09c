"""Published documents, compared: what is called breaking is there, in the documents themselves.

They are read here as JSON, without the generator. Each breaking change needs exactly one
explanation, and each explanation looks into both files.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
import yaml
import yaml12
from support import open_document
from vcgen import comparing, updating
from vcgen.comparing import reporting
from vcgen.comparing.changes import Change, Kind, What
from vcgen.comparing.report import Report
from vcgen.comparing.sides import Side
from vcgen.config import ClientConfig

SWAGGER_702 = "vsphere-7.0.2-swagger2/vcenter.json"
SWAGGER_703 = "vsphere-7.0.3-swagger2/vcenter.json"
SESSION_703 = "vsphere-7.0.3-swagger2/session.json"
OPENAPI_703 = "vsphere-7.0.3/vcenter.json"
SLICE_91 = "vsphere-9.1.0/vcenter-slice.yaml"
UPDATING = Path(__file__).parents[3] / "docs/updating.md"


@dataclass(frozen=True)
class Pair:
    """Two documents: what changed, and the files as they are."""

    report: Report
    old: dict[str, Any]
    new: dict[str, Any]

    def was(self, change: Change) -> dict[str, Any]:
        """Return the old operation that a change is about."""
        return _operation(self.old, self.report.comparison.old, change.place)

    def now(self, change: Change) -> dict[str, Any]:
        """Return the new operation, where it is at the same path."""
        return _operation(self.new, self.report.comparison.old, change.place)

    def lines(self, name: str = "the operations") -> list[str]:
        """Return the report for a person."""
        return [line.text for line in reporting.as_text(name, self.report)]


def _operation(tree: dict[str, Any], view: Any, place: str) -> dict[str, Any]:
    (method,) = (one for one in view.methods if one.name == place)
    verb, _, path = method.operation.key.partition(" ")
    found: dict[str, Any] = tree["paths"][path][verb.lower()]
    return found


def _read(path: Path) -> dict[str, Any]:
    text = path.read_text(encoding="utf-8")
    found: dict[str, Any] = json.loads(text) if path.suffix == ".json" else yaml12.parse_yaml(text)
    return found


def _compared(shared: Path, old: str, new: str, *patterns: str) -> Pair:
    """Compare for the operations that patterns select, or else for those that both have."""
    files = [shared / "specs" / name for name in (old, new)]
    one, other = (open_document(str(file)) for file in files)
    first, second = Side(one), Side(other)
    common = [key.name for place, key in first.keys.items() if place in second.keys]
    client = ClientConfig("", "api", patterns or tuple(common))
    return Pair(comparing.compare(client, one, other), *map(_read, files))


@dataclass(frozen=True)
class Explanation:
    """Why some changes are called breaking.

    Attributes:
        why: What is different between the files.
        tells: Whether it is about a change.
        count: How many changes it explains.
        is_true: Whether the files say so.
    """

    why: str
    tells: Callable[[Change], bool]
    count: int
    is_true: Callable[[Pair, Change], bool]


def _explained(pair: Pair, explanations: tuple[Explanation, ...]) -> None:
    told = {one.why: 0 for one in explanations}
    for change in pair.report.breaking:
        found = [one for one in explanations if one.tells(change)]
        assert len(found) == 1, (change, found)
        assert found[0].is_true(pair, change), (found[0].why, change)
        told[found[0].why] += 1
    assert told == {one.why: one.count for one in explanations}


# --- 7.0.2 to 7.0.3 -------------------------------------------------------------------------------


@pytest.mark.slow
def test_from_702_to_703(shared: Path) -> None:
    # The token of 7.0.2 refers to schemas that its document does not have.
    pair = _compared(
        shared, SWAGGER_702, SWAGGER_703, "*", "!POST /api/vcenter/authentication/token"
    )
    assert [(one.label, one.what, one.new) for one in pair.report.breaking] == [
        ("vm.relocate_task 202", What.ADDED, "str"),
        ("vm.clone_task 202", What.ADDED, "str"),
    ]
    for change, status in zip(pair.report.breaking, ("204", "200"), strict=True):
        assert {*pair.was(change)["responses"]} - {*pair.now(change)["responses"]} == {status}
        assert {*pair.now(change)["responses"]} - {*pair.was(change)["responses"]} == {"202"}
    names = [one.label for one in pair.report.changes if one.kind is Kind.OPERATION]
    assert "vm_guest_customization.get" in names
    lines = pair.lines()
    assert lines[1].startswith("621 operations compared: ")
    assert "  GuestConfigurationSpec.cloud_config: added: GuestCloudConfiguration | None" in (
        line.partition(" (")[0] for line in lines
    )
    assert lines[-1] == "1 other operation changed; none of yours"


# --- 7.0.3 in Swagger 2.0 and in OpenAPI 3.0 ------------------------------------------------------


def _old_body(pair: Pair, change: Change) -> dict[str, Any]:
    """Return the body of an operation in Swagger 2.0, or the first field of its form."""
    parameters = pair.was(change)["parameters"]
    return next(one for one in parameters if one["in"] in {"body", "formData"})


def _new_body(pair: Pair, change: Change) -> dict[str, Any] | None:
    """Return the request body of an operation in OpenAPI, None where it leads nowhere."""
    name = pair.now(change)["requestBody"]["$ref"].removeprefix("#/components/requestBodies/")
    return pair.new["components"]["requestBodies"].get(name)


def _lost_its_wrapping(pair: Pair, name: str) -> bool:
    """Tell whether an object with properties has become what one of them is."""
    old, new = pair.old["definitions"][name], pair.new["components"]["schemas"].get(name, {})
    inside = [json.dumps(one).replace("definitions", "components/schemas") for one in _parts(old)]
    kind = json.dumps(new.get("$ref") or new.get("type"))
    return "properties" not in new and any(kind in one for one in inside)


def _parts(schema: dict[str, Any]) -> list[Any]:
    return list(schema["properties"].values())


def _body_lost_its_wrapping(pair: Pair, change: Change) -> bool:
    return _lost_its_wrapping(pair, _old_body(pair, change)["schema"]["$ref"].split("/")[-1])


def _class_lost_its_wrapping(pair: Pair, change: Change) -> bool:
    if change.place == "VmGuestFilesystemFilesIterationSpec":
        # It was in the wrapping alone, beside the part that is left.
        listing = pair.old["definitions"]["VcenterVmGuestFilesystemFilesList"]
        text = json.dumps(pair.new["components"]["schemas"]["VcenterVmGuestFilesystemFilesList"])
        return change.spec_name in json.dumps(listing) and change.spec_name not in text
    return _lost_its_wrapping(pair, change.spec_name)


def _is(kind: Kind, what: What, old: str = "", new: str = "") -> Callable[[Change], bool]:
    return lambda one: (
        (one.kind, one.what) == (kind, what) and old in (one.old, "") and new in (one.new, "")
    )


def _is_a_token(change: Change) -> bool:
    return change.place.lower().startswith(("authentication_token", "authenticationtoken"))


TWO_FORMS = (
    Explanation(
        "a body of one object is, without it, what its first property was",
        _is(Kind.BODY, What.TYPE),
        19,
        _body_lost_its_wrapping,
    ),
    Explanation(
        "so its class is gone",
        _is(Kind.CLASS, What.REMOVED),
        20,
        _class_lost_its_wrapping,
    ),
    Explanation(
        "a body that had to be there need not: nothing is said of it",
        lambda one: _is(Kind.BODY, What.REQUIRED, "required")(one) and not _is_a_token(one),
        18,
        lambda pair, one: _old_body(pair, one)["required"] is True
        and "required" not in (_new_body(pair, one) or {"required": True}),
    ),
    Explanation(
        "a body that could be left out leads nowhere; it is read as one that is required",
        _is(Kind.BODY, What.REQUIRED, "optional"),
        28,
        lambda pair, one: "required" not in _old_body(pair, one) and _new_body(pair, one) is None,
    ),
    Explanation(
        "a form with a required field is an optional body in JSON",
        _is_a_token,
        3,
        lambda pair, one: (_old_body(pair, one) if one.kind is Kind.BODY else {"in": "formData"})[
            "in"
        ]
        == "formData"
        and [*pair.new["components"]["requestBodies"]["VcenterAuthenticationTokenIssue"]]
        == ["content"],
    ),
    Explanation(
        "a parameter that was a text is an object",
        _is(Kind.PARAMETER, What.TYPE),
        1,
        lambda pair, one: (
            [p["type"] for p in pair.was(one)["parameters"] if p["name"] == one.name],
            [p["schema"]["type"] for p in pair.now(one)["parameters"] if p["name"] == one.name],
        )
        == (["string"], ["object"]),
    ),
    Explanation(
        "the one file says of each operation but this who may call it, the other says it of none",
        _is(Kind.OPERATION, What.SECURITY),
        1,
        lambda pair, one: "securityDefinitions" in pair.old
        and "security" not in pair.was(one)
        and "securitySchemes" not in pair.new["components"],
    ),
    Explanation(
        "what is sent is no longer answered, for operations are in one of the files alone",
        lambda one: one.what is What.REMOVED and one.name == "additional_properties",
        1,
        lambda pair, one: f'"{one.name}"' not in json.dumps([pair.old, pair.new]),
    ),
    Explanation(
        "a property is in one of the files alone",
        lambda one: _is(Kind.FIELD, What.REMOVED)(one) and one.name != "additional_properties",
        2,
        lambda pair, one: (
            one.spec_name
            in pair.old["definitions"]["VcenterNamespaceManagementClustersMessage"]["properties"]
        )
        and one.spec_name
        not in pair.new["components"]["schemas"]["VcenterNamespaceManagementClustersMessage"][
            "properties"
        ],
    ),
)


@pytest.mark.slow
def test_two_forms_of_703(shared: Path) -> None:
    pair = _compared(shared, SWAGGER_703, OPENAPI_703)
    assert len(pair.report.comparison.methods) == 441
    _explained(pair, TWO_FORMS)
    assert pair.lines()[-1] == "238 other operations were removed; none of yours"


# --- 7.0.3 to 9.1 ---------------------------------------------------------------------------------

MOVED_BASE = Explanation(
    "`/api` is in the server's URL, and not in the paths any more",
    _is(Kind.CLIENT, What.LOCATION),
    1,
    lambda pair, _: any(path.startswith("/api/") for path in pair.old["paths"])
    and pair.new["servers"][0]["url"].endswith("/api"),
)
CUSTOMIZATION = "/api/vcenter/vm/{vm}/guest/customization"


def _renamed_property(pair: Pair, change: Change) -> bool:
    old = pair.old["definitions"][f"Vcenter{change.place}"]["properties"]
    new = pair.new["components"]["schemas"][f"Vcenter.Guest.{change.place.removeprefix('Guest')}"]
    return change.old in old and change.new in new["properties"] and change.new not in old


def test_customization_from_703_to_91(shared: Path) -> None:
    pair = _compared(shared, SWAGGER_703, SLICE_91, CUSTOMIZATION)
    put = pair.old["paths"][CUSTOMIZATION]["put"], pair.new["paths"][CUSTOMIZATION[4:]]["put"]
    _explained(
        pair,
        (
            Explanation(
                "a body that could be left out is required",
                _is(Kind.BODY, What.REQUIRED, "optional"),
                1,
                lambda *_: "required" not in put[0]["parameters"][1]
                and put[1]["requestBody"]["required"] is True,
            ),
            Explanation(
                "a property is written otherwise",
                _is(Kind.FIELD, What.RENAMED),
                2,
                _renamed_property,
            ),
            Explanation(
                "what is sent is no longer answered: the slice has no specifications to read",
                _is(Kind.FIELD, What.REMOVED),
                18,
                lambda pair, change: change.name == "additional_properties"
                and not any("customization-specs" in path for path in pair.new["paths"]),
            ),
            MOVED_BASE,
        ),
    )
    # Every schema is called otherwise, and no class is.
    renamed = [one for one in pair.report.changes if one.what is What.RENAMED]
    schemas = [one for one in renamed if one.kind is Kind.CLASS]
    assert len(schemas) == 35
    assert {one.cases for one in schemas} == {("schema alone",)}
    client = ClientConfig("", "api", (CUSTOMIZATION,))
    # As `vcgen diff` reports it: what `vcgen update` keeps is no change.
    report = updating.keeping(client, pair.report)[1].of_lenient
    lines = replace(pair, report=report).lines()
    text = UPDATING.read_text(encoding="utf-8")
    shown = text.partition("    $ vcgen diff ")[2].partition("\n`--verbose`")[0].splitlines()[2:]
    assert [line.removeprefix("    ") for line in shown if line] == [line for line in lines if line]


def test_session_from_703_to_91(shared: Path) -> None:
    pair = _compared(shared, SESSION_703, SLICE_91, "*/session")
    assert len(pair.report.comparison.methods) == 3
    _explained(pair, (MOVED_BASE,))
    assert pair.lines()[1] == (
        "3 operations compared: 73 changes; 1 breaks callers, 72 break nothing; "
        "suggested version: major"
    )


# --- a document and itself ------------------------------------------------------------------------


@pytest.mark.parametrize("name", [SLICE_91, SESSION_703, "vcf-9.1/fleet-lcm-openapi.yaml"])
def test_a_document_is_itself_in_json_and_in_yaml(name: str, shared: Path, tmp_path: Path) -> None:
    tree = _read(shared / "specs" / name)
    as_json, as_yaml = tmp_path / "same.json", tmp_path / "same.yaml"
    as_json.write_text(json.dumps(tree), encoding="utf-8")
    as_yaml.write_text(yaml.safe_dump(tree, sort_keys=False), encoding="utf-8")
    files = [str(shared / "specs" / name), str(as_json), str(as_yaml)]
    for old, new in zip(files, [*files[1:], files[0]], strict=True):
        report = comparing.compare(ClientConfig("", "api"), open_document(old), open_document(new))
        assert report.changes == ()
        assert len(report.comparison.methods) > 2
