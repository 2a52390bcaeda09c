"""Overlays: what their actions do, what is refused, and where each node then is from."""

from __future__ import annotations

import copy
import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml12
from hypothesis import given, settings
from hypothesis import strategies as st
from support import line_of
from vcgen.errors import Diagnostic, SpecError
from vcgen.reading import overlay
from vcgen.reading.document import Document, read
from vcgen.reading.nesting import depth_exceeds
from vcgen.reading.overlay import Overlaid, Overlay, applying, overlaid, targets
from vcgen.reading.overlay.targets import Target
from vcgen.reading.refusals import MAX_DEPTH

HEAD = 'overlay: 1.0.0\ninfo: {title: Corrections, version: "1"}\n'
HEAD_1_1 = HEAD.replace("1.0.0", "1.1.0")
IN_1_0 = ("2: #/info/description", "Overlay 1.0 has no 'description' here")
CASES = yaml12.read_yaml(str(Path(__file__).with_name("overlay_cases.yaml")))

Write = Callable[..., str]


@pytest.fixture
def write(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Write:
    """Return a function that writes a file into the working directory and returns its name."""
    monkeypatch.chdir(tmp_path)

    def write(text: str, name: str = "overlay.yaml") -> str:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text)
        return name

    return write


def made(actions: list[dict[str, Any]], name: str = "overlay.json", **more: Any) -> Overlay:
    """Return an overlay of some actions, as if it had been read."""
    tree = {"overlay": "1.0.0", "info": {"title": "Mine", "version": "1"}, **more}
    tree["actions"] = actions
    document = Document(name, tree, json.dumps(tree, indent=1))
    found = tuple(
        overlay.Action(
            f"#/actions/{i}",
            Target(action["target"]),
            action.get("update"),
            "update" in action,
            action.get("remove", False),
        )
        for i, action in enumerate(actions)
    )
    return Overlay(document, "Mine", more.get("extends", ""), found)


def problems(run: Callable[[], object]) -> list[Diagnostic]:
    with pytest.raises(SpecError) as caught:
        run()
    for one in caught.value.diagnostics:
        assert one.hint
        assert not one.message.endswith(".")
    return list(caught.value.diagnostics)


@pytest.mark.parametrize(
    ("more", "told"),
    [
        ({"update": {}, "copy": "$.b"}, "update and copy"),
        ({"update": {}, "remove": True}, "update and remove"),
        ({"copy": "$.b", "remove": True}, "copy and remove"),
    ],
)
def test_an_action_of_1_1_does_one_thing(more: dict[str, Any], told: str, write: Write) -> None:
    actions = json.dumps([{"target": "$.a", **more}])
    (problem,) = problems(lambda: overlay.read_all([write(HEAD_1_1 + f"actions: {actions}")]))
    assert problem.message == f"an action of Overlay 1.1 has one of {told}"
    assert problem.pointer == "#/actions/0"


# --- applying ---


VERSIONS = ("1.0.0", "1.1.0")


@pytest.mark.parametrize(
    ("case", "version"),
    [
        pytest.param(case, version, id=f"{case['name']} ({version})")
        for case in CASES
        for version in VERSIONS
        if case.get("only", version) == version
    ],
)
def test_case(case: dict[str, Any], version: str, write: Write) -> None:
    actions = json.dumps(case["actions"], indent=1)
    name = write(
        f'{{"overlay": "{version}", "info": {{"title": "", "version": "1"}},\n'
        f' "actions": {actions}}}'
    )
    overlays = overlay.read_all([name])
    tree, untouched = case["document"], copy.deepcopy((case["document"], overlays[0].document.tree))
    if "refused" in case:
        (problem,) = problems(lambda: overlay.apply(tree, overlays))
        assert (problem.message, problem.pointer) == (case["refused"], case["at"])
        assert problem.file == name
        assert problem.line == line_of(overlays[0].document, problem.pointer)
    else:
        applied = overlay.apply(tree, overlays)
        assert applied.tree == case["becomes"]
        said = [f"{one.pointer}: {one.message}" for one in applied.warnings]
        assert said == case.get("warns", [])
        assert all(one.hint and one.file == name and one.line for one in applied.warnings)
    assert (tree, overlays[0].document.tree) == untouched


