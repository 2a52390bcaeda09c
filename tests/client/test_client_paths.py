"""The path parameter: whatever it holds, it is one segment of the path, or refused unsent."""

from __future__ import annotations

from urllib.parse import unquote_to_bytes

import pytest
from client_support import PASSWORD, USER, Driver, VCenter
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from vcenter_guest_customization import Client

BEFORE, AFTER = "/api/vcenter/vm/", "/guest/customization"
UNRESERVED = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~")
"""RFC 3986, section 2.3: all that needs no encoding anywhere."""


def segment_of(target: str) -> str:
    """Return the segment of a raw request target in the place of `vm`, still encoded."""
    assert target.startswith(BEFORE)
    assert target.endswith(AFTER)
    segment = target.removeprefix(BEFORE).removesuffix(AFTER)
    assert set(segment) <= UNRESERVED | {"%"}
    assert segment not in {"", ".", ".."}
    return segment


@pytest.mark.parametrize("vm", ["", ".", ".."])
def test_what_would_address_another_resource_is_refused(
    driver: Driver, vcenter: VCenter, client: Client, vm: str
) -> None:
    with pytest.raises(ValueError, match="vm"):
        driver.get(client, vm)
    assert vcenter.trace == []


def test_what_is_refused_opens_no_session(driver: Driver, vcenter: VCenter) -> None:
    client = driver.client(basic_auth=(USER, PASSWORD))
    with pytest.raises(ValueError, match="vm"):
        driver.get(client, "..")
    assert vcenter.trace == []


@pytest.mark.parametrize(
    ("vm", "encoded"),
    [
        ("vm-42", "vm-42"),
        ("vm-1248:059dd233-dedf-4960-bba8-ab6710e6aeb4", None),
        ("a/b", "a%2Fb"),
        ("a?b#c", "a%3Fb%23c"),
        ("%2e%2e", "%252e%252e"),
        ("%2E%2E%2F", "%252E%252E%252F"),
        ("../../../session", "..%2F..%2F..%2Fsession"),
        ("...", "..."),
        ("~a._-", "~a._-"),
        ("Prüfstand-東京", "Pr%C3%BCfstand-%E6%9D%B1%E4%BA%AC"),
        ("🖥", "%F0%9F%96%A5"),
        (" ", "%20"),
        ("a b", "a%20b"),
        ("a+b", "a%2Bb"),
        ("\n", "%0A"),
        ("a\r\nX-Evil: yes", "a%0D%0AX-Evil%3A%20yes"),
        ("\0", "%00"),
        ("\x7f", "%7F"),
        ("a\\b", "a%5Cb"),
        ("a;b=c,d", "a%3Bb%3Dc%2Cd"),
        ("{vm}", "%7Bvm%7D"),
        ("//evil.example/", "%2F%2Fevil.example%2F"),
        ("http://evil.example", "http%3A%2F%2Fevil.example"),
        ("user@evil.example", "user%40evil.example"),
    ],
)
def test_encoding(
    driver: Driver, vcenter: VCenter, client: Client, vm: str, encoded: str | None
) -> None:
    driver.get(client, vm)
    (request,) = vcenter.seen
    assert request.method == "GET"
    segment = segment_of(request.target)
    assert unquote_to_bytes(segment) == vm.encode()
    if encoded is not None:
        assert segment == encoded


@pytest.mark.parametrize("vm", ["a" * 70_000, "ü" * 20_000], ids=["long", "long once encoded"])
def test_what_no_url_can_hold_is_refused(
    driver: Driver, vcenter: VCenter, client: Client, vm: str
) -> None:
    with pytest.raises(ValueError):
        driver.get(client, vm)
    assert vcenter.trace == []


ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=40)
TRICKY = st.text("./%?#2eE\\ \n;:@&=+", max_size=12)


@settings(
    max_examples=120,
    deadline=None,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@example("\ud800")
@example("..")
@example("%2e")
@given(vm=ANY_TEXT | TRICKY)
def test_any_text_is_refused_or_one_segment(
    driver: Driver, vcenter: VCenter, client: Client, vm: str
) -> None:
    vcenter.seen.clear()
    try:
        driver.get(client, vm)
    except ValueError:
        assert vcenter.trace == []
        assert vm in {"", ".", ".."} or any("\ud800" <= character <= "\udfff" for character in vm)
    else:
        (request,) = vcenter.seen
        assert unquote_to_bytes(segment_of(request.target)) == vm.encode()
