import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { type Hl7Message, parse, type Segment } from '@tideway/hl7v2/lexer/message'
import { readParticipants } from './prt.ts'

const context = {
  source: { hl7: { timeZone: 'Europe/London' } } as Source,
  messageId: 'm1',
  production: false,
  fixes: [],
  times: new Map(),
}
const read = (prt: string) =>
  readParticipants(
    (parse(`MSH|^~\\&\r${prt}`, 'utf-8') as Hl7Message).segments[1] as Segment,
    context,
  )

test('each person with role, organisation and time', () => {
  expect(
    read('PRT|1|AD||PP^Primary performer|C1^SMITH~C2^JONES|||Main lab|||202607010900|2026'),
  ).toMatchObject([
    {
      practitioner: { identifier: 'C1' },
      role: { code: 'PP' },
      organisation: { name: 'Main lab' },
      from: '2026-07-01T09:00+01:00',
      until: '2026',
    },
    { practitioner: { identifier: 'C2' } },
  ])
})

test('an organisation alone is a participant; an empty PRT is not', () => {
  expect(read('PRT|1|AD||PO||||Main lab')).toMatchObject([
    { practitioner: null, organisation: { name: 'Main lab' } },
  ])
  expect(read('PRT|1|AD||PP')).toEqual([])
})

test('a location alone, with the profession', () => {
  expect(read('PRT|1|AD||AD||PPT|||WARD^1')).toMatchObject([
    {
      practitioner: null,
      organisation: null,
      location: { pointOfCare: 'WARD' },
      providerTypes: [{ code: 'PPT' }],
    },
  ])
})

test.each(['DE', 'UN'])('a removed participant (%s) is left out', (action) => {
  expect(read(`PRT|1|${action}||PP|C1^SMITH`)).toEqual([])
})
