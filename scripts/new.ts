import { readFileSync } from 'node:fs'
import { checkout } from './checks/tool.ts'
import { writeMessageType } from './operate/new/write-message-type.ts'
import { readArguments, runCommand, UsageError } from './operate/command-line.ts'

const usage = `
npm run new -- TYPE FILE [--samples FOLDER]   begins a message type: one mapping, one sample, one expected output in services/hl7-ingest

TYPE is message and trigger, e.g. 'ADT^A99'. FILE holds one message without any person's data: it becomes the sample.
FOLDER is the one under samples/ whose source.json it is read by; x99 if not given.`

await runCommand(async () => {
  const { values, positionals } = readArguments(
    process.argv.slice(2),
    { samples: { type: 'string' } },
    usage,
  )
  const [type, file] = positionals
  if (type === undefined || file === undefined || positionals.length > 2)
    throw new UsageError(usage)
  const written = await writeMessageType(checkout, {
    type,
    bytes: readFileSync(file),
    samples: values.samples ?? 'x99',
  })
  console.log(
    `wrote\n${written.map((path) => `  ${path}`).join('\n')}\nThe mapping says who the patient is. Add what else the message says, and look through the expected output.`,
  )
  return true
})