def test_keys_keep_their_order_and_new_ones_come_last() -> None:
    tree = {"z": 1, "a": {"y": 1, "b": 2}}
    applied = overlay.apply(tree, [made([{"target": "$.a", "update": {"c": 3, "y": 0}}])])
    assert json.dumps(applied.tree) == '{"z": 1, "a": {"y": 0, "b": 2, "c": 3}}'


def test_overlays_are_applied_in_order_each_to_what_the_others_left() -> None:
    first = made([{"target": "$.a", "remove": True}, {"target": "$", "update": {"a": {"by": [1]}}}])
    second = made([{"target": "$.a[?@[0]==1]", "update": 2}])
    assert overlay.apply({"a": 0}, [first, second]).tree == {"a": {"by": [1, 2]}}
    assert overlay.apply({"a": {}}, [second]).tree == {"a": {}}


def test_what_no_action_changes_is_shared_and_not_copied() -> None:
    tree: dict[str, Any] = {"paths": {"/a": {"get": {}}, "/b": {"get": {}}}, "tags": []}
    applied = overlay.apply(tree, [made([{"target": "$.paths['/a']", "update": {"put": {}}}])])
    assert applied.tree["paths"]["/b"] is tree["paths"]["/b"]
    assert applied.tree["paths"]["/a"]["get"] is tree["paths"]["/a"]["get"]
    assert applied.tree["tags"] is tree["tags"]


def test_without_overlays_the_tree_is_equal() -> None:
    tree = {"a": [1, {"b": 2}]}
    applied = overlay.apply(tree, [])
    assert (applied.tree, applied.edits, applied.warnings) == (tree, (), ())


# --- hostile input ---


def test_updates_that_would_fill_the_memory_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "MAX_COPIED", 10_000)
    doubling = [{"target": "$..[?@]", "update": {"a": {}, "b": {}, str(i): {}}} for i in range(40)]
    (problem,) = problems(lambda: overlay.apply({"a": {}}, [made(doubling)]))
    assert problem.message == "overlays write more than 10,000 nodes into the document"
    assert problem.pointer.startswith("#/actions/")


def test_a_large_update_counts_for_what_is_in_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(applying, "MAX_COPIED", 100)
    one = made([{"target": "$.*", "update": {"list": [{"a": 1}] * 10}}])  # 22 nodes
    assert overlay.apply({str(i): {} for i in range(4)}, [one]).tree["3"]
    assert problems(lambda: overlay.apply({str(i): {} for i in range(5)}, [one]))


def test_a_target_that_selects_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(targets, "MOST_SELECTED", 1_000)
    node: Any = []
    for _ in range(60):
        node = [node]
    started = time.monotonic()
    target = "$..*" + "..*" * 7  # 60 over 8 is 2,558,620,845
    (problem,) = problems(
        lambda: overlay.apply({"a": node}, [made([{"target": target, "remove": True}])])
    )
    assert problem.message == "the target selects more than 1,000 nodes"
    assert time.monotonic() - started < 10


def test_a_document_that_becomes_too_deep_is_refused() -> None:
    steps = [{"target": "$" + ".a" * i, "update": {"a": {}}} for i in range(MAX_DEPTH)]
    assert overlay.apply({}, [made(steps[:-1])]).tree
    (problem,) = problems(lambda: overlay.apply({}, [made(steps)]))
    assert f"more than {MAX_DEPTH} levels" in problem.message


def test_a_document_as_deep_as_any_may_be_is_searched() -> None:
    tree: dict[str, Any] = {"end": {}}
    for _ in range(MAX_DEPTH - 2):
        tree = {"a": tree}
    assert not depth_exceeds(tree, MAX_DEPTH)
    applied = overlay.apply(tree, [made([{"target": "$..end", "update": {"x": 1}}])])
    assert not applied.warnings


