import type { Document } from '@tideway/schemas/documents/entry'
import { type DocumentReported, unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { documentSent, event } from './histories.fixture.ts'
import { evolveEntry } from './entry.ts'

/**
 * Versions of one document, a minute after each other, and then in the other order: it must be the
 * same.
 */
const given = (...versions: [string, string][]): Document => {
  const events = versions.map(([status, title], index) =>
    event(
      documentSent({
        title,
        status,
        attachment: {
          hash: title,
          object: title,
          pointer: null,
          contentType: null,
          size: 1,
          title,
        },
      }),
      index,
    ),
  )
  const end = (all: typeof events) => all.reduce<ReturnType<typeof evolveEntry>>(evolveEntry, null)
  expect(end(events.toReversed())).toEqual(end(events))
  return end(events)?.data as Document
}

test('the newest version is shown, and the others are kept', () => {
  const document = given(['P', 'draft'], ['F', 'letter'])
  expect(document).toMatchObject({
    status: 'final',
    title: 'letter',
    attachment: { object: 'letter' },
  })
  expect(document.reported).toHaveLength(2)
})

test.each(['D', 'W', 'X'])('a document withdrawn by %s leaves nothing to open', (status) => {
  expect(given(['F', 'letter'], [status, 'letter']).attachment).toBeNull()
})

const told = (...versions: Partial<DocumentReported>[]): Document =>
  versions
    .map((said, index) => event(documentSent(said), index, { place: 'TXA[1]' }))
    .reduce<ReturnType<typeof evolveEntry>>(evolveEntry, null)?.data as Document

test.each([
  ['DI', 'preliminary'],
  ['DO', 'preliminary'],
  ['IP', 'preliminary'],
  ['IN', 'preliminary'],
  ['PA', 'preliminary'],
  ['AU', 'final'],
  ['LA', 'verified'],
  ['preliminary', 'preliminary'],
  ['final', 'final'],
  ['amended', 'amended'],
  ['?', 'unknown'],
])('TXA-17 %s is %s', (completion, status) => {
  expect(told({ trigger: 'ORIGINAL', completion, text: 'Dear' })).toMatchObject({
    status,
    text: 'Dear',
  })
})

test.each(['CA', 'UN', 'entered-in-error'])('TXA-19 %s leaves nothing to open', (availability) => {
  expect(
    told({ completion: 'AU', text: 'Dear' }, { completion: 'AU', availability, text: 'Dear' }).text,
  ).toBeNull()
})

test.each([{ availability: 'OB' }, { availability: 'superseded' }, { trigger: 'REPLACED' }])(
  'a document that another took the place of can still be opened: %j',
  (said) => {
    expect(told({ completion: 'AU', text: 'Dear' }, said)).toMatchObject({
      status: 'superseded',
      text: 'Dear',
    })
  },
)

test('T11 retracts: the text is not shown, and a change of state after it does not bring it back', () => {
  const retraction = [
    { trigger: 'ORIGINAL', completion: 'AU', text: 'Dear' },
    { trigger: 'CANCELLED', completion: 'AU' },
  ]
  expect(told(...retraction)).toMatchObject({ status: 'cancelled', text: null })
  expect(told(...retraction, { trigger: 'STATUS_CHANGED', completion: 'AU' }).text).toBeNull()
  expect(told(...retraction).reported[0]?.text).toBe('Dear')
})

test('a change of state keeps the text; an addendum and a replacement name what they are to', () => {
  expect(
    told(
      { completion: 'DI', text: 'Dear', confidentiality: 'V' },
      { trigger: 'STATUS_CHANGED', completion: 'LA' },
    ),
  ).toMatchObject({ status: 'verified', text: 'Dear', confidentiality: 'V' })
  expect(told({ trigger: 'ADDENDUM', parentId: 'D0', completion: 'AU' }).addsTo).toBe('D0')
  expect(told({ trigger: 'REPLACEMENT', parentId: 'D0', completion: 'AU' }).replaces).toBe('D0')
})

test.each([
  ['W', 'wrong-patient'],
  ['D', 'entered-in-error'],
])('content of an MDM taken back by %s leaves nothing to open, signed or not', (status, word) => {
  expect(
    told(
      { trigger: 'ORIGINAL', completion: 'AU', text: 'Dear' },
      { trigger: 'EDIT', completion: 'AU', status, text: 'Dear' },
    ),
  ).toMatchObject({ status: word, text: null, attachment: null, attachments: [] })
})

test('values that came with a document stay when only its state is told, and go when it is retracted', () => {
  const observations = [
    {
      ...unsaid.Observation(),
      key: 'EBL',
      code: { ...unsaid.Coded(), code: 'EBL' },
      value: '20',
      place: 'OBX[1]',
    },
  ]
  const first = { trigger: 'ORIGINAL', completion: 'DI', observations }
  expect(told(first, { trigger: 'STATUS_CHANGED', completion: 'LA' }).observations).toEqual(
    observations,
  )
  expect(told(first, { trigger: 'CANCELLED' }).observations).toEqual([])
})

test.each([
  ['W', 'wrong-patient'],
  ['D', 'entered-in-error'],
])(
  'nor does that of a document that came with a result, signed, taken back by %s',
  (status, word) => {
    expect(
      told(
        { completion: 'AU', status: 'F', text: 'Dear' },
        { completion: 'AU', status, text: 'Dear' },
      ),
    ).toMatchObject({ status: word, text: null })
  },
)

test('what decides about a document is not pushed out by any number of changes of its state', () => {
  const states = Array.from({ length: 40 }, () => ({ trigger: 'STATUS_CHANGED', completion: 'AU' }))
  expect(
    told({ trigger: 'ORIGINAL', text: 'Dear', confidentiality: 'V' }, ...states),
  ).toMatchObject({ text: 'Dear', confidentiality: 'V' })
  expect(told({ trigger: 'REPLACEMENT', parentId: 'D0', text: 'Dear' }, ...states).replaces).toBe(
    'D0',
  )
  expect(
    told({ trigger: 'ORIGINAL', text: 'Dear' }, { trigger: 'CANCELLED' }, ...states),
  ).toMatchObject({ text: null })
})

test('what was said of a preliminary content stays, however many drafts follow it', () => {
  const drafts = Array.from({ length: 40 }, (_, n) => ({ status: 'P', text: String(n) }))
  const document = told({ status: 'P', text: 'Dear' }, { status: 'U' }, ...drafts)
  expect(document).toMatchObject({ status: 'final', text: 'Dear' })
  expect(document.reported).toHaveLength(22)
})

/** Texts of versions a minute after each other, told in an order. */
const texts = (order: readonly number[], length: number): Document =>
  order
    .map((index) =>
      event(documentSent({ status: 'F', text: String(index).padEnd(length, 'x') }), index),
    )
    .reduce<ReturnType<typeof evolveEntry>>(evolveEntry, null)?.data as Document

test.each([500_000, 100_000, 30_000])(
  'however often a text of %i characters is sent, it is stored two times, and little of its versions',
  (length) => {
    const versions = Array.from({ length: 60 }, (_, index) => index)
    const document = texts(versions, length)
    expect(document.text).toBe('59'.padEnd(length, 'x'))
    expect(JSON.stringify(document).length).toBeLessThan(2 * length + 131_072 + 40_000)
    expect(document.reported.length).toBe(20)
    expect(texts(versions.toReversed(), length)).toEqual(document)
    expect(texts([...versions, 45], length)).toEqual(document)
  },
)

test('short texts are all kept', () => {
  const { reported } = texts([0, 1, 2, 3, 4], 5_000)
  expect(reported.map(({ text }) => text?.length)).toEqual(Array(5).fill(5_000))
})

test('a version whose text was left out still has content, and the document says where it is', () => {
  const long = (index: number, said: Partial<DocumentReported>) =>
    event(documentSent({ text: String(index).padEnd(200_000, 'x'), ...said }), index)
  const first = long(0, { status: 'F' })
  const retracted = event(documentSent({ status: 'D', text: null }), 2)
  const document = [first, long(1, { status: 'F' }), retracted].reduce<
    ReturnType<typeof evolveEntry>
  >(evolveEntry, null)?.data as Document
  expect(document).toMatchObject({ text: null, status: 'entered-in-error' })
  expect(document.textLeftOut).toBeUndefined()
  expect(document.reported[0]).toMatchObject({ text: null, textLeftOut: 200_000 })
})
