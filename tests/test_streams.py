"""Streams of items: server-sent events (HTML, section 9.2), lines of JSON, and RFC 7464."""

from __future__ import annotations

import asyncio
import inspect
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from typing import Any

import httpx2
import pytest
from driving import Driver, golden

EVENTS = "text/event-stream; charset=utf-8"
LINES = "application/x-ndjson"


@pytest.fixture
def package() -> Any:
    return golden("streams")


def items(drive: Driver, method: str, *chunks: bytes, kind: str = EVENTS, **options: Any) -> Any:
    """Return the items of a stream whose bytes come in chunks."""

    def answer(_: httpx2.Request) -> httpx2.Response:
        content: Any = later() if drive.is_async else iter(chunks)
        return httpx2.Response(200, headers={"Content-Type": kind}, content=content)

    async def later() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    async def act_async(client: Any) -> list[Any]:
        async with await getattr(client.stream, method)() as stream:
            return [item async for item in stream]

    def act(client: Any) -> Any:
        if drive.is_async:
            return act_async(client)
        with getattr(client.stream, method)() as stream:
            return list(stream)

    return drive("streams", act, answer, **options)


# ---- Events

SAMPLES: dict[str, tuple[bytes, list[str]]] = {
    # The samples of HTML, section 9.2.6
    "stocks": (b"data: YHOO\ndata: +2\ndata: 10\n\n", ["YHOO\n+2\n10"]),
    "comment": (
        b": test stream\n\ndata: first event\nid: 1\n\n"
        b"data:second event\nid\n\ndata:  third event\n\n",
        ["first event", "second event", " third event"],
    ),
    "empty data": (b"data\n\ndata\ndata\n\ndata:\n", ["", "\n"]),
    "same": (b"data:test\n\ndata: test\n\n", ["test", "test"]),
    # What may be between lines, and before them
    "crlf": (b"data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n", ["a\nb", "c"]),
    "cr": (b"data: a\rdata: b\r\rdata: c\r\r", ["a\nb", "c"]),
    "mixed": (b"data: a\ndata: b\r\n\rdata: c\n\r", ["a\nb", "c"]),
    "bom": (b"\xef\xbb\xbfdata: a\n\n", ["a"]),
    "unfinished": (b"data: a\n\ndata: b\n", ["a"]),
    "unicode": ("data: ä\u2028b\n\n".encode(), ["ä\u2028b"]),
    "not utf-8": (b"data: \xff\n\n", ["\ufffd"]),
    "unknown fields": (b"x: 1\nDATA: 2\ndata: a\n\n", ["a"]),
    "colon": (b"data: a: b\n\n", ["a: b"]),
    "done": (b"data: [DONE]\n\n", ["[DONE]"]),
    "nothing": (b"", []),
}


@pytest.mark.parametrize("name", SAMPLES)
@pytest.mark.parametrize("size", [1, 2, 3, 1000])
def test_events_are_read_however_they_come(drive: Driver, name: str, size: int) -> None:
    text, expected = SAMPLES[name]
    chunks = [text[at : at + size] for at in range(0, len(text), size)]
    drive.sent.clear()
    assert items(drive, "texts", *chunks) == expected
    assert drive.request.headers["Accept"] == "text/event-stream, application/json;q=0.5"


def test_the_data_of_events_have_their_type(drive: Driver, package: Any) -> None:
    text = b'data: {"kind": "added",\ndata:  "names": ["a"]}\n\n: ping\n\ndata: {"kind":"new"}\n\n'
    first, second = items(drive, "watch", text)
    assert first == package.Change(kind=package.ChangeKind.ADDED, names=["a"])
    assert not second.kind.is_known


def test_done_ends_a_stream_of_json(drive: Driver) -> None:
    text = b'data: {"kind": "added"}\n\ndata: [DONE]\n\ndata: {"kind": "gone"}\n\n'
    assert [one.kind for one in items(drive, "watch", text)] == ["added"]


