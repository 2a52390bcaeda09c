#!/usr/bin/env bash
# payload-oapi 0.3.0: GET of one document is described as returning `{message, doc}`, and PATCH and DELETE
# of one as returning the document. Payload 3.90.2 does it the other way round: it returns the document
# where it is asked for, and `{doc, message}` where one was changed or deleted. That of POST is right.
#
# Source: the README of payload-oapi (the specification of your Payload instance, with a "complete
# description of collection CRUD endpoints"), and the documentation of Payload, REST API, Collections.
source "$(dirname "$0")/lib.sh"
export NPM_CONFIG_LEGACY_PEER_DEPS=true # of the admin panel, which is not needed
install_node payload@3.90.2 @payloadcms/db-sqlite@3.90.2 payload-oapi@0.3.0

cat > look.mjs <<'END'
import { sqliteAdapter } from '@payloadcms/db-sqlite'
import { buildConfig, getPayload, handleEndpoints } from 'payload'
import { openapi } from 'payload-oapi'

const open = () => true
const config = buildConfig({
  secret: 's',
  db: sqliteAdapter({ client: { url: 'file:./look.sqlite' } }),
  typescript: { autoGenerate: false },
  telemetry: false,
  logger: { options: { level: 'silent' } },
  collections: [
    {
      slug: 'posts',
      access: { create: open, read: open, update: open, delete: open },
      fields: [{ name: 'title', type: 'text' }],
    },
  ],
  plugins: [openapi({ openapiVersion: '3.1', metadata: { title: 't', version: '1' } })],
})
await getPayload({ config })

async function call(method, path, body) {
  const headers = { 'Content-Type': 'application/json' }
  const request = new Request(`http://127.0.0.1/api${path}`, { method, headers, body })
  return (await handleEndpoints({ config, request })).json()
}

const { paths, components } = await call('GET', '/openapi.json')

function described(path, method, status) {
  const [response] = paths[path][method].responses[status].$ref.split('/').slice(-1)
  const schema = components.responses[response].content['application/json'].schema
  return schema.$ref ? 'the document' : Object.keys(schema.properties).sort().join()
}

const returned = (value) => ('title' in value ? 'the document' : Object.keys(value).sort().join())
for (const [method, path, status, body] of [
  ['POST', '/posts', 201, '{"title": "a"}'],
  ['GET', '/posts/1', 200],
  ['PATCH', '/posts/1', 200, '{"title": "b"}'],
  ['DELETE', '/posts/1', 200],
]) {
  const told = described(`/api${path.replace('1', '{id}')}`, method.toLowerCase(), status)
  console.log(`${method} ${path}: ${told} | ${returned(await call(method, path, body))}`)
}
process.exit()
END
NODE_ENV=development node look.mjs 2> log | grep -v 'Pulling schema' | expect 'POST /posts: doc,message | doc,message
GET /posts/1: doc,message | the document
PATCH /posts/1: the document | doc,message
DELETE /posts/1: the document | doc,message'
