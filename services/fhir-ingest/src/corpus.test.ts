import { existsSync, globSync, readFileSync } from 'node:fs'
import { corpusFolder } from '@tideway/hl7v2/corpus.fixture'
import { expect, test } from 'vitest'
import { normalise } from './normalise/normalise.ts'
import { pharmacy, rules, sender } from './sender.fixture.ts'

// Skipped if the corpus is missing.
const corpus = corpusFolder('fhir')
const isThere = existsSync(corpus)
const synthea = sender('XS1', {
  systems: { 'https://github.com/synthetichealth/synthea': 'XS1' },
  patientSystems: ['https://github.com/synthetichealth/synthea'],
})

const files = (pattern: string) => (isThere ? globSync(`${corpus}/${pattern}`) : [])
const isBundle = (bytes: Buffer, type: string) => {
  try {
    const json = JSON.parse(bytes.toString()) as { resourceType?: string; type?: string }
    return json.resourceType === 'Bundle' && json.type === type
  } catch {
    return false
  }
}
const read = (bytes: Buffer, source: typeof synthea) =>
  normalise({ source, bytes, receivedAt: 1 }, rules)

test.skipIf(!isThere)('every transaction of the generated patients is mapped', () => {
  const bundles = files('smart-on-fhir*/R4/SYNTHEA/*_*.json').map((file) => readFileSync(file))
  const read1 = bundles.map((bytes) => read(bytes, synthea))
  expect(bundles.length).toBeGreaterThan(0)
  expect(read1.flatMap(({ faults }) => faults)).toEqual([])
  expect(read1.every(({ events }) => events.length > 20)).toBe(true)
})

test.skipIf(!isThere)(
  'electronic prescriptions become prescriptions and dispenses, or are rejected with reasons',
  () => {
    const messages = files('NHSDigital*/**/*.json')
      .map((file) => readFileSync(file))
      .filter((bytes) => isBundle(bytes, 'message'))
    const all = messages.map((bytes) => read(bytes, pharmacy))
    expect(all.some(({ problem }) => problem?.code === 'UNEXPECTED')).toBe(false)
    const types = new Set(all.flatMap(({ events }) => events.map(({ body }) => body.type)))
    expect(types).toContain('MedicationPrescribed')
    expect(types).toContain('MedicationDispensed')
  },
)
