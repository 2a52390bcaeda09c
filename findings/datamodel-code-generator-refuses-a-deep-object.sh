#!/usr/bin/env bash
# datamodel-code-generator 0.89.0: its client sends an object with `style: deepObject` only if the
# document says `explode: true`, too. Without that, the whole document is refused: "query parameter
# style 'deepObject' has no builtin form for object values". Yet objects are all that the style is
# for. By the standard, `explode` is false for all styles but `form`; documents leave it out, for
# there is one way alone to write a deep object.
#
# Source: OpenAPI 3.0.3, section 4.7.12.2 (the default of `explode`) and 4.7.12.4 (the examples of
# `deepObject` are of an object, with `explode: true`).
source "$(dirname "$0")/lib.sh"
install datamodel-code-generator==0.89.0 httpx2==2.16.1

show() {
    cat > spec.json <<END
{"openapi": "3.0.3", "info": {"title": "Disks", "version": "1"},
 "servers": [{"url": "https://api.example.com"}],
 "paths": {"/disks": {"get": {"operationId": "list", "responses": {"204": {"description": ""}},
  "parameters": [{"name": "filter", "in": "query", "style": "deepObject"$1,
   "schema": {"type": "object", "properties": {"kind": {"type": "string"}}}}]}}}}
END
    rm -rf disks && mkdir disks
    if datamodel-codegen --input spec.json --input-file-type openapi --openapi-scopes schemas api \
        --output-model-type pydantic_v2.BaseModel --output disks/models.py --formatters builtin \
        --generate-client httpx2 --client-output disks/client --client-package disks.client \
        --client-model-package disks.models > said.txt 2>&1; then
        cat > call.py <<'END'
import httpx2
from disks.client import Client
from disks.models import DisksGetQueryFilterParameter as Filter

def answer(request):
    print(request.url.query.decode())
    return httpx2.Response(204)

http = httpx2.Client(transport=httpx2.MockTransport(answer))
with Client(http_client=http) as client:
    client.default.list(filter=Filter(kind="ssd"))
END
        python call.py
    else
        grep -o "query parameter.*" said.txt
    fi
}
show ', "explode": true' | expect "filter%5Bkind%5D=ssd"
show '' | expect "query parameter style 'deepObject' has no builtin form for object values"
