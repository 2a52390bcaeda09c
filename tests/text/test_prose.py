"""Prose: descriptions, as vendors write them, become paragraphs and sentences of plain text."""

from __future__ import annotations

import re

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from vcgen.text.blocks import blocks
from vcgen.text.prose import (
    clean,
    described,
    headed,
    sentence,
    since_of,
    spoken,
    summary,
)


def paragraphs(text: str | None) -> tuple[str, ...]:
    """Return the blocks of a description as they are written."""
    return tuple(block.shown for block in blocks(text))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, ()),
        ("", ()),
        (" \n\t\n ", ()),
        ("One.", ("One.",)),
        ("One\nline.", ("One line.",)),
        ("One.\n\nTwo.", ("One.", "Two.")),
        ("One.\r\n\r\nTwo.\u2028Three.", ("One.", "Two. Three.")),
        ("  One.  \n \n  Two   words. ", ("One.", "Two words.")),
        # Rules between paragraphs, and below headings.
        ("One.\n\n---\n\n* * *\n___\nTwo.", ("One.", "Two.")),
        ("One\n===\nTwo.\n--\nThree.", ("One", "Two.", "Three.")),
        ("One -- two --- three.", ("One -- two --- three.",)),
        # What stands for a description that nobody wrote.
        *((nothing, ()) for nothing in ("-", "---", "...", ".", "_", "- ...", "# -")),
        ("%", ("%",)),
    ],
)
def test_paragraphs_are_apart_by_empty_lines(text: str | None, found: tuple[str, ...]) -> None:
    assert paragraphs(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("- a\n- b", ("- a", "- b")),
        ("* a\n+ b\n\u2022 c\n1. d\n2) e", ("* a", "+ b", "\u2022 c", "1. d", "2) e")),
        ("- a\n - b\n   1. c\n- d", ("- a", "- b", "  1. c", "- d")),
        ("1. a\n\n   more\n   - b\n2. c", ("1. a", "   more", "   - b", "2. c")),
        ("-  wide\n   - inner\n\n     more", ("- wide", "  - inner", "    more")),
        ("It came in\n2019. Then", ("It came in 2019. Then",)),
        ("Steps:\n1. a\n2. b", ("Steps:", "1. a", "2. b")),
        ("Either:\n- a\n- b", ("Either:", "- a", "- b")),
        ("- a\n  goes on\n- b", ("- a goes on", "- b")),
        ("- a\ngoes on\n- b", ("- a goes on", "- b")),
        ("- a\n\nAfter.", ("- a", "After.")),
        ("  - a\n  - b\n After:\n  - c", ("- a", "- b", "After:", "- c")),
        ("-\n- a", ("- a",)),
        ("-5 degrees", ("-5 degrees",)),
        ("*a* is first", ("a is first",)),
        ("1.5 times", ("1.5 times",)),
    ],
)
def test_items_of_a_list_are_paragraphs_of_their_own(text: str, found: tuple[str, ...]) -> None:
    assert paragraphs(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a *Vapi.Std.Errors.Error* b", "a Vapi.Std.Errors.Error b"),
        ("a __vSphere API 7.0__.", "a vSphere API 7.0."),
        ("***Error*** if", "Error if"),
        ("**bold**ly", "boldly"),
        ("snake__case__name", "snake__case__name"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("a*b*c", "a*b*c"),
        ("vm-* or *-vm", "vm-* or *-vm"),
        ("use `*args*` and `__init__`", "use `*args*` and `__init__`"),
        ("*PUT /vm/{vm}* is", "PUT /vm/{vm} is"),
        ("`one` and *two* and `three`", "`one` and two and `three`"),
        ("an `open backtick\n\nand *this*", "an `open backtick / and this"),
    ],
)
def test_emphasis_is_dropped_and_code_is_kept(text: str, found: str) -> None:
    assert " / ".join(paragraphs(text)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("One.<p>Two.</p>", ("One.", "Two.")),
        ("One.<br>Two.<BR/>Three.", ("One.", "Two.", "Three.")),
        ("Any of:<ul> <li>a</li><li>b</li></ul> Last.", ("Any of:", "- a", "- b", "Last.")),
        ("<b>a</b> <code>b</code> <a href=\"https://c\" title='d'>e</a>", ("a b e (https://c)",)),
        ("A. <note> <p>B.</p> </note> <important>C</important>", ("A.", "B.", "C")),
        ("<details><summary>A</summary> b <del>c</del></details>", ("A", "b c")),
        ("/<note>/<summary>", ("/<note>/<summary>",)),
        ("https://<host>/api", ("https://<host>/api",)),
        ("<resource>_<operation>", ("<resource>_<operation>",)),
        ("see <https://example.com>", ("see <https://example.com>",)),
        ("a<b and c>d", ("a<b and c>d",)),
        ("a &lt;p&gt; &amp;&#42; b&nbsp;c", ("a <p> &* b c",)),
        ("`<p>&amp;`", ("`<p>&amp;`",)),
    ],
)
def test_html_is_read_and_what_only_looks_like_it_is_kept(
    text: str, found: tuple[str, ...]
) -> None:
    assert paragraphs(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("{@term Operations} of {@link Vm.Info#name}", "Operations of Vm.Info.name"),
        ("the {@name #format} {@term field}", "the format field"),
        ("if {@param.name spec} is {@code null}", "if spec is null"),
        ("If {@term.unset} all", "If unset all"),
        ("{@literal https://&#42;/x}", "https://*/x"),
        ("/vm/{vm}", "/vm/{vm}"),
    ],
)
def test_javadoc_tags_leave_their_text(text: str, found: str) -> None:
    assert paragraphs(text) == (found,)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, ""),
        ("", ""),
        ("One. Two.", "One."),
        ("One! Two.", "One!"),
        ("one", "One."),
        (" if the machine is not found.", "If the machine is not found."),
        ("doesn't fit", "Doesn't fit."),
        ("vCenter is down", "vCenter is down."),
        ("dns_servers of it", "dns_servers of it."),
        ("https://example.com is it", "https://example.com is it."),
        ("`vm` is it", "`vm` is it."),
        ("API 7.0.3.0. More", "API 7.0.3.0."),
        ("Such as e.g. VMware Tools. More", "Such as e.g. VMware Tools."),
        ("Names, i.e. *Info*. More", "Names, i.e. Info."),
        ("One.two. three", "One.two. three."),
        ('Is it? "Yes."', "Is it?"),
        ("One of the following:\n- a", "One of the following."),
        ("One:,; \n\ntwo", "One."),
        ("- a. B", "A."),
        ("First\n\nSecond.", "First."),
        (":", ""),
    ],
)
def test_a_sentence_has_a_capital_and_a_full_stop(text: str | None, found: str) -> None:
    assert sentence(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, ""),
        ("One. Two.", "One. Two."),
        ("One.\n\n- a\n- b\n\nTwo.", "One.\n\n- a\n- b\n\nTwo."),
        ("- a\n- b", "- a\n- b"),
    ],
)
def test_cleaning_keeps_the_items_of_a_list_together(text: str | None, found: str) -> None:
    assert clean(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, ""),
        ("one", "One."),
        ("One. Two. Three.", "One.\n\nTwo. Three."),
        ("One. Two.\n\nThree.", "One.\n\nTwo.\n\nThree."),
        ("Either:\n- a\n- b", "Either:\n\n- a\n- b"),
        ("One. Either:\n- a", "One.\n\nEither:\n\n- a"),
        ("# One\ntwo", "One.\n\ntwo"),
        ("> **One**: two\n> three", "One: two three."),
        ("```\na\n```\nb", "```\na\n```\n\nb"),
        ("One: ,,\n\nTwo", "One.\n\nTwo"),
        ("- a. B\n- c", "- a. B\n- c"),
        ("ßize is. Two", "SSize is.\n\nTwo"),
    ],
)
def test_the_first_sentence_can_stand_on_a_line_of_its_own(text: str | None, found: str) -> None:
    assert headed(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("a\n```py\nx = [1]  \n\n  *y*\n```\nb", "a\n\n```py\nx = [1]\n\n  *y*\n```\n\nb"),
        ("- a\n\n  ```\n  x\n    y\n  ```\n- b", "- a\n\n  ```\n  x\n    y\n  ```\n\n- b"),
        ("~~~\n```\n~~~~\na", "~~~\n```\n~~~\n\na"),
        ("```\n\tx", "```\n    x\n```"),
        (" ``` sh  \n x\n ```", "``` sh\nx\n```"),
        ("| a | b |\n|:--|---|\n| `c` |\td |", "| a | b |\n|:--|---|\n| `c` | d |"),
        ("a `code`\n```one line``` b", "a `code` ```one line``` b"),
    ],
)
def test_code_and_tables_stand_as_they_are(text: str, found: str) -> None:
    assert clean(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("see [the list](https://x/y_(z)).", "see the list (https://x/y_(z))."),
        ("the [`GET /a` call](#get-a) and", "the `GET /a` call (#get-a) and"),
        ("![a map](map.png)", "a map (map.png)"),
        ("[https://x](https://x), [x](https://x)", "https://x, https://x"),
        ("`[a](b)` and [integer][Y|M] and a[1](2 3)", "`[a](b)` and [integer][Y|M] and a[1](2 3)"),
        ("[*all* of\nit](<b>)", "all of it (b)"),
        ("<A class=\"x\" HREF='https://x'>it</a>", "it (https://x)"),
        ("<a>it</a>", "it"),
    ],
)
def test_a_link_is_its_text_and_its_address(text: str, found: str) -> None:
    assert clean(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (None, ""),
        ("name of it", "Name of it."),
        ("name of it. More. And", "Name of it. More. And"),
        ("one of:\n- a\n- b", "One of:\n\n- a\n- b"),
        ("- a\n- b", "- a\n- b"),
        (":\n\nb", "B."),
    ],
)
def test_a_text_that_goes_on_behind_a_name(text: str | None, found: str) -> None:
    assert spoken(text) == found


