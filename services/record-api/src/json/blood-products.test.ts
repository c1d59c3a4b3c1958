import { expect, test } from 'vitest'
import { medicinesOf } from './medicines.ts'
import { eventsOf, hl7, receivedAs, recordAfter } from './said-later.fixture.ts'
import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'
import type { Entry } from '@tideway/schemas/documents/entry'

const pid = 'PID|1||1002003^^^X99^MR||ONEILL^SIOBHAN||20190412|F'
const orc = (time: string) => `ORC|SC|P9^OCS|F9||A||||${time}`
const product = 'E0382V00^Red cells, leucodepleted^ISBT128'
const order = hl7(
  'OMB^O27',
  '20260701090000',
  'B1',
  pid,
  'ORC|NW|P9^OCS',
  `BPO|1|${product}||1|280|ml`,
)
const unit = (time: string, status: string, message = 'P') =>
  hl7(
    'BPS^O29',
    `${time}00`,
    `S${time}${status}`,
    pid,
    orc(time),
    `BPO|1|${product}||1`,
    `BPX|1|${status}|${message}|${time}|G123417654321|${product}|||||9500^A Rh D negative||20260715|1|280|ml`,
  )
const transfused = (time: string, status: string, message = 'F', more = '') =>
  hl7(
    'BTS^O31',
    `${time}00`,
    `T${time}${status}`,
    pid,
    orc(time),
    `BPO|1|${product}||1`,
    `BTX|1|G123417654321|${product}|9500^A Rh D negative||||1|250|ml|${status}|${message}|${time}|N1^NURSE^AVA|N2^NURSE^BO|202607011205|${more}`,
  )

const statusOf = (kind: string, ...messages: string[]) =>
  recordAfter(...messages).flatMap((one) =>
    one.kind === kind ? [(one as { status: string }).status] : [],
  )

test('a unit ordered, dispensed and given with a reaction: what a clinician reads', () => {
  const answers = recordAfter(
    order,
    unit('202607011100', 'RD'),
    unit('202607011140', 'DS'),
    transfused('202607011205', 'TS', 'P'),
    transfused('202607011400', 'TR', 'F', '202607011355|FEB^Febrile reaction|SHIV^Rigors'),
  )
  expect(answers.map(({ kind }) => kind)).toEqual(['administration', 'dispense', 'request'])
  expect(answers).toMatchObject([
    {
      status: 'completed',
      line: 'Red cells, leucodepleted, UNIT G123417654321, GROUP A Rh D negative, REACTION Febrile reaction, INTERRUPTED Rigors, DOSE 250 ml',
      said: {
        statusAsSent: 'TR',
        unitNumber: 'G123417654321',
        givenAt: '2026-07-01T12:05+01:00',
        givenUntil: '2026-07-01T13:55+01:00',
        performers: [{ practitioner: { identifier: 'N1' } }],
        verifiers: [{ identifier: 'N2' }],
        reactions: [{ text: 'Febrile reaction' }],
      },
    },
    {
      status: 'completed',
      line: 'Red cells, leucodepleted, UNIT G123417654321, GROUP A Rh D negative, QUANTITY 280 ml',
      said: { dispensedAt: '2026-07-01T11:40+01:00', units: '1' },
    },
    { status: 'in-progress', said: { category: 'BLOOD_PRODUCT', service: { code: 'E0382V00' } } },
  ])
})

test.each([
  ['RI', 'reserved'],
  ['RD', 'reserved'],
  ['DS', 'completed'],
  ['PT', 'presumed-given'],
  ['RL', 'returned'],
  ['WA', 'wasted'],
  ['CR', 'released'],
  ['gone', 'unknown'],
])('a unit last said to be %s is %s', (code, status) => {
  expect(statusOf('dispense', unit('202607011100', 'RS'), unit('202607011500', code))).toEqual([
    status,
  ])
})

test('a unit returned unused was not given', () => {
  expect(
    statusOf('administration', transfused('202607011205', 'TS'), transfused('202607011210', 'RA')),
  ).toEqual(['not-given'])
})

test('a unit posted on the wrong patient is withdrawn, and says so', () => {
  const wrong = recordAfter(transfused('202607011205', 'TX'), transfused('202607011300', 'TX', 'W'))
  expect(wrong).toMatchObject([
    { kind: 'administration', status: 'entered-in-error' },
    { kind: 'request' },
  ])
  expect(statusOf('dispense', unit('202607011100', 'DS'), unit('202607011500', 'DS', 'D'))).toEqual(
    ['entered-in-error'],
  )
})

test('two units of one order are two, and the medicines say how many were given', () => {
  const other = transfused('202607011500', 'TX').replaceAll('G123417654321', 'G123417654322')
  const events = [order, transfused('202607011400', 'TX'), other].flatMap((message, nth) =>
    eventsOf(message, receivedAs(nth)),
  )
  const entries = new Map<string, Entry>()
  for (const event of events) {
    const id = entryIdIn(event)
    if (id !== null) entries.set(id, evolveEntry(entries.get(id) ?? null, event) as Entry)
  }
  const given = [...entries.values()].filter(({ kind }) => kind === 'administration')
  expect(given).toHaveLength(2)
  expect(medicinesOf([], [], given)).toMatchObject([
    {
      order: 'P9',
      line: expect.stringContaining('GIVEN completed 2026-07-01T12:05+01:00 (2 in all)'),
    },
  ])
})

test('a response that repeats a unit changes nothing of it', () => {
  expect(
    statusOf(
      'dispense',
      unit('202607011140', 'RL'),
      hl7(
        'BRP^O30',
        '20260701114500',
        'A1',
        'MSA|AA|S1',
        pid,
        orc('202607011140'),
        `BPO|1|${product}||1`,
        `BPX|1|DS|P|202607011139|G123417654321|${product}`,
      ),
    ),
  ).toEqual(['returned'])
})