def test_events_of_no_schema_are_json_or_text(drive: Driver) -> None:
    text = b'data: {"a": 1}\n\ndata: plain\n\ndata: 5\n\n'
    assert items(drive, "anything", text) == [{"a": 1}, "plain", 5]


def test_whole_events(drive: Driver, package: Any) -> None:
    text = b'event: e\nid: 7\nretry: 10\ndata: {"kind": "gone"}\n\n'
    text += b'id: a\0b\nretry: x\ndata: {"kind": "added"}\n\n'
    first, second = items(drive, "whole", text)
    assert (first.event, first.id, first.retry) == ("e", "7", 10)
    assert first.data == package.Change(kind=package.ChangeKind.GONE)
    assert (second.event, second.id, second.retry) == (None, None, None)
    (told,) = items(drive, "told", b'event: e\ndata: {"a": 1}\n\n')
    assert told == package.StreamTold(event="e", data='{"a": 1}')


def test_an_event_without_a_type_is_a_message_where_one_is_required(
    drive: Driver, package: Any
) -> None:
    """HTML, section 9.2.6: the type of an event is `message` if it has no other."""
    text = b'data: {"kind": "gone"}\n\nevent: text\ndata: {"a": 1}\n\n'
    with package.recorded_deviations() as deviations:
        first, second = items(drive, "named", text)
        (third,) = items(drive, "typed", b'id: 1\ndata: {"a": 1}\n\n')
    assert first == package.StreamNamedMessage(data=package.Change(kind="gone"), event="message")
    assert second == package.StreamNamedText(data='{"a": 1}', event="text")
    assert third == package.StreamTyped(event="message", data='{"a": 1}', id="1")
    assert not deviations


def test_of_an_event_that_differs_the_rest_is_read(drive: Driver, package: Any) -> None:
    with package.recorded_deviations() as deviations:
        (told,) = items(drive, "typed", b'event: e\ndata: {"a": 1}\n\n')
        (whole,) = items(drive, "whole", b'data: {"kind": 7, "id": 8}\n\n')
    assert (told.event, told.data) == ("e", '{"a": 1}')
    assert whole.data.kind == package.ChangeKind("7")
    assert {one.path for one in deviations} == {"$.id", "$.data.kind"}


# ---- Lines, and sequences


@pytest.mark.parametrize("size", [1, 7, 1000])
@pytest.mark.parametrize("method", ["lines", "converse"])
def test_lines(drive: Driver, package: Any, method: str, size: int) -> None:
    text = b'\xef\xbb\xbf{"kind": "added"}\r\n\n \n{"kind": "gone", "names": null}'
    chunks = [text[at : at + size] for at in range(0, len(text), size)]
    found = items(drive, method, *chunks, kind=LINES)
    assert [one.kind for one in found] == ["added", "gone"]
    assert found[0] == package.Change(kind=package.ChangeKind.ADDED)


def test_items_of_a_request_are_lines(drive: Driver, package: Any) -> None:
    changes = [package.Change(kind="added", names=["a\nb"]), package.Change(kind="gone")]
    answer = httpx2.Response(204)
    drive("streams", lambda c: c.stream.load([*changes, 5]), lambda _: answer)
    assert drive.request.headers["Content-Type"] == "application/jsonl"
    assert drive.request.content == b'{"kind":"added","names":["a\\nb"]}\n{"kind":"gone"}\n5\n'
    drive("streams", lambda c: c.stream.converse(), lambda _: answer)
    assert (drive.sent[-1].content, "Content-Type" in drive.sent[-1].headers) == (b"", False)


@pytest.mark.parametrize("body", [b"{}\n", "{}\n"])
def test_lines_that_are_written_already_are_no_items(drive: Driver, body: object) -> None:
    with pytest.raises(TypeError, match="give a list of values, not "):
        drive("streams", lambda c: c.stream.load(body), lambda _: httpx2.Response(204))


def test_lines_of_any_text_are_an_upload(drive: Driver) -> None:
    drive(
        "streams",
        lambda c: c.stream.append(iter([b"{}\n", b"5\n"])),
        lambda _: httpx2.Response(204),
    )
    assert drive.request.content == b"{}\n5\n"


