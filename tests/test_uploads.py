"""Uploads of everything that holds bytes, and downloads into files, over sockets."""

from __future__ import annotations

import asyncio
import inspect
import io
import re
from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path
from typing import Any

import httpx2
import pytest
from driving import golden
from pytest_httpserver import HTTPServer
from werkzeug import Request, Response

CONTENT = bytes(range(256)) * 1000
EVERY: Any = re.compile(r"(?s).*")


def _told(file: Any) -> tuple[str | None, str, bytes]:
    return file.filename, file.mimetype, file.read()


class Site:
    """A server that keeps what it saw, and fails as often as a test wants."""

    def __init__(self, http: HTTPServer) -> None:
        self.http = http
        self.reset()

    def reset(self) -> None:
        self.seen: list[Request] = []
        self.bodies: list[bytes] = []
        self.files: list[dict[str, tuple[str | None, str, bytes]]] = []
        self.answers: list[Response] = []

    @property
    def url(self) -> str:
        return self.http.url_for("").rstrip("/")

    def answer(self, request: Request) -> Response:
        self.seen.append(request)
        # A form is read by werkzeug, and what it reads is gone.
        is_form = (request.content_type or "").startswith("multipart/")
        self.bodies.append(b"" if is_form else request.get_data())
        self.files.append({name: _told(file) for name, file in request.files.items()})
        return self.answers.pop(0) if self.answers else Response(status=204)


@pytest.fixture(scope="module")
def running() -> Iterator[Site]:
    with HTTPServer(threaded=True) as http:
        site = Site(http)
        http.expect_request(EVERY).respond_with_handler(site.answer)
        yield site


@pytest.fixture
def site(running: Site) -> Site:
    running.reset()
    return running


@pytest.fixture(params=["sync", "async"])
def flavour(request: pytest.FixtureRequest) -> str:
    return str(request.param)


Act = Callable[[Any], Any]


def act(flavour: str, site: Site, package: Any, do: Act, **options: Any) -> Any:
    """Return what comes of something that is done with a client."""
    follow = options.pop("follow_redirects", False)
    options = {"base_url": site.url, **options}

    async def run() -> Any:
        async with httpx2.AsyncClient(follow_redirects=follow) as http:
            found = do(package.AsyncClient(http=http, **options))
            return await found if inspect.isawaitable(found) else found

    if flavour == "async":
        return asyncio.run(run())
    with httpx2.Client(follow_redirects=follow) as http:
        return do(package.Client(http=http, **options))


def parts() -> Iterator[bytes]:
    for at in range(0, len(CONTENT), 10_000):
        yield CONTENT[at : at + 10_000]
        yield b""


async def async_parts() -> AsyncIterator[bytes]:
    for part in parts():
        yield part


class Pipe(io.RawIOBase):
    """A file that nobody can go back in."""

    def __init__(self) -> None:
        self._inner = io.BytesIO(CONTENT)

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        return self._inner.read(size)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "content.bin"
    path.write_bytes(CONTENT)
    return path


KEPT = {
    "bytes": lambda _: CONTENT,
    "bytearray": lambda _: bytearray(CONTENT),
    "view": lambda _: memoryview(CONTENT),
    "path": lambda path: path,
    "file": lambda path: path.open("rb"),
    "memory": lambda _: io.BytesIO(CONTENT),
    "list": lambda _: [*parts()],
}
ONCE: dict[str, Callable[[Path], Any]] = {
    "generator": lambda _: parts(),
    "iterator": lambda _: iter([*parts()]),
    "pipe": lambda _: Pipe(),
}
KINDS: dict[str, Callable[[Path], Any]] = {**KEPT, **ONCE}
ALL = [*KINDS, "async"]


_OPENED: list[Any] = []


@pytest.fixture(autouse=True)
def closing() -> Iterator[None]:
    """Close the files that a test opened."""
    yield
    while _OPENED:
        _OPENED.pop().close()


def opened(content: Any) -> Any:
    """Return what is to be uploaded; if it is a file, it is closed after the test."""
    if hasattr(content, "close"):
        _OPENED.append(content)
    return content


def upload(kind: str, path: Path, flavour: str) -> Any:
    if kind != "async":
        return opened(KINDS[kind](path))
    if flavour == "sync":
        pytest.skip("an asynchronous iterator is for the asynchronous client")
    return async_parts()


