import { expect, test } from 'vitest'
import { encode, envelopeType, payloadOf, schemaIdOf, unwrapEvent, wrapEvent } from './codec.ts'
import type { PatientEvent } from './events.generated.ts'

const admitted: PatientEvent = {
  id: 'm.0',
  messageId: 'm',
  source: 'RJZ',
  patientKey: 'RJZ|1',
  receivedAt: 1_763_812_800_000_001,
  sentAt: null,
  place: 'PV1[1]',
  body: {
    type: 'PatientsMerged',
    surviving: [],
    prior: [],
    priorKeys: ['RJZ|2'],
    priorAccount: null,
    priorVisit: null,
    priorNames: [],
    survivingKey: null,
    mergedAt: '2026-11-22',
  },
  notShown: null,
}

test('an event comes back as it was, told apart by its type', () => {
  const type = envelopeType('PatientEventV1')
  const framed = encode(type, 7, wrapEvent(admitted))
  expect(schemaIdOf(framed)).toBe(7)
  const read = unwrapEvent(type.fromBuffer(payloadOf(framed)))
  expect(JSON.parse(JSON.stringify(read))).toEqual(admitted)
})

test('a value of the wrong type is refused when written', () => {
  const type = envelopeType('PatientEventV1')
  expect(() => encode(type, 7, wrapEvent({ ...admitted, patientKey: 5 as never }))).toThrow()
})

test.each([Buffer.alloc(0), Buffer.from([0, 0, 0, 1]), Buffer.from([1, 0, 0, 0, 1, 9])])(
  'bytes of another format are refused',
  (bytes) => {
    expect(() => schemaIdOf(bytes)).toThrow(RangeError)
  },
)
