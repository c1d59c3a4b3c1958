import { isDeepStrictEqual } from 'node:util'
import { remembering } from '@tideway/fhir-ingest/references/client.fixture'
import { system } from '@tideway/fhir-ingest/sender.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect } from 'vitest'
import type { PatientRecord } from '../record.ts'
import { eventsOf, hl7, receivedAs } from '../said-later.fixture.ts'
import { type Documents, recordIn, stored } from '../withdrawn-record.fixture.ts'

/** The records of the source patients these events are about, by the patient's number. */
const recordsIn = (documents: Documents): Map<string, PatientRecord> =>
  new Map(
    [...documents.heads].map(([key, head]) => [
      key.slice(key.indexOf('|') + 1),
      recordIn({
        ...documents,
        heads: new Map([[key, head]]),
        entries: new Map([...documents.entries].filter(([, entry]) => entry.patient === key)),
      }),
    ]),
  )

/** Keys and times of receipt depend on which message came first; what is said must not. */
const ofReceipt = new Set([
  'id',
  'entry',
  'reportId',
  'documentId',
  'source',
  'sources',
  'messageId',
  'firstReceivedAt',
  'lastReceivedAt',
  'receivedAt',
  'withdrawnAt',
  'message',
  'origins',
  'updatedBy',
])

/** Facts of the same time stand in the order of their keys, which is that of receipt. */
const unordered = new Set([
  'reports',
  'observations',
  'lines',
  'allergies',
  'medicines',
  'prescriptions',
])
const sorted = (all: readonly unknown[]): string[] => all.map((one) => JSON.stringify(one)).sort()

/** A FHIR resource without a time is said anew each time: what it said before is the same. */
const withoutRepeats = ({ said, earlier, ...of }: Record<string, unknown>) => ({
  ...of,
  said,
  earlier: (earlier as { said: unknown }[]).filter((one) => !isDeepStrictEqual(one.said, said)),
})

const sayOnly = (value: unknown, name = ''): unknown => {
  if (Array.isArray(value)) {
    const all = value.map((one) => sayOnly(one))
    return unordered.has(name) ? sorted(all) : all
  }
  if (typeof value !== 'object' || value === null) return value
  const of = 'said' in value && 'earlier' in value ? withoutRepeats({ ...value }) : value
  return Object.fromEntries(
    Object.entries(of)
      .filter(([key]) => !ofReceipt.has(key))
      .map(([key, one]) => [key, sayOnly(one, key)]),
  )
}

const saidIn = (records: ReadonlyMap<string, PatientRecord>): unknown =>
  [...records.values()]
    .map((record) => sayOnly(record))
    .map((one) => JSON.stringify(one))
    .sort()

const orders = <T>(all: readonly T[]): T[][] =>
  all.length < 2
    ? [[...all]]
    : all.flatMap((one, index) => orders(all.toSpliced(index, 1)).map((rest) => [one, ...rest]))

/** HL7 v2 messages as received in this order; a repeat has the time of the first. */
const received = (messages: readonly string[]): PatientEvent[][] =>
  messages.map((message) => eventsOf(message, receivedAs(messages.indexOf(message))))

const afterOne = (records: Map<string, PatientRecord>): PatientRecord => {
  expect(records.size).toBe(1)
  return [...records.values()][0] as PatientRecord
}

const pid = 'PID|1||1^^^X99^MR||Testcase^Ada||19700101|F'

/** An ORU of a laboratory about patient 1. */
export const oru = (msh7: string, controlId: string, ...segments: string[]): string =>
  hl7('ORU^R01', msh7, controlId, pid, ...segments)

/** An ADT about patient 1. */
export const adt = (trigger: string, at: string, controlId: string, ...segments: string[]) =>
  hl7(`ADT^${trigger}`, at, controlId, `EVN|${trigger}|${at}||||${at}`, pid, ...segments)

/** Everything the record says: lists, summary, entries and what they said earlier. */
export const wholeOf = (record: PatientRecord): string => JSON.stringify(record)

/**
 * The records after HL7 v2 messages in this order of receipt: the same in every order in which they
 * are applied, and when each is received twice.
 */
export const recordsAfter = (...messages: string[]): Map<string, PatientRecord> => {
  const events = received(messages)
  const records = recordsIn(stored(...events))
  for (const order of orders(events))
    expect(saidIn(recordsIn(stored(...order.flatMap((one) => [one, one]))))).toEqual(
      saidIn(records),
    )
  const twice = [...messages, ...messages]
  expect(saidIn(recordsIn(stored(...received(twice))))).toEqual(saidIn(records))
  return records
}

/** The record after HL7 v2 messages about one patient, in this order of receipt. */
export const recordAfter = (...messages: string[]): PatientRecord =>
  afterOne(recordsAfter(...messages))

/** As `recordAfter`; the messages may also be received in any other order. */
export const recordInAnyOrder = (...messages: string[]): PatientRecord => {
  const record = recordsAfter(...messages)
  for (const order of orders(messages))
    expect(saidIn(recordsAfter(...order))).toEqual(saidIn(record))
  return afterOne(record)
}

type Sending = ['put' | 'post', object]

const fhirEvents = (sendings: readonly Sending[]): PatientEvent[][] => {
  const client = remembering()
  return sendings.map(([method, resource]) => {
    const { events, problem, faults } = client[method](resource)
    expect([problem, faults]).toEqual([null, []])
    return events
  })
}

/**
 * The records after resources that a FHIR client sends in this order: the same when each is sent
 * twice at once.
 */
export const recordsAfterFhir = (...sendings: Sending[]): Map<string, PatientRecord> => {
  const records = recordsIn(stored(...fhirEvents(sendings)))
  const twice = sendings.flatMap((one) => [one, one])
  expect(saidIn(recordsIn(stored(...fhirEvents(twice))))).toEqual(saidIn(records))
  return records
}

/** As `recordsAfterFhir`, of one patient. */
export const recordAfterFhir = (...sendings: Sending[]): PatientRecord =>
  afterOne(recordsAfterFhir(...sendings))

/** As `recordAfterFhir`; the resources may also be sent in any other order. */
export const recordAfterFhirInAnyOrder = (...sendings: Sending[]): PatientRecord => {
  const record = recordAfterFhir(...sendings)
  for (const order of orders(sendings))
    expect(saidIn(recordsAfterFhir(...order))).toEqual(saidIn(new Map([['1', record]])))
  return record
}

/** The subject of a resource by the number of this trust. */
export const about = (value: string) => ({
  type: 'Patient',
  identifier: { system: system('X99'), value },
})

/** Code, value, flags, status, and the values shown as earlier, of each observation. */
export const resultsOf = ({ reports }: PatientRecord) =>
  reports
    .flatMap(({ observations }) =>
      observations.map(({ code, value, status, flags, earlier }) => ({
        code: code.code,
        value: value ?? null,
        flags,
        status,
        earlier: earlier.map((one) => one.value ?? null),
      })),
    )
    .toSorted((a, b) => ((a.value ?? '') < (b.value ?? '') ? -1 : 1))
