// Judges disclosures with shacl-engine, all of them in one process.
// Standard input: {"shapes": {PROFILE: N-Triples}, "cases": [{"profiles": [PROFILE], "data": [N-Triples]}]}.
// Standard output: for each case a line of JSON, a list of [shape, focus, path, value, severity], "" where there is none.
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { DataFactory, Parser, Store } from 'n3'

// shacl-engine builds a query engine for each query on each node, which takes far longer than to answer it. It is
// handed the same one each time; nothing else of it is changed.
const require = createRequire(import.meta.url)
const parts = fileURLToPath(new URL('node_modules/@comunica/query-sparql-rdfjs-lite/engine-default.js', import.meta.url))
const build = require(parts)
let built
require.cache[parts].exports = (...options) => (built ??= build(...options))

const { Validator } = await import('shacl-engine')
const { targetResolvers, validations } = await import('shacl-engine/sparql.js')

const factory = { ...DataFactory, dataset: quads => new Store(quads) }
const parsed = new Map()
const read = text => {
  if (!parsed.has(text)) parsed.set(text, new Parser({ format: 'N-Triples' }).parse(text))
  return parsed.get(text)
}
const validators = new Map()
const job = JSON.parse(readFileSync(0, 'utf8'))
for (const { profiles, data } of job.cases) {
  const chosen = profiles.join(' ')
  if (!validators.has(chosen)) {
    const shapes = new Store(profiles.flatMap(name => read(job.shapes[name])))
    validators.set(chosen, new Validator(shapes, { factory, targetResolvers, validations }))
  }
  const report = await validators.get(chosen).validate({ dataset: new Store(data.flatMap(read)) })
  const rows = report.results.map(({ shape, focusNode, path, value, severity }) => [
    shape.ptr.value,
    focusNode.value,
    path?.length === 1 && path[0].start === 'subject' ? path[0].predicates[0].value : '',
    value?.value ?? '',
    severity.value
  ])
  console.log(JSON.stringify(rows))
}
