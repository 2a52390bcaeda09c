"""Values of a path that are several segments keep their slashes, and stay below their place."""

import pytest
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.styles import Style, StyledPath

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