def test_a_sequence(drive: Driver) -> None:
    text = b'\x1e{"a":\n 1}\n\x1e\x1e{"b": 2}\n'
    assert items(drive, "sequence", text, kind="application/json-seq") == [{"a": 1}, {"b": 2}]


def test_json_is_taken_where_it_is_offered_beside_a_stream(drive: Driver) -> None:
    found = drive(
        "streams",
        lambda c: c.stream.choose(),
        lambda _: httpx2.Response(200, json={"kind": "added"}),
    )
    assert found.kind == "added"


# ---- What is not as documented


def test_an_item_that_differs_is_repaired_and_reported(drive: Driver, package: Any) -> None:
    with package.recorded_deviations() as deviations:
        (one,) = items(
            drive, "lines", b'{"kind": "added", "names": null, "at": "2020-01-01T00:00:00"}\n'
        )
    assert one.at.utcoffset() is not None
    assert [(one.operation, one.path) for one in deviations] == [("GET /lines", "$.at")]


@pytest.mark.parametrize(
    ("method", "text"), [("lines", b'{"kind": 5}\n'), ("watch", b'data: {"kind": 5}\n\n')]
)
def test_an_item_that_differs_is_an_error_to_a_strict_client(
    drive: Driver, package: Any, method: str, text: bytes
) -> None:
    with pytest.raises(package.UnexpectedResponse, match=r"\$\.kind.*in an item of a stream"):
        items(drive, method, text, strict=True)


@pytest.mark.parametrize("method", ["watch", "lines", "sequence"])
def test_what_is_no_json_is_an_error(drive: Driver, package: Any, method: str) -> None:
    good, bad = ({"kind": "added"}, "<oops>")
    text = {
        "watch": b'data: {"kind": "added"}\n\ndata: <oops>\n\n',
        "lines": b'{"kind": "added"}\n<oops>\n',
        "sequence": b'\x1e{"kind": "added"}\n\x1e<oops>\n',
    }[method]
    with pytest.raises(package.UnexpectedResponse) as caught:
        items(drive, method, text)
    error = caught.value
    assert (error.status_code, error.method) == (200, "GET")
    assert bad.encode() in error.body
    assert error.headers["Content-Type"] == EVENTS
    assert good["kind"] not in str(error)


@pytest.mark.parametrize("method", ["texts", "lines", "sequence"])
@pytest.mark.parametrize("size", [10, 1000])
def test_an_item_has_a_limit(drive: Driver, package: Any, method: str, size: int) -> None:
    good = {"texts": b"data: a\n\n", "lines": b'{"kind": "gone"}\n', "sequence": b'\x1e{"a": 1}\n'}
    text = good[method] * 10 + b"data: " + b"x" * 101
    chunks = [text[at : at + size] for at in range(0, len(text), size)]
    with pytest.raises(package.UnexpectedResponse, match="more than 100 bytes, which is max_resp"):
        items(drive, method, *chunks, max_response=100)
    assert items(drive, method, good[method] * 50, max_response=100)


def test_an_event_of_many_lines_has_the_limit_of_one(drive: Driver, package: Any) -> None:
    with pytest.raises(package.UnexpectedResponse, match="more than 100 bytes"):
        items(drive, "texts", *[b"data: 12345\n"] * 20, max_response=100)
    with pytest.raises(package.UnexpectedResponse, match="more than 100 bytes"):
        items(drive, "texts", *[b": comment\n"] * 20, max_response=100)


@pytest.mark.parametrize(
    ("method", "kind"),
    [("watch", "text/html"), ("watch", "application/json"), ("lines", "text/html")],
)
def test_another_kind_of_body_is_an_error(
    drive: Driver, package: Any, method: str, kind: str
) -> None:
    with pytest.raises(package.UnexpectedResponse, match="not a stream of items") as caught:
        items(drive, method, b'{"kind": "gone"}', kind=kind)
    assert caught.value.body == b'{"kind": "gone"}'


