"""What a server that lies may answer: bytes on the wire, by what is wrong with them."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from encodings.aliases import aliases

_MANY = 20_000


def reply(
    body: bytes | str = b"",
    kind: str = "application/json",
    status: str = "200 OK",
    *headers: str,
) -> bytes:
    """Return an HTTP reply that is right as HTTP."""
    content = body.encode() if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {kind}", f"Content-Length: {len(content)}"]
    return "\r\n".join([*lines, *headers, "", ""]).encode("latin-1") + content


def raw(head: bytes | str, body: bytes = b"") -> bytes:
    """Return a reply with a head as it is."""
    return (head.encode("latin-1") if isinstance(head, str) else head) + b"\r\n\r\n" + body


def status_lines() -> Iterator[tuple[str, bytes]]:
    for line in (
        *("", "garbage", "HTTP/1.1", "HTTP/1.1 abc OK", "HTTP/1.1 99 Low", "HTTP/1.1 1000 High"),
        *(
            "HTTP/1.1 -1 Negative",
            "HTTP/1.1 2000",
            "HTTP/2.0 200 OK",
            "HTTP/9 200 OK",
            "ICY 200 OK",
        ),
        *(
            "SSH-2.0-OpenSSH_9.6",
            "220 smtp.test ESMTP",
            "HTTP/1.1 200 \x00",
            "HTTP/1.1 200 \x1b[31m",
        ),
        *("HTTP/1.1 200 \xe9\xff", "HTTP/1.1  200  OK", " HTTP/1.1 200 OK", "http/1.1 200 ok"),
        "HTTP/1.1 200 " + "x" * 200_000,
    ):
        yield f"status line {line[:20]!r}", raw(line, b'{"id": "a"}')
    yield "nothing at all", b""
    yield "line feeds alone", b'HTTP/1.1 200 OK\nContent-Length: 11\n\n{"id": "a"}'
    yield "half a head", b"HTTP/1.1 200 OK\r\nContent-Ty"
    yield "TLS alert", b"\x15\x03\x01\x00\x02\x02\x28"
    yield "100 for ever", b"HTTP/1.1 100 Continue\r\n\r\n" * 2_000
    yield "101", raw(
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade"
    )
    yield "103 and then 200", raw("HTTP/1.1 103 Early Hints") + reply('{"id": "a"}')
    for status in (200, 201, 202, 204, 205, 206, 226, 299, 300, 304, 305, 400, 418, 499, 500, 599):
        yield f"status {status} with a body", reply('{"id": "a"}', status=f"{status} S")
    for location in ("http://evil.test/", "javascript:alert(1)", "http://[", "", "/", "//", "\xff"):
        yield f"302 to {location!r}", reply(b"", "text/html", "302 F", f"Location: {location}")


def heads() -> Iterator[tuple[str, bytes]]:
    ok = "HTTP/1.1 200 OK\r\n"
    for name, line in {
        "header without a colon": "no colon here",
        "header without a name": ": value",
        "space before a colon": "Content-Length : 2",
        "folded first header": " folded: yes",
        "NUL in a header": "X-A: a\0b",
        "escape in a header": "X-A: \x1b[31m",
        "bytes in a header": "X-A: \xff\xfe",
        "carriage return in a header": "X-A: a\rb",
        "header of 300 KB": "X-A: " + "a" * 300_000,
        "20,000 headers": "\r\n".join(f"X-{n}: a" for n in range(_MANY)),
        "malformed cookie": "Set-Cookie: =;;;==\x01; Max-Age=x; Expires=never; Domain=..",
        "cookie of another host": "Set-Cookie: sid=1; Domain=evil.test; Path=/",
        "length negative": "Content-Length: -2",
        "length no number": "Content-Length: two",
        "length a float": "Content-Length: 2e0",
        "length with a sign": "Content-Length: +2",
        "length beyond 64 bits": "Content-Length: 99999999999999999999999",
        "length of 5,000 digits": "Content-Length: " + "9" * 5_000,
        "length twice, alike": "Content-Length: 2\r\nContent-Length: 2",
        "length twice, unlike": "Content-Length: 2\r\nContent-Length: 3",
        "length listed, alike": "Content-Length: 2, 2",
        "length listed, unlike": "Content-Length: 2, 7",
        "length of more than there is": "Content-Length: 900",
        "length of less than there is": "Content-Length: 1",
        "length beside chunks": "Content-Length: 2\r\nTransfer-Encoding: chunked",
        "transfer encoding unknown": "Transfer-Encoding: unknown",
        "transfer encoding twice": "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked",
        "transfer encoding gzip": "Transfer-Encoding: gzip, chunked",
    }.items():
        yield name, raw(ok + line, b"{}")


def chunks() -> Iterator[tuple[str, bytes]]:
    head = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked"
    for name, body in {
        "chunks well": b"2\r\n{}\r\n0\r\n\r\n",
        "chunk of no size": b"\r\n{}\r\n0\r\n\r\n",
        "chunk of size zz": b"zz\r\n{}\r\n0\r\n\r\n",
        "chunk of negative size": b"-2\r\n{}\r\n0\r\n\r\n",
        "chunk beyond 64 bits": b"fffffffffffffffffffff\r\n{}\r\n0\r\n\r\n",
        "chunk of less than it says": b"9\r\n{}\r\n0\r\n\r\n",
        "chunk of more than it says": b"1\r\n{}\r\n0\r\n\r\n",
        "chunk without an end": b"2\r\n{}\r\n",
        "chunk with an endless extension": b"2;" + b"x" * 200_000 + b"\r\n{}\r\n0\r\n\r\n",
        "chunk with bad trailers": b"2\r\n{}\r\n0\r\nno colon\r\n\r\n",
    }.items():
        yield name, raw(head, body)


def encodings() -> Iterator[tuple[str, bytes]]:
    good = b'{"id": "a"}'
    for name, coding, body in (
        ("gzip that is plain", "gzip", good),
        ("gzip cut short", "gzip", gzip.compress(good)[:-9]),
        ("gzip twice", "gzip, gzip", gzip.compress(gzip.compress(good))),
        ("gzip 50 times", ", ".join(["gzip"] * 50), gzip.compress(good)),
        ("gzip of 20 MB of zeros", "gzip", gzip.compress(bytes(20_000_000))),
        ("deflate that is plain", "deflate", good),
        ("deflate cut short", "deflate", zlib.compress(good)[:-6]),
        ("br that is plain", "br", good),
        ("zstd that is plain", "zstd", good),
        ("coding unknown", "x-secret", good),
        ("coding empty", "", good),
        ("coding of commas", ",,,", good),
    ):
        yield name, reply(body, "application/json", "200 OK", f"Content-Encoding: {coding}")


def values() -> Iterator[tuple[str, bytes]]:
    texts: dict[str, bytes | str] = {
        "empty": b"",
        "white space": b" \r\n\t",
        "null": "null",
        "true": "true",
        "a number": "1",
        "a text": '"text"',
        "a list": "[]",
        "an empty object": "{}",
        "NaN": '{"id": NaN}',
        "infinity": '{"id": "a", "share": 1e999999}',
        "number of 100,000 digits": '{"id": "a", "count": ' + "9" * 100_000 + "}",
        "100,000 open lists": b"[" * 100_000,
        "100,000 open objects": b'{"a":' * 100_000,
        "object 50,000 deep in a class": b'{"id":"a","next":' * 50_000 + b"1" + b"}" * 50_000,
        "list 50,000 deep in a class": b'{"id":"a","parts":[' * 50_000 + b"]}" * 50_000,
        "half a character": b'{"id": "\xed\xa0\x80"}',
        "half a character escaped": '{"id": "\\ud800"}',
        "not UTF-8": b'{"id": "\xff\xfe"}',
        "byte order mark": b'\xef\xbb\xbf{"id": "a"}',
        "UTF-16": '{"id": "a"}'.encode("utf-16"),
        "UTF-32": '{"id": "a"}'.encode("utf-32"),
        "key twice": '{"id": "a", "id": 2}',
        "cut short": '{"id": "a',
        "two values": '{"id": "a"}{"id": "b"}',
        "comment": '{"id": "a"} // yes',
        "quotes of Python": "{'id': 'a'}",
        "HTML": "<!doctype html><title>502</title>",
        "XML": "<?xml version='1.0'?><a/>",
        "NULs": bytes(1_000),
        "control characters": b'{"id": "a\x1b[31m\r\nX: y"}',
        "key of a dunder": '{"id": "a", "__class__": "x", "__struct__": 1}',
        "200,000 unknown keys": json.dumps({"id": "a"} | {f"k{n}": n for n in range(200_000)}),
        "date of month 13": '{"id": "a", "at": "2026-13-01T00:00:00Z"}',
        "date of year 0": '{"id": "a", "at": "0000-01-01T00:00:00Z"}',
        "date of year 99999": '{"id": "a", "at": "99999-01-01T00:00:00Z"}',
        "date without a zone": '{"id": "a", "at": "2026-01-01T00:00:00"}',
        "date at the end of time": '{"id": "a", "at": "9999-12-31T23:59:59-23:59"}',
        "day 30 of February": '{"id": "a", "day": "2026-02-30"}',
        "duration of letters": '{"id": "a", "took": "PxxS"}',
        "duration beyond all": '{"id": "a", "took": "P' + "9" * 400 + 'D"}',
        "base64 that is none": '{"id": "a", "raw": "\\u0000***"}',
        "key that is no UUID": '{"id": "a", "key": "no-uuid"}',
        "enum of a list": '{"id": "a", "kind": []}',
        "enum unknown": '{"id": "a", "kind": "C"}',
        "enum of a huge number": '{"id": "a", "level": 99999999999999999999999}',
        "enum of a float": '{"id": "a", "level": 1.5}',
        "integer as text": '{"id": "a", "count": "1"}',
        "map of numbers": '{"id": "a", "labels": {"a": 1}}',
        "alternative of none": '{"id": "a", "either": {"moo": 1}}',
        "alternative of both": '{"id": "a", "either": {"meow": "m", "bark": 1}}',
        "alternative of a number": '{"id": "a", "either": 7}',
    }
    for name, text in texts.items():
        yield f"value: {name}", reply(text)
        if name in {
            "empty",
            "HTML",
            "null",
            "not UTF-8",
            "100,000 open lists",
            "control characters",
        }:
            yield f"error: {name}", reply(text, status="404 N")
            yield f"error of a proxy: {name}", reply(text, "text/html", "503 U")


def types() -> Iterator[tuple[str, bytes]]:
    for kind in (
        *("", "text/html", "application/json; charset=utf-16", "application/octet-stream", ";"),
        *("text/plain; charset", "text/plain; charset=", 'text/plain; charset="', "\xff/\xfe"),
        *("text/plain; charset*=utf-8'en'%FF", "text/plain; charset=" + "x" * 5_000),
        *("text/plain; charset=\x01", "text/plain; charset=utf-8; charset=latin-1"),
    ):
        yield f"type {kind[:40]!r}", reply(b'{"id": "\xe9"}', kind)
    for charset in sorted({*aliases.values(), "undefined", "unicode_escape", "mbcs", "idna"}):
        yield f"charset {charset}", reply(
            b"caf\xe9 \\x \\N{x} xn--\xff-\xfe\x80", f"text/plain; charset={charset}"
        )


LIES: dict[str, bytes] = {
    name: sent
    for group in (status_lines, heads, chunks, encodings, values, types)
    for name, sent in group()
}
