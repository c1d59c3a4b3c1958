import { readFileSync } from 'node:fs'
import { checkout } from './checks/tool.ts'
import { defineCommand, finish, runCommand, UsageError } from './operate/command-line.ts'
import { sampleSenders } from './operate/new/sample-senders.ts'
import { updateSamples } from './operate/new/update-samples.ts'
import { writeMessageType } from './operate/new/write-message-type.ts'

type Options = { samples: string; update: boolean }

const begin = async (type: string, file: string, samples: string): Promise<void> => {
  const bytes = readFileSync(file)
  const written = await writeMessageType(checkout, { type, bytes, samples })
  console.log(
    `wrote\n${written.map((path) => `  ${path}`).join('\n')}\nThe mapping reads the patient only. Add the rest of the message to it, then run: npm run new -- --update`,
  )
}

const run = async (
  type: string | undefined,
  file: string | undefined,
  { samples, update }: Options,
): Promise<boolean> => {
  if (update && type === undefined) return updateSamples(checkout)
  if (update || type === undefined || file === undefined)
    throw new UsageError('Give a type and a file, or --update alone (--help explains both)')
  await begin(type, file, samples)
  return true
}

await runCommand(
  defineCommand({
    name: 'npm run new --',
    purpose: `Begins a message type in services/hl7-ingest: a mapping, a sample and its expected output. Or rewrites the expected outputs of all samples, HL7 and FHIR, and shows what changed.\n\nThe sample must come from the sender of its folder:\n${sampleSenders(
      checkout,
    )
      .map((line) => `  ${line}`)
      .join('\n')}`,
    examples: [
      "npm run new -- 'ADT^A99' message.hl7",
      "npm run new -- 'ORU^R99' message.hl7 --samples xl1",
      'npm run new -- --update',
    ],
  })
    .argument('[type]', "message and trigger, e.g. 'ADT^A99'")
    .argument('[file]', 'one message of that type, without data of a real person')
    .option('--samples <folder>', 'folder under services/hl7-ingest/samples', 'x99')
    .option('--update', 'rewrite the expected outputs and show the differences', false)
    .action(async (type, file, options) => finish(await run(type, file, options))),
)
