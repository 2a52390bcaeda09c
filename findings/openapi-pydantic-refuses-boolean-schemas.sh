#!/usr/bin/env bash
# openapi-pydantic 0.6.0: its classes for OpenAPI 3.1 refuse a schema that is `true` or `false`,
# where a property or the items of an array are described so. `additionalProperties` alone takes
# them, as it did in OpenAPI 3.0.
#
# Source: OpenAPI 3.1.1, section 4.8.24, and JSON Schema 2020-12, Core, section 4.3.2 (boolean
# JSON schemas).
source "$(dirname "$0")/lib.sh"
install openapi-pydantic==0.6.0 pydantic==2.14.4

python - <<'END' | expect "items: refused
properties: refused
additionalProperties: True"
from openapi_pydantic.v3.v3_1 import Schema

for name, node in {"items": True, "properties": {"a": True}, "additionalProperties": True}.items():
    try:
        print(f"{name}: {getattr(Schema.model_validate({name: node}), name)}")
    except ValueError:
        print(f"{name}: refused")
END
