#!/usr/bin/env bash
# FastAPI 0.165.0: an empty text in a form is as good as none. If the parameter has a default, the
# server gets that one; if it is required, the answer is 422, "Field required". So a note that was
# written once cannot be emptied again. By FastAPI's own document "" is valid, and in JSON or in the
# query it arrives.
#
# Source: OpenAPI 3.1.1, section 4.8.24, and JSON Schema 2020-12, Validation, section 6.3.2 (without
# `minLength` a text may be empty); pull request 13537 of FastAPI (for the forms of HTML).
source "$(dirname "$0")/lib.sh"
install fastapi==0.165.0 python-multipart==0.0.34 httpx2==2.16.2

python - <<'END' | expect "document: {'type': 'string', 'title': 'Note', 'default': 'none'}
form:     {'note': 'none'}
query:    {'note': ''}
JSON:     {'note': ''}
required: Field required"
from typing import Annotated

from fastapi import Body, FastAPI, Form, Query
from fastapi.testclient import TestClient

app = FastAPI()


@app.put("/form", operation_id="form")
def form(note: Annotated[str, Form()] = "none") -> dict[str, str]:
    return {"note": note}


@app.put("/query")
def query(note: Annotated[str, Query()] = "none") -> dict[str, str]:
    return {"note": note}


@app.put("/json")
def json(note: Annotated[str, Body(embed=True)] = "none") -> dict[str, str]:
    return {"note": note}


@app.put("/required")
def required(note: Annotated[str, Form()]) -> dict[str, str]:
    return {"note": note}


client = TestClient(app)
print("document:", app.openapi()["components"]["schemas"]["Body_form"]["properties"]["note"])
print("form:    ", client.put("/form", data={"note": ""}).json())
print("query:   ", client.put("/query", params={"note": ""}).json())
print("JSON:    ", client.put("/json", json={"note": ""}).json())
print("required:", client.put("/required", data={"note": ""}).json()["detail"][0]["msg"])
END
