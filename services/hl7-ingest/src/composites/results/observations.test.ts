import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import type { Context } from '../../normalise/mapping.ts'
import { type Hl7Message, parse } from '@tideway/hl7v2/lexer/message'
import { readObservations } from './observations.ts'
import { resultGroups } from '../../groups/result-groups.ts'

const context: Context = {
  source: { hl7: { timeZone: 'Europe/London' } } as Source,
  messageId: 'm1',
  production: false,
  fixes: [],
  times: new Map(),
}
const read = (...segments: string[]) => {
  const message = parse(['MSH|^~\\&', 'OBR|1', ...segments].join('\r'), 'utf-8') as Hl7Message
  return readObservations(
    resultGroups(message).flatMap((group) => group.observations),
    context,
  ).map(({ observation }) => observation)
}
const values = (...segments: string[]) => read(...segments).map(({ value }) => value)

test('text over many OBX is one observation, with its blank lines', () => {
  const [report, ...others] = read(
    'OBX|1|TX|T||one||||||P',
    'OBX|2|TX|T||||||||P',
    'OBX|3|TX|T||three~four||||||P',
  )
  expect(report).toMatchObject({
    key: 'T||1',
    value: 'one\n\nthree\nfour',
    status: 'preliminary',
    statusAsSent: 'P',
    statusSystem: 'HL70085',
    place: 'OBX[1]',
  })
  expect(others).toEqual([])
})

test('lines may be numbered in the sub-identifier', () => {
  expect(values('OBX|1|FT|T|1|one', 'OBX|2|FT|T|2|two', 'OBX|3|FT|T|3|three')).toEqual([
    'one\ntwo\nthree',
  ])
  expect(values('OBX|1|FT|T|1|one', 'OBX|2|FT|T|3|three')).toEqual(['one', 'three'])
})

test.each([
  ['another code', 'OBX|1|TX|T||a', 'OBX|2|TX|U||b'],
  ['another type', 'OBX|1|TX|T||a', 'OBX|2|FT|T||b'],
  ['no text', 'OBX|1|NM|T||1', 'OBX|2|NM|T||2'],
  ['another status', 'OBX|1|TX|T||a||||||F', 'OBX|2|TX|T||b||||||D'],
  ['another time', 'OBX|1|ST|T||a|||||||||202607010900', 'OBX|2|ST|T||b|||||||||202607011000'],
  ['short values, numbered', 'OBX|1|ST|ORG|1|E. coli', 'OBX|2|ST|ORG|2|S. aureus'],
  ['a flag', 'OBX|1|ST|T||5.1|mmol/L|4-6|N|||F', 'OBX|2|ST|T||21.4|mmol/L|4-6|HH|||F'],
  ['equal flags of ST', 'OBX|1|ST|T||POS|||A|||F', 'OBX|2|ST|T||POS|||A|||F'],
  ['a flag on the second of ST', 'OBX|1|ST|T||NEG||||||F', 'OBX|2|ST|T||POS|||A|||F'],
  ['a range', 'OBX|1|ST|T||5.1||4-6||||F', 'OBX|2|ST|T||5.2||4-6||||F'],
  ['another flag of TX', 'OBX|1|TX|T||low|||L|||F', 'OBX|2|TX|T||high|||H|||F'],
  ['another unit of TX', 'OBX|1|TX|T||5|g||||F', 'OBX|2|TX|T||5|mg||||F'],
  ['a number each', 'OBX|1|ST|T||5.1||||||F', 'OBX|2|ST|T||>21.4||||||F'],
  ['a number each in TX', 'OBX|1|TX|T||5.1||||||F', 'OBX|2|TX|T||21.4||||||F'],
  ['titres', 'OBX|1|ST|T||1:8||||||F', 'OBX|2|ST|T||1:128||||||F'],
  ['numbered numbers in TX', 'OBX|1|TX|T|1|5.1||||||F', 'OBX|2|TX|T|2|21.4||||||F'],
  ['another method', 'OBX|1|ST|T||a||||||F||||||M1', 'OBX|2|ST|T||b||||||F||||||M2'],
  ['another site', 'OBX|1|ST|T||a||||||F|||||||||ARM', 'OBX|2|ST|T||b||||||F|||||||||LEG'],
])('%s is another observation', (_, one, two) => expect(read(one, two).length).toBe(2))

