#!/usr/bin/env bash
# FastAPI 0.165.0 and openapi-python-client 0.29.1: no file can be sent with the client that is made
# from FastAPI's own document. FastAPI describes an `UploadFile` as a text with `contentMediaType`,
# which means text/plain in a form; the client takes a text and sends it without a file name, and
# FastAPI refuses it with 422. With `format: binary`, which older versions of FastAPI wrote, it works.
#
# Source: OpenAPI 3.1.1, section 4.8.15 (the default type of a text in a form is text/plain, and
# `contentMediaType` alone does not change it); pull request 1418 of openapi-python-client, open.
source "$(dirname "$0")/lib.sh"
install openapi-python-client==0.29.1 ruff==0.17.6 fastapi==0.165.0 python-multipart==0.0.34 \
    httpx2==2.16.2

cat > server.py <<'END'
from fastapi import FastAPI, UploadFile

app = FastAPI()


@app.post("/store", operation_id="store")
async def store(file: UploadFile) -> int:
    return len(await file.read())
END
python - <<'END' | expect "{'type': 'string', 'contentMediaType': 'application/octet-stream', 'title': 'File'}"
import json

from server import app

document = app.openapi()
with open("fastapi.json", "w") as file:
    json.dump(document, file)
described = document["components"]["schemas"]["Body_store"]["properties"]["file"]
print(described)
described["format"] = "binary"
with open("binary.json", "w") as file:
    json.dump(document, file)
END
for name in fastapi binary; do
    openapi-python-client generate --path $name.json --output-path client_$name --meta none
done >log
python - <<'END' | expect "as FastAPI says it: str, 422
as binary:          File, 200"
from importlib import import_module
from io import BytesIO

from fastapi.testclient import TestClient
from server import app


def send(name, value):
    client = import_module(f"client_{name}").Client(base_url="http://testserver")
    client.set_httpx_client(TestClient(app))
    body = import_module(f"client_{name}.models").BodyStore(file=value)
    store = import_module(f"client_{name}.api.default.store")
    status = store.sync_detailed(client=client, body=body).status_code
    return f"{type(body).__annotations__['file']}, {status}"


print("as FastAPI says it:", send("fastapi", "a,b"))
File = import_module("client_binary.types").File
print("as binary:         ", send("binary", File(BytesIO(b"a,b"), file_name="a.csv")))
END
