#!/usr/bin/env bash
# BentoML 1.4.40: a method that yields texts is described as `text/event-stream`, and answers with that
# Content-Type, but the texts come as they are, without `data:`. A reader of events, such as httpx-sse,
# finds none and says nothing: what the method said is lost, but for a text that happens to begin with
# `data:`.
#
# Source: HTML, section 9.2.6 (a line without the name of a known field is ignored).
source "$(dirname "$0")/lib.sh"
install bentoml==1.4.40 httpx==0.28.1 httpx-sse==0.4.3

cat > service.py <<'END'
from collections.abc import AsyncGenerator

import bentoml


@bentoml.service
class Talk:
    @bentoml.api
    async def talk(self) -> AsyncGenerator[str, None]:
        for text in ("one\n", "two\n", "data: three\n\n"):
            yield text
END
cat > look.py <<'END'
import os
import subprocess
import sys
import time
from socket import socket

import httpx
from httpx_sse import EventSource

with socket() as free:
    free.bind(("127.0.0.1", 0))
    port = free.getsockname()[1]
command = ["bentoml", "serve", "service:Talk", "--host", "127.0.0.1", "--port", str(port)]
environment = {**os.environ, "BENTOML_DO_NOT_TRACK": "True", "BENTOML_HOME": os.getcwd()}
with open("server.log", "w") as log:
    server = subprocess.Popen(command, env=environment, stdout=log, stderr=log)
try:
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", trust_env=False, timeout=30) as client:
        for _ in range(300):
            try:
                client.get("/readyz").raise_for_status()
                break
            except httpx.HTTPError:
                time.sleep(0.2)
        success = client.get("/docs.json").json()["paths"]["/talk"]["post"]["responses"]["200"]
        print("described:", *success["content"])
        response = client.post("/talk", json={})
        print("answered: ", response.headers["Content-Type"])
        print("body:     ", response.text.encode())
        with client.stream("POST", "/talk", json={}) as streamed:
            print("events:   ", [one.data for one in EventSource(streamed).iter_sse()])
finally:
    server.terminate()
    server.wait()
END
python look.py | expect "described: text/event-stream
answered:  text/event-stream; charset=utf-8
body:      b'one\ntwo\ndata: three\n\n'
events:    ['three']"
