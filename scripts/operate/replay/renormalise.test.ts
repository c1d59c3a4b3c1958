import {
  bundle,
  bytesOf,
  encoder,
  observation,
  patient,
  post,
  rules,
  sources,
  system,
} from '@tideway/fhir-ingest/sender.fixture'
import { normalise } from '@tideway/fhir-ingest/normalise/normalise'
import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { knownFrom } from '@tideway/fhir-ingest/references/known-resource'
import type { MessageReceived, ResourceKnown } from '@tideway/schemas/events.generated'
import { messageIdOf } from '@tideway/schemas/public-id'
import { expect, test } from 'vitest'
import { renormalise } from './renormalise.ts'

const again = {
  sources: new Map(),
  mappings: await loadMappings(),
  production: false,
  encode: encoder,
  fhir: { sources: new Map(sources.map((source) => [source.ods, source])), rules },
}
const bytes = Buffer.from(
  JSON.stringify(
    observation('K', {
      valueQuantity: { value: 6.1 },
      subject: { identifier: { system: system('X99'), value: 'A1' } },
    }),
  ),
)
const [trust] = sources as [(typeof sources)[number]]
const first = normalise({ source: trust, bytes, receivedAt: 1 }, rules)
const message: MessageReceived = {
  id: first.messageId,
  source: 'X99',
  bytes,
  payload: null,
  connection: 'fhir/8085 192.0.2.7:40112 client-x99',
  receivedAt: 1,
  sentAt: null,
  controlId: null,
  type: first.type,
  characterSet: 'utf-8',
  answered: '201',
  problem: null,
  parked: false,
  patientKeys: first.patientKeys,
  events: 1,
  unused: [],
  submission: null,
}

test('a FHIR message that is normalised again gives the same events', () => {
  const { events, problem } = renormalise(message, bytes, again)
  expect(problem).toBeNull()
  expect(events.map((record) => [record.key, record.headers['ce_id']])).toEqual(
    first.events.map(({ patientKey, id }) => [patientKey, id]),
  )
})

test('an update without a time gives the events of its own time of receipt again, even if the same bytes came twice', () => {
  const update = {
    ...post(patient('A1', { id: 'p1' }), 'urn:uuid:p'),
    request: { method: 'PUT', url: 'Patient/p1' },
  }
  const sent = bytesOf(
    bundle('transaction', update, post(observation('K', { valueQuantity: { value: 6.1 } }))),
  )
  for (const receivedAt of [1_000, 2_000]) {
    const { messageId, type, events } = normalise({ source: trust, bytes: sent, receivedAt }, rules)
    const repeated = renormalise(
      { ...message, id: messageId, type, bytes: sent, receivedAt },
      sent,
      again,
    )
    expect([repeated.problem, repeated.events.map(({ value }) => value)]).toEqual([
      null,
      events.map((event) => encoder('patientEvents', event)),
    ])
  }
})

test('an HL7 v2 message without MSH-7 keeps its id and receive time, also one whose id is of its bytes alone', () => {
  const sent = Buffer.from(
    'MSH|^~\\&|PAS|X99|T|S|||ADT^A31|1|P|2.4\rPID|1||1002003^^^X99^MR||TESTCASE^ADA\r',
  )
  const ids = [messageIdOf('X99', sent), messageIdOf('X99', sent, 2_000)]
  for (const id of ids) {
    const { events, problem } = renormalise(
      {
        ...message,
        id,
        bytes: sent,
        type: 'ADT^A31',
        receivedAt: 2_000,
        connection: 'sandbox/2577 192.0.2.7:40112',
      },
      sent,
      again,
    )
    expect([problem, events.map(({ headers }) => headers['ce_id'])]).toEqual([null, [`${id}.0`]])
  }
})

test('without a source file, or with other bytes, there are no events', () => {
  expect(
    renormalise(
      {
        ...message,
        source: 'X98',
        id: normalise({ source: { ...trust, ods: 'X98' }, bytes, receivedAt: 1 }, rules).messageId,
      },
      bytes,
      again,
    ).problem?.code,
  ).toBe('UNKNOWN_SOURCE')
  expect(renormalise(message, Buffer.from(JSON.stringify(patient())), again).problem?.code).toBe(
    'DAMAGED',
  )
})

const about = (reference: string) =>
  bytesOf(observation('K', { valueQuantity: { value: 6.1 }, subject: { reference } }))
const submitter = { client: 'client-x99', method: 'POST', base: '/fhir' } as const
const known = (patientKey: string): ResourceKnown => ({
  names: ['Patient/1'],
  type: 'Patient',
  patientKey,
  event: null,
  key: null,
  parts: [],
  json: null,
  base: null,
  isUpdate: true,
  from: null,
  messageId: 'm',
  saidAt: 1,
})
const archived = (resolved: ResourceKnown[]): MessageReceived => {
  const { messageId } = normalise(
    {
      source: trust,
      bytes: about('Patient/1'),
      receivedAt: 1,
      submitter,
      known: knownFrom(resolved),
    },
    rules,
  )
  return {
    ...message,
    id: messageId,
    type: 'FHIR Observation',
    submission: { ...submitter, resolved },
  }
}
const byNow = (patientKey: string) => ({
  ...again,
  fhir: { ...again.fhir, known: () => knownFrom([known(patientKey)]) },
})

test('a reference leads where it led when the message was received, whatever is known now', () => {
  const { events, problem } = renormalise(
    archived([known('X99|A1')]),
    about('Patient/1'),
    byNow('X99|A2'),
  )
  expect([problem, events.map(({ key }) => key)]).toEqual([null, ['X99|A1']])
})

test('a message that waited leads to what its client has sent by now', () => {
  expect(renormalise(archived([]), about('Patient/1'), again).problem?.code).toBe(
    'UNRESOLVED_REFERENCE',
  )
  const { events, problem } = renormalise(archived([]), about('Patient/1'), byNow('X99|A2'))
  expect([problem, events.map(({ key }) => key)]).toEqual([null, ['X99|A2']])
})

test('an update of a Patient without identifiers is the same patient again', () => {
  const sent = bytesOf({ resourceType: 'Patient', id: '1' })
  const put = { ...submitter, method: 'PUT' } as const
  const { messageId, patientKeys } = normalise(
    { source: trust, bytes: sent, receivedAt: 1, submitter: put, known: () => null },
    rules,
  )
  const { events } = renormalise(
    { ...message, id: messageId, bytes: sent, submission: { ...put, resolved: [] } },
    sent,
    again,
  )
  expect(events.map(({ key }) => key)).toEqual(patientKeys)
})
