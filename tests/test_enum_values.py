"""Plain values stand for members of enumerations in what is sent; what is read are members."""

from __future__ import annotations

import copy
import importlib
import json
import pickle
import re
import shutil
import subprocess
import sys
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any, get_type_hints

import msgspec
import pytest
from driving import Driver, golden, reply
from golden_packages import golden_package

CASE = "enum_values"


@pytest.fixture(scope="module")
def api() -> ModuleType:
    return golden(CASE)


def _issue(api: ModuleType, **more: Any) -> Any:
    return api.Issue(**{"level": 2, "state": "open", **more})


def _create(body: Any, client: Any) -> Any:
    return client.issues.create(body)


def _listed(level: Any, more: dict[str, Any], client: Any) -> Any:
    return client.issues.list(level, **more)


def test_a_model_holds_members_whatever_it_is_given(api: ModuleType) -> None:
    issue = _issue(
        api,
        before="closed",
        past=("open", api.State.CLOSED),
        by_level={"a": [1, api.Level.VALUE_2]},
        emblem="dog",
        sort="my-own",
        sorts=["newest", "my-own"],
    )
    assert (issue.level, issue.state) == (api.Level.VALUE_2, api.State.OPEN)
    assert issue.state.is_known
    assert (issue.before, issue.kind) == (api.State.CLOSED, api.IssueKind.ISSUE)
    assert issue.past == [api.State.OPEN, api.State.CLOSED]
    assert type(issue.past) is list
    assert issue.by_level == {"a": [api.Level.VALUE_1, api.Level.VALUE_2]}
    members = [issue.emblem, issue.sort, *issue.sorts, *issue.past, *issue.by_level["a"]]
    assert [one.is_known for one in members] == [True, False, True, False, *[True] * 4]
    assert type(issue.emblem) is api.Animal


def test_what_is_not_given_stays_so(api: ModuleType) -> None:
    issue = _issue(api)
    assert (issue.before, issue.past, issue.emblem) == (msgspec.UNSET, None, None)
    assert _issue(api, before=None).before is None
    with pytest.raises(TypeError):
        api.Issue(level=1)


def test_it_is_converted_when_it_is_set_and_replaced(api: ModuleType) -> None:
    issue = _issue(api)
    issue.state, issue.past, issue.level = "closed", ["open"], 9
    assert (issue.state, issue.past) == (api.State.CLOSED, [api.State.OPEN])
    assert (issue.level.is_known, issue.level) == (False, 9)
    assert msgspec.structs.replace(issue, state="open").state is api.State.OPEN
    if sys.version_info >= (3, 13):
        assert copy.replace(issue, state="open").state is api.State.OPEN


def test_it_is_a_value_like_any_other(api: ModuleType) -> None:
    issue = _issue(api, emblem="red", past=["open"], parent=_issue(api, sort="x"))
    for twin in (copy.copy(issue), copy.deepcopy(issue), pickle.loads(pickle.dumps(issue))):
        assert twin == issue
        assert twin.parent.sort.is_known is False
    assert issue == _issue(
        api, state=api.State.OPEN, emblem="red", past=["open"], parent=_issue(api, sort="x")
    )
    assert "state=<State.OPEN: 'open'>" in repr(issue)


def test_both_are_sent_alike(drive: Driver, api: ModuleType) -> None:
    wanted = {"level": 2, "state": "open", "kind": "issue", "past": ["closed"]}
    for past in (["closed"], [api.State.CLOSED]):
        body = _issue(api, past=past)
        read = drive(CASE, partial(_create, body), reply(200, wanted))
        assert json.loads(drive.sent[-1].content) == wanted
        assert read == body
    given: list[dict[str, Any]] = [
        {"state": "closed", "states": ("open", "closed"), "sort": "newest"},
        {
            "state": api.State.CLOSED,
            "states": [api.State.OPEN, api.State.CLOSED],
            "sort": api.Sort.NEWEST,
        },
    ]
    for level, more in zip((3, api.Level.VALUE_3), given, strict=True):
        drive(CASE, partial(_listed, level, more), reply(200, []))
    assert drive.sent[-1].url == drive.sent[-2].url
    query = "level=3&state=closed&states=open&states=closed&kind=issue&sort=newest"
    assert sorted(str(drive.sent[-1].url.query, "ascii").split("&")) == sorted(query.split("&"))
    drive(CASE, lambda client: client.moods.set_moods(["bad"]), reply(200, {"sky": "clear"}))
    assert json.loads(drive.sent[-1].content) == ["bad"]


def test_so_they_are_in_an_object_that_is_a_parameter(drive: Driver, api: ModuleType) -> None:
    for mood in ("bad", api.Mood.BAD):
        found = api.Filter(mood=mood)
        assert found.mood is api.Mood.BAD
        drive(
            CASE,
            lambda client, found=found: client.moods.set_moods([], filter=found),
            reply(200, {"sky": "clear"}),
        )
        assert str(drive.sent[-1].url.query, "ascii") == "filter%5Bmood%5D=bad"


