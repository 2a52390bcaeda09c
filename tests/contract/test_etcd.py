"""etcd, from the Swagger 2.0 document of its gateway (gRPC-Gateway); it deviates nowhere."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from served import Caller, Server, free_port, generated, serving, unpacked

pytestmark = pytest.mark.contract
PROGRAM = "usr/bin/etcd"
DOCUMENT = "usr/share/doc/etcd-server/dev-guide/apispec/swagger/rpc.swagger.json.gz"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    def command(port: int) -> list[str]:
        own, peer = f"http://127.0.0.1:{port}", f"http://127.0.0.1:{free_port()}"
        options = {
            "data-dir": "data",
            "listen-client-urls": own,
            "advertise-client-urls": own,
            "listen-peer-urls": peer,
            "initial-advertise-peer-urls": peer,
            "initial-cluster": f"default={peer}",
        }
        return [str(unpacked(PROGRAM)), *(f"--{name}={value}" for name, value in options.items())]

    with serving(command, "/health", tmp_path_factory.mktemp("etcd")) as server:
        yield server


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    document = gzip.decompress(unpacked(DOCUMENT).read_bytes())
    return generated(document, "etcd_client", tmp_path_factory.mktemp("client"))


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def call(server: Server, api: ModuleType, request: pytest.FixtureRequest) -> Caller:
    return Caller(api, is_async=request.param, base_url=server.url)


def _items(call: Caller, act: Any, count: int) -> list[Any]:
    """Return the first items of a stream, which is closed then."""

    async def taken_async(client: Any) -> list[Any]:
        found: list[Any] = []
        async with await act(client) as stream:
            async for item in stream:
                found.append(item)
                if len(found) == count:
                    break
        return found

    def taken(client: Any) -> Any:
        if hasattr(client, "__aenter__"):
            return taken_async(client)
        with act(client) as stream:
            return [item for _, item in zip(range(count), stream, strict=False)]

    found: list[Any] = call(taken)
    return found


def _put(call: Caller, models: ModuleType, key: bytes, value: bytes, **more: Any) -> Any:
    body = models.EtcdserverpbPutRequest(key=key, value=value, **more)
    return call(lambda client: client.kv.put(body))


def test_bytes_are_put_found_and_deleted(call: Caller, api: ModuleType) -> None:
    models = api.models
    _put(call, models, b"a\xff", b"\x00?>")
    before = _put(call, models, b"a\xff", b"new", prev_kv=True).prev_kv
    assert (before.key, before.value) == (b"a\xff", b"\x00?>")
    within = models.EtcdserverpbRangeRequest(key=b"a", range_end=b"b", sort_order="DESCEND")
    found = call(lambda client: client.kv.range(within))
    assert [(one.key, one.value) for one in found.kvs] == [(b"a\xff", b"new")]
    assert found.count == "1"
    gone = models.EtcdserverpbDeleteRangeRequest(key=b"a", range_end=b"b")
    assert call(lambda client: client.kv.delete_range(gone)).deleted == "1"
    assert call(lambda client: client.kv.range(within)).kvs is None


def test_transaction_does_one_of_two_things(call: Caller, api: ModuleType) -> None:
    models = api.models
    put = models.EtcdserverpbRequestOp(
        request_put=models.EtcdserverpbPutRequest(key=b"t", value=b"1")
    )
    read = models.EtcdserverpbRequestOp(request_range=models.EtcdserverpbRangeRequest(key=b"t"))
    is_new = models.EtcdserverpbCompare(key=b"t", target="VERSION", version="0")
    body = models.EtcdserverpbTxnRequest(compare=[is_new], success=[put], failure=[read])
    first, second = (call(lambda client: client.kv.txn(body)) for _ in range(2))
    assert (first.succeeded, second.succeeded) == (True, None)
    assert second.responses[0].response_range.kvs[0].value == b"1"
    gone = models.EtcdserverpbDeleteRangeRequest(key=b"t")
    call(lambda client: client.kv.delete_range(gone))


def test_changes_are_watched(call: Caller, api: ModuleType) -> None:
    models = api.models
    start = _put(call, models, b"w", b"1").header.revision
    _put(call, models, b"w", b"2")
    create = models.EtcdserverpbWatchCreateRequest(key=b"w", start_revision=start)
    body = models.EtcdserverpbWatchRequest(create_request=create)
    created, changed = _items(call, lambda client: client.watch.watch(body), 2)
    assert (created.result.created, created.result.events) == (True, None)
    assert [one.kv.value for one in changed.result.events] == [b"1", b"2"]


def test_snapshot_comes_in_pieces(call: Caller) -> None:
    pieces = _items(call, lambda client: client.maintenance.snapshot({}), 1000)
    assert all(one.error is None for one in pieces)
    assert len(pieces) > 1
    assert sum(len(one.result.blob) for one in pieces) > 10_000


def test_errors_have_their_message(call: Caller, api: ModuleType) -> None:
    models = api.models
    with pytest.raises(api.BadRequest, match="400 BadRequest: etcdserver: key is not provided"):
        call(lambda client: client.kv.range(models.EtcdserverpbRangeRequest()))
    with pytest.raises(api.NotFound, match="requested lease not found") as caught:
        call(lambda client: client.lease.revoke(models.EtcdserverpbLeaseRevokeRequest(id="5")))
    assert caught.value.error["code"] == 5
    with pytest.raises(api.PreconditionFailed, match="role name not found"):
        call(lambda client: client.auth.role_get(models.EtcdserverpbAuthRoleGetRequest(role="x")))


def test_token_is_sent_once_it_is_needed(call: Caller, api: ModuleType, server: Server) -> None:
    models = api.models
    root = {"name": "root", "password": "of-a-test"}
    call(lambda client: client.auth.user_add(models.EtcdserverpbAuthUserAddRequest(**root)))
    grant = models.EtcdserverpbAuthUserGrantRoleRequest(user="root", role="root")
    call(lambda client: client.auth.user_grant_role(grant))
    call(lambda client: client.auth.enable({}))
    login = models.EtcdserverpbAuthenticateRequest(**root)
    token = call(lambda client: client.auth.authenticate(login)).token
    known = Caller(api, is_async=False, base_url=server.url, api_key=token)
    body = models.EtcdserverpbRangeRequest(key=b"a")
    with pytest.raises(api.BadRequest, match="user name is empty"):
        call(lambda client: client.kv.range(body))
    assert known(lambda client: client.kv.range(body)).header.revision
    known(lambda client: client.auth.disable({}))
    name = models.EtcdserverpbAuthUserDeleteRequest(name="root")
    call(lambda client: client.auth.user_delete(name))
