import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asyncApiFile } from './checks/async-api.ts'
import { asyncApi } from './checks/documents/asyncapi.ts'
import { checkout } from './checks/tool.ts'
import { documents, makeTables } from './checks/documents/documents.ts'
import { fillTables } from './checks/documents/table.ts'

/** Writes the generated tables of the documents, and the AsyncAPI document. */
const tables = await makeTables(checkout)
for (const document of documents) {
  const path = join(checkout, document)
  writeFileSync(path, fillTables(readFileSync(path, 'utf8'), tables))
}
writeFileSync(join(checkout, asyncApiFile), asyncApi(checkout))
