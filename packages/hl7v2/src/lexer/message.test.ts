import { componentsOf, decoded, raw, repetitions, text } from './fields.ts'
import { expect, test } from 'vitest'
import { fieldPlace, type Hl7Message, parse, placeOf, type Segment, segmentOf } from './message.ts'
import { unusedFields } from './unused-fields.ts'

const read = (content: string): Hl7Message => parse(content, 'utf-8') as Hl7Message
const first = (message: Hl7Message, name: string): Segment => segmentOf(message, name) as Segment

test.each([
  ['CR', '\r'],
  ['LF', '\n'],
  ['CRLF', '\r\n'],
])('segments end with %s, blank lines are skipped', (_, end) => {
  const message = read(['MSH|^~\\&|A', '', 'PID|1|2', 'OBX|1', 'OBX|2', ''].join(end))
  expect(message.segments.map(placeOf)).toEqual(['MSH[1]', 'PID[1]', 'OBX[1]', 'OBX[2]'])
})

test('a lone LF in a message of CR is a line break inside a field, unless a segment starts after it', () => {
  const message = read('MSH|^~\\&|A\rNTE|1||one\ntwo\nPID|1\rOBX|2\r\n')
  expect(message.segments.map((segment) => segment.name)).toEqual(['MSH', 'NTE', 'PID', 'OBX'])
  expect(text(first(message, 'NTE'), 3)).toBe('one\ntwo')
})

test.each(['\n', '\n\n', '\r\n\n', '\n\r\n'])(
  'trailing line breaks of a segment are not part of its last value: %j',
  (end) => {
    const message = read(`MSH|^~\\&|A\rNTE|1||one${end}\rPID|1||2${end}`)
    expect(['NTE', 'PID'].map((name) => text(first(message, name), 3))).toEqual(['one', '2'])
  },
)

test('many line breaks inside a field are as fast as other text', () => {
  const inside = `a${'\n'.repeat(500_000)}b`
  const started = performance.now()
  expect(text(first(read(`MSH|^~\\&|A\rNTE|1||${inside}\n\r`), 'NTE'), 3)).toBe(inside)
  expect(performance.now() - started).toBeLessThan(5_000)
})

test('a header quoted in a text is not an envelope: its fields are listed', () => {
  expect(unusedFields(read('MSH|^~\\&|A\rNTE|1\nMSH|^~\\&|LIMS'))).toEqual([
    'MSH-1',
    'MSH-2',
    'MSH-3',
  ])
})

test('spaces alone are not a value and not listed; trailing spaces are removed', () => {
  const message = read('MSH|^~\\&|A\rPID|1| |  in ||  ^ |SMITH ^JOHN')
  const pid = first(message, 'PID')
  expect([2, 3].map((field) => text(pid, field))).toEqual([null, '  in'])
  expect(
    componentsOf(message, repetitions(pid, 6)[0] ?? '').map((part) => decoded(message, part)),
  ).toEqual(['SMITH', 'JOHN'])
  expect(text(pid, 5)).toBeNull()
  expect(unusedFields(message)).toEqual([])
})

test('MSH-1 is the separator itself, so that fields count as in the standard', () => {
  const message = read('MSH|^~\\&|PAS^1|X99')
  expect([1, 2, 3, 4].map((field) => raw(first(message, 'MSH'), field))).toEqual([
    '|',
    '^~\\&',
    'PAS^1',
    'X99',
  ])
})

test('separators come from MSH-1 and MSH-2', () => {
  const message = read('MSH$!*/%$PAS\rPID$1$$7!a%b*8$x/S/y')
  const pid = first(message, 'PID')
  expect(repetitions(pid, 3)).toEqual(['7!a%b', '8'])
  expect(componentsOf(message, '7!a%b')).toEqual(['7', 'a%b'])
  expect(text(pid, 4)).toBe('x!y')
})

test('a separator missing from MSH-2 does not separate', () => {
  const message = read('MSH|^\rPID|1||a~b\\F\\&c')
  expect(text(first(message, 'PID'), 3)).toBe('a~b\\F\\&c')
})

test.each(['', 'MS', 'MSH', 'MSHA^~\\&', 'PID|1', 'FHS|^~\\&|', '\u0000'])(
  '%j is not a message',
  (content) => {
    expect(parse(content, 'utf-8')).toBeNull()
  },
)

test('empty and deleted are null; neither counts as a repetition', () => {
  const message = read('MSH|^~\\&\rPID|1|""||a~~""~b|^x')
  const pid = first(message, 'PID')
  expect([2, 3, 5, 9].map((field) => text(pid, field))).toEqual([null, null, null, null])
  expect(repetitions(pid, 4)).toEqual(['a', 'b'])
  expect(decoded(message, '""')).toBeNull()
})

test('a field with a value that was not read is listed once; "" is not a value', () => {
  const message = read(
    'MSH|^~\\&|A\rPV1|1|I|W^1|x|""\rZU1|1||z\rZU1|2||y\rnot a segment|5\rOBX|1|NM',
  )
  text(first(message, 'PV1'), 2)
  expect(unusedFields(message)).toEqual(['PV1-3', 'PV1-4', 'ZU1-1', 'ZU1-3', 'ZU1-4', 'OBX-2'])
})

test('a field used in one segment and not in another of that name is listed', () => {
  const message = read('MSH|^~\\&\rNTE|1||a\rNTE|2||b')
  raw(first(message, 'NTE'), 3)
  expect(unusedFields(message)).toEqual(['NTE-3'])
})

test('places count segments of a name from 1 and omit [1]', () => {
  const [, one, two] = read('MSH|^~\\&\rOBX|1\rOBX|2').segments as [Segment, Segment, Segment]
  expect([fieldPlace(one, 5), fieldPlace(two, 5)]).toEqual(['OBX-5', 'OBX[2]-5'])
})
