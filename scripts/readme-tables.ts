import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { checkout } from './checks/tool.ts'
import { documents, makeTables } from './checks/documents/documents.ts'
import { fillTables } from './checks/documents/table.ts'

/** Writes the tables of the documents anew. */
const tables = await makeTables(checkout)
for (const document of documents) {
  const path = join(checkout, document)
  writeFileSync(path, fillTables(readFileSync(path, 'utf8'), tables))
}
