import { readFileSync } from 'node:fs'
import { read } from '@tideway/fhir-ingest/sender.fixture'
import { ucumOf } from '@tideway/hl7-ingest/datatypes/unit'
import { entryIdIn, evolveEntry } from '@tideway/record/entries/entry'
import type { Entry } from '@tideway/schemas/documents/entry'
import { type PatientEvent, unsaid } from '@tideway/schemas/events.generated'
import { whole } from '@tideway/schemas/complete-event.fixture'
import { expect, test } from 'vitest'
import { eventsOf, observation, result } from '../events.fixture.ts'
import { entryOf } from './any-entry.ts'
import type { ReportAnswer } from './report.ts'

type Told = Pick<PatientEvent, 'patientKey' | 'place' | 'body'>
const textOf = (file: string) => readFileSync(new URL(`../../../${file}`, import.meta.url), 'utf8')

const reportsOf = (...messages: (readonly Told[])[]): ReportAnswer[] => {
  const entries = new Map<string, Entry>()
  for (const [nth, events] of messages.entries())
    for (const { patientKey, place, body } of events) {
      const each = {
        ...eventsOf(Date.UTC(2026, 6, 1 + nth))('X99', patientKey, place, whole(body)),
        messageId: `m${nth}`,
      }
      const id = entryIdIn(each)
      const entry = id === null ? null : evolveEntry(entries.get(id) ?? null, each)
      if (entry !== null) entries.set(entry._id, entry)
    }
  return [...entries.values()]
    .filter(({ kind }) => kind === 'report')
    .map((entry) => entryOf(entry, { archive: new Map() }) as ReportAnswer)
}

test('an ORU and a DiagnosticReport with the number of one laboratory report are one entry, of both messages', () => {
  const { events: fromHl7 } = JSON.parse(
    textOf('hl7-ingest/samples/x99/oru-r01.expected.json'),
  ) as { events: Told[] }
  const sameReport = textOf('fhir-ingest/samples/x99/diagnostic-report.json')
    .replaceAll('"L4711"', '"F7771"')
    .replaceAll('"A1"', '"1002003"')
  const { events: fromFhir } = read(JSON.parse(sameReport))
  for (const order of [
    [fromHl7, fromFhir],
    [fromFhir, fromHl7],
  ]) {
    const met = reportsOf(...order).filter(({ reportId }) => reportId === 'F7771^UE')
    expect(
      met.map(({ patient, origins }) => [
        patient,
        [...new Set(origins.map(({ message }) => message))].toSorted(),
      ]),
    ).toEqual([[met[0]?.patient, ['m0', 'm1']]])
  }
})

test('one test in several units has each unit as sent and in UCUM', () => {
  const inUnit = (unit: string, value: string, segment: number) => {
    const sent = { ...unsaid.Coded(), code: unit }
    return {
      ...observation('HB', value, 'F', segment),
      key: `HB||${segment}`,
      unit: sent,
      ucum: ucumOf(sent),
      numeric: { ...unsaid.Numeric(), value: Number(value) },
    }
  }
  const told = [
    inUnit('g/L', '135', 1),
    inUnit('g/l', '136', 2),
    inUnit('g/dL', '13.5', 3),
    inUnit('odd', '9', 4),
  ]
  const [report] = reportsOf([
    { patientKey: 'X99|1', place: 'OBR[1]', body: result({ observations: told }) },
  ])
  expect(
    report?.observations.map(({ value, unit, ucum, numeric }) => [
      value,
      unit?.code,
      ucum,
      numeric?.value,
    ]),
  ).toEqual([
    ['135', 'g/L', 'g/L', 135],
    ['136', 'g/l', 'g/L', 136],
    ['13.5', 'g/dL', 'g/dL', 13.5],
    ['9', 'odd', null, 9],
  ])
})

test('a report whose every value was of the wrong patient shows no text', () => {
  const said = {
    fillerNumber: 'F7',
    notes: ['seen in clinic'],
    conclusion: 'anaemia',
    clinicalInformation: 'pregnant',
  }
  const reported = (...statuses: string[]) =>
    reportsOf([
      {
        patientKey: 'X99|1',
        place: 'OBR[1]',
        body: result({
          ...said,
          observations: statuses.map((status, n) => observation(`K${n}`, '6.1', status, n + 1)),
        }),
      },
    ])[0]
  expect(reported('W', 'W')).toMatchObject({
    fillerNumber: 'F7',
    notes: [],
    conclusion: null,
    more: { clinicalInformation: null },
  })
  expect(reported('W', 'F')).toMatchObject({
    fillerNumber: 'F7',
    notes: ['seen in clinic'],
    conclusion: 'anaemia',
    more: { clinicalInformation: 'pregnant' },
  })
})
