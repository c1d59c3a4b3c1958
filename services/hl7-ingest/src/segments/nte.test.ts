import { readFileSync } from 'node:fs'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { loadMappings } from '../normalise/load-mappings.ts'
import { normalise } from '../normalise/normalise.ts'

const x99 = JSON.parse(
  readFileSync(new URL('../../samples/x99/source.json', import.meta.url), 'utf8'),
) as Source
const mappings = await loadMappings()
const read = (type: string, ...segments: string[]) => {
  const message = [
    `MSH|^~\\&|PAS|X99|T|S|20260701091500||${type}|1|P|2.8`,
    'PID|1||1002003^^^X99^MR',
    ...segments,
  ].join('\r')
  return normalise({ source: x99, bytes: Buffer.from(message), receivedAt: 1 }, mappings, {
    production: false,
  })
}
const nte = 'NTE|1||needs a hoist|RE|C1^RAO|202607010900|20260701|20260801'
const detail = {
  text: 'needs a hoist',
  kind: { code: 'RE' },
  enteredBy: { identifier: 'C1', family: 'RAO' },
  enteredAt: '2026-07-01T09:00+01:00',
  effectiveFrom: '2026-07-01',
  effectiveUntil: '2026-08-01',
}

test.each<[string, string, string[], string]>([
  ['an appointment', 'SIU^S12', ['SCH|P1|F1', nte], 'AppointmentReported'],
  ['a problem', 'PPR^PC1', ['PRB|AD|20260701|P^Problem|PB1', nte], 'ConditionReported'],
  [
    'a vaccine',
    'VXU^V04',
    ['ORC|RE|P1|F1', 'RXA|0|1|20260701||V^Vaccine|1', nte],
    'ImmunizationReported',
  ],
  [
    'observations without a vaccine',
    'VXU^V04',
    ['ORC|RE|P1|F1', 'RXA|0|1|20260701||998^No vaccine^CVX|1', nte],
    'ResultReported',
  ],
  ['an order', 'ORM^O01', ['ORC|NW|P1', nte, 'OBR|1|||U^Urea'], 'RequestReported'],
])('a note of %s has its author, time and validity', (_, type, segments, event) => {
  const { events, unused } = read(type, ...segments)
  expect(events.find(({ body }) => body.type === event)?.body).toMatchObject({
    notes: ['needs a hoist'],
    noteDetails: [detail],
  })
  expect(unused.filter((place) => place.startsWith('NTE'))).toEqual([])
})

test('a note of a resource has its author, and is not a note of the appointment', () => {
  const { events, unused } = read(
    'SIU^S12',
    'SCH|P1|F1',
    'RGS|1',
    'AIS|1||SCAN',
    nte,
    'AIL|1||ROOM',
    'NTE|1||by the lift',
  )
  expect(events.at(-1)?.body).toMatchObject({
    notes: [],
    noteDetails: [],
    parts: [
      { notes: ['needs a hoist'], noteDetails: [detail] },
      { notes: ['by the lift'], noteDetails: [] },
    ],
  })
  expect(unused.filter((place) => place.startsWith('NTE'))).toEqual([])
})