def test_an_error_is_an_error(drive: Driver, package: Any) -> None:
    refused = httpx2.Response(404, json={"message": "no such thing"})
    with pytest.raises(package.NotFound, match="no such thing"):
        drive("streams", lambda c: c.stream.watch(), lambda _: refused)


# ---- Over a socket


class Line:
    """A server that sends parts when it is told to, and sees whether somebody hangs up."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self.hung_up = threading.Event()
        self.acts: list[bytes | float] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def __enter__(self) -> Line:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._listener.close()

    def _serve(self) -> None:
        with suppress(OSError):
            connection, _ = self._listener.accept()
            with connection:
                connection.recv(65536)
                connection.sendall(
                    b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
                    b"Transfer-Encoding: chunked\r\n\r\n"
                )
                for act in self.acts:
                    if isinstance(act, float):
                        time.sleep(act)
                    else:
                        connection.sendall(
                            b"%x\r\n%s\r\n" % (len(act), act) if act else b"0\r\n\r\n"
                        )
                if b"" not in self.acts[-1:] and self.acts[-1:] != [0.0]:
                    connection.settimeout(10)
                    if not connection.recv(1):
                        self.hung_up.set()


@pytest.fixture
def line() -> Iterator[Line]:
    with Line() as one:
        yield one


def act(line: Line, flavour: str, do: Callable[[Any], Any], **options: Any) -> Any:
    """Return what comes of something that is done with a client, which is closed."""
    package = golden("streams")
    if flavour == "sync":
        with package.Client(base_url=line.url, **options) as client:
            return do(client)

    async def run() -> Any:
        async with package.AsyncClient(base_url=line.url, **options) as client:
            found = do(client)
            return await found if inspect.isawaitable(found) else found

    return asyncio.run(run())


@pytest.mark.parametrize("is_broken_off", [True, False])
@pytest.mark.parametrize("flavour", ["sync", "async"])
def test_items_come_as_they_are_sent_and_what_is_left_is_closed(
    line: Line, flavour: str, is_broken_off: bool
) -> None:
    line.acts = [b"data: 1\n\ndata: 2\n\n"]

    def do(client: Any) -> None:
        with client.stream.texts() as stream:
            for one in stream:
                assert one == "1"
                if is_broken_off:
                    break
                stream.close()
                return
        assert line.hung_up.wait(5)

    async def do_async(client: Any) -> None:
        async with await client.stream.texts() as stream:
            async for one in stream:
                assert one == "1"
                break
        await asyncio.to_thread(line.hung_up.wait, 5)
        assert line.hung_up.is_set()

    act(line, flavour, do if flavour == "sync" else do_async)
    assert line.hung_up.wait(5)


@pytest.mark.parametrize("flavour", ["sync", "async"])
def test_a_stream_may_take_longer_than_a_call(line: Line, flavour: str) -> None:
    line.acts = [b"data: 1\n\n", 1.5, b"data: 2\n\n", b""]

    def do(client: Any) -> list[str]:
        return list(client.stream.texts())

    async def do_async(client: Any) -> list[str]:
        return [one async for one in await client.stream.texts()]

    found = act(line, flavour, do if flavour == "sync" else do_async, total_timeout=1)
    assert found == ["1", "2"]


@pytest.mark.parametrize("flavour", ["sync", "async"])
@pytest.mark.parametrize("end", ["cut", "silence"])
def test_what_breaks_in_a_stream_is_a_client_error(line: Line, flavour: str, end: str) -> None:
    line.acts = [b"data: 1\n\n", 0.0] if end == "cut" else [b"data: 1\n\n", 1.0, 0.0]
    package = golden("streams")
    found: list[str] = []

    def do(client: Any) -> None:
        for one in client.stream.texts():
            found.append(one)

    async def do_async(client: Any) -> None:
        async for one in await client.stream.texts():
            found.append(one)

    with pytest.raises(package.TransportError) as caught:
        act(line, flavour, do if flavour == "sync" else do_async, timeout=0.3)
    assert found == ["1"]
    assert caught.value.url == f"{line.url}/texts"
