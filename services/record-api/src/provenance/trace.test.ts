import { evolveEntry } from '@tideway/record/entries/entry'
import type { Entry } from '@tideway/schemas/documents/entry'
import { type DocumentReported, type EventBody, unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { eventsOf } from '../events.fixture.ts'
import { entryOf } from '../json/any-entry.ts'
import { fieldPath } from './fields.ts'
import { entryFrom, eventsOf as eventsIn, shownEntry } from './sample.fixture.ts'
import { tracesOf } from './trace.ts'
import { askedOf } from './wanted.ts'

const minute = 60_000_000
/** Message and event field that a value comes from, likeliest first. */
const cameFrom = (entry: Entry, field: string) => {
  const { byMessage } = askedOf(entry, shownEntry(entry), fieldPath(field))
  return [...byMessage].flatMap(([message, wanted]) =>
    wanted.flatMap(({ traces }) => traces.map(({ path }) => `${message} ${path.join('.')}`)),
  )
}
const told = (...bodies: EventBody[]): Entry => {
  const event = eventsOf(Date.UTC(2026, 6, 1))
  return bodies
    .map((body) => event('RJZ', 'RJZ|1', 'AL1[1]', body))
    .reduce<Entry | null>(evolveEntry, null) as Entry
}

test('after a change of doctor is cancelled (A55) the doctor comes from the message that named them', () => {
  const messages = ['adt-a01', 'adt-a54', 'adt-a55'].flatMap((name, nth) =>
    eventsIn(name, name, nth * minute),
  )
  const [before, after] = [
    messages.filter(({ messageId }) => messageId !== 'adt-a55'),
    messages,
  ].map((events) => entryFrom(events, 'encounter')) as [Entry, Entry]
  expect(cameFrom(before, 'attending[0].family')).toEqual(['adt-a54 attending'])
  expect(cameFrom(after, 'attending[0].family')).toEqual(['adt-a01 attending'])
  expect(after.origins.map(({ message }) => message)).toContain('adt-a01')
})

test('a message that only still names a doctor stays among the origins', () => {
  const visit = (family: string | null, service: string) => ({
    ...unsaid.Visit(),
    service,
    attending: family === null ? [] : [{ ...unsaid.Practitioner(), family, given: [] }],
  })
  const of = (
    type: 'VisitUpdated' | 'DoctorChanged' | 'DoctorChangeCancelled',
    family: string | null,
  ): EventBody => ({ ...unsaid[type](), encounterId: 'V1', visit: visit(family, 'PAED') })
  const entry = told(
    of('VisitUpdated', 'FIRST'),
    of('DoctorChanged', 'SECOND'),
    of('DoctorChangeCancelled', null),
  )
  expect(cameFrom(entry, 'attending[0].family')).toEqual(['RJZ-1 attending'])
  expect(entry.origins.map(({ message }) => message)).toEqual(['RJZ-1', 'RJZ-2', 'RJZ-3'])
})

const allergy = {
  ...unsaid.AllergyReported(),
  allergyId: 'A1',
  code: { ...unsaid.Coded(), text: 'penicillin' },
}

test.each([
  [{ clinicalStatus: 'active', verificationStatus: 'refuted' }, 'verificationStatus'],
  [{ clinicalStatus: 'inactive', verificationStatus: 'confirmed' }, 'clinicalStatus'],
  [{ clinicalStatus: 'active', action: 'D' }, 'action'],
])('the status of an allergy with %j comes from %s', (said, field) => {
  expect(cameFrom(told(allergy, { ...allergy, ...said }), 'status')).toEqual([`RJZ-2 ${field}`])
})

test('the status of an order comes from the message that set it, not from a later one without a status', () => {
  const order = (control: string): EventBody => ({
    ...unsaid.RequestReported(),
    requestId: 'R1',
    control,
  })
  const cancelled = told(order('NW'), order('CA'), order('IN'))
  expect(cancelled.data).toMatchObject({ status: 'cancelled', statusFrom: 1 })
  expect(cameFrom(cancelled, 'status')).toEqual(['RJZ-2 control'])
  expect(cameFrom(told(order('NW'), order('CA'), order('UC')), 'status')).toEqual(['RJZ-1 control'])
})

const document = (said: Partial<DocumentReported>): DocumentReported => ({
  ...unsaid.DocumentReported(),
  documentId: 'D1',
  title: 'Letter',
  trigger: 'ORIGINAL',
  completion: 'authenticated',
  ...said,
})

test('the visit of a document comes from the newest message, even if an older version is shown', () => {
  const entry = told(
    document({ text: 'words', encounterId: 'V1' }),
    document({ trigger: 'EDIT', encounterId: 'V2' }),
  )
  expect(shownEntry(entry)).toMatchObject({ text: 'words', encounterId: 'V2' })
  expect(cameFrom(entry, 'encounterId')).toEqual(['RJZ-2 encounterId'])
  expect(cameFrom(entry, 'text')).toEqual(['RJZ-1 text'])
})

test('the status of a document, that of its content and the code as sent have sources of their own', () => {
  const entry = told(document({ status: 'final', statusAsSent: 'F', statusSystem: 'HL70085' }))
  expect(cameFrom(entry, 'status')).toEqual(['RJZ-1 completion'])
  expect(cameFrom(entry, 'more.status')).toEqual(['RJZ-1 status'])
  expect(cameFrom(entry, 'more.statusAsSent')).toEqual(['RJZ-1 statusAsSent'])
})

test('values sent with a document have a source', () => {
  const entry = told(
    document({
      text: 'words',
      observations: [
        {
          ...unsaid.Observation(),
          key: 'A',
          value: '2',
          place: 'OBX[1]',
          code: { ...unsaid.Coded(), code: 'ASA' },
        },
      ],
    }),
  )
  expect(cameFrom(entry, 'values.observations[0].value')).toEqual(['RJZ-1 observations'])
})

test('every trace leads to a field of the answer', () => {
  const shown = entryOf(told(document({ text: 'words' })), { archive: new Map() })
  for (const { shown: path } of tracesOf(told(document({ text: 'words' }))))
    expect(shown).toHaveProperty(path.join('.'))
})

test('the state of a document comes from the newest message, its content from the version shown', () => {
  const entry = told(
    document({ text: 'words', notes: ['a note'], fileName: 'a.txt' }),
    document({ trigger: 'STATUS_CHANGED', notes: ['another'], changeReason: 'checked' }),
  )
  expect(shownEntry(entry)).toMatchObject({
    text: 'words',
    more: {
      notes: ['a note'],
      fileName: 'a.txt',
      changeReason: 'checked',
      trigger: 'STATUS_CHANGED',
    },
  })
  expect(
    ['notes[0]', 'fileName', 'changeReason'].map((name) => cameFrom(entry, `more.${name}`)),
  ).toEqual([['RJZ-1 notes'], ['RJZ-1 fileName'], ['RJZ-2 changeReason']])
})

test('nothing else of a retracted document is shown', () => {
  const entry = told(
    document({ text: 'words', notes: ['a note'] }),
    document({ trigger: 'CANCELLED', notes: ['a note'] }),
  )
  expect(JSON.stringify(shownEntry(entry))).not.toMatch(/words|a note/)
})

test('the reason of a cancelled value is found in the notes of the message that cancelled its report', () => {
  const report = { ...unsaid.ResultReported(), reportId: 'R1', service: unsaid.Coded() }
  const value = {
    ...unsaid.Observation(),
    key: 'K||1',
    code: { ...unsaid.Coded(), code: 'K' },
    value: '48',
    status: 'final',
    place: 'OBX[1]',
  }
  const entry = told(
    { ...report, status: 'final', observations: [value] },
    { ...report, status: 'cancelled', notes: ['Wrong sample'] },
  )
  expect(cameFrom(entry, 'observations[0].reason')).toEqual([expect.stringMatching(/ notes$/)])
  expect(cameFrom(entry, 'observations[0].earlier[0].value')).toEqual([
    expect.stringMatching(/ value$/),
  ])
})
