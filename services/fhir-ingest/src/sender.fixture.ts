import { idSeal } from '@tideway/schemas/id-seal'
import { encode, envelopeType, type Records, wrapEvent } from '@tideway/schemas/codec'
import type { FhirSource } from '@tideway/schemas/source'
import { type TopicName, topics } from '@tideway/schemas/topics'
import { loadMappings } from './load-mappings.ts'
import { ownersOf } from './load-sources.ts'
import { normalise } from './normalise/normalise.ts'
import type { FhirRules } from './normalise/normalised.ts'

export const system = (ods: string, kind = 'patient') =>
  `https://${ods.toLowerCase()}.example/id/${kind}`

export const sender = (
  ods: string,
  own: Partial<FhirSource['fhir']> = {},
  others: readonly string[] = [],
): FhirSource => ({
  ods,
  name: `Example ${ods}`,
  kind: 'trust',
  fhir: {
    clients: [`client-${ods.toLowerCase()}`],
    systems: Object.fromEntries(
      [ods, ...others].flatMap((one) =>
        ['patient', 'report', 'visit'].map((kind) => [system(one, kind), one]),
      ),
    ),
    patientSystems: [ods, ...others].map((one) => system(one)),
    patientsByNhsNumber: false,
    codes: {},
    ...own,
  },
})

export const sources = [
  sender('X99'),
  sender('XL1', {}, ['X99']),
  sender('XP1', { patientsByNhsNumber: true, patientSystems: [], systems: {} }),
]
export const [trust, laboratory, pharmacy] = sources as [FhirSource, FhirSource, FhirSource]

/** By a key that is in no other place. */
export const publicIds = idSeal([Buffer.alloc(32, 'a test')])

export const rules: FhirRules = {
  publicIds,
  mappings: await loadMappings(),
  owners: ownersOf(sources),
  production: false,
  maxEntries: 5_000,
}

export const bytesOf = (resource: object): Buffer => Buffer.from(JSON.stringify(resource))
export const read = (resource: object, source = trust) =>
  normalise({ source, bytes: bytesOf(resource), receivedAt: 1_800_000_000_000_000 }, rules)

const types = new Map(
  (Object.keys(topics) as TopicName[]).map((topic) => [
    topic,
    envelopeType(topics[topic].envelope),
  ]),
)
export const encoder = <T extends TopicName>(topic: T, value: Records[T]): Buffer =>
  encode(
    types.get(topic) as NonNullable<ReturnType<typeof types.get>>,
    1,
    topic === 'patientEvents' ? wrapEvent(value as Records['patientEvents']) : value,
  )
export const decoder = <T>({ topic, value }: { topic: TopicName; value: Buffer }): T =>
  types.get(topic)?.fromBuffer(value.subarray(5)) as T

export const patient = (value = 'A1', more: object = {}) => ({
  resourceType: 'Patient',
  identifier: [{ system: system('X99'), value }],
  name: [{ family: 'Ng', given: ['Ann'] }],
  birthDate: '1960-02-01',
  ...more,
})
export const bundle = (type: string, ...entry: object[]) => ({
  resourceType: 'Bundle',
  type,
  entry,
})
export const post = (resource: { resourceType: string }, fullUrl?: string) => ({
  ...(fullUrl === undefined ? {} : { fullUrl }),
  resource,
  request: { method: 'POST', url: resource.resourceType },
})
export const subject = { reference: 'urn:uuid:p' }
export const observation = (code: string, value: object, more: object = {}) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ code }] },
  subject,
  ...value,
  ...more,
})
