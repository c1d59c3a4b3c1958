import { readdirSync, readFileSync } from 'node:fs'
import type { Entry } from '@tideway/schemas/documents/entry'
import { compactEntry, expandEntry } from '@tideway/schemas/documents/storage-format'
import type { EventBody, PatientEvent } from '@tideway/schemas/events.generated'
import { whole } from '@tideway/schemas/complete-event.fixture'
import { expect, test } from 'vitest'
import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'

const samples = new URL('../../../hl7-ingest/samples/x99/', import.meta.url)
type Expected = { events: { patientKey: string; place: string; body: EventBody }[] }

/** Events of the samples of hl7-ingest, each message a minute after the one before it. */
const eventsOf = (sample: string, index: number): PatientEvent[] => {
  const { events = [] } = JSON.parse(
    readFileSync(new URL(`${sample}.expected.json`, samples), 'utf8'),
  ) as Partial<Expected>
  const sentAt = Date.UTC(2026, 6, 1, 8, index)
  return events.map((draft, n) => ({
    ...draft,
    body: whole(draft.body),
    id: `${sample}.${n}`,
    messageId: sample,
    source: 'X99',
    receivedAt: sentAt * 1000,
    sentAt,
    notShown: null,
  }))
}

/** Entries by kind and key after these messages; the same in reverse order. */
const given = (...messages: string[]): Record<string, Entry['data']> => {
  const events = messages.flatMap(eventsOf)
  const end = (all: readonly PatientEvent[]) => {
    const entries = new Map<string, Entry>()
    for (const event of all) {
      const id = entryIdIn(event)
      if (id !== null) entries.set(id, evolveEntry(entries.get(id) ?? null, event) as Entry)
    }
    return Object.fromEntries(
      [...entries].map(([id, { data }]) => [id.split('|').slice(2).join('|'), data]).sort(),
    )
  }
  expect(end(events.toReversed())).toEqual(end(events))
  return end(events) as Record<string, Entry['data']>
}

test('a document announced, then sent, is final with its text', () => {
  expect(given('mdm-t01', 'mdm-t02')['document|DOC-1']).toMatchObject({
    status: 'final',
    attachments: [{ title: 'Scanned chart' }, { title: 'Photographs' }],
    observations: [{ value: 'ASA II' }, { value: '20' }],
  })
})

test('a status change keeps the text and updates the confidentiality', () => {
  const document = given('mdm-t02', 'mdm-t03')['document|DOC-1']
  expect(document).toMatchObject({
    status: 'verified',
    confidentiality: 'V',
    encounterId: 'V100200301',
  })
  expect(document).toHaveProperty(
    'text',
    expect.stringMatching(/^Operation\nMidline incision\.\n\nAppendix removed/),
  )
})

test('an addendum is a separate document that names its parent', () => {
  expect(given('mdm-t02', 'mdm-t06')).toMatchObject({
    'document|DOC-1': { status: 'final' },
    'document|DOC-2': { addsTo: 'DOC-1', status: 'final' },
  })
})

test('an edit replaces the text', () => {
  expect(given('mdm-t02', 'mdm-t08')['document|DOC-1']).toMatchObject({
    text: 'Appendix removed. Drain left in.',
  })
})

test.each(['mdm-t09', 'mdm-t10'])(
  '%s: a replacement supersedes its parent, which can still be opened',
  (replacement) => {
    expect(given('mdm-t02', replacement)).toMatchObject({
      'document|DOC-1': { status: 'superseded', text: expect.stringContaining('Midline') },
      'document|DOC-3': { replaces: 'DOC-1', status: 'final' },
    })
  },
)

test('T11 retracts the document', () => {
  expect(given('mdm-t02', 'mdm-t11')['document|DOC-1']).toMatchObject({
    status: 'cancelled',
    text: null,
    attachment: null,
    attachments: [],
    observations: [],
  })
})

test('text of another patient is retracted even if it was signed', () => {
  expect(given('mdm-t04', 'mdm-t02-wrong-patient')['document|DOC-1']).toMatchObject({
    status: 'wrong-patient',
    text: null,
  })
})

test('a document does not change the location of the patient', () => {
  expect(given('adt-a01', 'mdm-t02')['encounter|V100200301']).toHaveProperty(
    'location',
    (given('adt-a01')['encounter|V100200301'] as { location: unknown }).location,
  )
})

test.each([
  ['siu-s13', 'booked'],
  ['siu-s14', 'booked'],
  ['siu-s15', 'cancelled'],
  ['siu-s16', 'discontinued'],
  ['siu-s17', 'deleted'],
  ['siu-s20', 'booked'],
  ['siu-s24', 'booked'],
  ['siu-s26', 'no-show'],
])('a booked appointment is, after %s, %s', (message, status) => {
  expect(given('siu-s12', message)['appointment|F901']).toMatchObject({ status })
})

