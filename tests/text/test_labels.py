"""A label is the first text of a thing that makes a name and is none of the others'."""

import pytest
from vcgen.text.labels import label_of


@pytest.mark.parametrize(
    ("own", "others", "label"),
    [
        (["session.updated", "Event"], [["session.idle", "Event"]], "session.updated"),
        (["Event", "session.updated"], [["session.idle", "Event"]], "session.updated"),
        (["By name"], [["By number"], []], "By name"),
        (["By name"], [["by_name"]], ""),
        (["INVALID_VALUE"], [["OTHER"]], "invalid_value"),
        (["This is a sentence of more words.", "short"], [], "short"),
        (["x" * 51, "2nd", "a b c d", "it's"], [], "a b c d"),
        (["a b c d e", "-", ""], [], ""),
        ([], [["a"]], ""),
    ],
)
def test_label_is_a_text_that_nothing_else_has(
    own: list[str], others: list[list[str]], label: str
) -> None:
    assert label_of(own, others) == label
