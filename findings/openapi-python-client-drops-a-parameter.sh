#!/usr/bin/env bash
# openapi-python-client 0.29.1: a parameter that is described by `content` and not by `schema` is
# left out of the function, a required one too. Nothing is said, and the exit code is 0: each call
# of the function lacks what the server asks for.
#
# Source: OpenAPI 3.0.3, section 4.7.12 (a parameter has either `schema` or `content`).
source "$(dirname "$0")/lib.sh"
install openapi-python-client==0.29.1 ruff==0.17.6

cat > spec.json <<'END'
{
  "openapi": "3.0.3",
  "info": {"title": "Reports", "version": "1"},
  "paths": {
    "/report": {
      "get": {
        "operationId": "report",
        "parameters": [
          {"name": "page", "in": "query", "schema": {"type": "integer"}},
          {
            "name": "filter",
            "in": "query",
            "required": true,
            "content": {"application/json": {"schema": {"type": "object"}}}
          }
        ],
        "responses": {"204": {"description": "Done."}}
      }
    }
  }
}
END
openapi-python-client generate --path spec.json --output-path made --meta none 2>&1 | expect "Generating made"
count() { echo "$1: named in $( (grep -rlw "$1" made || true) | wc -l | tr -d ' ') file(s)"; }
{ count page; count filter; } | expect "page: named in 1 file(s)
filter: named in 0 file(s)"