test('a rescheduled appointment is shown at its new time', () => {
  const { shown, reported } = given('siu-s12', 'siu-s13')['appointment|F901'] as unknown as {
    shown: number[]
    reported: { startAt: string }[]
  }
  expect(reported[shown[0] as number]?.startAt).toBe('2026-07-16T09:30+01:00')
})

test('vaccines given, refused and partially given; a forecast is not a dose', () => {
  const entries = given('vxu-v04')
  expect(Object.keys(entries).filter((key) => key.startsWith('immunization'))).toEqual([
    'immunization|F31',
    'immunization|~03@2026-06-30',
    'immunization|~21@2020-01-05',
  ])
  expect(entries).toMatchObject({
    'immunization|F31': { status: 'completed' },
    'immunization|~03@2026-06-30': { status: 'refused' },
    'immunization|~21@2020-01-05': { status: 'partial' },
  })
  expect(given('vxu-v04', 'vxu-v04-deleted')['immunization|F31']).toMatchObject({
    status: 'deleted',
  })
})

const names = readdirSync(samples)
  .filter((file) => file.endsWith('.expected.json'))
  .map((file) => file.replace('.expected.json', ''))

test.each(names)(
  '%s: its entries are stored without empty fields and expanded on reading',
  (name) => {
    const entries = new Map<string, Entry>()
    for (const event of eventsOf(name, 0)) {
      const id = entryIdIn(event)
      if (id !== null) entries.set(id, evolveEntry(entries.get(id) ?? null, event) as Entry)
    }
    for (const entry of entries.values()) expect(expandEntry(compactEntry(entry))).toEqual(entry)
  },
)

type Referral = { status: string; shown: number[]; reported: { trigger: string | null }[] }
const referral = (...messages: string[]) =>
  given(...messages)['request|referral R7001'] as unknown as Referral

test.each([
  [['ref-i12'], 'active'],
  [['ref-i12', 'rri-i12'], 'active'],
  [['ref-i12', 'ref-i13'], 'active'],
  [['ref-i12', 'ref-i14'], 'cancelled'],
  [['ref-i12', 'ref-i14', 'rri-i14'], 'active'],
  [['ref-i12', 'ref-i15'], 'active'],
  [['ref-i12', 'rri-i15'], 'rejected'],
  [['ref-i12', 'rri-i12', 'rri-i15'], 'rejected'],
  [['ref-i12', 'rri-i15', 'ref-i15'], 'rejected'],
  [['ref-i14', 'ref-i15'], 'cancelled'],
])('a referral after %j is %s', (messages, status) => {
  expect(referral(...messages)).toMatchObject({ status })
})

test('a question about a referral, and a refused cancellation, leave what is shown of it', () => {
  const shownIn = (...messages: string[]) => {
    const { shown, reported } = referral(...messages)
    return shown.map((index) => reported[index]?.trigger)
  }
  expect(shownIn('ref-i12', 'ref-i15')).toEqual(['REFERRED'])
  expect(shownIn('ref-i12', 'ref-i14', 'rri-i14')).toEqual(['REFERRED'])
  expect(shownIn('ref-i12', 'rri-i12')).toEqual(['ANSWERED', 'REFERRED'])
  expect(shownIn('ref-i12', 'ref-i13')).toEqual(['MODIFIED'])
})

test('what was sent with a referral stands in its own section', () => {
  expect(Object.keys(given('ref-i12')).map((key) => key.replace(/\|.*/, ''))).toEqual(
    expect.arrayContaining(['request', 'encounter', 'condition', 'allergy', 'procedure', 'report']),
  )
})

test('an order status update moves the order, request or prescription', () => {
  expect(given('osu-o51')).toMatchObject({
    'request|P9001': { status: 'completed' },
    'request|P9002': { status: 'cancelled' },
  })
  expect(given('osu-o52', 'osu-o51')).toMatchObject({ 'request|P9001': { status: 'completed' } })
})

test('a bill purges, ends and deletes nothing', () => {
  const before = given('adt-a01', 'ref-i12')
  const after = given('adt-a01', 'ref-i12', 'bar-p06', 'bar-p02')
  for (const [key, data] of Object.entries(before))
    if ('status' in data) expect(after[key]).toHaveProperty('status', data.status)
})

test('a diagnosis deleted by its coding is deleted, and its procedure stays', () => {
  expect(given('bar-p12-coding')).toMatchObject({
    'condition|D9': { status: 'deleted' },
    'procedure|P9': { status: 'reported' },
  })
})

test('a changed consulting doctor, and the one before the change that was cancelled', () => {
  const consulting = (...messages: string[]) =>
    (
      given(...messages)['encounter|V100200301'] as Extract<Entry['data'], { kind: 'encounter' }>
    ).details[0]?.fields.consulting?.map(({ family }) => family)
  expect(consulting('adt-a61')).toEqual(['BANERJEE'])
  expect(consulting('adt-a61', 'adt-a62')).toEqual(['HALE'])
})
