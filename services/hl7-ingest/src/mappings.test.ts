import { readdirSync, readFileSync } from 'node:fs'
import type { Source } from '@tideway/schemas/source'
import { withoutAbsent } from '@tideway/ingest/without-absent.fixture'
import { expect, test } from 'vitest'
import { expectedOutput } from './expected-output.ts'
import { readHeader } from '@tideway/hl7v2/lexer/header'
import { loadMappings } from './normalise/load-mappings.ts'
import { normalise } from './normalise/normalise.ts'

const folder = new URL('../samples/', import.meta.url)
const samples = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.hl7'),
)
const read = (file: string) => readFileSync(new URL(file, folder))
const json = (file: string) => JSON.parse(read(file).toString()) as unknown
const mappings = await loadMappings()

test.each(samples)('%s gives the expected events', (sample) => {
  const source = json(`${sample.split('/')[0]}/source.json`) as Source
  const normalised = normalise(
    { source, bytes: read(sample), receivedAt: 1_782_900_000_000_000 },
    mappings,
    { production: false },
  )
  expect(withoutAbsent(expectedOutput(normalised))).toEqual(
    withoutAbsent(json(sample.replace('.hl7', '.expected.json'))),
  )
  expect(normalised.events.map((event) => event.id)).toEqual(
    normalised.events.map((_, n) => `${normalised.messageId}.${n}`),
  )
})

test.each([...mappings.types.keys()])('%s has a sample', (type) => {
  const [code, trigger] = type.split('^')
  expect(
    samples.some((sample) => {
      const header = readHeader(read(sample))
      return trigger === '*' ? header?.messageCode === code : header?.type === type
    }),
  ).toBe(true)
})

test.each([...mappings.fixes.keys()])('the fix %s is used by a source of the samples', (fix) => {
  const sources = samples.map((sample) => json(`${sample.split('/')[0]}/source.json`) as Source)
  expect(sources.some((source) => source.hl7.fixes.includes(fix))).toBe(true)
})
