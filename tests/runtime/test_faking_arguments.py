"""What a fake server reads of requests: the arguments that a client was given, of any kind."""

from __future__ import annotations

import enum
import json
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from types import ModuleType, NoneType
from typing import Any, Literal, get_args, get_origin
from uuid import UUID

import httpx2
import pytest
from driving import fake_of, faked
from golden_packages import CASES
from msgspec import Struct, UnsetType
from msgspec.structs import fields

SCALARS: dict[Any, Any] = {
    str: "a/ü&=?#%+b",
    int: 5,
    float: 1.5,
    bool: True,
    bytes: b"\r\n\x00--a",
    datetime: datetime(2021, 5, 5, 14, 32, 9, tzinfo=UTC),
    date: date(2021, 5, 5),
    time: time(14, 32, 9, tzinfo=UTC),
    timedelta: timedelta(days=1, seconds=2),
    UUID: UUID(int=7),
    Decimal: Decimal("1.50"),
    Any: "anything",
}


def sample(type_: Any, depth: int = 0) -> Any:
    """Return a value of a type, with all that it may have."""
    if type_ in SCALARS:
        return SCALARS[type_]
    if hasattr(type_, "__keeps_text__"):
        return SCALARS[timedelta]
    if type_ is None or type_ is NoneType or depth > 6:
        return None
    if hasattr(type_, "__metadata__"):
        return sample(type_.__origin__, depth)
    if hasattr(type_, "__candidates__"):
        return sample(type_.__candidates__(None)[0], depth)
    if isinstance(type_, type) and issubclass(type_, enum.Enum):
        return next(iter(type_))
    if isinstance(type_, type) and issubclass(type_, Struct):
        return struct_of(type_, depth)
    inner = [one for one in get_args(type_) if one not in {NoneType, UnsetType}]
    if get_origin(type_) in {list, Sequence}:
        return [sample(inner[0], depth + 1)] * (1 if depth else 2)
    if get_origin(type_) in {dict, Mapping}:
        return {"k": sample(inner[1], depth + 1)}
    if not inner:
        return None
    return inner[0] if get_origin(type_) is Literal else sample(inner[0], depth)


def struct_of(type_: type[Struct], depth: int) -> Struct:
    """Return an object with all its fields; but no further one of its own class inside."""
    found: dict[str, Any] = {}
    for one in fields(type_):
        is_const = not (one.required or one.default in {None} or isinstance(one.default, UnsetType))
        own = one.default if is_const and isinstance(one.default, str) else None
        if one.required or depth < 2:
            found[one.name] = own or sample(one.type, depth + 1)
    return type_(**{name: value for name, value in found.items() if value is not None})


# Their samples are no values of their classes, whose tags are texts of their own.
TAGGED = {"fixed_values", "one_of_discriminator"}
CASES_WITH_PACKAGES = {one.parent.name for one in CASES.glob("*/expected")}

# What a client says of arguments that it needs and that are no value of the type alone.
REFUSED = ("give servers=", "page needs the header Content-ID", "parts need a boundary")


# Those with a way of writing arguments of their own; the others take a minute.
QUICK = {
    *("body_form", "body_multipart", "body_multipart_styles", "body_text", "cookie_parameters"),
    *("collection_formats", "cookies_as_they_are", "header_parameters", "parameter_content_json"),
    *("path_variables_repaired", "styles_path", "styles_query"),
}


def _cases() -> list[Any]:
    every = sorted(CASES_WITH_PACKAGES - TAGGED)
    slow = pytest.mark.slow
    return [pytest.param(one, marks=() if one in QUICK else slow) for one in every]


@pytest.mark.parametrize("is_full", [True, False], ids=["full", "bare"])
@pytest.mark.parametrize("case", _cases())
def test_arguments_come_as_they_were_given(case: str, is_full: bool) -> None:
    for package in faked(case):
        fake = fake_of(package)
        sys.modules[type(fake).__module__].LIMITS.clear()  # no sample knows of them
        for one in fake.fake_operations():
            check(package, fake_of(package), one.name, is_full)


def check(package: ModuleType, fake: Any, name: str, is_full: bool) -> None:
    (operation,) = [one for one in fake.fake_operations() if one.name == name]
    required, optional = arguments_of(operation, is_full)
    secret = {
        one.name: ("name", "secret") if one.prefix == "Basic" else "secret"
        for one in getattr(fake, "fake_schemes", ())
    }
    http = httpx2.Client(transport=fake)
    client = package.Client(base_url="https://fake.test/api", http=http, **secret)
    resource, _, method = name.partition(".")
    with suppress(AssertionError):
        try:
            getattr(getattr(client, resource), method)(*required.values(), **optional)
        except ValueError as error:
            assert str(error).startswith(REFUSED), name
            return
    given = {**required, **optional}
    (call,) = operation.calls
    found = {key: call.arguments.get(key) for key in given}
    assert found == given or body_of(operation, found) == body_of(operation, given)


def body_of(operation: Any, arguments: dict[str, Any]) -> object:
    """Return the JSON that is sent: alternatives without a tag may have the same."""
    function = getattr(sys.modules[type(operation).__module__], operation.name.replace(".", "__"))
    return json.loads(function(**arguments).draft().options["content"])


def arguments_of(operation: Any, is_full: bool) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return the required and the optional arguments for a call."""
    kinds = {"InHeader", "StyledHeader", "IdempotencyKey", "RawCookie"}
    sent = [one for one in operation._call.sends if type(one).__name__ in kinds]
    in_headers = {getattr(one.value, "name", "") for one in sent}
    required: dict[str, Any] = {}
    optional: dict[str, Any] = {}
    for name, parameter in operation._signature.parameters.items():
        kind = operation._types[name]
        SCALARS[str] = "a/=?#%" if name in in_headers else "a/ü&=?#%+b"
        value = sample(kind)
        if parameter.default is parameter.empty:
            required[name] = value
        elif is_full and value is not None:
            optional[name] = value
    return required, optional
