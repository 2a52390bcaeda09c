#!/usr/bin/env bash
# aiohttp-pydantic 2.6.0 with pydantic 2.14.4: a model that contains itself is described as a reference
# to itself, and as nothing else: `Folder: {"$ref": "#/components/schemas/Folder"}`. What it consists
# of is in no place of the document, though the server sends it. A model that does not contain itself
# is described. For the first, pydantic's `model_json_schema` returns a `$ref` and its `$defs`, the
# schema of the model among these.
#
# Source: OpenAPI 3.0.3, section 4.7.23 (a reference stands for another object).
source "$(dirname "$0")/lib.sh"
install aiohttp==3.14.5 aiohttp-pydantic==2.6.0 pydantic==2.14.4

cat > look.py <<'END'
from __future__ import annotations

import asyncio
import json

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from aiohttp_pydantic import PydanticView, oas
from aiohttp_pydantic.oas.typing import r200
from pydantic import BaseModel


class Disk(BaseModel):
    name: str


class Folder(BaseModel):
    name: str
    folders: list[Folder] = []


class Disks(PydanticView):
    async def get(self) -> r200[Disk]:
        return web.json_response(Disk(name="a").model_dump())


class Folders(PydanticView):
    async def get(self) -> r200[Folder]:
        inner = Folder(name="inner")
        return web.json_response(Folder(name="outer", folders=[inner]).model_dump())


async def main():
    app = web.Application()
    oas.setup(app)
    app.router.add_view("/disks", Disks)
    app.router.add_view("/folders", Folders)
    async with TestClient(TestServer(app)) as client:
        document = await (await client.get("/oas/spec")).json()
        for name, schema in sorted(document["components"]["schemas"].items()):
            print(name, json.dumps(schema.get("properties", schema)))
        print(await (await client.get("/folders")).text())


asyncio.run(main())
END
python look.py | expect 'Disk {"name": {"title": "Name", "type": "string"}}
Folder {"$ref": "#/components/schemas/Folder"}
{"name": "outer", "folders": [{"name": "inner", "folders": []}]}'
