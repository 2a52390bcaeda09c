"""The small pairs of `../shared/cases`: what was reported, and what is right."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest
from support import open_document
from vcgen import comparing, config
from vcgen.comparing.report import Report

ROOT = Path(__file__).parents[3].parent / "shared" / "cases"
pytestmark = pytest.mark.skipif(not ROOT.exists(), reason=f"{ROOT.name} is not here")


@dataclass(frozen=True)
class Right:
    """What is right of a pair.

    Attributes:
        wire: Whether it breaks the wire.
        callers: Whether it breaks callers.
        changes: `kind what` of the changes that must be among those reported.
    """

    wire: bool
    callers: bool
    changes: tuple[str, ...] = ()


CONSTRAINTS = "field constraints"
RIGHT = {
    "becomes_readonly": Right(False, False, ("field required",)),
    "exception_of_a_status_is_another_kind_now": Right(False, True, ("error renamed",)),
    "form_field_with_an_encoding_added": Right(False, False, ("field added",)),
    "format_email_added": Right(True, False, ("field constraints",)),
    "format_int64_to_int32": Right(True, False, ("field constraints",)),
    "items_maxLength": Right(True, False, ("field constraints",)),
    "map_values_maxLength": Right(True, False, ("field constraints",)),
    "nullable_array_constraint": Right(True, False, ("field constraints",)),
    "oauth2_scope": Right(True, False, ("operation security",)),
    "object_minProperties": Right(True, False, ("class constraints",)),
    "others_of_a_slice": Right(False, False),
    "others_counted_by_address": Right(True, True, ("client location",)),
    "path_loses_leading_variable": Right(True, True, ("parameter removed", "operation location")),
    "prefix_added": Right(True, True, ("parameter added", "operation location")),
    "reply_json_offered_now": Right(False, False, ("reply format",)),
    "request_json_offered_now": Right(False, False, ("request body format",)),
    "request_media_types_reordered": Right(False, False, ("request body format",)),
    "schemars_option_field_removed": Right(True, True, ("field removed",)),
    "schemars_option_field_required": Right(True, True, ("field required",)),
    "server_path_moves": Right(True, True, ("client location",)),
}
# What is not about a pair of documents.
ELSEWHERE = {"yaml_flow_at_parent_indent"}
PATTERNS = {"others_counted_by_address": "GET /a", "others_of_a_slice": "authz"}


def _report(name: str, folder: Path) -> Report:
    shutil.copytree(ROOT / "changes" / name, folder, dirs_exist_ok=True)
    client = config.ClientConfig("", "api", (PATTERNS[name],) if name in PATTERNS else ("*",))
    files = (next(folder.glob(f"{side}.*")) for side in ("old", "new"))
    return comparing.compare(client, *(open_document(str(file)) for file in files))


@pytest.mark.parametrize("name", RIGHT)
def test_the_verdict_is_right(name: str, tmp_path: Path) -> None:
    report = _report(name, tmp_path / name)
    right = RIGHT[name]
    told = [(one.label, f"{one.kind} {one.what}", one.cases) for one in report.changes]
    assert any(one.verdict.wire for one in report.changes) is right.wire, told
    assert any(one.verdict.callers for one in report.changes) is right.callers, told
    assert {*right.changes} <= {change for _, change, _ in told}


@pytest.mark.parametrize("name", PATTERNS)
def test_nothing_is_counted_elsewhere(name: str, tmp_path: Path) -> None:
    others = _report(name, tmp_path / name).others
    assert (others.changed, others.added, others.removed) == (0, 0, 0)


def test_a_moved_server_is_one_line(tmp_path: Path) -> None:
    (change,) = _report("server_path_moves", tmp_path / "case").changes
    assert (change.old, change.new) == ("https://{host}/v1", "https://{host}/v2")


def test_a_path_variable_keeps_its_argument(tmp_path: Path) -> None:
    changes = _report("path_loses_leading_variable", tmp_path / "case").changes
    assert {one.label for one in changes} >= {"a.get_a(org)"}
    assert not any(one.what == "renamed" for one in changes)


def test_every_case_is_tried() -> None:
    names = {folder.name for folder in (ROOT / "changes").iterdir()}
    assert names - ELSEWHERE == {*RIGHT}
