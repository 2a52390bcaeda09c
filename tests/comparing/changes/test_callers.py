"""The judge of what breaks callers is mypy: their code, beside the old client and the new one."""

from __future__ import annotations

import subprocess
import sys
from collections import defaultdict
from pathlib import Path

import pytest
from changes_cases import SIDES, Case, cases

pytestmark = pytest.mark.slow

# What breaks callers and no type checker can see, by the name of the case.
UNSEEN = {
    "exception_of_a_kind_moved": "a type checker takes any exception",
    "exception_of_a_status_is_another_kind_now": "which exception a status raises is not typed",
    "exception_of_a_status_is_of_a_kind_now": "the exception of the status is still there",
    "request_field_now_null": "None was not sent, and is null now: both are None",
    "request_field_null_refused": "None was null, and is not sent now",
    "body_now_null": "None was not sent, and is null now: both are None",
    "body_null_refused": "None was null, and is not sent now",
    "client_base_url_moved": "that `base_url` begins in another place shows when it is called",
    "client_base_path_moved": "that `base_url` ends in another path shows when it is called",
    "operation_moved_into_the_server_url": "that `base_url` ends in another path shows, too",
    "operation_of_another_server": "that `servers` names no server shows when it is called",
    "operation_of_another_server_at_the_same_address": "that shows when it is called, too",
    "operation_of_another_server_that_was_a_path": "that shows when it is called, too",
    "operation_of_another_scheme": "that shows when it is called, too",
    "operation_of_another_server_of_several": "that shows when it is called, too",
    "exception_of_a_status_is_of_its_range_now": "a type checker takes any exception",
    "exception_of_a_range_is_of_a_status_now": "a type checker takes any exception",
    "error_range_removed_of_one_operation": "a type checker takes any exception",
    "client_default_server_gone": "that one of two arguments must be given shows when it is called",
    "client_url_part_needed": "that a part of the URL must be given shows when it is called",
    "error_of_another_type_than_that_of_others": "an exception is typed by all bodies it may have",
}


@pytest.fixture(scope="session")
def complaints(workspace: Path) -> dict[tuple[str, str, str], list[str]]:
    """What mypy says, by side, case and file."""
    command = [sys.executable, "-m", "mypy", "--strict", "--no-error-summary", *SIDES]
    done = subprocess.run(command, cwd=workspace, capture_output=True, text=True)
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for line in done.stdout.splitlines():
        place, kind, message = line.partition(" error: ")
        if kind:
            side, case, file = place.split(":")[0].split("/", 2)
            found[side, case, file].append(message)
    assert done.stderr == ""
    return found


@pytest.mark.parametrize("case", cases(), ids=lambda case: case.name)
def test_mypy_complains_where_callers_break(
    case: Case, complaints: dict[tuple[str, str, str], list[str]]
) -> None:
    elsewhere = [key for key in complaints if key[1] == case.name and key[2] != "caller.py"]
    assert elsewhere == []
    assert complaints.get(("before", case.name, "caller.py"), []) == []
    found = complaints.get(("after", case.name, "caller.py"), [])
    breaking = [one.label for one in case.report.changes if one.verdict.callers]
    if case.name in UNSEEN:
        assert (bool(breaking), found) == (True, []), "no exception is needed"
    elif breaking:
        assert found, f"nothing seen of {breaking}"
    else:
        assert found == []


def test_exceptions_are_cases() -> None:
    assert UNSEEN.keys() <= {case.name for case in cases()}
