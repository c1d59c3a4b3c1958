import { expect, test } from 'vitest'
import { decodeEscapes } from './escape.ts'

const usual = { field: '|', component: '^', repetition: '~', escape: '\\', subcomponent: '&' }
const decode = (text: string, characterSet = 'utf-8') => decodeEscapes(text, usual, characterSet)

test.each([
  ['a\\F\\b\\S\\c\\T\\d\\R\\e\\E\\f', 'a|b^c&d~e\\f'],
  ['one\\.br\\two', 'one\ntwo'],
  ['one\\.sp\\two\\.sp2\\three\\.sp+1\\four', 'one\ntwo\n\nthree\nfour'],
  ['a\\.sk3\\b', 'a   b'],
  ['\\H\\loud\\N\\ \\.in+4\\\\.ti-2\\quiet', 'loud quiet'],
  ['one\\X0D0A\\two\\X0D\\three\\X0D\\\\X0A\\four', 'one\ntwo\nthree\nfour'],
  ['caf\\XC3A9\\', 'café'],
  ['\\P\\', '#'],
  ['{\\rtf1 a\\T\\b\\b x\\H\\b0}', '{\\rtf1 a&b\\b x\\H\\b0}'],
  ['{\\E\\rtf1 a\\T\\b}', '{\\rtf1 a&b}'],
  ['one\\X000D\\two', 'one\ntwo'],
  ['one\\X000D000A\\two', 'one\ntwo'],
  ['\\X00410042\\', 'AB'],
  ['\\X0041263A\\', 'A☺'],
  ['\\X41004200\\', 'AB'],
  ['\\X2603\\', '☃'],
  ['a\\X00\\b\\X07\\c', 'abc'],
  ['a\\X0000\\b', 'ab'],
  ['page 1\\X0C\\page 2', 'page 1\npage 2'],
  ['a\x00b\x1bc\td', 'abc\td'],
  ['\\C2842\\Smith\\C2D41\\', 'Smith'],
  ['\\M2442\\;3ED\\C2842\\ Taro', '山田 Taro'],
  ['\\M242943\\x', 'x'],
])('%j means %j', (sent, meant) => expect(decode(sent)).toBe(meant))

test.each([
  '\\Z99\\',
  '\\X0\\',
  '\\XZZ\\',
  '\\.xx\\',
  '\\C28\\',
  '\\Call back\\',
  '\\M24429\\',
  'C:\\temp',
  'a\\',
  '\\',
  '\\\\',
  '\\f\\',
])('%j is not known and stays as sent', (sent) => expect(decode(sent)).toBe(sent))

test('text after an unknown sequence is still decoded', () => {
  expect(decode('C:\\temp\\F\\x')).toBe('C:\\temp|x')
})

test('hexadecimal is in the character set of the message', () => {
  expect(decode('\\XE9\\', 'windows-1252')).toBe('é')
  expect(decode('\\XE9\\', 'utf-8')).toBe('é')
  expect(decode('\\XE900\\', 'utf-16le')).toBe('é')
})

test('a thousand blank lines are limited to a page', () => {
  expect(decode('\\.sp9999\\').length).toBe(100)
})
