"""What a reply is that the document does not describe, or describes as a text."""

from __future__ import annotations

from contextlib import suppress
from typing import Any, Literal

import httpx2
import msgspec
import pytest
from msgspec import Struct
from vcgen.runtime.errors import UnexpectedResponse
from vcgen.runtime.lenient.deviations import Deviation, Reading
from vcgen.runtime.lenient.scalars import Unreadable
from vcgen.runtime.models.hooks import decode_hook
from vcgen.runtime.wire import readers
from vcgen.runtime.wire.readers import Anything, Json, JsonText, Text, Untyped
from vcgen.runtime.wire.streaming import EventItems, LineItems, SequenceItems, WholeEventItems


def _reply(body: bytes, media_type: str = "") -> httpx2.Response:
    headers = {"Content-Type": media_type} if media_type else {}
    request = httpx2.Request("GET", "https://api.test/a")
    return httpx2.Response(200, headers=headers, content=body, request=request)


@pytest.mark.parametrize(
    ("media_type", "body", "value"),
    [
        ("application/json", b'{"a": 1}', {"a": 1}),
        ("Application/Problem+JSON; charset=utf-8", b"[]", []),
        ("text/json", b"7", 7),
        ("", b"true", True),
        ("text/html; charset=latin-1", b"<p>\xe9</p>", "<p>\xe9</p>"),
        ("text/csv", b"7", "7"),
        ("application/xml", b"<a/>", "<a/>"),
        ("image/svg+xml", b"<svg/>", "<svg/>"),
        ("application/octet-stream", b"\x00\x01", b"\x00\x01"),
        ("image/png", b"\x89PNG", b"\x89PNG"),
        ("application/x-ndjson", b"{}\n{}\n", b"{}\n{}\n"),
    ],
)
def test_reply_without_a_schema_is_what_its_media_type_says(
    media_type: str, body: bytes, value: object
) -> None:
    assert Untyped().read(_reply(body, media_type)) == value
    assert Anything().read(_reply(body, media_type)) == value


@pytest.mark.parametrize("media_type", ["", "application/json", "text/plain", "image/png"])
def test_reply_that_nothing_describes_may_be_empty(media_type: str) -> None:
    assert Anything().read(_reply(b"", media_type)) is None


@pytest.mark.parametrize("media_type", ["", "application/json"])
def test_reply_that_nothing_describes_is_never_refused(media_type: str) -> None:
    assert Anything().read(_reply(b"It works.", media_type)) == "It works."
    assert Anything().read(_reply(b"[" * 100_000, media_type)) == "[" * 100_000


@pytest.mark.parametrize("reader", [Json[list[str]](list[str]), Untyped()])
@pytest.mark.parametrize(
    ("charset", "body", "value"),
    [
        ("; charset=iso-8859-1", b'["caf\xe9"]', "caf\xe9"),
        ("; charset=windows-1252", b'["\x80"]', "\u20ac"),
        ("; charset=utf-16", '["caf\xe9"]'.encode("utf-16"), "caf\xe9"),
        # It is UTF-8, whatever the server calls it.
        ("; charset=iso-8859-1", '["caf\xe9"]\t'.encode(), "caf\xe9"),
        ("; charset=rot13", b'["caf\xe9"]', "caf\ufffd"),
        ("; charset=ascii", b'["caf\xe9"]', "caf\ufffd"),
        ("", b'["caf\xe9"]', "caf\ufffd"),
    ],
)
def test_json_in_another_character_set_is_read(
    reader: Json[Any] | Untyped, charset: str, body: bytes, value: str
) -> None:
    reply = _reply(body, f"application/json{charset}")
    with suppress(ValueError):
        assert reader.read(reply) == [value]
        return
    assert reader.reread(reply, "GET /a")[0] == [value]


