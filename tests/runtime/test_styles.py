"""Values as texts: with slashes in a path, below their place; with signs between their items."""

import pytest
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.styles import Style, StyledPath, styled_text

SPANNING = Style("simple", safe=":/@!$'()*,;")


def url(value: str, style: Style) -> str:
    """Return the URL with a value in its path."""
    draft = Draft("GET", "/v1/{name}:stop", "/v1/{name}:stop")
    StyledPath("name", value, style).put(draft)
    return draft.url


def test_slashes_are_kept_where_they_are_meant() -> None:
    assert url("projects/a b/x?y#z", SPANNING) == "/v1/projects/a%20b/x%3Fy%23z:stop"
    assert url("a/b", Style("simple")) == "/v1/a%2Fb:stop"


@pytest.mark.parametrize("value", ["a/../b", "..", "./a", "a/.", ""])
def test_other_resources_are_refused(value: str) -> None:
    with pytest.raises(ValueError, match="address another resource"):
        url(value, SPANNING)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({"R": 1, "G": "a b"}, "R%7C1%7CG%7Ca%20b"),
        ({}, ""),
        (["a", "b,c"], "a%7Cb%2Cc"),
        ("a|b", "a%7Cb"),
    ],
    ids=str,
)
def test_signs_stand_between_items_alone(value: object, text: str) -> None:
    assert styled_text(value, Style("pipeDelimited")) == text


@pytest.mark.parametrize("value", [["a|b"], {"R": "a|b"}, {"a|b": 1}], ids=str)
def test_an_item_with_the_sign_in_it_is_refused(value: object) -> None:
    with pytest.raises(ValueError, match=r"no item can have '\|' in it here"):
        styled_text(value, Style("pipeDelimited"))