@pytest.mark.parametrize(
    ("summary", "description", "found"),
    [
        (None, None, ""),
        ("list things", None, "List things."),
        (None, "Lists. All of them.", "Lists.\n\nAll of them."),
        ("List. All.\n\n- a", None, "List.\n\nAll.\n\n- a"),
        ("List things", "They are sorted.", "List things.\n\nThey are sorted."),
        ("List things", "List *things*! They are sorted.", "List things!\n\nThey are sorted."),
        ("List things", "list things of a kind. Sorted", "List things of a kind.\n\nSorted"),
        ("List things of a kind", "List things. Sorted.", "List things of a kind.\n\nSorted."),
        ("List things. Sorted.", "List things.", "List things.\n\nSorted."),
        ("List things", "List thingsome", "List things.\n\nList thingsome"),
        ("List", "- a\n- b", "List.\n\n- a\n- b"),
        ("List", "List.\n- a", "List.\n\n- a"),
        ("List", "`x`", "List.\n\n`x`"),
    ],
)
def test_what_summary_and_description_both_say_is_said_once(
    summary: str | None, description: str | None, found: str
) -> None:
    assert described(summary, description) == found


# For any text

MARKUP = [
    *("*", "**", "__", "`", "```", "<p>", "</p>", "<br/>", "<li>", "<host>", "&lt;", "&amp;"),
    *("{@link ", "{@code", "}", "- ", "1. ", "\u2022 ", "\n", "\n\n", "\r\n", "\x0b", "\x85"),
    *(
        "e.g. ",
        "Word ",
        "word ",
        "vCenter",
        ". ",
        "! ",
        ":",
        ",",
        " ",
        "\t",
        "\xa0",
        "ß",
        '"',
        "\\",
    ),
]
TEXTS = st.one_of(st.text(), st.lists(st.sampled_from(MARKUP)).map("".join))
MARKER = re.compile(r"(?:[*+\u2022]|\d+[.)])\s")
PLAIN = TEXTS.filter(lambda text: not set(text) & set("*_`~<>&{}[#|"))


