import type {
  EventBody,
  MedicationDispensed,
  MedicationGiven,
  RequestReported,
} from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { bodies } from '../orders/orders.fixture.ts'

const of = <T extends EventBody>(type: T['type'], ...segments: string[]) =>
  bodies('requests', segments).filter((body) => body.type === type) as T[]
const dispensed = (...segments: string[]) =>
  of<MedicationDispensed & { type: 'MedicationDispensed' }>('MedicationDispensed', ...segments)
const given = (...segments: string[]) =>
  of<MedicationGiven & { type: 'MedicationGiven' }>('MedicationGiven', ...segments)
const orc = 'ORC|SC|P1|F1||A'

test('an order of blood products is a request, each unit a dispense or a dose of it', () => {
  expect(
    bodies('requests', [
      orc,
      'BPO|1|E0382^Red cells',
      'BPX|1|DS|P|20260701',
      'BTX|1|||||||1|||TX|F|20260701',
    ]).map(({ type }) => type),
  ).toEqual(['RequestReported', 'MedicationDispensed', 'MedicationGiven'])
  expect(
    bodies('requests', [orc, 'BTX|1|G1||||||1|||TX|F|20260701']).map(({ type }) => type),
  ).toEqual(['RequestReported', 'MedicationGiven'])
  expect(
    bodies('requests', ['BTX|1|G1|E0382|||||1|||TX|F|20260701']).map(({ type }) => type),
  ).toEqual(['MedicationGiven'])
})

test('ORC moves the order, never the unit', () => {
  const read = bodies('requests', ['ORC|CA|P1|||CA', 'BPO|1|E0382', 'BPX|1|RL|P|20260701|G1'])
  expect(read).toMatchObject([
    { type: 'RequestReported', control: 'CA', status: 'cancelled' },
    { type: 'MedicationDispensed', control: null, status: 'returned' },
  ])
})

test('a unit is known by its number in the system, else donation and component, within its order', () => {
  const id = (bpx: string, order = orc) =>
    dispensed(order, `BPX|1|DS|P|20260701|${bpx}`)[0]?.dispenseId
  expect(id('G1^NHSBT|E0382|||||||||||U1')).toBe('P1|U1')
  expect(id('G1^NHSBT|E0382')).toBe('P1|G1^E0382')
  expect(id('G1')).toBe('P1|G1^')
  expect(id('G1|E0382', 'ORC|SC||F1')).toBe('F1|G1^E0382')
  expect(id('G1|E0382', 'ORC|SC|||||||20260701')).toBe('G1^E0382')
})

test('the same unit is one entry in a message, two vials of one lot are two', () => {
  const unit = (n: number, status: string) => `BPX|${n}|${status}|P|2026070110${n}0|G1|E0382`
  expect(dispensed(orc, unit(1, 'RD'), unit(2, 'DS')).map(({ dispenseId }) => dispenseId)).toEqual([
    'P1|G1^E0382',
    'P1|G1^E0382',
  ])
  const vial = (n: number) => `BTX|${n}||||ALB^Albumin||LOT1|1|100|ml|TX|F|202607011200`
  const ids = given(orc, vial(1), vial(2), vial(1)).map(({ administrationId }) => administrationId)
  expect(new Set(ids).size).toBe(3)
})

test('when a transfusion began is never invented', () => {
  const times = (btx: string) => {
    const [{ givenAt, givenUntil, statusAt } = {} as MedicationGiven] = given(
      orc,
      `BTX|1|G1||||||1|||${btx}`,
    )
    return [givenAt, givenUntil, statusAt].map((time) => time?.slice(11, 16) ?? null)
  }
  expect(times('TS|P|202607011200')).toEqual(['12:00', null, '12:00'])
  expect(times('TX|F|202607011400')).toEqual([null, null, '14:00'])
  expect(times('TX|F|202607011400|||202607011200|202607011355')).toEqual([
    '12:00',
    '13:55',
    '14:00',
  ])
  expect(times('RA|F|202607011400')).toEqual([null, null, '14:00'])
})

test('when a unit was dispensed is said by that status alone', () => {
  const at = (status: string) => dispensed(orc, `BPX|1|${status}|P|202607011200|G1`)[0]?.dispensedAt
  expect(at('DS')).toBe('2026-07-01T12:00+01:00')
  expect([at('RD'), at('RA'), at('PT'), at('?')]).toEqual([null, null, null, null])
})

test.each([
  ['D', 'entered-in-error'],
  ['W', 'entered-in-error'],
  ['F', 'completed'],
])('message status %s of a unit given: %s', (message, status) => {
  expect(given(orc, `BTX|1|G1||||||1|||TX|${message}|20260701`)[0]?.status).toBe(status)
})

test('an order of blood products says how many, for when, how prepared, why and with what consent', () => {
  const [request] = of<RequestReported & { type: 'RequestReported' }>(
    'RequestReported',
    'ORC|NW|P1',
    'BPO|1|E0382^Red cells|IRR~CMVN|2|180|ml|202607011200|||202607011130|||ANAEM^Anaemia|Y',
    'NTE|1||Previous reaction=Febrile',
  )
  expect(request).toMatchObject({
    service: { text: 'Red cells' },
    category: 'BLOOD_PRODUCT',
    quantity: '2',
    amount: { value: '180', unit: { code: 'ml' } },
    supplementalServices: [{ code: 'IRR' }, { code: 'CMVN' }],
    neededAt: '2026-07-01T12:00+01:00',
    scheduledAt: '2026-07-01T11:30+01:00',
    reasons: [{ text: 'Anaemia' }],
    consent: 'Y',
    notes: ['Previous reaction=Febrile'],
    noteDetails: [{ question: 'Previous reaction', answer: 'Febrile' }],
  })
})

test('a status in words, or as an alternate code, is read', () => {
  expect(
    given(orc, 'BTX|1|G1||||||1|||TR^Ended with reaction^HL70513|F|20260701')[0],
  ).toMatchObject({
    status: 'completed',
    statusAsSent: 'TR',
  })
  expect(given(orc, 'BTX|1|G1||||||1|||^^^TX|F|20260701')[0]).toMatchObject({ status: 'completed' })
  expect(given(orc, 'BTX|1|G1||||||1|||^Finished|F|20260701')[0]).toMatchObject({
    status: 'unknown',
    statusAsSent: 'Finished',
  })
})
