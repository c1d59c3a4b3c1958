import { readFileSync } from 'node:fs'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { loadMappings } from '../normalise/load-mappings.ts'
import { normalise } from '../normalise/normalise.ts'

const source = JSON.parse(
  readFileSync(new URL('../../samples/x99/source.json', import.meta.url), 'utf8'),
) as Source
const mappings = await loadMappings()
const given = (...segments: string[]) => {
  const head =
    'MSH|^~\\&|PAS|X99|T|S|20260701091500||SIU^S12|1|P|2.5.1\rSCH|P1|F1|||||||30|min|^^^202607150930|||||||||||||||O1|O2\r'
  return normalise(
    { source, bytes: Buffer.from(`${head}${segments.join('\r')}\r`), receivedAt: 0 },
    mappings,
    { production: false },
  )
}
const one = 'PID|1||1^^^X99^MR||FIRST^A||20190412|F'
const two = 'PID|2||2^^^X99^MR||SECOND^B||20180203|F'
const nobody = 'PID|2||||NOBODY^C'
const service = 'RGS|1\rAIS|1||ECHO^Echo^LOCAL'

test('each of several patients has the appointment, and nothing about the others', () => {
  const { events, patientKeys, problem } = given(one, 'PV1|1|O|||||||||||||||||V1', two, service)
  expect([problem, patientKeys]).toEqual([null, ['X99|1', 'X99|2']])
  const of = (key: string) => events.filter(({ patientKey }) => patientKey === key)
  for (const key of patientKeys)
    expect(of(key).map(({ body }) => body)).toContainEqual(
      expect.objectContaining({
        type: 'AppointmentReported',
        fillerNumber: 'F1',
        service: expect.objectContaining({ code: 'ECHO' }),
      }),
    )
  expect(JSON.stringify(of('X99|1'))).not.toContain('SECOND')
  expect(JSON.stringify(of('X99|2'))).not.toMatch(/FIRST|V1/)
  expect(new Set(events.map(({ id }) => id)).size).toBe(events.length)
})

test('segments outside the groups that may belong to one patient are listed as unused', () => {
  const { events, unused } = given(one, two, service, 'DG1|1||J45^Asthma^I10', 'ZPI|1|SECRET')
  expect(JSON.stringify(events)).not.toMatch(/J45|SECRET/)
  expect(unused).toEqual(expect.arrayContaining(['DG1-3', 'ZPI-2']))
})

test('a PID that only repeats the patient is not a second patient', () => {
  expect(given(one, one.replace('PID|1', 'PID|2'), service).patientKeys).toEqual(['X99|1'])
})

test('hundreds of thousands of patient and resource pairs park the message without using memory', () => {
  const many = (text: (n: number) => string) => Array.from({ length: 400 }, (_, n) => text(n))
  expect(given(...many((n) => `PID|||N${n}^^^X99^MR`), ...many(() => 'AIS|1'))).toMatchObject({
    events: [],
    problem: { code: 'SEVERAL_PATIENTS', place: 'PID[2]' },
  })
  expect(
    given(...many((n) => `PID|||N${n}^^^X99^MR`).slice(0, 30), ...many(() => 'AIS|1').slice(0, 30))
      .problem,
  ).toBeNull()
})

test.each([
  ['is repeated among others', [one, two, one, service], 'SEVERAL_PATIENTS', 'PID[3]'],
  [
    'follows the resources of the first',
    [one, service, two, service],
    'SEVERAL_PATIENTS',
    'PID[2]',
  ],
  [
    'has no number and follows the resources of the first',
    [one, service, 'PID|2||||NOBODY^C', service],
    'MISSING_FIELD',
    'PID[2]-3',
  ],
])('a patient who %s parks the message', (_, segments, code, place) => {
  expect(given(...segments)).toMatchObject({ events: [], problem: { code, place } })
})

test.each([
  ['second', [one, `${nobody}\rPV1|1|O|||||||||||||||||NOBODYS`, service]],
  ['first', [nobody, 'PV1|1|O|||||||||||||||||NOBODYS', one, service]],
])('a %s patient without a number is left out: the others have the appointment', (_, segments) => {
  const { events, problem, patientKeys, unused } = given(...segments, 'NTE|1||Bring a friend')
  expect([problem?.code, patientKeys]).toEqual(['USED_IN_PART', ['X99|1']])
  expect(problem?.place).toMatch(/^PID(\[2\])?-3$/)
  expect(events.map(({ body }) => body.type)).toEqual([
    'PatientDetailsReported',
    'AppointmentReported',
  ])
  expect(JSON.stringify(events)).toMatch(/ECHO.*Bring a friend/)
  expect(JSON.stringify(events)).not.toContain('NOBODY')
  expect(unused).toEqual(expect.arrayContaining(['PID-5', 'PV1-19']))
})

test('the order of an appointment is of neither patient if one of them has no number', () => {
  const { events, unused } = given(`${one}`, nobody, service)
  const alone = given(one, service)
  const orderOf = ({ body }: (typeof events)[number]) =>
    body.type === 'AppointmentReported' ? [body.orderNumber, body.fillerOrderNumber] : []
  expect(alone.events.flatMap(orderOf)).toEqual(['O1', 'O2'])
  expect(events.flatMap(orderOf)).toEqual([null, null])
  expect(unused).toEqual(expect.arrayContaining(['SCH-26', 'SCH-27']))
})