test('a comment ends a text, and belongs to the line before it', () => {
  const [one, two] = read('OBX|1|TX|T||a', 'NTE|1||checked~twice', 'OBX|2|TX|T||b')
  expect(one).toMatchObject({ key: 'T||1', value: 'a', notes: ['checked\ntwice'] })
  expect(two).toMatchObject({ key: 'T||2', value: 'b', notes: [] })
})

test.each([
  ['with a number among them', ['Glucose:', '5.1', '21.4'], 'ST'],
  ['each flagged alike', ['Abnormal', 'film'], 'TX', '|||A'],
  ['with a number first', ['3', 'polyps'], 'TX'],
])('lines of a text %s are one text', (_, lines, type, flags = '') => {
  const read = lines.map((line, index) => `OBX|${index + 1}|${type}|T||${line}${flags}`)
  expect(values(...read)).toEqual([lines.join('\n')])
})

test('several blank lines are a text of blank lines, a single one is no text', () => {
  expect(values('OBX|1|TX|T||')).toEqual([null])
  expect(values('OBX|1|TX|T||', 'OBX|2|TX|T||end')).toEqual(['\nend'])
})

test('the place counts OBX in the whole message, the key within the report', () => {
  const message = parse(
    'MSH|^~\\&\rOBR|1\rOBX|1|NM|K||4\rOBR|2\rOBX|1|NM|K||5\rOBX|2|NM|K|a|6',
    'utf-8',
  ) as Hl7Message
  const second = resultGroups(message)[1]?.observations ?? []
  expect(
    readObservations(second, context).map(({ observation: { key, place } }) => [key, place]),
  ).toEqual([
    ['K||1', 'OBX[2]'],
    ['K|a|1', 'OBX[3]'],
  ])
})

test('the performer is OBX-15, else the organisation of OBX-23', () => {
  const [one, two] = read(
    `OBX|1|NM|K||4${'|'.repeat(10)}LAB^Main lab`,
    `OBX|2|NM|K||4${'|'.repeat(18)}Main lab^L^^^^^^^^X99`,
  )
  expect([one?.producer, two?.producer]).toMatchObject([
    { code: 'LAB', text: 'Main lab' },
    { code: 'X99', text: 'Main lab' },
  ])
})

test('participants are reported beside the observer, and each note keeps its author and time', () => {
  const [first] = read(
    'OBX|1|NM|K||4',
    'PRT||AD||PO^Lab|C1^RAO|||MAIN LAB|BAY^2',
    'NTE|1||one',
    'NTE|2||two||C2^LEE|202607010900',
  )
  expect(first).toMatchObject({
    performers: [{ identifier: 'C1' }],
    participants: [
      {
        practitioner: { identifier: 'C1' },
        role: { code: 'PO' },
        organisation: { name: 'MAIN LAB' },
        location: { room: '2' },
      },
    ],
    notes: ['one', 'two'],
    noteDetails: [
      { text: 'two', enteredBy: { identifier: 'C2' }, enteredAt: '2026-07-01T09:00+01:00' },
    ],
  })
})

test('a note after the last line of a text belongs to the text, and keeps its author', () => {
  expect(read('OBX|1|TX|T||one', 'OBX|2|TX|T||two', 'NTE|1||seen||C2')[0]).toMatchObject({
    value: 'one\ntwo',
    notes: ['seen'],
    noteDetails: [{ text: 'seen', enteredBy: { identifier: 'C2' } }],
  })
})
