import { expect, test } from 'vitest'
import { oru } from './report-messages.fixture.ts'
import { recordAfter, valuesOf } from './report-version.fixture.ts'

const obr = (service: string, status: string, more = '') =>
  `OBR|1|P1|F1|${service}|||20260901090000|||||||||||||||20260901095500||CH|${status}${more}`

const ce = (set: number, sub: string, code: string, name: string, status: string) =>
  `OBX|${set}|CE|ORG^Organism|${sub}|${code}^${name}||||||${status}`
const culture = (time: string, status: string, ...obx: string[]) =>
  oru(time, obr('BC^Blood culture', status), ...obx)
const preliminary = culture(
  '0110',
  'P',
  ce(1, '1', 'CNS', 'Coagulase negative staphylococcus', 'P'),
  'OBX|2|TX|GRAM^Gram stain||Gram positive cocci|||AA|||P',
)

test('a final report that leaves out preliminary results: they are marked as not confirmed', () => {
  const { reports, lines } = recordAfter([
    preliminary,
    culture('0310', 'F', ce(1, '2', 'EC', 'Escherichia coli', 'F')),
  ])
  expect(valuesOf({ reports })).toEqual([
    ['ORG', 'Coagulase negative staphylococcus', 'preliminary', 'not-confirmed'],
    ['GRAM', 'Gram positive cocci', 'preliminary', 'not-confirmed'],
    ['ORG', 'Escherichia coli', 'final'],
  ])
  expect(lines).toMatchObject([{ status: 'final', abnormal: [], notCurrent: 2 }])
})

test('a preliminary organism replaced under its sub-identifier by the final one', () => {
  const { reports } = recordAfter([
    preliminary,
    culture('0310', 'F', ce(1, '1', 'EC', 'Escherichia coli', 'F')),
  ])
  expect(valuesOf({ reports })).toEqual([
    ['ORG', 'Escherichia coli', 'final'],
    ['GRAM', 'Gram positive cocci', 'preliminary', 'not-confirmed'],
  ])
})

test('preliminary results stand, and are on the summary, until a final report omits them', () => {
  const second = culture('0210', 'P', ce(1, '2', 'EC', 'Escherichia coli', 'P'))
  const { lines, ...record } = recordAfter([preliminary, second])
  expect(valuesOf(record).every((value) => value.length === 3)).toBe(true)
  expect(lines).toMatchObject([{ abnormal: [{ flag: 'AA' }] }])
  expect(lines[0]?.notCurrent).toBeNull()
})

test('U in the final report confirms the preliminary value without repeating it', () => {
  const final = culture('0310', 'F', 'OBX|1|TX|GRAM^Gram stain||||||||U')
  expect(valuesOf(recordAfter([preliminary, final]))).toEqual([
    ['ORG', 'Coagulase negative staphylococcus', 'preliminary', 'not-confirmed'],
    ['GRAM', 'Gram positive cocci', 'final'],
  ])
})

test('a text that is preliminary, then final under its code, is one text; under another code it is not confirmed', () => {
  const text = (time: string, status: string, code: string, line: string) =>
    oru(time, obr('CT^CT', status), `OBX|1|TX|${code}^CT||${line}||||||${status}`)
  const said = text('0110', 'P', 'CT&IMP', 'Possible mass.')
  const same = recordAfter([said, text('0210', 'F', 'CT&IMP', 'No mass.')])
  expect(valuesOf(same)).toEqual([['CT&IMP', 'No mass.', 'final']])
  expect(same.reports[0]?.conclusion).toBe('No mass.')
  const other = recordAfter([said, text('0210', 'F', 'CT&GDT', 'No mass.')])
  expect(valuesOf(other)).toEqual([
    ['CT&IMP', 'Possible mass.', 'preliminary', 'not-confirmed'],
    ['CT&GDT', 'No mass.', 'final'],
  ])
  expect(other.reports[0]).not.toHaveProperty('conclusion')
})

test('a conclusion whose text was withdrawn is not shown', () => {
  const obx = (status: string) => `OBX|1|TX|CT&IMP^CT||Carcinoma of the lung.||||||${status}`
  const { reports } = recordAfter([
    oru('0110', obr('CT^CT', 'F'), obx('F')),
    oru('0210', obr('CT^CT', 'C'), obx('D')),
  ])
  expect(JSON.stringify(reports)).not.toContain('Carcinoma')
})

test('sensitivities of one isolate that are final say nothing of the organism or of another isolate', () => {
  const child = (status: string, sub: string, value: string) =>
    `OBR|1|P1|F1|SENS^Sensitivities|||20260901090000|||||||||||||||||MB|${status}|ORG^${sub}\rOBX|1|ST|AMX^Amoxicillin||${value}||||||${status}`
  const { reports } = recordAfter([
    `${preliminary}${child('P', '1', 'R')}\r${child('P', '2', 'I')}\r`,
    oru('0210', child('F', '2', 'S')),
  ])
  expect(valuesOf({ reports }).toSorted()).toEqual([
    ['AMX', 'R', 'preliminary'],
    ['AMX', 'S', 'final'],
    ['GRAM', 'Gram positive cocci', 'preliminary'],
    ['ORG', 'Coagulase negative staphylococcus', 'preliminary'],
  ])
})

test('a second specimen that is cancelled or final says nothing of the first', () => {
  const specimen = (id: string, status: string, value: string) =>
    `${obr('HIST^Histology', status)}\rOBX|1|TX|DX^Diagnosis||${value}||||||${status === 'X' ? 'F' : status}\rSPM|1|${id}^${id}||TISS`
  const both = oru('0110', specimen('A', 'P', 'Benign'), specimen('B', 'P', 'Malignant'))
  for (const status of ['F', 'X']) {
    const values = valuesOf(recordAfter([both, oru('0210', specimen('B', status, 'Malignant'))]))
    expect(values).toContainEqual(['DX', 'Benign', 'preliminary'])
    expect(values).toContainEqual(
      status === 'F' ? ['DX', 'Malignant', 'final'] : ['DX', null, 'cancelled'],
    )
  }
})

const pdf = Buffer.from('%PDF-1.4 result').toString('base64')
const withDocument = (time: string, status: string, code = 'PDF') =>
  oru(
    time,
    obr('CT^CT', status),
    `OBX|1|ED|${code}^Report||^application^pdf^Base64^${pdf}||||||${status}`,
  )

test('a document embedded in a report that is cancelled, or not confirmed, stands as the report does', () => {
  const cancelled = recordAfter([withDocument('0110', 'F'), oru('0210', obr('CT^CT', 'X'))])
  expect(cancelled.documents).toMatchObject([{ status: 'cancelled' }])
  expect(cancelled.documents[0]).not.toHaveProperty('attachment')
  const { documents } = recordAfter([withDocument('0110', 'P'), withDocument('0210', 'F', 'PDF2')])
  expect(new Map(documents.map(({ status, notCurrent }) => [status, notCurrent]))).toEqual(
    new Map([
      ['preliminary', 'not-confirmed'],
      ['final', undefined],
    ]),
  )
})
