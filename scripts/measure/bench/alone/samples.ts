import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readHeader } from '@tideway/hl7v2/lexer/header'
import type { Source } from '@tideway/schemas/source'
import { checkout } from '../../../stack/home.ts'
import { kings, loadMessages } from './messages.ts'

/** A message to be normalised repeatedly, and its source. */
export type Sample = { what: string; bytes: Buffer; source: Source }

const results = 10

/** A result of the load, extended to ten observations. */
const tenResults = (): Buffer => {
  const isResult = (bytes: Buffer) => readHeader(bytes)?.type === 'ORU^R01'
  const lines = (loadMessages(200, 5, 'T').find(isResult) as Buffer)
    .toString()
    .split('\r')
    .filter((line) => line !== '')
  const obx = lines.filter((line) => line.startsWith('OBX'))
  const more = Array.from({ length: results - obx.length }, (_, index) =>
    (obx[index] as string).replace(/^OBX\|\d+\|NM\|/, `OBX|${obx.length + index + 1}|NM|MORE`),
  )
  return Buffer.from(`${[...lines, ...more].join('\r')}\r`)
}

const sampleIn = (folder: string, file: string): Sample => {
  const bytes = readFileSync(join(folder, file))
  const source = JSON.parse(
    readFileSync(join(folder, file.split('/')[0] as string, 'source.json'), 'utf8'),
  ) as Source
  return { what: readHeader(bytes)?.type ?? file, bytes, source }
}

/**
 * One message of every type that has a sample, the first by name that is used whole, and a result
 * with ten observations, for which there is a goal.
 *
 * @param isWhole  whether no part of it is parked; a message used in part is less work
 */
export const typeSamples = async (isWhole: (sample: Sample) => boolean): Promise<Sample[]> => {
  const folder = join(checkout, 'services/hl7-ingest/samples')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.hl7'))
    .sort()
  const byType = Map.groupBy(
    files.map((file) => sampleIn(folder, file)),
    ({ what }) => what,
  )
  const chosen = [...byType.values()].map(
    (samples) => samples.find(isWhole) ?? (samples[0] as Sample),
  )
  const { source } = await kings()
  return [
    ...chosen.sort((a, b) => (a.what < b.what ? -1 : 1)),
    { what: tenResultsName, bytes: tenResults(), source },
  ]
}

export const tenResultsName = `ORU^R01, ${results} results`
