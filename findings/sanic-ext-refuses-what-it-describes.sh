#!/usr/bin/env bash
# sanic-ext 25.12.0: for one and the same dataclass, `openapi.definition` describes a member of an
# enumeration as a text of a list, a date and a UUID as texts of their formats, and `validate` refuses
# each of these texts with 400: the value "is not of type". Nothing that JSON has is accepted. A
# `Decimal` is described as an object whose properties are its methods, such as `is_nan`.
#
# Source: JSON Schema, Validation, sections 6.1.2 (`enum`) and 7.3 (`date`, `uuid`): the texts are valid.
source "$(dirname "$0")/lib.sh"
install sanic==25.12.1 sanic-ext==25.12.0 sanic-testing==24.6.0 pydantic==2.14.4

cat > look.py <<'END'
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from uuid import UUID

from sanic import Sanic, json
from sanic_ext import openapi, validate


class Colour(Enum):
    RED = "red"


@dataclass
class OfColour:
    value: Colour


@dataclass
class OfDate:
    value: date


@dataclass
class OfUUID:
    value: UUID


@dataclass
class OfDecimal:
    value: Decimal


SENT = {
    OfColour: "red",
    OfDate: "2024-01-02",
    OfUUID: "7d3b7ddc-6f1e-4d0c-8a57-0c3b4f2a1e55",
}
app = Sanic("finding")


def add(cls):
    @openapi.definition(body={"application/json": cls})
    @validate(json=cls)
    async def take(request, body):
        return json("taken")

    app.add_route(take, f"/{cls.__name__}", methods=["POST"], name=cls.__name__)


for cls in (*SENT, OfDecimal):
    add(cls)


def described(cls):
    body = document["paths"][f"/{cls.__name__}"]["post"]["requestBody"]
    return body["content"]["application/json"]["schema"]["properties"]["value"]


document = app.test_client.get("/docs/openapi.json")[1].json
for cls, value in SENT.items():
    _, answer = app.test_client.post(f"/{cls.__name__}", json={"value": value})
    print(cls.__name__, described(cls), answer.status, answer.json["message"])
decimal = described(OfDecimal)
methods = {"copy_sign", "is_nan", "to_integral_value"}
print("OfDecimal", decimal["type"], sorted(methods & decimal["properties"].keys()))
END
python look.py 2>/dev/null | grep ^Of | expect "OfColour {'type': 'string', 'enum': ['red']} 400 Invalid request body: OfColour. Error: Value 'red' is not of type <enum 'Colour'>
OfDate {'type': 'string', 'format': 'date', 'title': 'Value'} 400 Invalid request body: OfDate. Error: Value '2024-01-02' is not of type <class 'datetime.date'>
OfUUID {'type': 'string', 'format': 'uuid', 'title': 'Value'} 400 Invalid request body: OfUUID. Error: Value '7d3b7ddc-6f1e-4d0c-8a57-0c3b4f2a1e55' is not of type <class 'uuid.UUID'>
OfDecimal object ['copy_sign', 'is_nan', 'to_integral_value']"
