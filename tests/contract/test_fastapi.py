"""A FastAPI app: its document says 200 where 201 comes, and JSON where bytes do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from msgspec import UNSET
from served import Caller, Server, generated, python, serving

pytestmark = pytest.mark.contract
APPS = Path(__file__).parent / "servers"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    def command(port: int) -> list[str]:
        app = ["--app-dir", str(APPS), "fastapi_app:app", "--log-level", "warning"]
        return [python(), "-m", "uvicorn", *app, "--port", str(port)]

    with serving(command, "/openapi.json", tmp_path_factory.mktemp("fastapi")) as server:
        yield server


@pytest.fixture(scope="module")
def api(server: Server, tmp_path_factory: pytest.TempPathFactory) -> ModuleType:
    document = server.document("/openapi.json")
    return generated(document, "fastapi_client", tmp_path_factory.mktemp("client"))


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def call(server: Server, api: ModuleType, request: pytest.FixtureRequest) -> Caller:
    return Caller(api, is_async=request.param, base_url=server.url)


# What the app sends with another status than its document has.
CREATED = "$: expected a documented status, received status 201"


@pytest.fixture
def animal(call: Caller, api: ModuleType) -> Any:
    """An animal that the server has."""
    cat = api.models.Cat(lives=8)
    made = api.models.Animal(id=1, name="Tom", note="grey", pet=cat)
    return call(lambda client: client.default.create(made), CREATED)


def test_what_is_created_is_read_though_the_status_is_not_declared(
    call: Caller, api: ModuleType, animal: Any
) -> None:
    assert animal == call(lambda client: client.default.read(1))
    assert animal.pet == api.models.Cat(lives=8)
    assert animal.pet.kind == "cat"


def test_absent_null_and_a_value_are_three_things(
    call: Caller, api: ModuleType, animal: Any
) -> None:
    def note(change: Any) -> Any:
        return call(lambda client: client.default.update(1, change)).note

    assert note(api.models.Change()) == "grey"
    assert note(api.models.Change(note="white")) == "white"
    assert note(api.models.Change(note=UNSET)) == "white"
    assert note(api.models.Change(note=None)) is None


def test_what_the_class_does_not_know_survives(call: Caller, api: ModuleType, animal: Any) -> None:
    animal.additional_properties = {"tail": {"length": 30}}
    call(lambda client: client.default.replace(1, animal))
    found = call(lambda client: client.default.read(1))
    assert found.additional_properties == {"tail": {"length": 30}}


def test_alternative_is_told_by_its_tag(call: Caller, api: ModuleType, animal: Any) -> None:
    animal.pet = api.models.Dog(tricks=["roll"])
    found = call(lambda client: client.default.replace(1, animal))
    assert isinstance(found.pet, api.models.Dog)


def test_several_values_of_a_parameter(call: Caller, animal: Any) -> None:
    names = [one.name for one in call(lambda client: client.default.search(name=["Tom", "Eve"]))]
    assert names == ["Tom"]
    assert call(lambda client: client.default.search(name=["Eve"])) == []


@pytest.mark.parametrize(("photo", "size"), [(b"\x89PNG", 4), (None, 0)])
def test_upload_is_optional(call: Caller, api: ModuleType, photo: bytes | None, size: int) -> None:
    body = api.models.BodyPhotoPhotosPost(photo=photo, caption="Tom")
    found = call(lambda client: client.default.photo(body=body))
    assert found == {"size": size, "caption": "Tom"}


def test_reply_is_what_its_content_type_says(call: Caller) -> None:
    assert call(lambda client: client.default.report()) == "one line\n"
    assert call(lambda client: client.default.export()) == b"\x00\x01"


def test_errors_that_are_declared_and_not(call: Caller, api: ModuleType, animal: Any) -> None:
    with pytest.raises(api.NotFound, match="no animal 2"):
        call(lambda client: client.default.read(2))
    with pytest.raises(api.UnprocessableContent, match=r"limit.*valid integer") as caught:
        call(lambda client: client.default.search(limit="many"))
    assert caught.value.data["detail"][0]["loc"] == ["query", "limit"]


def test_delete_returns_nothing(call: Caller, api: ModuleType, animal: Any) -> None:
    assert call(lambda client: client.default.delete(1)) is None
    with pytest.raises(api.NotFound):
        call(lambda client: client.default.read(1))


def test_strict_client_refuses_what_is_not_declared(server: Server, api: ModuleType) -> None:
    strict = Caller(api, is_async=False, base_url=server.url, strict=True)
    animal = api.models.Animal(id=9, name="Eve", pet=api.models.Cat())
    with pytest.raises(api.UnexpectedResponse, match="201"):
        strict.undisturbed(lambda client: client.default.create(animal))
