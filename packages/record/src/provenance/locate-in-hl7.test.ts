import { expect, test } from 'vitest'
import { locateInHl7 } from './locate-in-hl7.ts'
import { segmentsIn } from './hl7-text.ts'
import { locate } from './locate.ts'
import { messageText } from './message-text.ts'

const lines = [
  'MSH|^~\\&|LAB|X99|||20260701||ORU^R01|1|P|2.5.1',
  'PID|1||A1^^^X99~A2^^^X99',
  'ORC|RE|P1',
  'OBR|1|P1|F1|UE',
  'NTE|1||Of the first.',
  'OBX|1|NM|K||6.8|mmol/L',
  'ORC|RE|P2',
  'OBR|2|P2|F2|FBC',
  'OBX|1|NM|K||6.8|mmol/L',
  'NTE|1||Of the second.',
  'OBX|2|TX|T||one|||||||',
  'OBX|3|TX|T||two\ncontinues',
]
const text = `\uFEFF${lines.join('\r')}\r`
const locator = locateInHl7(segmentsIn(text) ?? [])
const placesOf = (place: string, record: string, said: object, ...path: (string | number)[]) =>
  locate(locator, place, record, said, path)?.pieces.map((piece) => [
    piece.place,
    text.slice(piece.start, piece.end),
  ]) ?? null

test.each(['\r', '\r\n'])('nor does a line end (%j) before text that is no segment', (end) => {
  const sent = [
    'MSH|^~\\&|LAB',
    'OBX|1|TX|T||one',
    '',
    'two, three||||||F',
    '',
    'OBX|2|NM|K||6.8',
    '',
  ].join(end)
  const found = segmentsIn(sent) ?? []
  expect(found.map(({ place }) => place)).toEqual(['MSH[1]', 'OBX[1]', 'OBX[2]'])
  const said = { value: 'one\n\ntwo, three', status: 'final' }
  const pieces = locate(locateInHl7(found), 'OBX[1]', 'Observation', said, ['value'])?.pieces ?? []
  expect(pieces.map((piece) => [piece.place, sent.slice(piece.start, piece.end)])).toEqual([
    ['OBX[1]-5', `one${end}${end}two, three`],
  ])
})

test('a line feed within a field does not end the segment', () => {
  expect(segmentsIn(text)?.map(({ place }) => place)).toEqual([
    'MSH[1]',
    'PID[1]',
    'ORC[1]',
    'OBR[1]',
    'NTE[1]',
    'OBX[1]',
    'ORC[2]',
    'OBR[2]',
    'OBX[2]',
    'NTE[2]',
    'OBX[3]',
    'OBX[4]',
  ])
  expect(segmentsIn('{"resourceType":"Patient"}')).toBeNull()
})

test('the same value twice in a message is found in its own segment', () => {
  expect(placesOf('OBX[2]', 'Observation', { value: '6.8' }, 'value')).toEqual([
    ['OBX[2]-5', '6.8'],
  ])
  expect(placesOf('OBX[9]', 'Observation', { value: '6.8' }, 'value')).toBeNull()
})

test('nearby segments of the group of the fact are searched first', () => {
  expect(placesOf('OBR[1]', 'ResultReported', { notes: ['Of the first.'] }, 'notes', 0)).toEqual([
    ['NTE[1]-3', 'Of the first.'],
  ])
  expect(placesOf('OBX[2]', 'Observation', { notes: ['Of the second.'] }, 'notes', 0)).toEqual([
    ['NTE[2]-3', 'Of the second.'],
  ])
  expect(placesOf('OBR[2]', 'ResultReported', { control: 'RE' }, 'control')).toEqual([
    ['ORC[2]-1', 'RE'],
  ])
})

test('the repetition is the one the record was made from', () => {
  const identifiers = [
    { value: 'A1', authority: 'X99' },
    { value: 'A2', authority: 'X99' },
  ]
  expect(
    placesOf('PID[1]', 'PatientDetailsReported', { identifiers }, 'identifiers', 1, 'authority'),
  ).toEqual([['PID[1]-3[2].4', 'X99']])
})

test('a value of the other segment is never located in the own one', () => {
  const two =
    'MSH|^~\\&|PAS|X99|||20260701||ADT^A24|1|P|2.4\rPID|1||A1^^^X99~N1^^^NHS\rPID|2||A2^^^X99~N1^^^NHS\r'
  const both = locateInHl7(segmentsIn(two) ?? [])
  const said = {
    identifiers: [{ value: 'N1', authority: 'NHS' }],
    otherIdentifiers: [{ value: 'N1', authority: 'NHS' }],
  }
  const of = (place: string, list: string) =>
    locate(both, place, 'PatientsLinked', said, [list, 0, 'value'])?.pieces.map(
      (piece) => piece.place,
    )
  expect([of('PID[1]', 'identifiers'), of('PID[1]', 'otherIdentifiers')]).toEqual([
    ['PID[1]-3[2].1'],
    ['PID[2]-3[2].1'],
  ])
  expect([of('PID[2]', 'identifiers'), of('PID[2]', 'otherIdentifiers')]).toEqual([
    ['PID[2]-3[2].1'],
    ['PID[1]-3[2].1'],
  ])
})

test('a text that spans segments is located in all of them', () => {
  expect(placesOf('OBX[3]', 'Observation', { value: 'one\ntwo\ncontinues' }, 'value')).toEqual([
    ['OBX[3]-5', 'one'],
    ['OBX[4]-5', 'two\ncontinues'],
  ])
})

test('a value that is not in the message has no place', () => {
  expect(placesOf('OBX[1]', 'Observation', { value: '7.0' }, 'value')).toBeNull()
  expect(placesOf('OBX[1]', 'Observation', { unknown: 'K' }, 'unknown')).toBeNull()
})

test.each([
  ['utf-8', Buffer.from('\uFEFFé6.8')],
  ['windows-1252', Buffer.from('é6.8', 'latin1')],
  ['utf-16le', Buffer.from('\uFEFFé6.8', 'utf16le')],
])('positions in %s are positions in the bytes', (characterSet, bytes) => {
  const { text: decoded, byteAt } = messageText(bytes, characterSet)
  const at = decoded.indexOf('6.8')
  expect(messageText(bytes.subarray(byteAt(at), byteAt(at + 3)), characterSet).text).toBe('6.8')
})

test('text converted from RTF is located at the RTF it was made from', () => {
  const sent = ['MSH|^~\\&|LAB', 'OBX|1|TX|T||{\\rtf1\\ansi \\b Benign\\b0\\par }', ''].join('\r')
  const read = (value: string) =>
    locate(locateInHl7(segmentsIn(sent) ?? []), 'OBX[1]', 'Observation', { value }, ['value'])
  expect(read('Benign')).toMatchObject({
    pieces: [{ place: 'OBX[1]-5' }],
    derived: 'Converted from RTF.',
  })
})
