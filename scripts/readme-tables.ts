import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { documents, makeTables } from './checks/documents/documents.ts'
import { fillTables } from './checks/documents/table.ts'
import { checkout } from './checks/tool.ts'
import { defineCommand, runCommand } from './operate/command-line.ts'

const writeTables = async (): Promise<void> => {
  const tables = await makeTables(checkout)
  for (const document of documents) {
    const path = join(checkout, document)
    writeFileSync(path, fillTables(readFileSync(path, 'utf8'), tables))
  }
}

await runCommand(
  defineCommand({
    name: 'npm run readme-tables --',
    purpose: `Writes the generated regions of ${documents.join(', ')} from the code.`,
    examples: ['npm run readme-tables'],
  }).action(writeTables),
)
