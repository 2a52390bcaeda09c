"""Credentials beside the arguments of a call."""

from __future__ import annotations

import pytest
from vcgen.runtime.wire.credentials import QueryCredential
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.parameters import InQuery


@pytest.mark.parametrize("name", ["key", "api key", "api/key", "a[key]"])
def test_argument_is_sent_instead_of_a_key_of_the_same_name(name: str) -> None:
    draft = Draft("GET", "/a", "/a")
    InQuery(name, "mine").put(draft)
    alone = draft.url
    QueryCredential(name, "s3cret").put(draft)
    assert draft.url == alone
    assert draft.secret_query == {name}


@pytest.mark.parametrize(("name", "value"), [("key", None), ("keys", "k"), ("ke", "y=key")])
def test_key_is_sent_beside_other_arguments(name: str, value: str | None) -> None:
    draft = Draft("GET", "/a", "/a")
    InQuery(name, value).put(draft)
    QueryCredential("key", "s3cret").put(draft)
    assert draft.url.endswith(("?key=s3cret", "&key=s3cret"))
