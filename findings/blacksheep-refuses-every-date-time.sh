#!/usr/bin/env bash
# BlackSheep 2.6.4: a `datetime` in the query is described with `format: date-time`, and everything that
# this format allows is refused with 400: a date-time has an offset, such as `Z`, and what BlackSheep
# takes has none. An enumeration of numbers is described as a text that is one of these numbers, which
# nothing can be.
#
# Source: JSON Schema 2020-12, Validation, section 7.3.1, and RFC 3339, section 5.6 (`time-offset` is
# no option); BlackSheep's own `parse_datetime` ("only supports the most common ISO formats").
source "$(dirname "$0")/lib.sh"
install blacksheep==2.6.4 essentials-openapi==1.4.0 jsonschema==4.26.0 rfc3339-validator==0.1.4

cat > look.py <<'END'
import asyncio
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

from blacksheep import Application, FromJSON, FromQuery, get, post
from blacksheep.server.openapi.v3 import OpenAPIHandler
from blacksheep.testing import TestClient
from jsonschema import Draft202012Validator
from openapidocs.v3 import Info

app = Application()
docs = OpenAPIHandler(info=Info("Finding", "1"))
docs.bind_app(app)


class Size(Enum):
    ONE = 1


@dataclass
class Item:
    size: Size


@get("/since")
async def since(since: FromQuery[datetime]) -> str:
    return since.value.isoformat()


@post("/items")
async def items(data: FromJSON[Item]) -> Item:
    return data.value


TIMES = [
    "2026-01-02T03:04:05Z",
    "2026-01-02T03:04:05+00:00",
    "2026-01-02T03:04:05.5Z",
    "2026-01-02T03:04:05",
    "2026-01-02",
]


async def look():
    await app.start()
    client = TestClient(app)
    document = await (await client.get("/openapi.json")).json()
    schema = document["paths"]["/since"]["get"]["parameters"][0]["schema"]
    print("query:", schema["type"], schema["format"])
    checker = Draft202012Validator(schema, format_checker=Draft202012Validator.FORMAT_CHECKER)
    for time in TIMES:
        answer = await client.get("/since", query={"since": time})
        print(time, "valid" if checker.is_valid(time) else "invalid", answer.status)
    schema = document["components"]["schemas"]["Item"]["properties"]["size"]
    print("enumeration:", schema["type"], schema["enum"])
    for size in (1, "1"):
        print(repr(size), "valid" if Draft202012Validator(schema).is_valid(size) else "invalid")


asyncio.run(look())
END
python look.py 2>&1 | expect "query: string date-time
2026-01-02T03:04:05Z valid 400
2026-01-02T03:04:05+00:00 valid 400
2026-01-02T03:04:05.5Z valid 400
2026-01-02T03:04:05 invalid 200
2026-01-02 invalid 200
enumeration: string [1]
1 invalid
'1' invalid"
