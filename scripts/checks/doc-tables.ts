import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { documents, makeTables } from './documents/documents.ts'
import { fillTables } from './documents/table.ts'
import { checkout } from './tool.ts'

/** The generated regions of the documents match the code. */
export const docTables = async (root: string): Promise<string[]> => {
  const tables = await makeTables(checkout)
  const stale = documents.filter((document) => {
    const text = readFileSync(join(root, document), 'utf8')
    return fillTables(text, tables) !== text
  })
  return stale.map(
    (document) => `${document}: a table is not what the code says: run npm run readme-tables`,
  )
}
