import { expect, test } from 'vitest'
import { hl7 } from './said-later.fixture.ts'
import { entriesIn, pid, storedAfter } from './short-form.fixture.ts'

const obr = `OBR|1|P1|F1|CUL^Culture|||202611200800${'|'.repeat(18)}F`
const spm = (nth: number, code: string, text: string, id = '') =>
  `SPM|${nth}|${id}||${code}^${text}`
const obx = (nth: number, value: string, code = 'ORG^Organism') =>
  `OBX|${nth}|ST|${code}||${value}||||||F`
const urine = spm(1, 'UR', 'Urine')
const blood = spm(2, 'BLD', 'Blood')

const sent = (at: string, ...segments: string[]) =>
  hl7('ORU^R01', at, `R${at}`, pid, obr, ...segments)
type Shown = {
  specimen?: { text: string }
  observations: { value?: string }[]
  more?: { specimens?: { type?: { text: string }; containerId?: string }[] }
}
const reports = (...messages: string[]) =>
  entriesIn(storedAfter(...messages), 'report') as unknown as Shown[]
const shown = (...messages: string[]) =>
  reports(...messages)
    .map(({ specimen, observations }) =>
      [specimen?.text ?? '-', ...observations.map(({ value }) => value)].join(' '),
    )
    .toSorted()

const at = '20261120090000'

test('results below two specimens of one order are a report for each', () => {
  expect(shown(sent(at, urine, obx(1, 'E. coli'), blood, obx(2, 'No growth')))).toEqual([
    'Blood No growth',
    'Urine E. coli',
  ])
})

test('results above the specimens are those of the order, of no specimen', () => {
  expect(
    shown(sent(at, obx(1, 'Seen'), urine, obx(2, 'E. coli'), blood, obx(3, 'No growth'))),
  ).toEqual(['- Seen', 'Blood No growth', 'Urine E. coli'])
})

test('an order with one specimen, or results on one side of all, stays whole', () => {
  expect(shown(sent(at, urine, obx(1, 'E. coli'), obx(2, 'Pus', 'MIC^Microscopy')))).toEqual([
    'Urine E. coli Pus',
  ])
  expect(shown(sent(at, obx(1, 'E. coli'), urine, blood))).toEqual(['Urine E. coli'])
})

test('a specimen without results is still listed, and a container stays with its specimen', () => {
  const all = reports(
    sent(at, urine, 'SAC||A1|C1', obx(1, 'E. coli'), spm(2, 'SWB', 'Swab'), blood, 'SAC||A2|C2')
      .trimEnd()
      .concat('\r', obx(2, 'No growth'), '\r'),
  )
  expect(
    all.flatMap(({ more }) =>
      (more?.specimens ?? []).map(({ type, containerId }) => [type?.text, containerId]),
    ),
  ).toEqual(
    expect.arrayContaining([
      ['Urine', 'C1'],
      ['Blood', 'C2'],
      ['Swab', undefined],
    ]),
  )
})

test('a correction of one specimen leaves the result of the other', () => {
  const both = sent(
    at,
    spm(1, 'UR', 'Urine', 'S1'),
    obx(1, 'E. coli'),
    spm(2, 'BLD', 'Blood', 'S2'),
  )
    .trimEnd()
    .concat('\r', obx(2, 'No growth'), '\r')
  const corrected = sent('20261121090000', spm(1, 'BLD', 'Blood', 'S2'), obx(1, 'S. aureus'))
  expect(shown(both, corrected)).toEqual(['Blood S. aureus', 'Urine E. coli'])
})
