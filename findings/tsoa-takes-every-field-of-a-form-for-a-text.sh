#!/usr/bin/env bash
# tsoa 6.6.0: the type of a parameter with `@FormField()` is not looked at. A `number`, a `boolean` and a
# `string[]` are described as texts, and the method is given texts: `count + 1` is "71" for 7, and
# "false" is true, though a type checker has seen to it that they are what they are called. A list of
# two texts is refused. With `@Query()`, the same types are described as they are, and converted.
#
# Source: the documentation of tsoa: Introduction (the types of a method are the source of its document,
# and requests are checked by them), and File Uploading (`@FormField`).
source "$(dirname "$0")/lib.sh"
install_node tsoa@6.6.0 express@5.3.0 multer@2.5.0 typescript@5.9.3 tsx@4.23.15

mkdir build
cat > tsconfig.json <<'END'
{"compilerOptions": {"target": "es2022", "module": "commonjs", "experimentalDecorators": true,
 "esModuleInterop": true, "strict": true}}
END
cat > tsoa.json <<'END'
{"entryFile": "app.ts", "controllerPathGlobs": ["thingController.ts"],
 "spec": {"outputDirectory": "build", "specVersion": 3}, "routes": {"routesDir": "build"}}
END
cat > thingController.ts <<'END'
import { Controller, FormField, Post, Query, Route, UploadedFile } from 'tsoa'

@Route('thing')
export class ThingController extends Controller {
  @Post('form')
  public async form(
    @UploadedFile() file: Express.Multer.File,
    @FormField() count: number,
    @FormField() is_new: boolean,
    @FormField() tags: string[],
  ): Promise<unknown[]> {
    return [count + 1, is_new ? 'new' : 'old', tags]
  }

  @Post('query')
  public async query(
    @Query() count: number,
    @Query() is_new: boolean,
    @Query() tags: string[],
  ): Promise<unknown[]> {
    return [count + 1, is_new ? 'new' : 'old', tags]
  }
}
END
cat > app.ts <<'END'
import express from 'express'
import { RegisterRoutes } from './build/routes'
import { paths } from './build/swagger.json'

const app = express()
RegisterRoutes(app)
app.use((error: any, _request: any, response: any, _next: any) => {
  const said = Object.values(error.fields).map((one: any) => one.message)
  response.status(error.status).json(said)
})

const server = app.listen(0, '127.0.0.1', async () => {
  const { port } = server.address() as { port: number }
  const url = `http://127.0.0.1:${port}/thing`
  const body = paths['/thing/form'].post.requestBody.content['multipart/form-data']
  console.log('form', JSON.stringify(body.schema.properties))
  const schemas = paths['/thing/query'].post.parameters.map((one) => [one.name, one.schema])
  console.log('query', JSON.stringify(Object.fromEntries(schemas)))
  for (const tags of [['a'], ['a', 'b']]) {
    const query = new URLSearchParams({ count: '7', is_new: 'false' })
    for (const tag of tags) query.append('tags', tag)
    const form = new FormData()
    for (const [name, value] of query) form.append(name, value)
    form.append('file', new Blob(['content']), 'a.txt')
    for (const answer of [
      await fetch(`${url}/form`, { method: 'POST', body: form }),
      await fetch(`${url}/query?${query}`, { method: 'POST' }),
    ]) {
      console.log(new URL(answer.url).pathname, tags.length, answer.status, await answer.text())
    }
  }
  server.close()
})
END
tsoa spec-and-routes
tsx app.ts | expect 'form {"file":{"type":"string","format":"binary"},"count":{"type":"string"},"is_new":{"type":"string"},"tags":{"type":"string"}}
query {"count":{"format":"double","type":"number"},"is_new":{"type":"boolean"},"tags":{"type":"array","items":{"type":"string"}}}
/thing/form 1 200 ["71","new","a"]
/thing/query 1 200 [8,"old",["a"]]
/thing/form 2 400 ["invalid string value"]
/thing/query 2 200 [8,"old",["a","b"]]'