def put(content: Any) -> Act:
    return lambda client: client.firmware.put_firmware(content)


@pytest.mark.parametrize("kind", ALL)
def test_everything_that_holds_bytes_is_sent(
    site: Site, flavour: str, kind: str, path: Path
) -> None:
    act(flavour, site, golden("body_octet_stream"), put(upload(kind, path, flavour)))
    assert site.bodies == [CONTENT]
    (seen,) = site.seen
    assert seen.headers["Content-Type"] == "application/octet-stream"
    is_known = kind in {*KEPT} - {"list"}
    assert ("Content-Length" in seen.headers) == is_known
    assert ("Transfer-Encoding" in seen.headers) != is_known


def test_a_file_is_sent_from_where_it_is(site: Site, flavour: str, path: Path) -> None:
    with path.open("rb") as file:
        file.seek(1000)
        act(flavour, site, golden("body_octet_stream"), put(file))
    assert site.bodies == [CONTENT[1000:]]


def test_nothing_is_a_body_too(site: Site, flavour: str, tmp_path: Path) -> None:
    (tmp_path / "empty").touch()
    for content in (b"", iter(()), tmp_path / "empty", io.BytesIO()):
        act(flavour, site, golden("body_octet_stream"), put(content))
    assert site.bodies == [b""] * 4


