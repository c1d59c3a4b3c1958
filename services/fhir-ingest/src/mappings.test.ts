import { readdirSync, readFileSync } from 'node:fs'
import type { FhirSource } from '@tideway/schemas/source'
import { withoutAbsent } from '@tideway/ingest/without-absent.fixture'
import { expect, test } from 'vitest'
import { expectedOutput } from './expected-output.ts'
import { loadMappings } from './load-mappings.ts'
import { normalise } from './normalise/normalise.ts'

const folder = new URL('../samples/', import.meta.url)
const samples = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.(json|xml)$/.test(file) && !/\.expected\.json$|source\.json$/.test(file),
)
const read = (file: string) => readFileSync(new URL(file, folder))
const json = (file: string) => JSON.parse(read(file).toString()) as unknown
const mappings = await loadMappings()
const normalised = (sample: string) => {
  const source = json(`${sample.split('/')[0]}/source.json`) as FhirSource
  return normalise(
    { source, bytes: read(sample), receivedAt: 1_782_900_000_000_000 },
    { mappings, owners: new Map(), production: false, maxEntries: 100 },
  )
}

test.each(samples)('%s gives the expected events', (sample) => {
  const { messageId, events, ...rest } = normalised(sample)
  expect(withoutAbsent(expectedOutput({ messageId, events, ...rest }))).toEqual(
    withoutAbsent(json(sample.replace(/\.(json|xml)$/, '.expected.json'))),
  )
  expect(events.map(({ id }) => id)).toEqual(events.map((_, n) => `${messageId}.${n}`))
})

/** Types of the resources that events of the sample came from. */
const saidBy = (sample: string): string[] => {
  const { sent, events } = normalised(sample)
  const resources = (sent?.entries ?? [])
    .map(({ resource }) => resource)
    .filter((resource) => resource !== null)
  return resources
    .filter((resource) => events.some(({ place }) => place === resource.place))
    .map(({ type }) => type)
}
const types = new Set(samples.flatMap(saidBy))

test.each([...mappings.keys()])('%s has a sample with events', (type) => {
  expect(types).toContain(type)
})
