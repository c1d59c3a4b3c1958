import type { Entry } from '@tideway/schemas/documents/entry'
import { unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { evolveEntry } from '../entries/entry.ts'
import { newHead } from '../demographics/head.ts'
import { withLines } from './head-lines.ts'
import {
  at,
  coded,
  event,
  observation,
  patient,
  result,
  visit,
  ward,
} from '../entries/histories.fixture.ts'

const entryOf = (...told: Parameters<typeof event>[]): Entry =>
  told.reduce<Entry | null>((before, each) => evolveEntry(before, event(...each)), null) as Entry

test('outpatient visits that nobody closed never hide the current stay', () => {
  const stay = entryOf([
    visit('PatientAdmitted', at(0), { location: ward('PICU'), patientClass: 'INPATIENT' }, 'STAY'),
    0,
  ])
  const visits = Array.from({ length: 30 }, (_, index) =>
    entryOf([
      visit('PatientAdmitted', at(index + 10), { patientClass: 'OUTPATIENT' }, `V${index}`),
      index + 1,
    ]),
  )
  const { encounters } = withLines(withLines(newHead(patient), [stay]).head, visits).head
  expect(encounters).toHaveLength(12)
  expect(encounters[0]).toMatchObject({ encounterId: 'STAY', location: { pointOfCare: 'PICU' } })
})

test('a stay with a location ranks before stays without one and before newer visits', () => {
  const of = (id: string, minute: number, said: Parameters<typeof visit>[2]) =>
    entryOf([visit('PatientAdmitted', at(minute), said, id), minute])
  const entries = [
    of('VISIT', 30, { patientClass: 'OUTPATIENT', location: ward('CLINIC') }),
    of('SOMEWHERE', 20, { patientClass: 'INPATIENT' }),
    of('WARD', 10, { patientClass: 'EMERGENCY', location: ward('ED') }),
  ]
  expect(
    withLines(newHead(patient), entries).head.encounters.map(({ encounterId }) => encounterId),
  ).toEqual(['WARD', 'SOMEWHERE', 'VISIT'])
})

test('a closed encounter has no line', () => {
  const closed = entryOf(
    [visit('PatientAdmitted', at(0)), 0],
    [visit('PatientDischarged', at(5)), 1],
  )
  expect(withLines(newHead(patient), [closed]).head.encounters).toEqual([])
})

test('the line of an encounter shows leave of absence until the return', () => {
  const left = [
    [visit('PatientAdmitted', at(0)), 0],
    [visit('LeaveStarted', at(5)), 1],
  ] as const
  const lineOf = (...told: Parameters<typeof event>[]) =>
    withLines(newHead(patient), [entryOf(...told)]).head.encounters[0]
  expect(
    lineOf(...left.map(([body, minute]): Parameters<typeof event> => [body, minute]))?.leave,
  ).toMatchObject({ since: at(5) })
  expect(lineOf([visit('PatientAdmitted', at(0)), 0])?.leave).toBeUndefined()
})

test('a report shows abnormal values, critical first, and never a withdrawn one', () => {
  const observations = [
    observation('F', '3.0', { key: 'A', flags: ['L'], place: 'OBX[1]' }),
    observation('F', '7.1', { key: 'B', flags: ['HH'], place: 'OBX[2]' }),
    observation('W', '9.9', { key: 'C', flags: ['HH'], place: 'OBX[3]' }),
    observation('F', '4.0', { key: 'D', flags: ['N'], place: 'OBX[4]' }),
  ]
  const report = entryOf([
    result(observations, {
      status: 'F',
      collectedAt: at(3),
      service: coded('UE', 'Urea and electrolytes'),
    }),
    0,
  ])
  expect(withLines(newHead(patient), [report]).head.latestReports).toEqual([
    {
      entry: report._id,
      sortAt: report.sortAt,
      name: 'Urea and electrolytes',
      at: at(3),
      status: 'final',
      statusAsSent: 'F',
      abnormal: [
        { name: 'Potassium', value: '7.1', unit: 'mmol/L', flag: 'HH' },
        { name: 'Potassium', value: '3.0', unit: 'mmol/L', flag: 'L' },
      ],
      retracted: 1,
    },
  ])
})

test('the line of a report has only current values, and counts the others', () => {
  const [flags, preliminary] = [['HH'], { status: 'P' }]
  const report = entryOf(
    [result([observation('P', '7.1', { key: 'A', flags })], preliminary), 0],
    [result([observation('X', null, { key: 'B' })], { status: 'F' }), 1],
  )
  expect(withLines(newHead(patient), [report]).head.latestReports).toMatchObject([
    { status: 'final', abnormal: [], notCurrent: 1, retracted: 1 },
  ])
})

test('a report that was cancelled before it had a result has no line', () => {
  const report = entryOf([result([], { status: 'X' }), 0])
  expect(withLines(newHead(patient), [report]).head.latestReports).toEqual([])
})

const reportLineWith = (...values: Parameters<typeof observation>[2][]) => {
  const observations = values.map((more, index) =>
    observation('F', '7.1', { key: `K${index}`, place: `OBX[${index}]`, ...more }),
  )
  return withLines(newHead(patient), [entryOf([result(observations, { status: 'F' }), 0])]).head
    .latestReports[0]
}

test('every critical value is in the line of its report, or counted', () => {
  const critical = (count: number) => Array.from({ length: count }, () => ({ flags: ['HH'] }))
  const few = reportLineWith({ flags: ['H'] }, ...critical(3), { flags: ['L'] })
  expect(few?.abnormal.map(({ flag }) => flag)).toEqual(['HH', 'HH'])
  expect(few).toMatchObject({ moreCritical: 1, moreAbnormal: 2 })
  expect(reportLineWith({ flags: ['HH'] }, { flags: ['H'] })).not.toHaveProperty('moreCritical')
  const many = reportLineWith(...critical(9), { flags: ['CRIT'] }, { flags: ['H'] })
  expect(many?.abnormal).toHaveLength(2)
  expect(many).toMatchObject({ moreCritical: 8, moreAbnormal: 1 })
})

test('a value out of its range without a flag, and a flag of no table, are abnormal', () => {
  const numeric = { comparator: null, value: 7.1, high: null, divisor: null }
  expect(reportLineWith({ numeric, range: '3.5-5.0' })?.abnormal).toMatchObject([
    { flag: 'H', computed: true },
  ])
  expect(reportLineWith({ flags: ['HU'] })?.abnormal).toMatchObject([
    { flag: 'HU', computed: true },
  ])
  expect(reportLineWith({ numeric, range: '3.5-5.0', flags: ['N'] })?.abnormal).toEqual([])
})

test('a cancelled or withdrawn report shows no abnormal value', () => {
  const told = (status: string) => result([observation('F', '7.1', { flags: ['HH'] })], { status })
  const abnormal = (...statuses: string[]) =>
    withLines(newHead(patient), [
      entryOf(
        ...statuses.map((status, minute): Parameters<typeof event> => [told(status), minute]),
      ),
    ]).head.latestReports[0]?.abnormal
  expect(abnormal('F')).toHaveLength(1)
  expect(abnormal('F', 'X')).toEqual([])
})

const line = (...told: Parameters<typeof event>[]) => {
  const { allergies, problems, medicines, alerts } = withLines(newHead(patient), [
    entryOf(...told),
  ]).head
  return [allergies, problems, medicines, alerts].map((lines) =>
    lines.map(({ text, status }) => `${text}: ${status}`),
  )
}
const allergy = { ...unsaid.AllergyReported(), allergyId: 'A1', code: coded('P', 'penicillin') }
const diagnosis = {
  ...unsaid.ConditionReported(),
  conditionId: 'C1',
  category: 'diagnosis',
  code: coded('N', 'kidney failure'),
}
const medicine = {
  ...unsaid.MedicationPrescribed(),
  prescriptionId: 'P1',
  kind: 'prescription',
  control: 'NW',
  medication: coded('M', 'amoxicillin'),
}

test('a current allergy, problem, medicine and alert have a line', () => {
  expect(line([allergy, 0])).toEqual([['penicillin: active'], [], [], []])
  expect(line([{ ...diagnosis, category: 'problem' }, 0])).toEqual([
    [],
    ['kidney failure: reported'],
    [],
    [],
  ])
  expect(line([medicine, 0])).toEqual([[], [], ['amoxicillin: active'], []])
  expect(
    line([
      { ...unsaid.AlertReported(), alertId: 'F1', code: coded('F', 'latex'), status: 'active' },
      0,
    ]),
  ).toEqual([[], [], [], ['latex: active']])
})

test('deleted and stopped facts, visit diagnoses, scheduled gives and access restrictions have no line', () => {
  const nothing = [[], [], [], []]
  expect(line([allergy, 0], [{ ...allergy, action: 'D' }, 1])).toEqual(nothing)
  expect(line([diagnosis, 0])).toEqual(nothing)
  expect(line([medicine, 0], [{ ...medicine, control: 'DC', medication: null }, 1])).toEqual(
    nothing,
  )
  expect(line([{ ...medicine, kind: 'give' }, 0])).toEqual(nothing)
  expect(
    line([
      { ...unsaid.AlertReported(), alertId: 'A1', code: coded('HIV'), restrictsAccess: true },
      0,
    ]),
  ).toEqual(nothing)
})

test.each([
  ['proposal', 0],
  ['option', 0],
  ['plan', 1],
  ['order', 1],
  [null, 1],
])('a medicine that is a %s has %i lines among those prescribed', (intent, lines) => {
  expect(line([{ ...medicine, control: null, status: 'active', intent }, 0])[2]).toHaveLength(lines)
})

test('an allergy with an unknown status is current', () => {
  expect(line([{ ...allergy, clinicalStatus: '?' }, 0])[0]).toEqual(['penicillin: unknown'])
})
