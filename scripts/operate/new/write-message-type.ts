import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type * as expected from '@tideway/hl7-ingest/expected-output'
import { readHeader } from '@tideway/hl7v2/lexer/header'
import type * as mappings from '@tideway/hl7-ingest/normalise/load-mappings'
import type * as normalising from '@tideway/hl7-ingest/normalise/normalise'
import type { Source } from '@tideway/schemas/source'
import { UsageError } from '../command-line.ts'
import { mappingText } from './mapping-text.ts'
import { senderOf } from './sample-senders.ts'
import { sampleReceivedAt as receivedAt } from './update-samples.ts'

/** A message type to be begun. */
export type NewMessageType = {
  /** Message and trigger, e.g. `ADT^A99`. */
  type: string
  /** One message. */
  bytes: Buffer
  /** Folder under samples/ that it is added to; its source.json is the sender. */
  samples: string
}

/**
 * Writes mapping, sample and expected output of a new message type into the hl7-ingest of a
 * checkout.
 *
 * @returns paths of the three files, from the root of the checkout
 * @throws UsageError if the type is mapped already, or the message is of another type, or it
 *   cannot be read; nothing is written then
 */
export const writeMessageType = async (
  root: string,
  { type, bytes, samples }: NewMessageType,
): Promise<string[]> => {
  const from = async <T>(file: string): Promise<T> =>
    (await import(join(root, 'services/hl7-ingest/src', file))) as T
  const { loadMappings } = await from<typeof mappings>('normalise/load-mappings.ts')
  const { normalise } = await from<typeof normalising>('normalise/normalise.ts')
  const { expectedOutput } = await from<typeof expected>('expected-output.ts')
  const name = type.toLowerCase().replace('^', '-')
  const sample = `services/hl7-ingest/samples/${samples}/${name}`
  const paths = [
    `services/hl7-ingest/src/mappings/${name}.ts`,
    `${sample}.hl7`,
    `${sample}.expected.json`,
  ] as const
  const sourceFile = join(root, 'services/hl7-ingest/samples', samples, 'source.json')

  if (!/^[A-Z]{3}\^[A-Z][A-Z0-9]{2}$/.test(type))
    throw new UsageError('The type is message and trigger, e.g. ADT^A99')
  if ((await loadMappings()).types.has(type))
    throw new UsageError(`${type} already has a mapping: see services/hl7-ingest/src/mappings`)
  const there = paths.find((path) => existsSync(join(root, path)))
  if (there !== undefined) throw new UsageError(`${there} exists already`)
  if (!existsSync(sourceFile))
    throw new UsageError(`There is no services/hl7-ingest/samples/${samples}/source.json`)
  const found = readHeader(bytes)?.type ?? null
  if (found !== type)
    throw new UsageError(
      found === null
        ? 'The file does not hold an HL7 message'
        : 'MSH-9 of the message names another type',
    )

  const source = JSON.parse(readFileSync(sourceFile, 'utf8')) as Source
  const [mapping, message, output] = paths.map((path) => join(root, path)) as [
    string,
    string,
    string,
  ]
  writeFileSync(mapping, mappingText(type, []))
  const normalised = normalise({ source, bytes, receivedAt }, await loadMappings(), {
    production: false,
  })
  if (normalised.problem !== null) {
    rmSync(mapping)
    throw new UsageError(
      `The message cannot be read as one of ${source.ods}: ${normalised.problem.code} at ${normalised.problem.place}. The sample must come from ${senderOf(source)}`,
    )
  }
  writeFileSync(mapping, mappingText(type, normalised.unused))
  writeFileSync(message, bytes)
  writeFileSync(output, `${JSON.stringify(expectedOutput(normalised), null, 2)}\n`)
  return [...paths]
}
