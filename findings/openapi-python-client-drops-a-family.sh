#!/usr/bin/env bash
# openapi-python-client 0.29.1: a schema that has an object without a name among its properties,
# and another that extends it by `allOf`: both are left out of the client, and so is each response
# that refers to one of them. The object would get the same class name twice, once for each schema.
# The command says so among its warnings, and ends with 0. Many APIs describe their errors so.
#
# Source: OpenAPI 3.0.3, "Composition and Inheritance" (allOf); JSON Schema validation of `allOf`,
# which gives schemas no names.
source "$(dirname "$0")/lib.sh"
install openapi-python-client==0.29.1 ruff==0.17.6

cat >disks.yaml <<'END'
openapi: 3.0.3
info: {title: Disks, version: "1"}
paths:
  /disks/{id}:
    get:
      operationId: get_disk
      parameters: [{name: id, in: path, required: true, schema: {type: string}}]
      responses:
        "200":
          description: The disk.
          content: {application/json: {schema: {type: string}}}
        "404":
          description: There is none.
          content: {application/json: {schema: {$ref: "#/components/schemas/NotFound"}}}
components:
  schemas:
    Error:
      type: object
      properties:
        message: {type: string}
        data: {type: object, properties: {hint: {type: string}}}
    NotFound:
      allOf: [{$ref: "#/components/schemas/Error"}]
END

{
    openapi-python-client generate --path disks.yaml --output-path client >said.txt 2>&1
    echo "ends with $?"
    grep -o 'Attempted to generate duplicate models with name "[A-Za-z]*"' said.txt | sort -u
    echo "models: $(find client -path '*/models/*.py' ! -name __init__.py | wc -l)"
    echo "mentions of 404: $(grep -r 404 client/disks_client/api | wc -l)"
} | expect 'ends with 0
Attempted to generate duplicate models with name "ErrorData"
models: 0
mentions of 404: 0'
