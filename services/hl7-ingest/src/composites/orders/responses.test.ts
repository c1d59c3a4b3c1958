import type { EventBody, RequestReported } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { given, mappings, problemOf, x99 } from '../../normalise/normalise.fixture.ts'

const pid = 'PID|1||1002003^^^X99^MR||ONEILL^SIOBHAN||20190412|F'
const message = (type: string, ...segments: string[]) =>
  [`MSH|^~\\&|LIMS|X99|OCS|X99|20260701091500||${type}|1|P|2.5.1`, ...segments, ''].join('\r')
const bodiesOf = (type: string, ...segments: string[]): EventBody[] =>
  given(message(type, ...segments)).events.map(({ body }) => body)
const requestsOf = (type: string, ...segments: string[]) =>
  bodiesOf(type, ...segments).filter(
    ({ type: event }) => event === 'RequestReported',
  ) as RequestReported[]

/** Every response, with a segment that an order of its kind has. */
const details: Record<string, string> = {
  ORR: 'OBR|1|P1|F1|UE^Urea',
  ORL: 'OBR|1|P1|F1|UE^Urea',
  ORG: 'OBR|1|P1|F1|PHYSIO',
  ORI: 'OBR|1|P1|F1|CT',
  ORD: 'ODS|D||RENAL',
  ORS: 'RQD|1|NEEDLE',
  ORN: 'RQD|1|NEEDLE',
  ORP: 'RXO|A',
  RRE: 'RXE||A',
  RRD: 'RXD|1|A|20260701',
  RRG: 'RXG|1|||A',
  RRA: 'RXA|1|1|20260701||A',
  ORB: 'BPO|1|E0382',
  BRP: 'BPO|1|E0382',
  BRT: 'BPO|1|E0382',
}
const responses = [...mappings.types.keys()].filter((type) =>
  Object.hasOwn(details, type.slice(0, 3)),
)

test('every kind of response is understood', () => {
  expect([...new Set(responses.map((type) => type.slice(0, 3)))].toSorted()).toEqual(
    Object.keys(details).toSorted(),
  )
  expect(responses.length).toBeGreaterThan(25)
})

test.each(responses)(
  '%s is read by its trigger, whatever structure MSH-9.3 names, and says that it is a response',
  (type) => {
    const segments = ['MSA|AE|9|No such test', pid, 'ORC|UA|P1|F1', details[type.slice(0, 3)] ?? '']
    const named = bodiesOf(type, ...segments)
    expect(named.length).toBeGreaterThan(1)
    for (const structure of type.includes('^') ? ['ORM_O01', 'ACK', 'ORR_O02', ''] : [])
      expect(bodiesOf(`${type}^${structure}`, ...segments)).toEqual(named)
    const ofOrders = named.filter((body) => 'response' in body)
    expect(ofOrders.length).toBe(named.length - 1)
    for (const body of ofOrders)
      expect(body).toMatchObject({ response: 'AE', responseText: 'No such test' })
  },
)

test.each(responses)('%s without a patient is parked under a name of its own', (type) => {
  expect(problemOf(message(type, 'MSA|AA|9', 'ORC|OK|P1|F1'))).toBe('PATIENT_NOT_NAMED PID')
  expect(problemOf(message(type, 'MSA|AR|9|No'))).toBe('PATIENT_NOT_NAMED PID')
  expect(given(message(type, 'MSA|AR|9|No')).events).toEqual([])
})

test.each(responses)('%s that accepts everything and names no order says nothing', (type) => {
  for (const segments of [['MSA|AA|9'], ['MSA|CA|9|fine']])
    expect(given(message(type, ...segments))).toMatchObject({ events: [], problem: null })
  expect(given(message(type, 'MSA|AA|9', pid))).toMatchObject({ problem: null })
})

test('a patient whose order is refused without an ORC: the record is told that a part is missing', () => {
  expect(given(message('ORR^O02', 'MSA|AR|9|No', pid))).toMatchObject({
    problem: { code: 'USED_IN_PART', place: 'ORC' },
    patientKeys: ['X99|1002003'],
  })
})

test('a lone ORC is of a request; one that ends an order may be of a medicine too', () => {
  const types = (...segments: string[]) =>
    bodiesOf('ORR^O02', ...segments)
      .slice(1)
      .map(({ type }) => type)
  expect(types('MSA|AA|9', pid, 'ORC|OK|P1')).toEqual(['RequestReported'])
  expect(types('MSA|AA|9', pid, 'ORC|NW|P1')).toEqual(['RequestReported'])
  for (const [msa, control] of [
    ['AA', 'DR'],
    ['AA', 'UA'],
    ['AR', 'NW'],
  ])
    expect(types(`MSA|${msa}|9`, pid, `ORC|${control}|P1`)).toEqual([
      'RequestReported',
      'MedicationPrescribed',
    ])
  expect(types('MSA|AA|9', pid, 'ORC|SC|P1|||CM')).toHaveLength(2)
})

test('specimens before the orders are those of the orders below them', () => {
  const read = requestsOf(
    'ORL^O34',
    'MSA|AA|9',
    pid,
    'SPM|1|S1||B',
    'ORC|OK|P1',
    'OBR|1|P1||NA',
    'SPM|2|S2||U',
    'ORC|UA|P2',
    'OBR|1|P2||UMC',
  )
  expect(read.map(({ specimens }) => specimens.map(({ specimenId }) => specimenId))).toEqual([
    ['S1'],
    ['S2'],
  ])
})

test('an odd order of a response never costs the others', () => {
  const { events, problem } = given(message('ORR^O02', 'MSA|AA|9', pid, 'ORC|OK', 'ORC|UA|P2'))
  expect(problem?.code).toBe('USED_IN_PART')
  expect(
    events.flatMap(({ body }) => (body.type === 'RequestReported' ? [body] : [])),
  ).toHaveLength(1)
})

test.each(['ORR^O02', 'ORL^O22'])(
  'a sender of %s that is strict is told of a parked one',
  (type) => {
    const strict = { ...x99, hl7: { ...x99.hl7, strict: true } }
    expect(problemOf(message(type, 'MSA|AA|9', 'ORC|OK|P1'), strict)).toBe('PATIENT_NOT_NAMED PID')
  },
)