def _is_one_line(text: str) -> bool:
    return len(text.splitlines()) <= 1 and text == " ".join(text.split())


@given(TEXTS)
def test_paragraphs_are_single_lines_without_loose_spaces(text: str) -> None:
    found = blocks(text)
    assert all(block.text for block in found)
    assert all(block.is_fixed or _is_one_line(block.text) for block in found)


@given(TEXTS)
def test_a_sentence_is_a_single_line(text: str) -> None:
    found = sentence(text)
    assert _is_one_line(found)
    assert not found or found[-1] in ".!?"


@example(". A")
@example("> -")
@given(PLAIN)
def test_a_sentence_of_a_sentence_is_itself(text: str) -> None:
    once = sentence(text)
    assume(not once.startswith("- ") and not MARKER.match(once))
    assert sentence(once) == once


@given(PLAIN)
def test_plain_text_keeps_its_words(text: str) -> None:
    words = "".join(c for c in text if c.isalpha())
    assert "".join(c for c in clean(text) if c.isalpha()) == words


@given(PLAIN)
def test_cleaning_and_heading_twice_change_nothing_more(text: str) -> None:
    # A marker alone on its line begins no item, until the line after it is joined to it.
    assume(not any(MARKER.match(paragraph) for paragraph in paragraphs(text)))
    assert clean(clean(text)) == clean(text)
    if sentence(text):
        assert headed(headed(text)) == headed(text)


@given(TEXTS)
def test_the_first_line_of_a_headed_text_is_its_sentence(text: str) -> None:
    first, _, rest = headed(text).partition("\n")
    if sentence(text) and not any(block.marker or block.is_fixed for block in blocks(text)[:1]):
        assert first.rstrip(":.") == sentence(text).rstrip(":.")
        assert not rest or rest.startswith("\n")


@pytest.mark.parametrize(
    "unit",
    [
        "*",
        "**a",
        "__",
        "`a",
        "<p",
        "<a b=",
        "{@a ",
        "- ",
        "&lt",
        "[a](",
        "[[",
        "<a href='b'>c",
        "```\n",
    ],
)
def test_long_broken_markup_is_read_in_no_time(unit: str) -> None:
    assert len("".join(paragraphs(f"a {unit * 5000}"))) > 0


@pytest.mark.parametrize(
    ("text", "release"),
    [
        ("The name. This property was added in __vSphere API 7.0.3.0__.", "vSphere API 7.0.3.0"),
        ("The name.\n\n- Was introduced since version 3.5.0.0.", "version 3.5.0.0"),
        ("The name. Available from Foo-bar API v2.1 on.", "Foo-bar API v2.1"),
        ("The name. It was added in a newer version than its parent.", ""),
        ("The name. Disks are added in 2 steps.", ""),
    ],
)
def test_summary_says_since_when(text: str, release: str) -> None:
    since = f" Since {release}." if release else ""
    assert summary(text) == f"The name.{since}"
    assert since_of(text) == release


def test_summary_says_nothing_twice() -> None:
    assert summary("Added in vSphere API 7.0.3.0.") == "Added in vSphere API 7.0.3.0."
