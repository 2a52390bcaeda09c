#!/usr/bin/env bash
# @fastify/swagger 9.9.3: an object whose properties are described by patterns is described as a map. In
# Swagger 2.0, its values are texts, whatever the patterns say; in OpenAPI 3, all are of the type of
# the first pattern. Fastify itself checks by the patterns: it refuses the text that the first document
# asks for, takes the boolean that neither allows, and sends it back.
#
# Source: JSON Schema draft 7, Validation, section 6.5.5 (`patternProperties`); the documentation of
# Fastify, Validation and Serialization (a schema of a route is JSON Schema draft 7).
source "$(dirname "$0")/lib.sh"
install_node fastify@5.12.8 @fastify/swagger@9.9.3

cat > look.js <<'END'
const fastify = require('fastify')
const swagger = require('@fastify/swagger')

const readings = {
  type: 'object',
  patternProperties: { '^count_': { type: 'integer' }, '^is_': { type: 'boolean' } },
  additionalProperties: false,
}

async function look(kind) {
  const app = fastify()
  await app.register(swagger, { [kind]: { info: { title: 'Readings', version: '1' } } })
  app.put('/readings', { schema: { body: readings } }, async (request) => request.body)
  await app.ready()
  const operation = app.swagger().paths['/readings'].put
  const body = operation.parameters?.[0] ?? operation.requestBody.content['application/json']
  console.log(kind, JSON.stringify(body.schema))
  for (const payload of [{ count_a: 'many' }, { count_a: 5, is_b: true }]) {
    const answer = await app.inject({ method: 'PUT', url: '/readings', payload })
    console.log(JSON.stringify(payload), answer.statusCode)
  }
}

look('swagger').then(() => look('openapi'))
END
node look.js | expect 'swagger {"type":"object","additionalProperties":{"type":"string"}}
{"count_a":"many"} 400
{"count_a":5,"is_b":true} 200
openapi {"type":"object","additionalProperties":{"type":"integer"}}
{"count_a":"many"} 400
{"count_a":5,"is_b":true} 200'
