"""Credentials beside the arguments of a call."""

from __future__ import annotations

import pytest
from vcgen.runtime.wire.credentials import CookieCredential, Credential, QueryCredential
from vcgen.runtime.wire.drafts import Draft
from vcgen.runtime.wire.parameters import InCookie, InHeader, InQuery


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


@pytest.mark.parametrize(("value", "sent"), [("mine", "mine"), (None, "s3cret")])
def test_argument_in_a_header_is_sent_instead_of_the_key(value: str | None, sent: str) -> None:
    """The names of headers are the same in capitals (RFC 9110, section 5.1)."""
    draft = Draft("GET", "/a", "/a", headers={})
    InHeader("x-key", value).put(draft)
    Credential("X-Key", "s3cret").put(draft)
    assert [*draft.headers.values()] == [sent]


@pytest.mark.parametrize(
    ("name", "value", "sent"),
    [
        ("key", "mine", "a=b; key=mine"),
        ("key", None, "a=b; key=s3cret"),
        ("ke", "y=key", "a=b; ke=y=key; key=s3cret"),
    ],
)
def test_argument_in_a_cookie_is_sent_instead_of_the_key(
    name: str, value: str | None, sent: str
) -> None:
    draft = Draft("GET", "/a", "/a")
    InCookie("a", "b").put(draft)
    InCookie(name, value).put(draft)
    CookieCredential("key", "s3cret").put(draft)
    assert draft.headers["Cookie"] == sent