@pytest.mark.parametrize(
    "target",
    [
        "",
        "a",
        "$.",
        "$.a[",
        "$[?@.a == ]",
        "$[?(@.a]",
        "$[?nothing(@)]",
        "$[?length(@)]",
        "$[?match(@.a)]",
        "$.a | $.b",
        "^.a",
        "$.a.~",
        "$ ",
        "$[01]",
        "$[9007199254740993]",
        "$[" + "9" * 5000 + "]",
        "$[?@.a == 1e99999]",
        "$['\\ud800']",
        "$" + "[" * 5000,
        "$[?" + "(" * 5000 + "@.a" + ")" * 5000 + "]",
        "$[?" + "!" * 5000 + "@.a]",
        "$\n.a[",
    ],
)
def test_what_is_no_jsonpath_is_refused(target: str) -> None:
    (problem,) = problems(lambda: Target(target))
    assert problem.message.startswith("this is not a JSONPath: ")


@pytest.mark.parametrize("target", ["$" + ".a" * 20_000, "$" + "..a" * 2_000])
def test_a_target_of_endless_steps_is_refused(target: str) -> None:
    node: dict[str, Any] = {}
    for _ in range(MAX_DEPTH - 1):
        node = {"a": node}
    assert problems(lambda: Target(target).select(node))


_plain = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=3)
)
_keys = st.sampled_from(["a", "b", "/c", "~d", "%25", "1", ""])
_values = st.recursive(
    _plain,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_keys, inner, max_size=3),
    max_leaves=12,
)
_trees = st.dictionaries(_keys, _values, max_size=4)
_steps = st.sampled_from(
    [
        ".*",
        "..*",
        ".a",
        "..a",
        "['/c']",
        "[0]",
        "[-1]",
        "[1:]",
        "[::-1]",
        "..[?@.a]",
        "[?@.b<@.a]",
        "['a','b','a']",
        "[?@==1]",
        "[?match(@,'.')]",
        "[?search(@.a,$.a)]",
        "[?count(@..*)>1]",
    ]
)
_targets = st.lists(_steps, max_size=3).map(lambda steps: "$" + "".join(steps))
_actions = st.fixed_dictionaries({"target": _targets}, optional={"update": _values}) | (
    st.fixed_dictionaries({"target": _targets, "remove": st.booleans()})
)


@settings(max_examples=300, deadline=None)
@given(tree=_trees, actions=st.lists(st.lists(_actions, min_size=1, max_size=4), max_size=2))
def test_applying_changes_no_input_and_every_node_is_from_where_it_says(
    tree: dict[str, Any], actions: list[list[dict[str, Any]]]
) -> None:
    overlays = [made(some, f"overlay{i}.json") for i, some in enumerate(actions)]
    whole = Document("spec.json", tree, json.dumps(tree))
    before = copy.deepcopy([tree, *(one.document.tree for one in overlays)])
    try:
        found = overlaid(whole, overlays)
    except SpecError as error:
        assert all(one.file.startswith("overlay") and one.line for one in error.diagnostics)
    else:
        _check_places(
            found, {one.name: one.tree for one in (whole, *(o.document for o in overlays))}
        )
    assert [tree, *(one.document.tree for one in overlays)] == before


@settings(max_examples=500, deadline=None)
@given(text=st.text("$.[]?@*'\"()!<>=&|,:-01e~^_ab \\\n\ud800é", max_size=12), tree=_trees)
def test_any_text_is_a_target_or_is_refused(text: str, tree: dict[str, Any]) -> None:
    try:
        Target("$" + text).select(tree)
    except SpecError as error:
        assert all(one.hint for one in error.diagnostics)


def _check_places(found: Overlaid, trees: dict[str, Any]) -> None:
    """Follow every plain value of a tree to the file that it is said to be from."""
    todo: list[tuple[Any, str]] = [(found.tree, "#")]
    while todo:
        node, pointer = todo.pop()
        if isinstance(node, dict | list):
            entries = node.items() if isinstance(node, dict) else enumerate(node)
            todo += ((value, f"{pointer}/{_escaped(key)}") for key, value in entries)
            continue
        place = found.locate(Diagnostic("", pointer))
        value = trees[place.file]
        for key in place.pointer.replace("%25", "%").split("/")[1:]:
            key = key.replace("~1", "/").replace("~0", "~")
            value = value[int(key)] if isinstance(value, list) else value[key]
        assert repr(value) == repr(node)


def _escaped(key: str | int) -> str:
    return str(key).replace("~", "~0").replace("/", "~1").replace("%", "%25")


