"""What a generated client takes for values and calls, run by the Python that it is installed for.

Arguments: `vcgen` or `openapi-python-client`, the folder of the package, its name. Prints JSON:
seconds by what was done.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
from collections.abc import Callable
from typing import Any

REPLY = json.dumps(
    [
        {
            "vm": f"vm-{number}",
            "name": f"machine {number}",
            "power_state": "POWERED_ON",
            "cpu_count": 4,
            "memory_size_MiB": 8192,
        }
        for number in range(1000)
    ]
).encode()


def fastest(action: Callable[[], object]) -> float:
    """Return the CPU seconds of an action, the best of many."""
    times: list[float] = []
    for _ in range(40):
        start = time.process_time()
        action()
        times.append(time.process_time() - start)
    return min(times)


def many(action: Callable[[], object]) -> Callable[[], None]:
    """Return an action done a hundred times."""

    def repeat() -> None:
        for _ in range(100):
            action()

    return repeat


def of_vcgen(name: str) -> dict[str, float]:
    """Measure a client of vcgen, and the HTTP library alone."""
    import httpx2
    import msgspec

    package = importlib.import_module(name)
    content = [REPLY]
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, content=content[0]))
    http = httpx2.Client(transport=transport)
    client = package.Client("host", session_id="token", http=http)
    resource = client.vm
    values = resource.list()
    encode, decode, kind = msgspec.json.encode, msgspec.json.decode, list[type(values[0])]
    url = "https://host/api/vcenter/vm"
    headers = {"vmware-api-session-id": "token", "Accept": "application/json"}

    def body() -> bytes:
        return http.get(url, headers=headers).content

    found = {
        "decode": fastest(resource.list),
        "bare decode": fastest(lambda: decode(body(), type=kind)),
        "encode": fastest(lambda: encode(values)),
    }
    content[0] = b"[]"
    found["call"] = fastest(many(resource.list))
    found["bare call"] = fastest(many(lambda: json.loads(body())))
    return found


def of_openapi_python_client(name: str) -> dict[str, float]:
    """Measure a client of openapi-python-client."""
    import httpx

    package = importlib.import_module(name)
    operation = importlib.import_module(f"{name}.api.vm.list_")
    transport = httpx.MockTransport(lambda _: httpx.Response(200, content=REPLY))
    client = package.AuthenticatedClient(base_url="https://host/api", token="token")
    client.set_httpx_client(httpx.Client(base_url="https://host/api", transport=transport))
    values: list[Any] = operation.sync_detailed(client=client).parsed
    return {
        "decode": fastest(lambda: operation.sync_detailed(client=client)),
        "encode": fastest(lambda: json.dumps([value.to_dict() for value in values])),
    }


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[2])
    measure = of_vcgen if sys.argv[1] == "vcgen" else of_openapi_python_client
    print(json.dumps(measure(sys.argv[3])))
