import { expect, test } from 'vitest'
import { given, msh, problemOf, pv1 } from '../normalise/normalise.fixture.ts'

const one = 'PID|1||1^^^X99^MR||FIRST^A||20190412|F\r'
const nobody = 'PID|2||||SECOND^B||20180203|M\r'
const two = 'PID|2||2^^^X99^MR||SECOND^B||20180203|M\r'
const leftOut = { code: 'USED_IN_PART', place: 'PID[2]-3' }

/** Segments of a type, with marks by which the test tells whose they are. */
const below: Record<string, (mark: string) => string> = {
  'ORU^R01': (mark) => `OBR|1||${mark}|UE\rOBX|1|NM|K||4|${mark}\r`,
  'OUL^R21': (mark) => `OBR|1||${mark}|UE\rOBX|1|NM|K||4|${mark}\r`,
  'OUL^R22': (mark) => `SPM|1|${mark}||BLD\rOBR|1||${mark}|UE\rOBX|1|NM|K||4|${mark}\r`,
  'OUL^R23': (mark) => `SPM|1|${mark}||BLD\rSAC|||${mark}\rOBR|1||${mark}|UE\rOBX|1|NM|K||4\r`,
  'OUL^R24': (mark) => `OBR|1||${mark}|UE\rSPM|1|${mark}||BLD\rOBX|1|NM|K||4|${mark}\r`,
  'ORM^O01': (mark) => `ORC|NW|${mark}\rOBR|1|${mark}||UE\r`,
  'OML^O21': (mark) => `ORC|NW|${mark}\rOBR|1|${mark}||UE\r`,
  'OML^O33': (mark) => `SPM|1|${mark}||BLD\rORC|NW|${mark}\rOBR|1|${mark}||UE\r`,
  'RDE^O11': (mark) => `ORC|NW|${mark}\rRXE||AMX^Amoxicillin|1||${mark}\r`,
  'RDS^O13': (mark) => `ORC|RE|${mark}\rRXD|1|AMX^Amoxicillin|20260701|1|${mark}\r`,
  'ORR^O02': (mark) => `ORC|OK|${mark}\r`,
  'VXU^V04': (mark) => `ORC|RE||${mark}\rRXA|0|1|20260701||08^HepB^CVX|1|${mark}\r`,
  'MDM^T02': (mark) => `TXA|1|DS|TX|||||||||${mark}\rOBX|1|TX|N||${mark}\r`,
  'PPR^PC1': (mark) => `PRB|AD|20260701|J45^Asthma|${mark}\r`,
  'ADT^A08': (mark) => `${pv1.replace('V1', mark)}AL1|1|DA|PEN^${mark}\r`,
  'ADT^A60': (mark) => `IAM|1|DA|PEN^${mark}||||${mark}\r`,
  'BAR^P01': (mark) => `DG1|1||J45^${mark}^I10||20260701|F\r`,
  'DFT^P03': (mark) => `DG1|1||J45^${mark}^I10||20260701|F\r`,
}
const types = Object.keys(below)
const part = (type: string, mark: string) => (below[type] as (mark: string) => string)(mark)
const marksIn = (content: string, mark: string) =>
  JSON.stringify(given(content).events).includes(mark)

test.each(types)('%s: a second patient without a number costs the first nothing', (type) => {
  const first = `${msh(type)}${one}${part(type, 'AAA')}`
  const alone = given(first)
  const { problem, events, unused, patientKeys } = given(`${first}${nobody}${part(type, 'ZZZ')}`)
  expect(problem).toEqual(leftOut)
  expect(patientKeys).toEqual(['X99|1'])
  const saidBy = (all: typeof events) => all.map(({ body, place }) => [place, body])
  expect(saidBy(events)).toEqual(saidBy(alone.events))
  expect(JSON.stringify(events)).toContain('AAA')
  expect(JSON.stringify(events)).not.toMatch(/ZZZ|SECOND/)
  expect(unused).toContain('PID-5')
  expect(events.flatMap(({ notShown }) => notShown ?? [])).toEqual(
    alone.events.flatMap(({ notShown }) => notShown ?? []),
  )
})

test.each(types)('%s: every field below the patient without a number is listed', (type) => {
  const sent = part(type, 'ZZZ')
  const { unused } = given(`${msh(type)}${one}${nobody}${sent}`)
  for (const line of sent.trimEnd().split('\r')) {
    const [name, ...fields] = line.split('|')
    const at = fields.findIndex((value) => value === 'ZZZ' || value.includes('^ZZZ'))
    if (at !== -1) expect(unused).toContain(`${name}-${at + 1}`)
  }
})

test.each(types)(
  '%s: the first patient again below one without a number is one patient',
  (type) => {
    const content =
      `${msh(type)}${one}${part(type, 'AAA')}${nobody}${part(type, 'ZZZ')}` +
      `${one.replace('PID|1', 'PID|3')}`
    const { problem, patientKeys } = given(content)
    expect([problem?.code, patientKeys]).toEqual(['USED_IN_PART', ['X99|1']])
    expect(marksIn(content, 'AAA')).toBe(true)
    expect(marksIn(content, 'ZZZ')).toBe(false)
  },
)

test.each(types)('%s: if nobody is identified the message is parked', (type) => {
  const none = nobody.replace('PID|2', 'PID|1')
  expect(problemOf(`${msh(type)}${none}${part(type, 'AAA')}${nobody}${part(type, 'ZZZ')}`)).toBe(
    'MISSING_FIELD PID-3',
  )
})

const each = types.filter((type) => /^(ORU|OUL|BAR|DFT)/.test(type))

test.each(each)('%s: what stands below each patient is of that patient', (type) => {
  const content = `${msh(type)}${one}${part(type, 'AAA')}${two}${part(type, 'ZZZ')}`
  const { problem, events } = given(content)
  expect(problem).toBeNull()
  const of = (key: string) =>
    JSON.stringify(events.filter(({ patientKey }) => patientKey === key).map(({ body }) => body))
  expect(of('X99|1')).toContain('AAA')
  expect(of('X99|1')).not.toMatch(/ZZZ|SECOND/)
  expect(of('X99|2')).toContain('ZZZ')
  expect(of('X99|2')).not.toMatch(/AAA|FIRST/)
})

test.each(each)('%s: a first patient without a number costs the second nothing', (type) => {
  const content = `${msh(type)}${nobody}${part(type, 'ZZZ')}${one}${part(type, 'AAA')}`
  expect(given(content)).toMatchObject({
    problem: { code: 'USED_IN_PART', place: 'PID-3' },
    patientKeys: ['X99|1'],
  })
  expect([marksIn(content, 'AAA'), marksIn(content, 'ZZZ')]).toEqual([true, false])
})

test.each(types.filter((type) => !each.includes(type)))(
  '%s: two patients, or a first one without a number, park a message about one',
  (type) => {
    const [first, second] = [part(type, 'AAA'), part(type, 'ZZZ')]
    expect(problemOf(`${msh(type)}${one}${first}${two}${second}`)).toBe('SEVERAL_PATIENTS PID[2]')
    expect(problemOf(`${msh(type)}${nobody}${second}${one}${first}`)).toBe('MISSING_FIELD PID-3')
  },
)

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
