import type { DocumentReported } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { bundle, patient, post, read, subject, system } from '../sender.fixture.ts'

const numbered = (value: string) => ({ system: system('X99', 'report'), value })
const document = (number: string, more: object = {}) => ({
  resourceType: 'DocumentReference',
  status: 'current',
  masterIdentifier: numbered(number),
  subject,
  content: [{ attachment: { data: 'U2Vlbi4=' } }],
  ...more,
})
const target = (number: string) => ({ identifier: numbered(number) })
const submit = (...documents: { resourceType: string }[]) => {
  const { events, unused, faults } = read(
    bundle(
      'transaction',
      post(patient(), 'urn:uuid:p'),
      ...documents.map((one, index) => post(one, `urn:uuid:d${index}`)),
    ),
  )
  const bodies = events
    .map(({ body }) => body)
    .filter((body): body is DocumentReported => body.type === 'DocumentReported')
  return {
    documents: bodies.map(({ documentId, trigger, parentId, parentNumber }) => [
      documentId,
      trigger,
      parentId,
      parentNumber,
    ]),
    unused,
    faults,
  }
}

test('a replacement has its parent, and an event for the replaced document', () => {
  expect(
    submit(document('D2', { relatesTo: [{ code: 'replaces', target: target('D1') }] })),
  ).toMatchObject({
    documents: [
      ['D2', 'REPLACEMENT', 'D1', 'D1'],
      ['D1', 'REPLACED', null, null],
    ],
    unused: [],
  })
})

test.each([
  ['appends', 'ADDENDUM'],
  ['transforms', null],
  ['signs', null],
])('a document that %s another has no event for the other', (code, trigger) => {
  expect(submit(document('D2', { relatesTo: [{ code, target: target('D1') }] })).documents).toEqual(
    [['D2', trigger, 'D1', 'D1']],
  )
})

test('of several relations the replacement is used, and the others are listed', () => {
  const relatesTo = [
    { code: 'transforms', target: target('D0') },
    { code: 'appends', target: target('D3') },
    { code: 'replaces', target: target('D1') },
  ]
  expect(submit(document('D2', { relatesTo }))).toMatchObject({
    documents: [
      ['D2', 'REPLACEMENT', 'D1', 'D1'],
      ['D1', 'REPLACED', null, null],
    ],
    unused: ['DocumentReference.relatesTo.target'],
  })
})

test('a replaced document that was sent too has its own event; two documents may replace one', () => {
  const replacing = { relatesTo: [{ code: 'replaces', target: { reference: 'urn:uuid:d0' } }] }
  expect(submit(document('D1', { status: 'superseded' }), document('D2', replacing))).toMatchObject(
    {
      faults: [],
      documents: [
        ['D1', null, null, null],
        ['D2', 'REPLACEMENT', 'D1', 'D1'],
      ],
    },
  )
  const split = { relatesTo: [{ code: 'replaces', target: target('D1') }] }
  expect(submit(document('D2', split), document('D3', split))).toMatchObject({
    faults: [],
    documents: [
      ['D2', 'REPLACEMENT', 'D1', 'D1'],
      ['D1', 'REPLACED', null, null],
      ['D3', 'REPLACEMENT', 'D1', 'D1'],
      ['D1', 'REPLACED', null, null],
    ],
  })
})

test('a version with the same number has no parent', () => {
  expect(
    submit(document('D1', { relatesTo: [{ code: 'replaces', target: target('D1') }] })).documents,
  ).toEqual([['D1', 'REPLACEMENT', null, 'D1']])
})
