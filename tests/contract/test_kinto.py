"""Kinto, from the Swagger 2.0 document that it makes of itself; its storage is in memory."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest
from served import Caller, Server, generated, python, serving

pytestmark = pytest.mark.contract
# The document does not declare how the server knows who calls.
HEADERS = {"Authorization": "Basic " + b64encode(b"admin:of-a-test").decode()}
START = """
import sys
from waitress import serve
from kinto import main
memory = {f"{kind}_backend": f"kinto.core.{kind}.memory" for kind in ("storage", "cache")}
settings = {f"kinto.{key}": value for key, value in memory.items()}
settings |= {"kinto.permission_backend": "kinto.core.permission.memory"}
settings |= {"kinto.includes": "kinto.plugins.accounts", "multiauth.policies": "account"}
settings |= {"multiauth.policy.account.use": "kinto.plugins.accounts.AccountsPolicy"}
settings |= {"kinto.account_create_principals": "system.Everyone"}
settings |= {"kinto.bucket_create_principals": "account:admin"}
settings |= {"kinto.userid_hmac_secret": "of-a-test"}
serve(main({}, **settings), host="127.0.0.1", port=int(sys.argv[1]))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    def command(port: int) -> list[str]:
        return [python(), "-c", START, str(port)]

    with serving(command, "/v1/", tmp_path_factory.mktemp("kinto")) as server:
        yield server


@pytest.fixture(scope="module")
def api(server: Server, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    document = server.document("/v1/__api__")
    return generated(document, "kinto_client", tmp_path_factory.mktemp("client"))


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def call(server: Server, api: ModuleType, request: pytest.FixtureRequest) -> Caller:
    return Caller(api, is_async=request.param, base_url=f"{server.url}/v1", headers=HEADERS)


@pytest.fixture
def models(call: Caller, api: ModuleType) -> ModuleType:
    """The models of a server that has a user and an empty collection."""
    models: ModuleType = api.models
    password = models.accounts.AccountsUpdateAccountBodyData(password="of-a-test")
    account = models.accounts.AccountsUpdateAccountBody(data=password)
    bucket = models.buckets.BucketsUpdateBucketBody()
    collection = models.collections.CollectionsUpdateCollectionBody()
    call(lambda client: client.accounts.update_account("admin", account))
    call(lambda client: client.buckets.update_bucket("b", bucket))
    call(lambda client: client.collections.update_collection("b", "c", collection))
    call(lambda client: client.records.delete_records("b", "c"))
    return models


def _made(call: Caller, models: ModuleType, **data: Any) -> Any:
    body = models.records.RecordsCreateRecordBody(data=data)
    return call(lambda client: client.records.create_record("b", "c", body))


def test_record_is_made_read_changed_and_deleted(
    call: Caller, api: ModuleType, models: ModuleType
) -> None:
    made = _made(call, models, n=1, inside={"a": [1, None]})
    key = made.data["id"]
    assert made.permissions.write == ["account:admin"]
    found = call(lambda client: client.records.get_record("b", "c", key))
    assert found.data == {"n": 1, "inside": {"a": [1, None]}, **_facts(made)}
    change = models.records.RecordsPatchRecordBody(data={"n": 2})
    changed = call(lambda client: client.records.patch_record("b", "c", key, change))
    assert (changed.data["n"], changed.data["inside"]) == (2, {"a": [1, None]})
    gone = call(lambda client: client.records.delete_record("b", "c", key))
    assert gone.data["deleted"] is True
    with pytest.raises(api.NotFound):
        call(lambda client: client.records.get_record("b", "c", key))


def _facts(record: Any) -> dict[str, Any]:
    return {
        name: record.data[name] for name in ("id", "last_modified", "schema") if name in record.data
    }


def test_list_is_sorted_and_cut(call: Caller, models: ModuleType) -> None:
    for number in (1, 2, 3):
        _made(call, models, n=number)
    found = call(lambda client: client.records.get_records("b", "c", sort=["-n"], limit=2))
    assert [one["n"] for one in found.data] == [3, 2]


def test_what_has_not_changed_is_not_sent(call: Caller, models: ModuleType) -> None:
    bucket = call(lambda client: client.buckets.get_bucket("b"))
    current = f'"{bucket.data.additional_properties["last_modified"]}"'
    assert call(lambda client: client.buckets.get_bucket("b", if_none_match=current)) is None


def test_errors_have_their_message(
    call: Caller, api: ModuleType, models: ModuleType, server: Server
) -> None:
    stranger = Caller(api, is_async=False, base_url=f"{server.url}/v1")
    with pytest.raises(api.Unauthorized, match="Please authenticate") as caught:
        stranger(lambda client: client.records.get_records("b", "c"))
    assert caught.value.data["errno"] == 104
    with pytest.raises(api.PreconditionFailed):
        call(lambda client: client.buckets.delete_bucket("b", if_match='"1"'))
