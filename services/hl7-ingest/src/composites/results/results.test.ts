import { readFileSync } from 'node:fs'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { loadMappings } from '../../normalise/load-mappings.ts'
import { normalise } from '../../normalise/normalise.ts'

const x99 = JSON.parse(
  readFileSync(new URL('../../../samples/x99/source.json', import.meta.url), 'utf8'),
) as Source
const mappings = await loadMappings()
const read = (...segments: string[]) => {
  const message = [
    'MSH|^~\\&|LIMS|X99|T|S|20260701091500||OUL^R22|1|P|2.8',
    'PID|1||1002003^^^X99^MR',
    ...segments,
  ].join('\r')
  return normalise({ source: x99, bytes: Buffer.from(message), receivedAt: 1 }, mappings, {
    production: false,
  })
}

const order = ['SPM|1|S1', 'OBR|1|P1||HIST', 'OBX|1|NM|K||4||||||F']
const txa = (number: string) => `TXA|1|DIS||||||||||${number}|||||AU|R`

test('a document with an order belongs to its report, with the observation before it as content and the notes after it', () => {
  const { events } = read(
    ...order,
    'OBX|2|TX|L^Letter||Dear||||||F',
    txa('D1'),
    'NTE|1||typed',
    'OBX|3|NM|NA||140||||||F',
  )
  expect(events.slice(1).map(({ body }) => body)).toMatchObject([
    { type: 'ResultReported', observations: [{ value: '4' }, { value: '140' }] },
    {
      type: 'DocumentReported',
      documentId: 'D1',
      reportId: 'P1^HIST',
      text: 'Dear',
      confidentiality: 'R',
      completion: 'authenticated',
      completionAsSent: 'AU',
      completionSystem: 'HL70271',
      notes: ['typed'],
    },
  ])
})

test.each([[''], ['^X99'], ['""']])(
  'a document numbered %j does not block the result, is listed, and its content stays in the report',
  (number) => {
    const { events, unused } = read(...order, 'OBX|2|TX|L^Letter||Dear||||||F', txa(number))
    expect(events.slice(1).map(({ body }) => body)).toMatchObject([
      { type: 'ResultReported', observations: [{ value: '4' }, { value: 'Dear' }] },
    ])
    expect(unused).toContain('TXA-18')
  },
)

test('a result after an ORC without an OBR belongs to no other order, and is listed', () => {
  const { events, unused } = read(...order, 'ORC|RE|P2', 'OBX|2|NM|NA||140||||||F')
  expect(events.slice(1).map(({ body }) => body)).toMatchObject([
    { type: 'ResultReported', observations: [{ value: '4' }] },
  ])
  expect(unused).toEqual(expect.arrayContaining(['OBX-3', 'OBX-5', 'ORC-2']))
})

test('a document with content of another patient is marked', () => {
  expect(read(...order, 'OBX|2|TX|L^Letter||Dear||||||W', txa('D1')).events.at(-1)).toMatchObject({
    place: 'OBX[2]',
    body: { type: 'DocumentReported', status: 'wrong-patient', statusAsSent: 'W' },
  })
})

test('the alternate visit number is one of the other numbers only beside a visit number', () => {
  const numbers = (visit: string) =>
    read(`PV1|1|I${'|'.repeat(17)}${visit}${'|'.repeat(31)}A7^^^X99`, ...order).events.map(
      ({ body }) =>
        body.type === 'ResultReported'
          ? [body.encounterId, body.otherVisitNumbers.map(({ value }) => value)]
          : null,
    )
  expect(numbers('V1^^^X99').at(-1)).toEqual(['V1', ['A7']])
  expect(numbers('').at(-1)).toEqual(['PV1-50 A7', []])
})

test('each interpreter and transcriptionist of a report has time and place', () => {
  const obr = `OBR|1|P1||HIST${'|'.repeat(28)}C1&RAO^20260701^20260702^WARD^3^B^SITE^S^T^MAIN^2|C2&LEE||C4^DIAZ^JO`
  const report = read('SPM|1|S1', obr).events.flatMap(({ body }) =>
    body.type === 'ResultReported' ? [body] : [],
  )[0]
  expect(report?.principals).toMatchObject([
    {
      practitioner: { identifier: 'C1' },
      role: { text: 'INTERPRETER' },
      from: '2026-07-01',
      until: '2026-07-02',
      location: {
        pointOfCare: 'WARD',
        room: '3',
        bed: 'B',
        facility: 'SITE',
        building: 'MAIN',
        floor: '2',
        detail: { status: 'S', type: 'T' },
      },
    },
  ])
  expect([report?.assistants[0]?.family, report?.transcriptionists[0]?.family]).toEqual([
    'LEE',
    'DIAZ',
  ])
})
