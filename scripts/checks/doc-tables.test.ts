import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { documents, makeTables } from './documents/documents.ts'
import { fillTables } from './documents/table.ts'
import { docTables } from './doc-tables.ts'
import { fixture } from './fixture.ts'
import { checkout } from './tool.ts'

/** The documents of this checkout with up-to-date tables. */
const current = async () => {
  const tables = await makeTables(checkout)
  return Object.fromEntries(
    documents.map((document) => [
      document,
      fillTables(readFileSync(join(checkout, document), 'utf8'), tables),
    ]),
  )
}

test('a table that was edited by hand is found', async () => {
  const files = await current()
  files['docs/settings.md'] =
    files['docs/settings.md']?.replace('`KAFKA_BROKERS`', '`KAFKA_SERVERS`') ?? ''
  expect(await docTables(fixture(files))).toEqual([expect.stringContaining('docs/settings.md')])
})

test('tables generated from the code pass', async () => {
  expect(await docTables(fixture(await current()))).toEqual([])
})
