import { headerOf, readMessage } from '@tideway/hl7v2/lexer/header'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import { expect, test } from 'vitest'
import { expectedOf } from './expected.ts'
import { malformation } from './well-formed.ts'

const why = (
  lines: string,
  type: string,
  keys = ['X99|1'],
  problem: Parameters<typeof malformation>[4] = null,
) => {
  const message = readMessage(Buffer.from(lines.replaceAll('\n', '\r')), 'utf-8') as Hl7Message
  return malformation(message, headerOf(message), expectedOf(type), keys, problem)
}
const msh = 'MSH|^~\\&|A|X99|||2026||ADT^A01|1|P|2.4'
const invalid = (place: string) => ({ code: 'INVALID_FIELD', place })

test.each([
  ['all there', `${msh}\nPID|1||1\nPV1|1|I`, null],
  ['no visit', `${msh}\nPID|1||1`, 'no PV1'],
  ['no control id', 'MSH|^~\\&|A|X99|||2026||ADT^A01||P|2.4\nPID|1||1\nPV1|1|I', 'no MSH-10'],
  ['no type', 'MSH|^~\\&|A|X99|||2026|||1|P|2.4\nPID|1||1', 'no MSH-9'],
])('%s', (_, lines, expected) => expect(why(lines, 'ADT^A01')).toBe(expected))

test('a message without a patient is not well-formed', () => {
  expect(why(`${msh}\nPID|1\nPV1|1|I`, 'ADT^A01', [])).toContain('patient identifier')
})

test("an invalid birth date is the sender's fault; a valid one that parks the message is ours", () => {
  const with_ = (date: string) =>
    why(`${msh}\nPID|1||1||||${date}\nPV1|1|I`, 'ADT^A01', ['X99|1'], invalid('PID-7'))
  expect(with_('19800230')).toBe('no timestamp in PID-7')
  expect(with_('19800228')).toBeNull()
})

test('one of several fields is enough', () => {
  expect(why(`${msh}\nPID|1||1\nMRG|||5`, 'ADT^A40')).toBeNull()
  expect(why(`${msh}\nPID|1||1\nMRG|`, 'ADT^A40')).toContain('MRG-1')
})

test('types outside the table have no requirement', () => {
  expect([expectedOf('ACK'), expectedOf('ZZZ^Z01'), expectedOf(null)]).toEqual([null, null, null])
  expect(expectedOf('MFN^M02')?.fate).toBe('kept')
})
