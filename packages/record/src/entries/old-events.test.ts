import { readFileSync } from 'node:fs'
import { compactEntry, expandEntry } from '@tideway/schemas/documents/storage-format'
import type { Document, Entry, Report, Statement } from '@tideway/schemas/documents/entry'
import { envelopeType, unwrapEvent } from '@tideway/schemas/codec'
import {
  type EventBody,
  type ObservationV1,
  type PatientEvent,
  unsaid,
} from '@tideway/schemas/events.generated'
import avro from 'avsc'
import { expect, test } from 'vitest'
import { evolveEntry } from './entry.ts'
import {
  coded,
  documentSent,
  event,
  observation,
  result,
  sentAsCodes,
} from './histories.fixture.ts'

/** The last release whose events are of version 1. */
const released = new URL('../../../../schemas/released/patient-events.v1/5.avsc', import.meta.url)
const writer = avro.Type.forSchema(JSON.parse(readFileSync(released, 'utf8')) as avro.Schema, {
  wrapUnions: 'auto',
})
const reader = envelopeType('PatientEventV1')
const resolver = reader.createResolver(writer)

/** An event as a topic holds it from before, decoded by this release. */
const decoded = (type: string, body: object, sent: number): PatientEvent => {
  const envelope = event({ type } as EventBody, sent)
  const bytes = writer.toBuffer({ ...envelope, body: { [`tideway.events.${type}V1`]: body } })
  return unwrapEvent(reader.fromBuffer(bytes, resolver))
}

const observationV1 = (status: string | null, value: string | null): ObservationV1 => ({
  ...observation(null, value),
  status,
})

/** Each with its version 1 and the same event as this release makes it. */
const cases: [string, object, EventBody][] = [
  [
    'ResultReported',
    {
      ...result([]),
      status: 'C',
      orderStatus: 'CM',
      observations: [observationV1('C', '4.1')],
    },
    result([observation('C', '4.1')], {
      status: 'C',
      orderStatus: 'completed',
      orderStatusAsSent: 'CM',
      orderStatusSystem: 'HL70038',
    }),
  ],
  [
    'DocumentReported',
    { ...documentSent({}), status: 'F', completion: 'AU', availability: 'AV' },
    documentSent({ status: 'F', completion: 'AU', availability: 'AV' }),
  ],
  ...(
    [
      { ...unsaid.RequestReported(), requestId: 'Q1', statusAsSent: 'IP' },
      { ...unsaid.AllergyReported(), allergyId: 'A1', code: coded('P'), clinicalStatus: 'D' },
      {
        ...unsaid.ConditionReported(),
        conditionId: 'C1',
        category: 'problem',
        code: coded('P'),
        clinicalStatus: 'active',
      },
      { ...unsaid.AppointmentReported(), appointmentId: 'S1', statusAsSent: 'Booked' },
      { ...unsaid.MedicationGiven(), administrationId: 'M1', status: 'CP', statusAsSent: 'CM' },
      { ...unsaid.ContactReported(), contactId: 'N1', active: 'true' },
      { ...unsaid.ResourceReported(), resourceKey: 'G1', resourceType: 'Goal', status: 'proposed' },
    ] as unknown as EventBody[]
  ).map((body): [string, object, EventBody] => [
    body.type,
    { active: null, statusAsSent: null, ...body },
    sentAsCodes(body),
  ]),
]

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

test.each(cases)('a %s written with the released schema reads as today', (type, old, now) => {
  const read = decoded(type, old, 0)
  expect(plain(read)).toEqual(plain(event(now, 0)))
  expect(plain(evolveEntry(null, read))).toEqual(plain(evolveEntry(null, event(now, 0))))
})

/** An entry as a release before this one stored it: with facts of version 1, and no format. */
const storedBefore = (entry: Entry, data: Entry['data']): Entry => {
  const { format: _, ...stored } = compactEntry({ ...entry, data })
  return stored
}
const made = (body: EventBody): Entry => evolveEntry(null, event(body, 0)) as Entry

test('an entry stored before is read as today', () => {
  const report = made(result([observation('F', '6.9')], { status: 'F' }))
  const { header, observations, ...data } = report.data as Report
  const old = {
    ...data,
    header: header.map(({ fields: { statusAsSent, statusSystem: _, ...fields }, ...one }) => ({
      ...one,
      fields: { ...fields, status: statusAsSent ?? null },
    })),
    observations: observations.map((one) => ({
      ...one,
      reported: one.reported.map(({ statusAsSent, statusSystem: _, ...told }) => ({
        ...told,
        status: statusAsSent,
      })),
    })),
  } as unknown as Report
  expect(expandEntry(storedBefore(report, old))).toEqual(report)

  const document = made(documentSent({ status: 'W' }))
  const withdrawn = document.data as Document
  const oldVersions = withdrawn.reported.map((one) => ({ ...one, status: 'W' }))
  expect(expandEntry(storedBefore(document, { ...withdrawn, reported: oldVersions }))).toEqual(
    document,
  )

  const goal = made({
    ...unsaid.ResourceReported(),
    resourceKey: 'G1',
    resourceType: 'Goal',
    status: 'proposed',
    statusAsSent: 'proposed',
    statusSystem: 'GOAL_STATUS',
  })
  const statement = goal.data as Statement<'resource'>
  const oldGoals = statement.reported.map((one) => ({ ...one, status: 'proposed' }))
  expect(
    expandEntry(storedBefore(goal, { ...statement, reported: oldGoals } as Entry['data'])),
  ).toEqual(goal)
})
