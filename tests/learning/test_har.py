"""HAR files: of tools that are not ours, of any size, and with all that traffic has."""

from __future__ import annotations

import base64
import gzip
import io
import json
import tracemalloc
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from learning_support import entry, har
from vcgen.errors import SpecError
from vcgen.learning import Exchange, json_stream, read_har
from vcgen.learning.json_stream import JsonStream

HERE = Path(__file__).parent
DOCUMENT = {
    "x": {"log": {"entries": [0]}},
    "log": {
        "pages": [{"title": '}"]\\'}],
        "number": -1.5e3,
        "entries": [
            *({"t": 'a\\"b\\\\' * n, "u": [{"é": None, "ü": "🎉"}]} for n in range(30)),
            *(3, "x", None, True, [], {}),
        ],
        "after": 1,
    },
}


def read(folder: Path, text: str | bytes) -> list[Exchange]:
    """Return the exchanges of a HAR."""
    file = folder / "a.har"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return list(read_har(file))


@pytest.mark.parametrize("piece", [1, 2, 3, 7, 64, 1 << 20])
@pytest.mark.parametrize("ascii_", [True, False])
def test_items_are_the_same_whatever_the_pieces(
    monkeypatch: pytest.MonkeyPatch, piece: int, ascii_: bool
) -> None:
    monkeypatch.setattr(json_stream, "_PIECE", piece)
    text = json.dumps(DOCUMENT, ensure_ascii=ascii_).encode()
    assert list(JsonStream(io.BytesIO(text)).items("log", "entries")) == DOCUMENT["log"]["entries"]


def test_item_that_is_too_long_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_stream, "_PIECE", 16)
    monkeypatch.setattr(json_stream, "MAX_ITEM", 50)
    text = json.dumps({"log": [1, ["x" * 60], {"a": "y" * 70}, 2]}).encode()
    assert list(JsonStream(io.BytesIO(text)).items("log")) == [1, 2]


@pytest.mark.parametrize(
    "text",
    [
        *("", "[]", "{}", "no", '{"log": 1}', '{"log": {"entries": {}}}', '{"log": {"entries": [1'),
        *('{"log": {"entries": [1 2]}}', '{"log": {"entries": [{"a" 1}]}}', '{"log" {}}'),
        *('{"log": {"entries": ["', '{"log": {"entries": [,]}}', "<html>"),
    ],
)
def test_what_is_no_har_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(SpecError, match=r"a\.har: this is not HAR 1.2: ") as caught:
        read(tmp_path, text)
    assert "HAR 1.2" in caught.value.diagnostics[0].hint


def test_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SpecError, match=r"none\.har: cannot be read: no such file"):
        list(read_har(tmp_path / "none.har"))


@pytest.mark.parametrize(
    ("content", "body"),
    [
        ({"text": "{}"}, b"{}"),
        ({"text": ""}, None),
        ({}, None),
        ({"text": "ü"}, "ü".encode()),
        ({"text": base64.b64encode(b"\x00\xff").decode(), "encoding": "base64"}, b"\x00\xff"),
        ({"text": base64.b64encode(gzip.compress(b"{}")).decode(), "encoding": "base64"}, b"{}"),
        ({"text": "!", "encoding": "base64"}, None),
        ({"text": base64.b64encode(b"\x1f\x8bno").decode(), "encoding": "base64"}, b"\x1f\x8bno"),
        ({"text": 3}, None),
    ],
)
def test_body_is_what_the_client_sees(
    tmp_path: Path, content: dict[str, Any], body: bytes | None
) -> None:
    assert [one.body for one in read(tmp_path, har([entry("GET /x", **content)]))] == [body]


def test_media_type_is_without_parameters(tmp_path: Path) -> None:
    (found,) = read(tmp_path, har([entry("get /x", kind="Application/JSON; charset=utf-8")]))
    assert (found.method, found.media_type, found.is_json) == ("GET", "application/json", True)


@pytest.mark.parametrize(
    "odd",
    [
        entry("GET /x", 0),
        {},
        {"request": None, "response": 3},
        {"request": {"method": "GET", "url": "https://x/"}, "response": {"status": "200"}},
        3,
    ],
)
def test_what_was_not_answered_is_left_out(tmp_path: Path, odd: Any) -> None:
    found = read(tmp_path, har([entry("GET /x"), odd, entry("GET /y")]))
    assert [one.url[-2:] for one in found] == ["/x", "/y"]


def test_mark_and_other_order_of_keys_are_no_matter(tmp_path: Path) -> None:
    text = "\ufeff" + json.dumps({"log": {"entries": [entry("GET /x")], "version": "1.2"}})
    assert len(read(tmp_path, text)) == 1


def test_hundred_megabytes_take_a_bounded_memory(tmp_path: Path) -> None:
    file = tmp_path / "large.har"
    body = json.dumps([{"name": "x" * 50} for _ in range(1500)])
    one = json.dumps(entry("GET /disks", text=body))
    count = 100_000_000 // len(one) + 1
    with file.open("w") as stream:
        stream.write('{"log": {"entries": [')
        for number in range(count):
            stream.write(one if number == 0 else f",{one}")
        stream.write("]}}")
    assert file.stat().st_size > 100_000_000
    tracemalloc.start()
    try:
        assert sum(1 for _ in read_har(file)) == count
        assert tracemalloc.get_traced_memory()[1] < 16_000_000
    finally:
        tracemalloc.stop()


def test_mitmproxy_is_read() -> None:
    """The tool was asked by `--set hardump=FILE`; the server answered as the recipe beside says."""
    found = [(one.method, one.url.partition("/api/")[2], one.status) for one in _mitmproxy()]
    assert found == [
        ("GET", "disks", 200),
        ("GET", "disks/d1", 200),
        ("GET", "image", 200),
        ("GET", "old", 302),
        ("GET", "disks/d9", 404),
        ("GET", "hidden", 200),
        ("GET", "slow", 200),
        ("GET", "elsewhere", 200),
    ]
    bodies = [one.body for one in _mitmproxy()]
    assert json.loads(bodies[0] or b"")[0] == {"name": "d1", "state": "LOST"}
    assert json.loads(bodies[1] or b"") == {"state": "ON", "größe": "ü"}
    assert bodies[6] is None


def test_a_browser_is_read() -> None:
    """Chromium of Debian, driven by Playwright, which wrote the HAR (`record_har_path`)."""
    entries = list(read_har(HERE / "recorded" / "chromium.har"))
    found = [(one.method, one.url.partition("/api/")[2], one.status) for one in entries]
    assert found == [
        ("GET", "", 200),
        ("GET", "disks", 200),
        ("GET", "disks/d1", 200),
        ("GET", "image", 200),
        ("GET", "old", 302),
        ("GET", "disks/d1", 200),
        ("GET", "disks/d9", 404),
        ("POST", "disks/d1?action=wipe", 202),
        ("GET", "elsewhere", 200),
    ]
    assert json.loads(entries[1].body or b"")[0] == {"name": "d1", "state": "LOST"}
    assert entries[3].body == bytes(range(256))
    assert {one.url.partition("/api/")[0] for one in entries[1:-1]} == {"http://127.0.0.1:18923"}


def _mitmproxy() -> Iterator[Exchange]:
    return read_har(HERE / "recorded" / "mitmproxy.har")
