import { expect, test } from 'vitest'
import { framesOf } from './split.ts'

const a = 'MSH|^~\\&|A|X|||20260101||ADT^A01|1|P|2.4\rPID|1\r'
const b = 'MSH|^~\\&|A|X|||20260101||ORU^R01|2|P|2.4\rPID|1\r'
const split = (text: string) => framesOf('f', Buffer.from(text, 'latin1'))
const ids = (text: string) =>
  split(text).map((frame) => frame.messages.map((message) => message.controlId))

test('one message is one frame, byte for byte', () => {
  expect(split(a)[0]?.payload.toString()).toBe(a)
  expect(ids(a)).toEqual([['1']])
})

test.each([
  ['LF', '\n'],
  ['CR', '\r'],
  ['CRLF', '\r\n'],
])('two messages with %s line ends are two frames', (_, end) => {
  expect(ids((a + b).replaceAll('\r', end))).toEqual([['1'], ['2']])
})

test('a batch is one frame with its messages', () => {
  const batch = `BHS|^~\\&|A\r${a}${b}BTS|2\r`
  expect(split(batch)[0]?.payload.toString()).toBe(batch)
  expect(ids(batch)).toEqual([['1', '2']])
  expect(split(batch)[0]?.messages[1]?.bytes.toString()).toBe(b)
})

test('frame bytes are removed', () => {
  expect(ids(`\x0b${a}\x1c\r\x0b${b}\x1c\r`)).toEqual([['1'], ['2']])
})

test('content that is not a message is one frame without a control id', () => {
  expect(ids('hello')).toEqual([['']])
})

test('a segment whose text contains MSH does not begin a message', () => {
  expect(ids(`${a}NTE|1||see MSH|9\r`)).toEqual([['1']])
})

test('a batch after a message is a frame of its own', () => {
  expect(ids(`${a}BHS|^~\\&|A\r${b}BTS|1\r`)).toEqual([['1'], ['2']])
})

test('a batch trailer without fields belongs to no message', () => {
  expect(split(`BHS|^~\\&|A\r${a}BTS\r`)[0]?.messages[0]?.bytes.toString()).toBe(a)
})
