#!/usr/bin/env bash
# @asteasolutions/zod-to-openapi 9.1.0: whether a schema with a name may be null is decided by the first
# place that uses it. If the first of two properties is `nullable()`, both may be null by the document,
# and a client takes null for a required owner, which the server refuses. If they change places, the
# object is described rightly; a choice (`z.union`) is null nowhere, though the server sends it.
#
# Source: OpenAPI 3.0.3, section 4.7.24 (`nullable` allows null as a value of the schema that has it).
source "$(dirname "$0")/lib.sh"
install_node @asteasolutions/zod-to-openapi@9.1.0 zod@4.6.7

cat > look.js <<'END'
const { z } = require('zod')
const zod2openapi = require('@asteasolutions/zod-to-openapi')
zod2openapi.extendZodWithOpenApi(z)

function described(properties, version) {
  const registry = new zod2openapi.OpenAPIRegistry()
  registry.register('Home', z.object(properties()))
  const generator = new zod2openapi[`OpenApiGenerator${version}`](registry.definitions)
  return generator.generateComponents().components.schemas
}

function show(title, found) {
  console.log(title)
  for (const [name, one] of Object.entries(found.Home.properties)) console.log(name, JSON.stringify(one))
  const { properties, required, ...rest } = found.Pet
  console.log('Pet', JSON.stringify(rest))
}

const cat = () => z.object({ lives: z.number() }).openapi('Pet')
const either = () => z.union([z.string(), z.number()]).openapi('Pet')
for (const [make, version] of [[cat, 'V3'], [either, 'V31']]) {
  show(`${version}, the nullable one first:`, described(() => {
    const pet = make()
    return { guest: pet.nullable(), owner: pet }
  }, version))
  show(`${version}, the nullable one last:`, described(() => {
    const pet = make()
    return { owner: pet, guest: pet.nullable() }
  }, version))
}
const home = z.object({ guest: cat().nullable(), owner: cat() })
console.log('zod takes null for the owner:', home.safeParse({ guest: null, owner: null }).success)
END
node look.js | expect 'V3, the nullable one first:
guest {"$ref":"#/components/schemas/Pet"}
owner {"$ref":"#/components/schemas/Pet"}
Pet {"type":"object","nullable":true}
V3, the nullable one last:
owner {"$ref":"#/components/schemas/Pet"}
guest {"allOf":[{"$ref":"#/components/schemas/Pet"},{"nullable":true}]}
Pet {"type":"object"}
V31, the nullable one first:
guest {"$ref":"#/components/schemas/Pet"}
owner {"$ref":"#/components/schemas/Pet"}
Pet {"anyOf":[{"type":"string"},{"type":"number"},{"type":"null"}]}
V31, the nullable one last:
owner {"$ref":"#/components/schemas/Pet"}
guest {"$ref":"#/components/schemas/Pet"}
Pet {"anyOf":[{"type":"string"},{"type":"number"}]}
zod takes null for the owner: false'
