"""What may hold secrets shows none, to Python or to a tool that prints the fields of structs."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from vcgen import runtime
from vcgen.runtime.wire.grants import ClientCredentials
from vcgen.runtime.wire.hidden import Masked

for _module in pkgutil.walk_packages(runtime.__path__, f"{runtime.__name__}."):
    importlib.import_module(_module.name)


def _below(cls: type) -> Iterator[type]:
    for one in cls.__subclasses__():
        yield one
        yield from _below(one)


@pytest.mark.parametrize("cls", sorted(set(_below(Masked)), key=lambda one: one.__name__))
def test_a_masked_class_shows_no_field(cls: type) -> None:
    shown = {"__repr__": Masked.__repr__, "__rich_repr__": Masked.__rich_repr__}
    assert {name: getattr(cls, name) for name in shown} == shown


def test_credentials_of_a_program_show_no_secret() -> None:
    given = ClientCredentials(client_id="me", client_secret="S3CRET")
    assert repr(given) == "ClientCredentials(...)"
    assert given.__rich_repr__() == []
