#!/usr/bin/env bash
# Litestar 2.25.0 and openapi-python-client 0.29.1: a download that Litestar describes is lost. For a
# handler that returns a `File`, the key of its content in the document is "", which is no media type;
# the server sends application/octet-stream. The client that is made of the document returns None, and
# a warning says so while it is made. With `media_type="text/csv"` in the handler, the file is read.
#
# Source: OpenAPI 3.1.0, section 4.8.17 (the key is a media type or a range of RFC 7231, appendix D).
source "$(dirname "$0")/lib.sh"
install openapi-python-client==0.29.1 ruff==0.17.6 litestar==2.25.0 httpx==0.28.1

cat > server.py <<'END'
from pathlib import Path

from litestar import Litestar, get
from litestar.response import File

Path("a.csv").write_text("a,b")


@get("/plain", operation_id="plain", sync_to_thread=False)
def plain() -> File:
    return File(Path("a.csv"))


@get("/told", operation_id="told", media_type="text/csv", sync_to_thread=False)
def told() -> File:
    return File(Path("a.csv"))


app = Litestar([plain, told])
END
python - <<'END' | expect "plain: described '', sent application/octet-stream
told: described 'text/csv', sent text/csv"
import json

from litestar.testing import TestClient
from server import app

document = app.openapi_schema.to_schema()
with open("document.json", "w") as file:
    json.dump(document, file)
with TestClient(app) as client:
    for name in ("plain", "told"):
        described = [*document["paths"][f"/{name}"]["get"]["responses"]["200"]["content"]]
        sent = client.get(f"/{name}").headers["content-type"].partition(";")[0]
        print(f"{name}: described {', '.join(map(repr, described))}, sent {sent}")
END
openapi-python-client generate --path document.json --output-path made --meta none >log 2>&1
python - <<'END' | expect "plain: b'a,b' is read as None
told: b'a,b' is read as 'a,b'"
from importlib import import_module

from litestar.testing import TestClient
from server import app

with TestClient(app) as http:
    client = import_module("made").Client(base_url="http://testserver.local")
    client.set_httpx_client(http)
    for name in ("plain", "told"):
        done = import_module(f"made.api.default.{name}").sync_detailed(client=client)
        print(f"{name}: {done.content!r} is read as {done.parsed!r}")
END
