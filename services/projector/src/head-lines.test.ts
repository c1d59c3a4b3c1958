import type { Entry } from '@tideway/schemas/documents/entry'
import { expect, test } from 'vitest'
import { evolveEntry } from './entries/entry.ts'
import { newHead } from './head.ts'
import { withLines } from './head-lines.ts'
import { at, coded, event, observation, patient, result, visit, ward } from './histories.fixture.ts'

const entryOf = (...told: Parameters<typeof event>[]): Entry => told.reduce<Entry | null>((before, each) => evolveEntry(before, event(...each)), null) as Entry

test('out-patient visits that nobody closed never hide the stay that goes on', () => {
  const stay = entryOf([visit('PatientAdmitted', at(0), { location: ward('PICU'), patientClass: 'INPATIENT' }, 'STAY'), 0])
  const visits = Array.from({ length: 30 }, (_, index) => entryOf([visit('PatientAdmitted', at(index + 10), { patientClass: 'OUTPATIENT' }, `V${index}`), index + 1]))
  const { encounters } = withLines(withLines(newHead(patient), [stay]).head, visits).head
  expect(encounters).toHaveLength(12)
  expect(encounters[0]).toMatchObject({ encounterId: 'STAY', location: { pointOfCare: 'PICU' } })
})

test('a stay whose place is known is before stays whose place is not, and before newer visits', () => {
  const of = (id: string, minute: number, said: Parameters<typeof visit>[2]) => entryOf([visit('PatientAdmitted', at(minute), said, id), minute])
  const entries = [of('VISIT', 30, { patientClass: 'OUTPATIENT', location: ward('CLINIC') }), of('SOMEWHERE', 20, { patientClass: 'INPATIENT' }), of('WARD', 10, { patientClass: 'EMERGENCY', location: ward('ED') })]
  expect(withLines(newHead(patient), entries).head.encounters.map(({ encounterId }) => encounterId)).toEqual(['WARD', 'SOMEWHERE', 'VISIT'])
})

test('an encounter that is over has no line', () => {
  const closed = entryOf([visit('PatientAdmitted', at(0)), 0], [visit('PatientDischarged', at(5)), 1])
  expect(withLines(newHead(patient), [closed]).head.encounters).toEqual([])
})

test('a report shows what is abnormal, critical first, and never a value that was withdrawn', () => {
  const observations = [
    observation('F', '3.0', { key: 'A', flags: ['L'], place: 'OBX[1]' }),
    observation('F', '7.1', { key: 'B', flags: ['HH'], place: 'OBX[2]' }),
    observation('W', '9.9', { key: 'C', flags: ['HH'], place: 'OBX[3]' }),
    observation('F', '4.0', { key: 'D', flags: ['N'], place: 'OBX[4]' }),
  ]
  const report = entryOf([result(observations, { status: 'F', collectedAt: at(3), service: coded('UE', 'Urea and electrolytes') }), 0])
  expect(withLines(newHead(patient), [report]).head.latestReports).toEqual([
    {
      entry: report._id,
      sortAt: report.sortAt,
      name: 'Urea and electrolytes',
      at: at(3),
      status: 'final',
      abnormal: [
        { name: 'Potassium', value: '7.1', unit: 'mmol/L', flag: 'HH' },
        { name: 'Potassium', value: '3.0', unit: 'mmol/L', flag: 'L' },
      ],
    },
  ])
})