def test_broken_json_is_no_value() -> None:
    reply = _reply(b"{", "application/json")
    with pytest.raises(ValueError, match="truncated"):
        Untyped().read(reply)
    with pytest.raises(ValueError, match="truncated"):
        Untyped().reread(reply, "GET /a")


@pytest.mark.parametrize(
    ("body", "value", "differs"), [(b"", None, False), (b"\xef\xbb\xbf[1]", [1], True)]
)
def test_json_of_any_kind_is_read_leniently(body: bytes, value: object, differs: bool) -> None:
    found, deviations = Untyped().reread(_reply(body, "application/json"), "GET /a")
    assert found == value
    assert bool(deviations) is differs


def test_text_that_is_declared_as_json_may_come_as_it_is() -> None:
    reply = _reply(b"<p>", "text/html")
    with pytest.raises(ValueError, match="malformed"):
        JsonText().read(reply)
    value, (deviation,) = JsonText().reread(reply, "GET /a")
    assert value == "<p>"
    assert str(deviation) == "GET /a: $: expected JSON, received text/html"


@pytest.mark.parametrize("text", ["it is done", "<p>", "ä", "01"])
def test_text_that_is_called_json_and_is_none_is_read(text: str) -> None:
    value, (deviation,) = JsonText().reread(_reply(text.encode(), "application/json"), "GET /a")
    assert value == text
    assert str(deviation) == "GET /a: $: expected JSON, received text"


@pytest.mark.parametrize("body", [b"", b'"it is', b' {"it', b"[" * 3000, b"[1,"])
def test_json_that_broke_off_is_no_text(body: bytes) -> None:
    with pytest.raises((ValueError, RecursionError)):
        JsonText().reread(_reply(body, "application/json"), "GET /a")


@pytest.mark.parametrize("media_type", ["application/json", "text/plain"])
def test_json_string_is_one_whatever_it_is_called(media_type: str) -> None:
    assert JsonText().read(_reply(b'"a"', media_type)) == "a"


@pytest.mark.parametrize(
    ("body", "kind"), [('{"ok": true, "a": "\u00e4"}', "object"), ("[1,\n 2]", "array")]
)
def test_object_where_a_text_is_meant_is_its_json(body: str, kind: str) -> None:
    reply = _reply(body.encode(), "application/json")
    value, (deviation,) = JsonText().reread(reply, "GET /a")
    assert value == body
    assert str(deviation) == f"GET /a: $: expected string, received {kind}"
    with pytest.raises(Unreadable):
        JsonText().reread(_reply(b"null", "application/json"), "GET /a")
    with pytest.raises(ValueError, match="truncated"):
        JsonText().reread(_reply(b'{"ok"', "application/json"), "GET /a")


@pytest.mark.parametrize("body", [b"", b" \n"])
def test_a_change_that_says_nothing_is_an_empty_text(body: bytes) -> None:
    """hapi-swagger has each reply as a text, that of a DELETE with status 204, too."""
    reply = _reply(body, "")
    assert JsonText().reread(reply, "DELETE /a") == (
        "",
        [Deviation("DELETE /a", "$", "JSON", "nothing")],
    )
    with pytest.raises(Unreadable, match="empty"):
        JsonText().reread(reply, "GET /a")


def test_so_it_is_in_a_client_with_types_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def decode(content: bytes, type: Any) -> Any:
        return msgspec.json.decode(content, type=type, dec_hook=decode_hook)

    monkeypatch.setattr(readers, "decode", decode)
    test_object_where_a_text_is_meant_is_its_json("[1]", "array")


def test_number_where_a_text_is_meant_is_read_leniently() -> None:
    value, deviations = JsonText().reread(_reply(b"7", "application/json"), "GET /a")
    assert (value, len(deviations)) == ("7", 1)


