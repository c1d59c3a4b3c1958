import { normalise } from '@tideway/fhir-ingest/normalise/normalise'
import { bundle, patient, rules, trust } from '@tideway/fhir-ingest/sender.fixture'
import { expect, test } from 'vitest'
import { eventsOfRow, recordIn, stored } from './withdrawn-record.fixture.ts'
import type { WithdrawalRow } from './withdrawn-row.fixture.ts'
import { coded, when } from './withdrawn-words.fixture.ts'

const stale = 'STALE'
const kept = 'KEPT'

/** A resource with a list of two, of which a later version has one: all else is the same. */
const rows: [string, string, Pick<WithdrawalRow, 'type' | 'who'>, (words: string[]) => object][] = [
  [
    'dosage',
    'of a prescription',
    { type: 'MedicationRequest' },
    (words) => ({
      status: 'active',
      intent: 'order',
      medicationCodeableConcept: coded('Furosemide'),
      dosageInstruction: words.map((text) => ({ text })),
    }),
  ],
  [
    'reaction',
    'of an allergy',
    { type: 'AllergyIntolerance', who: 'patient' },
    (words) => ({
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: coded('Nuts'),
      reaction: words.map((text) => ({ manifestation: [{ text }] })),
    }),
  ],
  [
    'activity',
    'of a care plan',
    { type: 'CarePlan' },
    (words) => ({
      status: 'active',
      intent: 'plan',
      activity: words.map((description) => ({ detail: { status: 'in-progress', description } })),
    }),
  ],
  [
    'section',
    'of a letter',
    { type: 'Composition' },
    (words) => ({
      status: 'final',
      type: coded('Letter'),
      date: when,
      author: [{ display: 'A' }],
      title: 'Letter',
      section: words.map((title) => ({ title, entry: [{ display: title }] })),
    }),
  ],
  [
    'entry',
    'of a list',
    { type: 'List' },
    (words) => ({
      status: 'current',
      mode: 'working',
      entry: words.map((display) => ({ item: { display } })),
    }),
  ],
  [
    'goal',
    'of a care team',
    { type: 'CareTeam' },
    (words) => ({
      status: 'active',
      participant: words.map((display) => ({ member: { display } })),
    }),
  ],
  [
    'location',
    'of a visit',
    { type: 'Encounter' },
    (words) => ({
      status: 'in-progress',
      class: { code: 'IMP' },
      period: { start: when },
      location: words.map((display, hour) => ({
        location: { display },
        period: { start: `2026-07-01T1${hour}:00:00+01:00` },
      })),
    }),
  ],
  [
    'participant',
    'of a visit',
    { type: 'Encounter' },
    (words) => ({
      status: 'in-progress',
      class: { code: 'IMP' },
      period: { start: when },
      participant: words.map((display) => ({ individual: { display } })),
    }),
  ],
  [
    'content',
    'of a document',
    { type: 'DocumentReference' },
    (words) => ({
      status: 'current',
      type: coded('Letter'),
      content: words.map((title) => ({
        attachment: {
          title,
          contentType: 'text/plain',
          data: Buffer.from(title).toString('base64'),
        },
      })),
    }),
  ],
  [
    'reason',
    'of a request',
    { type: 'ServiceRequest' },
    (words) => ({
      status: 'active',
      intent: 'order',
      code: coded('U&E'),
      reasonCode: words.map((text) => ({ text })),
    }),
  ],
  [
    'performer',
    'of a procedure',
    { type: 'Procedure' },
    (words) => ({
      status: 'completed',
      code: coded('Biopsy'),
      performer: words.map((display) => ({ actor: { display } })),
    }),
  ],
  [
    'note',
    'of a condition',
    { type: 'Condition' },
    (words) => ({
      clinicalStatus: { coding: [{ code: 'active' }] },
      code: coded('N17'),
      note: words.map((text) => ({ text })),
    }),
  ],
]

/** The record without what is shown as earlier. */
const text = (documents: ReturnType<typeof stored>): string =>
  JSON.stringify(recordIn(documents), (name, value: unknown) =>
    name === 'earlier' ? undefined : value,
  )

test.each(rows)(
  'a %s %s that a later version leaves out is not shown, in either order',
  (_, _of, who, said) => {
    const row = { ...who, said: {}, kind: 'resource', before: '' } as WithdrawalRow
    const first = eventsOfRow(row, said([stale, kept]), 0)
    const second = eventsOfRow(row, said([kept]), 1)

    expect(text(stored(first))).toContain(stale)
    for (const documents of [stored(first, second), stored(second, first)]) {
      expect(text(documents)).toContain(kept)
      expect(text(documents)).not.toContain(stale)
    }
  },
)

const patientsOf = (more: object, minute: number) =>
  normalise(
    {
      source: trust,
      bytes: Buffer.from(
        JSON.stringify({
          ...bundle('collection', { resource: patient('A1', more) }),
          timestamp: new Date(Date.UTC(2026, 6, 1, 9, minute)).toISOString(),
        }),
      ),
      receivedAt: Date.UTC(2026, 6, 1, 10, minute) * 1000,
    },
    rules,
  ).events

test.each([
  ['name', (words: string[]) => words.map((family) => ({ family, use: 'official' }))],
  ['telecom', (words: string[]) => words.map((value) => ({ system: 'phone', value }))],
  ['address', (words: string[]) => words.map((city) => ({ city }))],
])('a %s of a patient that a later version leaves out is not shown', (element, valuesOf) => {
  const first = patientsOf({ [element]: valuesOf([stale, kept]) }, 0)
  const second = patientsOf({ [element]: valuesOf([kept]) }, 1)
  expect(text(stored(first))).toContain(stale)
  for (const documents of [stored(first, second), stored(second, first)]) {
    expect(text(documents)).toContain(kept)
    expect(text(documents)).not.toContain(stale)
  }
})
