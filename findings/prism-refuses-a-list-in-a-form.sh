#!/usr/bin/env bash
# Prism 5.14.2 (@stoplight/prism-cli): a list in a form, `tag=a&tag=b`, is refused: "must be array". It
# is taken if the document says `style: form` of it, which is what the style is if nothing is said.
# In a query, the same list is taken without that. Who tests a client with `--errors` looks for the
# fault there, in a request that is right.
#
# Source: OpenAPI 3.0.3, section 4.7.15 (`style` and `explode` in an encoding have the defaults of
# parameters in a query), and 4.7.14.3 (the properties of such a form are written in that style).
source "$(dirname "$0")/lib.sh"
install_node @stoplight/prism-cli@5.14.2

cat > look.js <<'END'
const { spawn } = require('child_process')
const { writeFileSync } = require('fs')
const { createServer } = require('net')

const schema = { type: 'object', properties: { tag: { type: 'array', items: { type: 'string' } } } }
const responses = { 204: { description: 'Taken.' } }
const form = (encoding) => {
  const content = { 'application/x-www-form-urlencoded': { schema, ...encoding } }
  return { post: { requestBody: { content }, responses } }
}
const parameters = [{ name: 'tag', in: 'query', schema: schema.properties.tag }]
const paths = {
  '/form': form({}),
  '/form/stated': form({ encoding: { tag: { style: 'form' } } }),
  '/query': { get: { parameters, responses } },
}
const info = { title: 'Tags', version: '1' }
writeFileSync('spec.json', JSON.stringify({ openapi: '3.0.3', info, paths }))

async function ask(url) {
  for (const path of Object.keys(paths)) {
    for (const tags of ['tag=a', 'tag=a&tag=b']) {
      const answer = path === '/query'
        ? await fetch(`${url}${path}?${tags}`)
        : await fetch(url + path, { method: 'POST', body: new URLSearchParams(tags) })
      const said = answer.status === 204 ? [] : [(await answer.json()).validation[0].message]
      console.log(path, tags, answer.status, ...said)
    }
  }
}

const free = createServer().listen(0, '127.0.0.1', () => {
  const { port } = free.address()
  free.close(() => {
    const server = spawn('prism', ['mock', 'spec.json', '--errors', '--port', port])
    let log = ''
    server.stdout.on('data', async (data) => {
      const before = log.includes('listening')
      log += data
      if (before || !log.includes('listening')) return
      try {
        await ask(`http://127.0.0.1:${port}`)
      } finally {
        server.kill()
      }
    })
  })
})
END
node look.js | expect "/form tag=a 422 Request body property tag must be array
/form tag=a&tag=b 422 Request body property tag must be array
/form/stated tag=a 204
/form/stated tag=a&tag=b 204
/query tag=a 204
/query tag=a&tag=b 204"