WRONG: dict[str, tuple[Any, str]] = {
    "text": (
        lambda: "/tmp/x",
        "give bytes, a file, a path or an iterator of bytes, not text: ",
    ),
    "text file": (lambda: io.StringIO("x"), "open the file in binary mode, 'rb'"),
    "number": (lambda: 5, "give bytes, a file, a path or an iterator of bytes, not int"),
    "dict": (lambda: {"a": 1}, "not dict"),
    "texts": (lambda: iter(["a"]), "an upload is of bytes, and got str"),
    "numbers": (lambda: [1, 2], "an upload is of bytes, and got int"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_the_wrong_kind_is_told(site: Site, flavour: str, kind: str) -> None:
    content, message = WRONG[kind]
    with pytest.raises(TypeError, match=re.escape(message)):
        act(flavour, site, golden("body_octet_stream"), put(content()))


def test_a_text_file_of_the_system_is_the_wrong_kind(site: Site, flavour: str, path: Path) -> None:
    with path.open(encoding="latin-1") as file, pytest.raises(TypeError, match="binary mode"):
        act(flavour, site, golden("body_octet_stream"), put(file))
    assert not site.seen


def test_an_asynchronous_iterator_needs_the_asynchronous_client(site: Site) -> None:
    with pytest.raises(TypeError, match="an asynchronous iterator needs the asynchronous client"):
        act("sync", site, golden("body_octet_stream"), put(async_parts()))
    assert not site.seen


def test_a_file_that_is_not_there_is_told_at_once(site: Site, flavour: str, tmp_path: Path) -> None:
    with pytest.raises(OSError, match="none"):
        act(flavour, site, golden("body_octet_stream"), put(tmp_path / "none"))
    assert not site.seen


def test_an_error_of_the_iterator_is_its_own(site: Site, flavour: str) -> None:
    def broken() -> Iterator[bytes]:
        yield b"a"
        raise KeyError("mine")

    with pytest.raises(KeyError, match="mine"):
        act(flavour, site, golden("body_octet_stream"), put(broken()))


# ---- What is sent again


def busy() -> Response:
    return Response("", 503, {"Retry-After": "0"})


def moved() -> Response:
    return Response("", 307, {"Location": "/elsewhere"})


@pytest.mark.parametrize("failure", [busy, moved])
@pytest.mark.parametrize("kind", KEPT)
def test_what_can_be_sent_again_is(
    site: Site, flavour: str, kind: str, path: Path, failure: Callable[[], Response]
) -> None:
    site.answers = [failure()]
    package = golden("body_octet_stream")
    act(flavour, site, package, put(upload(kind, path, flavour)), follow_redirects=True)
    assert site.bodies == [CONTENT, CONTENT]


@pytest.mark.parametrize("kind", [*ONCE, "async"])
def test_what_can_be_read_once_is_not_sent_again(
    site: Site, flavour: str, kind: str, path: Path
) -> None:
    package = golden("body_octet_stream")
    site.answers = [busy()]
    with pytest.raises(package.ServiceUnavailable) as caught:
        act(flavour, site, package, put(upload(kind, path, flavour)))
    assert caught.value.__notes__ == ["not sent again: the body can be read only once"]
    site.answers = [Response("", 401)]
    with pytest.raises(package.Unauthorized) as refused:
        act(flavour, site, package, put(upload(kind, path, flavour)))
    assert refused.value.__notes__ == caught.value.__notes__
    site.answers = [moved()]
    with pytest.raises(package.UnexpectedResponse, match="its body can be read only once"):
        act(flavour, site, package, put(upload(kind, path, flavour)), follow_redirects=True)
    assert len(site.seen) == 3


# ---- Media types that the caller knows


@pytest.mark.parametrize(
    ("method", "usual"), [("put_logo", "application/octet-stream"), ("put_photo", "image/png")]
)
def test_an_upload_has_the_media_type_that_its_file_tells(
    site: Site, flavour: str, method: str, usual: str, path: Path
) -> None:
    """By its name, if it is one that the document offers."""
    package = golden("body_octet_stream")
    photo, page = path.with_name("a.jpeg"), path.with_name("a.html")
    photo.write_bytes(CONTENT)
    page.write_bytes(CONTENT)
    told: list[tuple[Any, str]] = [
        (b"x", usual),
        (path, usual),
        (page, usual),
        (photo, "image/jpeg"),
        (package.File(b"x", "a.jpeg"), "image/jpeg"),
        (package.File(photo, media_type="image/gif"), "image/gif"),
    ]
    for given, _ in told:

        def send(client: Any, given: Any = given) -> Any:
            return getattr(getattr(client, method.removeprefix("put_")), method)(body=given)

        act(flavour, site, package, send)
    assert [one.headers["Content-Type"] for one in site.seen] == [kind for _, kind in told]
    assert site.bodies == [b"x", CONTENT, CONTENT, CONTENT, b"x", CONTENT]


def test_an_upload_of_any_media_type_has_that_of_its_name(site: Site, flavour: str) -> None:
    package = golden("body_octet_stream")
    for name in ("a.png", "a", ""):
        file = package.File(b"x", name)
        act(flavour, site, package, lambda c, file=file: c.thing.put_thing(file))
    kinds = [one.headers["Content-Type"] for one in site.seen]
    assert kinds == ["image/png", *["application/octet-stream"] * 2]


def test_a_body_of_parts_needs_their_boundary(site: Site, flavour: str) -> None:
    package, content = golden("body_octet_stream"), b"--x\r\n\r\na\r\n--x--\r\n"
    for given in (content, package.File(content)):
        with pytest.raises(ValueError, match=r"media_type='multipart/mixed; boundary=\.\.\.'"):
            act(flavour, site, package, lambda c, given=given: c.batch.send_batch(given))
    file = package.File(content, media_type="multipart/mixed; boundary=x")
    act(flavour, site, package, lambda c: c.batch.send_batch(file))
    (sent,) = site.seen
    assert sent.headers["Content-Type"] == "multipart/mixed; boundary=x"
    assert sent.headers["Content-Length"] == str(len(content))


# ---- Parts of a form


@pytest.mark.parametrize("kind", KINDS)
def test_a_part_is_everything_that_holds_bytes(
    site: Site, flavour: str, kind: str, path: Path
) -> None:
    package = golden("body_multipart")
    file = package.File(upload(kind, path, flavour), media_type="image/png")
    body = package.Attachment(picture=file, notes="n")
    act(flavour, site, package, lambda c: c.upload.attach(body=body))
    name = "content.bin" if kind in {"path", "file"} else "picture"
    assert site.files == [{"picture": (name, "image/png", CONTENT)}]
    assert site.seen[0].form["notes"] == "n"
    assert ("Content-Length" in site.seen[0].headers) == (kind in {*KEPT} - {"list"})


def test_a_part_that_can_be_read_once_is_not_sent_again(site: Site, flavour: str) -> None:
    package = golden("body_multipart")
    body = package.Attachment(picture=package.File(parts(), "a.png"))
    site.answers = [moved()]
    with pytest.raises(package.UnexpectedResponse, match="its body can be read only once"):
        act(flavour, site, package, lambda c: c.upload.attach(body=body), follow_redirects=True)


def test_a_part_can_be_sent_again(site: Site, flavour: str, path: Path) -> None:
    package = golden("body_multipart")
    body = package.Attachment(picture=package.File(path))
    site.answers = [moved()]
    act(flavour, site, package, lambda c: c.upload.attach(body=body), follow_redirects=True)
    assert [one["picture"][2] for one in site.files] == [CONTENT, CONTENT]


def test_an_asynchronous_iterator_is_no_part(site: Site, flavour: str) -> None:
    package = golden("body_multipart")
    body = package.Attachment(picture=package.File(async_parts(), "a.png"))
    with pytest.raises(TypeError, match="an asynchronous iterator cannot be a part of a form"):
        act(flavour, site, package, lambda c: c.upload.attach(body=body))
    assert not site.seen


def test_a_part_that_is_no_file_of_ours_is_told(site: Site, flavour: str, path: Path) -> None:
    """`File` is what a file, a path or an iterator of bytes has to be in."""
    package = golden("body_multipart")
    for given in (io.BytesIO(b"x"), path, parts()):
        body = package.Attachment(picture=given)
        with pytest.raises(TypeError) as caught:
            act(flavour, site, package, lambda c, body=body: c.upload.attach(body=body))
        kind = type(given).__name__
        message = f"give bytes or File(...), not {kind}, for the part picture of the form"
        assert str(caught.value) == message
    assert not site.seen


def test_a_file_is_not_json(site: Site, flavour: str) -> None:
    package = golden("body_multipart")
    body = package.UploadRelateBody(about={"a": io.BytesIO(b"x")})
    with pytest.raises(TypeError, match=r"^BytesIO cannot be sent here: give a value"):
        act(flavour, site, package, lambda c: c.upload.relate(body=body))
    assert not site.seen


@pytest.mark.parametrize("kind", [bytearray, memoryview])
def test_what_is_like_bytes_is_a_file(site: Site, flavour: str, kind: Any) -> None:
    package = golden("body_multipart")
    body = package.Attachment(picture=kind(CONTENT))
    act(flavour, site, package, lambda c: c.upload.attach(body=body))
    assert site.files == [{"picture": ("picture", "image/png", CONTENT)}]


# ---- Downloads


def save(package: Any, target: Path | str) -> Act:
    async def save_async(client: Any) -> None:
        await (await client.file.download("a")).asave(target)

    def do(client: Any) -> Any:
        if isinstance(client, package.AsyncClient):
            return save_async(client)
        return client.file.download("a").save(target)

    return do


def test_a_download_is_saved(site: Site, flavour: str, tmp_path: Path) -> None:
    package = golden("binary_reply")
    target = tmp_path / "target"
    for content in (CONTENT, b"", b"new"):
        site.answers = [Response(content, 200, {"Content-Type": "application/octet-stream"})]
        act(flavour, site, package, save(package, str(target) if content else target))
        assert target.read_bytes() == content
    assert [one.name for one in tmp_path.iterdir()] == ["target"]


def test_a_download_that_breaks_leaves_the_file_as_it_was(
    site: Site, flavour: str, tmp_path: Path
) -> None:
    package = golden("binary_reply")
    target = tmp_path / "target"
    target.write_bytes(b"old")

    def broken() -> Iterator[bytes]:
        yield b"new"

    headers = {"Content-Type": "application/octet-stream", "Content-Length": "10"}
    site.answers = [Response(broken(), 200, headers)]
    with pytest.raises(package.TransportError):
        act(flavour, site, package, save(package, target))
    assert target.read_bytes() == b"old"
    assert [one.name for one in tmp_path.iterdir()] == ["target"]


def test_a_folder_that_is_not_there_is_told(site: Site, flavour: str, tmp_path: Path) -> None:
    package = golden("binary_reply")
    site.answers = [Response(b"x", 200, {"Content-Type": "application/octet-stream"})]
    with pytest.raises(OSError, match="none"):
        act(flavour, site, package, save(package, tmp_path / "none" / "target"))