@pytest.mark.parametrize(
    ("media_type", "body", "value"),
    [
        ("text/plain", b'"a"', '"a"'),
        ("application/json", b'"a"', "a"),
        ("application/json", b'{"a": 1}', '{"a": 1}'),
        ("application/json", b"a", "a"),
    ],
)
def test_text_that_comes_as_json_is_decoded(media_type: str, body: bytes, value: Any) -> None:
    assert Text().read(_reply(body, media_type)) == value


def test_what_nobody_calls_json_may_be_anything() -> None:
    reply = _reply(b"{}\n{}\n")
    with pytest.raises(ValueError, match="trailing"):
        Untyped().read(reply)
    value, (deviation,) = Untyped().reread(reply, "GET /a")
    assert value == b"{}\n{}\n"
    assert str(deviation) == "GET /a: $: expected JSON, received bytes"


@pytest.mark.parametrize("media_type", ["image/png", "application/octet-stream", "Video/MP4"])
def test_a_file_is_no_text(media_type: str) -> None:
    with pytest.raises(ValueError, match="not text"):
        Text().read(_reply(b"\x89PNG", media_type))
    assert Text().read(_reply(b"PNG", media_type)) == "PNG"


@pytest.mark.parametrize(
    "media_type", ["text/plain", "", "application/xml", "image/png; charset=latin-1"]
)
def test_a_text_may_be_one_of_another_character_set(media_type: str) -> None:
    assert Text().read(_reply(b"caf\xe9", media_type))[:3] == "caf"


@pytest.mark.parametrize(
    ("items", "body"),
    [
        (LineItems[str](str), b'"a"\n{"b": 1}\n5\nc d\n'),
        (SequenceItems[str](str), b'\x1e"a"\n\x1e{"b": 1}\n\x1e5\n\x1ec d\n'),
    ],
)
def test_a_line_is_text_where_the_document_says_so(items: LineItems[str], body: bytes) -> None:
    stream = items.open(_reply(body, "application/x-ndjson"), "", Reading(strict=True))
    assert list(stream) == ["a", '{"b": 1}', "5", "c d"]


@pytest.mark.parametrize(
    "items", [EventItems[str](str), EventItems[Any](Any), WholeEventItems[Any](Any)]
)
@pytest.mark.parametrize(
    "body", [b"some text", b"some\ntext\n", b"some: x\n\ntext\n\n", b"\xef\xbb\xbfa"]
)
def test_what_is_no_stream_of_events_is_an_error(items: EventItems[Any], body: bytes) -> None:
    stream = items.open(_reply(body, "text/event-stream"), "", Reading())
    with pytest.raises(UnexpectedResponse, match="the body has no line of an event"):
        list(stream)


@pytest.mark.parametrize(
    "body", [b"", b"\n\n", b": ping\n\n", b"x: 1\nid: 1\n\n", b"data", b"\xef\xbb\xbfretry: 5\n"]
)
def test_a_stream_may_have_no_data(body: bytes) -> None:
    assert list(EventItems[Any](Any).open(_reply(body, "text/event-stream"), "", Reading())) == []


class _Told(Struct):
    data: str
    event: Literal["told"]


class _Any(Struct):
    data: Any = None
    event: str = "message"


@pytest.mark.parametrize(
    ("type_", "data", "found"),
    [
        (_Any, '{"n": 1}', {"n": 1}),
        (_Any, "[1]", [1]),
        (_Any, "{n: 1}", "{n: 1}"),
        (_Any, "null", "null"),
        (_Any, '"a"', '"a"'),
        (_Any, "[" * 2000, "[" * 2000),
        (_Told, '{"n": 1}', '{"n": 1}'),
        (_Told, "{n: 1}", "{n: 1}"),
    ],
)
def test_data_of_an_event_are_json_where_they_may_be(type_: Any, data: str, found: Any) -> None:
    items = WholeEventItems[Any](type_)
    body = f"event: told\ndata: {data}\n\n".encode()
    (item,) = items.open(_reply(body, "text/event-stream"), "", Reading(strict=True))
    assert (item.event, item.data) == ("told", found)
