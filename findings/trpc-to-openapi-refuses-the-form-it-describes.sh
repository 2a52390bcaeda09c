#!/usr/bin/env bash
# trpc-to-openapi 3.3.0: a procedure whose `contentTypes` are forms is described as one that takes forms,
# and each form is refused with 415. JSON is not described, and is taken. The reader of bodies knows
# forms, but is not reached.
#
# Source: the documentation of trpc-to-openapi (`contentTypes`: the content types that are accepted), and
# OpenAPI 3.1.1, section 4.8.13 (`content` of a request body: what media types it can have).
source "$(dirname "$0")/lib.sh"
install_node trpc-to-openapi@3.3.0 @trpc/server@11.25.2 zod@4.6.7 zod-openapi@5.4.6

cat > look.mjs <<'END'
import http from 'node:http'
import { initTRPC } from '@trpc/server'
import { createOpenApiHttpHandler, generateOpenApiDocument } from 'trpc-to-openapi'
import { z } from 'zod'

const FORM = 'application/x-www-form-urlencoded'
const t = initTRPC.meta().create()
const router = t.router({
  add: t.procedure
    .meta({ openapi: { method: 'POST', path: '/add', contentTypes: [FORM] } })
    .input(z.object({ name: z.string() }))
    .output(z.object({ name: z.string() }))
    .mutation(({ input }) => input),
})
const options = { title: 't', version: '1', baseUrl: 'http://127.0.0.1' }
const { requestBody } = generateOpenApiDocument(router, options).paths['/add'].post
console.log('described:', Object.keys(requestBody.content).join())

const server = http.createServer(createOpenApiHttpHandler({ router }))
server.listen(0, '127.0.0.1', async () => {
  const url = `http://127.0.0.1:${server.address().port}/add`
  for (const [type, body] of [
    [FORM, 'name=x'],
    ['application/json', '{"name": "x"}'],
  ]) {
    const answer = await fetch(url, { method: 'POST', headers: { 'Content-Type': type }, body })
    const { code, name } = await answer.json()
    console.log(type, answer.status, code ?? name)
  }
  server.close()
})
END
node look.mjs | expect 'described: application/x-www-form-urlencoded
application/x-www-form-urlencoded 415 UNSUPPORTED_MEDIA_TYPE
application/json 200 x'
