"""The markup of VMware's descriptions before 9.0 becomes plain words."""

import pytest
from vcgen.text.blocks import blocks


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("the {@term operation}", "the operation"),
        ("if {@code true}, else {@code null}", "if true, else null"),
        ("If {@link #id} refers to it", "If id refers to it"),
        ("as in {@link vcenter.vm.Power#stop(String)}", "as in vcenter.vm.Power.stop(String)"),
        ("if the {@basename CreateSpec#path} {@term field}", "if the CreateSpec.path field"),
        ("{@enum.values vcenter.vm.Kind} and {@param.name vm}", "vcenter.vm.Kind and vm"),
        ("*Warning:* it is new", "Warning: it is new"),
    ],
)
def test_tags_leave_their_text(text: str, found: str) -> None:
    assert [block.shown for block in blocks(text)] == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("this {@term error) is reported", "this error is reported"),
        ("corresponding to {@link #datastore). If", "corresponding to datastore. If"),
        ("the {#member provider} selects", "the provider selects"),
        ("the {#link #network} field", "the network field"),
        ("the {link create} throws {term InvalidArgument}", "the create throws InvalidArgument"),
        ("with the ID {param.name version}", "with the ID version"),
        ("@{link vcenter.Host} id", "vcenter.Host id"),
    ],
)
def test_mistyped_tags_do_too(text: str, found: str) -> None:
    assert [block.shown for block in blocks(text)] == [found]


@pytest.mark.parametrize(
    "text",
    ["/vm/{vm}", "{A, B}", "{link}", "a {name} (of it)", "{code of {x}}", "{term (x)}", "f({x y})"],
)
def test_braces_of_other_sorts_stay(text: str) -> None:
    assert [block.shown for block in blocks(text)] == [text]


def test_paragraphs_and_lists_of_html_are_apart() -> None:
    text = "First. <p> Second: <ul> <li>a {@term b}.</li><li>c</li></ul> Last."
    shown = [block.shown for block in blocks(text)]
    assert shown == ["First.", "Second:", "- a b.", "- c", "Last."]