# --- reading ---


def test_overlay_is_read_from_json_and_yaml(write: Write) -> None:
    text = '{"overlay": "1.0.7", "info": {"title": "T", "version": "1"}, "extends": "spec.yaml",'
    first = write(text + ' "x-more": 1, "actions": [{"target": "$", "remove": false}]}', "a.json")
    second = write(HEAD + "actions:\n  - target: $.a\n    description: Why.\n    update: null\n")
    one, other = overlay.read_all([first, second])
    assert (one.title, one.extends, one.name) == ("T", "spec.yaml", "a.json")
    assert (other.title, other.extends, other.name) == ("Corrections", "", "overlay.yaml")
    (action,) = other.actions
    assert (action.pointer, action.target.text) == ("#/actions/0", "$.a")
    assert (action.has_update, action.update, action.remove) == (True, None, False)
    assert not one.actions[0].has_update


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("info: {title: T, version: v}\nactions: [{target: $}]\n", "1: #", "'overlay' is missing"),
        ("overlay: 1.0.0\nactions: [{target: $}]\n", "1: #", "'info' is missing"),
        (HEAD, "1: #", "'actions' is missing"),
        (HEAD + "actions: []\n", "3: #/actions", "there is no action"),
        (HEAD + "actions: {}\n", "3: #/actions", "must be a list"),
        (HEAD + "actions: [{target: $}]\nextend: a\n", "4: #/extend", "has no 'extend' here"),
        (HEAD + "actions: [{target: $}]\nextends: http://[\n", "4: #/extends", "is not a URL"),
        (HEAD + "actions:\n- target: 3\n", "4: #/actions/0/target", "must be a text"),
        (HEAD + "actions:\n- target: $.\n", "4: #/actions/0/target", "this is not a JSONPath"),
        (HEAD + "actions:\n- {target: $, copy: $.a}\n", "4: #/actions/0/copy", "has no 'copy'"),
        (HEAD + "actions:\n- {target: $, remove: 1}\n", "4: #/actions/0/remove", "true or false"),
        (HEAD + "actions:\n- target: $\n- target: $\n", "5: #/actions/1", "repeats #/actions/0"),
        (HEAD.replace("1.0.0", "1.0") + "actions: [{target: $}]\n", "1: #/overlay", "be a text"),
        (HEAD.replace("1.0.0", "1.2.0") + "actions: [{target: $}]\n", "1: #/overlay", "'1.2.0'"),
        (HEAD.replace("title", "description: D, title") + "actions: [{target: $}]\n", *IN_1_0),
        (HEAD_1_1 + "actions:\n- {target: $, copy: 3}\n", "4: #/actions/0/copy", "must be a text"),
        (HEAD_1_1 + "actions:\n- {target: $, copy: a}\n", "4: #/actions/0/copy", "not a JSONPath"),
        (HEAD_1_1 + "actions:\n- {target: $, move: $.a}\n", "4: #/actions/0/move", "Overlay 1.1"),
        (HEAD.replace('"1"', "1") + "actions: [{target: $}]\n", "2: #/info/version", "be a text"),
        ("openapi: 3.0.3\npaths: {}\n", "1: #", "an API description, not an overlay"),
        ("- a\n", "", "the top level is a list"),
        ("a: b: c\n", "1", "this is not YAML"),
        ("", "", "the document is empty"),
    ],
)
def test_what_is_no_overlay_is_refused_at_its_place(
    write: Write, text: str, place: str, message: str
) -> None:
    name = write(text)
    (problem,) = problems(lambda: overlay.read_all([name]))
    assert str(problem).startswith(f"{name}:{place}: " if place else f"{name}: ")
    assert message in problem.message


def test_a_key_of_a_newer_version_is_told(write: Write) -> None:
    name = write(HEAD + "actions:\n- {target: $, copy: $.a}\n")
    (problem,) = problems(lambda: overlay.read_all([name]))
    assert problem.hint == 'write overlay: "1.1.0", which has it'
    assert len(overlay.read_all([write(HEAD_1_1 + "actions:\n- {target: $, copy: $.a}\n")])) == 1


