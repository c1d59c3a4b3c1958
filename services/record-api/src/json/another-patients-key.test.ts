import { given } from '@tideway/hl7-ingest/normalise/normalise.fixture'
import { normalise } from '@tideway/fhir-ingest/normalise/normalise'
import { bytesOf, rules, system, trust } from '@tideway/fhir-ingest/sender.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { recordIn, stored } from './withdrawn-record.fixture.ts'

const about = (number: string, value: string): string =>
  [
    'MSH|^~\\&|LIS|X99|TW|REG|20260901100000||ORU^R01|A1|P|2.5.1',
    `PID|1||${number}^^^X99^MR||Testcase^Ada||19700101|F`,
    'OBR|1||7|UE|||20260901090000||||||||||||||||||F',
    `OBX|1|NM|NA||${value}|mmol/L|||||F`,
    '',
  ].join('\r')

const eventsOf = (message: string): PatientEvent[] => {
  const { events, problem } = given(message)
  expect(problem).toBeNull()
  return [...events]
}

const recordsAfter = (...messages: PatientEvent[][]) => {
  const documents = stored(...messages)
  return [...documents.heads].map(([key, head]) => {
    const record = recordIn({
      ...documents,
      heads: new Map([[key, head]]),
      entries: new Map([...documents.entries].filter(([, entry]) => entry.patient === key)),
    })
    return [
      record.patients[0]?.identifier,
      record.reports.flatMap(({ observations }) => observations.map(({ value }) => value)),
    ]
  })
}

const [first, second] = ['12', '12\\F\\report\\F\\7\\S\\UE'] as const

test('a number with field separators reaches no report of another patient', () => {
  const one = eventsOf(about(first, '140'))
  const other = eventsOf(about(second, '99'))
  expect(recordsAfter(one, other)).toEqual([
    ['12', ['140']],
    ['12|report|7^UE', ['99']],
  ])
})

test('the same in FHIR, whose identifiers may hold any character', () => {
  const patientOf = (value: string) => ({
    resourceType: 'Patient',
    identifier: [{ system: system('X99'), value }],
    name: [{ family: 'Testcase' }],
  })
  const keys = ['12', '12|report|7^UE'].flatMap((value) => {
    const { events, problem } = normalise(
      { source: trust, bytes: bytesOf(patientOf(value)), receivedAt: 1 },
      rules,
    )
    expect(problem).toBeNull()
    return events.map(({ patientKey }) => patientKey)
  })
  expect(keys).toEqual(['X99|12', 'X99|12\\F\\report\\F\\7^UE'])
})
