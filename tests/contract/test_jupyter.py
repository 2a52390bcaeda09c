"""Jupyter Server, from the Swagger 2.0 document that it serves."""

from __future__ import annotations

from collections.abc import Iterator
from types import ModuleType

import pytest
from served import Caller, Server, generated, python, serving

pytestmark = pytest.mark.contract
TOKEN = "of-a-test"
# The document does not declare how the server knows who calls.
HEADERS = {"Authorization": f"token {TOKEN}"}
# What the server sends for a file without its content, which the document does not let be null.
BARE = ("$.content: expected string, received null", "$.format: expected string, received null")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("jupyter")

    def command(port: int) -> list[str]:
        options = {"token": TOKEN, "port": port, "port_retries": 0, "root_dir": folder}
        given = [f"--ServerApp.{name}={value}" for name, value in options.items()]
        return [python(), "-m", "jupyter_server", "--no-browser", "--allow-root", *given]

    with serving(command, "/api", folder) as server:
        yield server


@pytest.fixture(scope="module")
def api(server: Server, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    document = server.document("/api/spec.yaml", **HEADERS)
    return generated(document, "jupyter_client", tmp_path_factory.mktemp("client"))


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def call(server: Server, api: ModuleType, request: pytest.FixtureRequest) -> Caller:
    return Caller(api, is_async=request.param, base_url=server.url, headers=HEADERS)


def test_file_is_written_read_renamed_and_deleted(
    call: Caller, api: ModuleType, server: Server
) -> None:
    models = api.models
    body = models.ContentsPutApiContentsByPathBody(type="file", format="text", content="hello")
    put = call(lambda c: c.contents.put_api_contents_by_path("a.txt", body=body), *BARE)
    assert (put.name, put.size, put.writable) == ("a.txt", 5, True)
    with pytest.raises(AttributeError, match=r"no readable \$\.content"):
        _ = put.content
    found = call(lambda c: c.contents.get_api_contents_by_path("a.txt"))
    assert (found.content, found.format, found.type) == ("hello", "text", models.ContentsType.FILE)
    new = models.ContentsPatchApiContentsByPathBody(path="b.txt")
    call(lambda c: c.contents.patch_api_contents_by_path("a.txt", new), *BARE)
    assert call(lambda c: c.contents.delete_api_contents_by_path("b.txt")) is None
    with pytest.raises(api.NotFound, match=r"b\.txt"):
        call(lambda c: c.contents.get_api_contents_by_path("b.txt"))


def test_checkpoints(call: Caller, api: ModuleType) -> None:
    body = api.models.ContentsPutApiContentsByPathBody(type="file", format="text", content="x")
    call(lambda c: c.contents.put_api_contents_by_path("c.txt", body=body), *BARE)
    made = call(lambda c: c.contents.post_api_contents_by_path_checkpoints("c.txt"))
    assert call(lambda c: c.contents.get_api_contents_by_path_checkpoints("c.txt")) == [made]


def test_what_there_is_none_of_is_empty(call: Caller) -> None:
    assert call(lambda c: c.kernels.get_api_kernels()) == []
    assert call(lambda c: c.sessions.get_api_sessions()) == []
    assert call(lambda c: c.config.get_api_config_by_section_name("none")) == {}


def test_facts_of_the_server(call: Caller) -> None:
    assert call(lambda c: c.status.get_api_status()).kernels == 0
    assert call(lambda c: c.identity.get_api_me()).identity.username
    assert call(lambda c: c.kernelspecs.get_api_kernelspecs()).default


def test_who_has_no_token_is_refused(server: Server, api: ModuleType) -> None:
    stranger = Caller(api, is_async=False, base_url=server.url)
    with pytest.raises(api.Forbidden):
        stranger(lambda c: c.kernels.get_api_kernels())