def test_actions_that_differ_in_a_type_alone_are_two(write: Write) -> None:
    name = write(
        HEAD + "actions:\n- {target: $, update: {a: 1}}\n- {target: $, update: {a: true}}\n"
    )
    assert len(overlay.read_all([name])[0].actions) == 2


def test_problems_of_all_overlays_are_told_together(write: Write) -> None:
    names = [write("overlay: 2\n", "a.yaml"), "missing.yaml", write(HEAD, "b.yaml")]
    found = problems(lambda: overlay.read_all(names))
    assert [one.file for one in found] == ["a.yaml"] * 3 + ["missing.yaml", "b.yaml"]


# --- the document that an overlay is for ---


@pytest.mark.parametrize(
    ("extends", "is_other"),
    [
        ("", False),
        ("../specs/spec.yaml", False),
        ("../specs/../specs/spec.yaml", False),
        ("spec.yaml", True),
        ("../specs/other.yaml", True),
        ("../specs/%73pec.yaml", False),
        ("https://example.com/v1/spec.yaml?raw=1", False),
        ("https://example.com/v1/openapi.json", True),
        ("urn:example:spec", True),
        ("a\0b", True),
    ],
)
def test_overlay_for_another_document_is_told(write: Write, extends: str, is_other: bool) -> None:
    spec = read(write("openapi: 3.0.3\n", "specs/spec.yaml"))
    one = made([{"target": "$", "update": {}}], "fixes/overlay.json", extends=extends)
    warnings = overlaid(spec, [one]).warnings
    assert [str(warning)[:21] for warning in warnings] == ["fixes/overlay.json:7:"] * is_other
    assert all(warning.pointer == "#/extends" and warning.hint for warning in warnings)


def test_an_absolute_file_url_names_a_file(write: Write, tmp_path: Path) -> None:
    spec = read(write("openapi: 3.0.3\n", "spec.yaml"))
    for file, count in (("spec.yaml", 0), ("other.yaml", 1)):
        one = made([{"target": "$", "update": {}}], extends=(tmp_path / file).as_uri())
        assert len(overlaid(spec, [one]).warnings) == count


def test_nobody_knows_what_standard_input_is_called() -> None:
    one = made([{"target": "$", "update": {}}], extends="spec.yaml")
    assert overlaid(Document("<stdin>", {}, "{}"), [one]).warnings == ()


# --- places ---


def test_places_are_those_of_the_files(write: Write) -> None:
    spec = read(write("list:\n- a: 1\n- b: 2\n- c: 3\n- d: 4\nplain: 1\n", "spec.yaml"))
    text = HEAD + "actions:\n- {target: '$.list[0,2]', remove: true}\n"
    text += "- target: $.list\n  update:\n    e:\n      f: 1\n"
    text += "- target: $.list[?@.d]\n  update: {g: 1}\n"
    text += "- target: $.list[?@.e]\n  update:\n    e: {h: 1}\n"
    found = overlaid(spec, overlay.read_all([write(text)]))
    assert found.tree == {"list": [{"b": 2}, {"d": 4, "g": 1}, {"e": {"f": 1, "h": 1}}], "plain": 1}
    places = {
        "#": "spec.yaml:1: #",
        "#/plain": "spec.yaml:6: #/plain",
        "#/list": "spec.yaml:1: #/list",
        "#/list/0": "spec.yaml:3: #/list/1",
        "#/list/0/b": "spec.yaml:3: #/list/1/b",
        "#/list/1/d": "spec.yaml:5: #/list/3/d",
        "#/list/1/g": "overlay.yaml:10: #/actions/2/update/g",
        "#/list/2": "overlay.yaml:6: #/actions/1/update",
        "#/list/2/e/f": "overlay.yaml:8: #/actions/1/update/e/f",
        "#/list/2/e/h": "overlay.yaml:13: #/actions/3/update/e/h",
        "#/list/0/nothing/below": "spec.yaml:3: #/list/1/nothing/below",
    }
    for pointer, place in places.items():
        assert str(found.locate(Diagnostic("message", pointer))) == f"{place}: message"
        assert line_of(found, pointer) == int(place.split(":")[1])
    assert str(found.locate(Diagnostic("message"))) == "spec.yaml:1: message"