def test_what_comes_deviates_as_before(drive: Driver, api: ModuleType) -> None:
    body = [{"level": "2", "state": "new", "past": None, "more": 1}, {"state": "open"}]
    with api.recorded_deviations() as found:
        first, second = drive(CASE, lambda client: client.issues.list(1), reply(200, body))
    assert (first.level, first.state.is_known, first.additional_properties) == (
        api.Level.VALUE_2,
        False,
        {"more": 1},
    )
    assert {one.path for one in found} >= {"$[*].level"}
    with pytest.raises(api.MissingField):
        _ = second.level
    second.state = "closed"
    assert pickle.loads(pickle.dumps(second)).state is api.State.CLOSED


def test_at_run_time_the_second_name_is_the_enumeration(api: ModuleType) -> None:
    hints = get_type_hints(importlib.import_module(f"{api.__name__}.operations").issues__list)
    assert hints["state"] == api.State | None
    assert msgspec.convert(["open"], hints["states"]) == [api.State.OPEN]


def test_what_is_only_read_pays_nothing(api: ModuleType) -> None:
    assert not hasattr(api.Weather, "__post_init__")
    assert hasattr(api.Issue, "__post_init__")
    assert not hasattr(api, "SkyLike")


PROGRAM = """
from __future__ import annotations

from msgspec import UNSET

from enum_values import Client, Filter, Issue, Level, Sort, State, StateLike


def same(client: Client, issue: Issue, states: list[State], text: str, like: StateLike) -> None:
    Issue(level=1, state="open")
    Issue(level=Level.VALUE_1, state=State.OPEN, past=states, sort=Sort.NEWEST)
    Issue(level=1, state=like, past=["open", State.CLOSED, like], by_level={"a": [1, 2]})
    Issue(level=1, state="open", sort=text, sorts=["my-own", Sort.OLDEST], emblem="cat")
    Issue(level=1, state="open", before=None, past=None, kind="issue")
    Issue(level=1, state="open", before=UNSET, parent=issue)
    Issue(
        level=issue.level,
        state=issue.state,
        before=issue.before,
        past=issue.past,
        by_level=issue.by_level,
        emblem=issue.emblem,
        sorts=issue.sorts,
    )
    issue.state = "closed"
    issue.past = ["closed"]
    client.issues.list(2, state="open", states=["open", State.CLOSED], sort="my-own")
    client.issues.list(issue.level, state=issue.state, states=states, kind="issue")
    client.moods.set_moods(["good"], filter=Filter(mood="good"))


def read(issue: Issue) -> tuple[State, list[State] | None, bool]:
    return issue.state, issue.past, issue.level.is_known


def wrong(client: Client, issue: Issue, texts: list[str], text: str) -> None:
    Issue(level=1, state="opne")  # wrong
    Issue(level=4, state="open")  # wrong
    Issue(level=1, state=text)  # wrong
    Issue(level=1, state=None)  # wrong
    Issue(level=1)  # wrong
    Issue(level=1, state="open", past=["opne"])  # wrong
    Issue(level=1, state="open", past=texts)  # wrong
    Issue(level=1, state="open", past="open")  # wrong
    Issue(level=1, state="open", by_level={"a": [4]})  # wrong
    Issue(level=1, state="open", emblem="cow")  # wrong
    issue.state = "opne"  # wrong
    issue.other = "x"  # wrong
    client.issues.list(4)  # wrong
    client.issues.list(1, state="opne")  # wrong
    client.issues.list(1, states=["opne"])  # wrong
    client.issues.list(1, state=text)  # wrong
    client.moods.set_moods(["god"])  # wrong
    Filter(mood="god")  # wrong
""".lstrip()

CHECKERS = {
    "mypy": ["mypy", "--strict", "program.py"],
    "pyright": ["pyright", "--pythonpath", sys.executable],
}


@pytest.mark.parametrize("checker", CHECKERS)
def test_a_checker_refuses_what_is_misspelt_and_nothing_else(checker: str, tmp_path: Path) -> None:
    shutil.copytree(golden_package(CASE), tmp_path / CASE)
    (tmp_path / "program.py").write_text(PROGRAM, encoding="utf-8")
    (tmp_path / "pyrightconfig.json").write_text(
        '{"typeCheckingMode": "strict", "include": ["program.py"]}', encoding="utf-8"
    )
    command = [sys.executable, "-m", *CHECKERS[checker]]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True)
    found = {int(line) for line in re.findall(r"program\.py:(\d+):.* error: ", done.stdout)}
    found |= {int(line) for line in re.findall(r"program\.py:(\d+): error: ", done.stdout)}
    lines = PROGRAM.splitlines()
    wanted = {number for number, line in enumerate(lines, 1) if line.endswith("# wrong")}
    assert found == wanted, done.stdout + done.stderr
