import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { asyncApiFile } from './checks/async-api.ts'
import { asyncApi } from './checks/documents/asyncapi.ts'
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
  writeFileSync(join(checkout, asyncApiFile), asyncApi(checkout))
}

await runCommand(
  defineCommand({
    name: 'npm run readme-tables --',
    purpose: `Writes from the code the generated regions of ${documents.join(', ')}, and ${asyncApiFile}.`,
    examples: ['npm run readme-tables'],
  }).action(writeTables),
)
