"""What the document says of an argument is left out where it is but its name."""

import pytest
from vcgen.building.docs import Docs


@pytest.mark.parametrize(
    ("name", "description", "said"),
    [
        ("request body", "Body", ""),  # ts-rest
        ("request body", "The request body.", ""),
        ("id", "The ID.", ""),  # AdonisJS
        ("pageSize", "page_size", ""),
        ("pageSize", "Page size in items.", "Page size in items."),
        ("q", "The name of the state.", "The name of the state."),
        ("id", None, ""),
    ],
)
def test_what_is_said_of_an_argument(name: str, description: str | None, said: str) -> None:
    assert Docs().of_argument(name, description) == said
