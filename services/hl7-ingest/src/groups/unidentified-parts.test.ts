import { expect, test } from 'vitest'
import { given, msh, problemOf, pv1 } from '../normalise/normalise.fixture.ts'
import { leftOut, marksIn, nobody, one, part, two } from './identified-patients.fixture.ts'

const results = (mark: string) => part('ORU^R01', mark)

test.each([
  ['no number', ''],
  ['a number of an organisation that the source does not list', '7^^^OTHER^MR'],
  ['an NHS number that is not valid', '9991001019^^^NHS^NH'],
  ['two NHS numbers', '2^^^X99^MR~9991001018^^^NHS^NH~9992002018^^^NHS^NH'],
])('a part whose PID has %s is left out', (_, ids) => {
  const second = nobody.replace('PID|2||', `PID|2||${ids}`)
  const content = `${msh('ORU^R01')}${one}${results('AAA')}${second}${results('ZZZ')}`
  expect(given(content)).toMatchObject({ problem: leftOut, patientKeys: ['X99|1'] })
  expect([marksIn(content, 'AAA'), marksIn(content, 'ZZZ')]).toEqual([true, false])
})

test('of three patients the two that are identified have their results', () => {
  const third = two.replace('PID|2||2', 'PID|3||3')
  const content =
    `${msh('ORU^R01')}${one}${results('AAA')}${nobody}${results('ZZZ')}` +
    `${third}${results('CCC')}`
  const { problem, patientKeys, events } = given(content)
  expect([problem, patientKeys]).toEqual([leftOut, ['X99|1', 'X99|3']])
  expect(JSON.stringify(events)).not.toContain('ZZZ')
})

test('a note and a segment nobody knows, below the patient without a number, are with nobody', () => {
  const { events, unused } = given(
    `${msh('ORU^R01')}${one}${results('AAA')}${nobody}NTE|1||Positive ZZZ\rZZ9|1|ZZZ\r` +
      `OBR|1||F2|UE\rNTE|1||Note ZZZ\rOBX|1|NM|K||4\rNTE|1||Below ZZZ\r`,
  )
  expect(JSON.stringify(events)).not.toContain('ZZZ')
  expect(events.flatMap(({ notShown }) => notShown ?? [])).toEqual([])
  expect(unused).toEqual(expect.arrayContaining(['NTE-3', 'ZZ9-2', 'OBX-5']))
})

test.each([
  ['ORU^R01', (mark: string) => `ORC|RE||${mark}\r`, results('')],
  ['OUL^R22', (mark: string) => `SPM|1|${mark}||BLD\r`, results('')],
  ['RDE^O11', (mark: string) => `ORC|NW|${mark}\r`, 'RXE||AMX^Amoxicillin|1||mg\r'],
])('%s: where the order stands above its patient, two patients park the message', (...given) => {
  const [type, above, own] = given
  const of = (second: string) =>
    problemOf(`${msh(type)}${above('AAA')}${one}${own}${above('ZZZ')}${second}${own}`)
  expect(of(two)).toBe('SEVERAL_PATIENTS PID[2]')
  expect(of(nobody)).toBe('SEVERAL_PATIENTS PID[2]')
})

test.each([
  [`${msh('ADT^A17')}${one}${pv1}${nobody}${pv1}`, 'MISSING_FIELD PID[2]-3'],
  [`${msh('ADT^A24')}${one}${nobody}`, 'MISSING_FIELD PID[2]-3'],
  [`${msh('ADT^A37')}${one}${nobody}`, 'MISSING_FIELD PID[2]-3'],
  ...['A18', 'A36', 'A40', 'A43', 'A47'].map((trigger): [string, string] => [
    `${msh(`ADT^${trigger}`)}${one}MRG|7^^^X99^MR||8\r${nobody}MRG|9^^^X99^MR||8\r`,
    'MISSING_FIELD PID[2]-3',
  ]),
])('a message that needs all its patients is parked: %#', (content, problem) => {
  expect(problemOf(content)).toBe(problem)
})
