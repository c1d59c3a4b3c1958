import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { loadMappings } from '../normalise/load-mappings.ts'
import type { Fix } from '../normalise/mapping.ts'
import { type Hl7Message, parse, type Segment } from '@tideway/hl7v2/lexer/message'
import { repairFields } from '../normalise/repair-fields.ts'

const { fixes } = await loadMappings()
const fixNamed = (name: string) => fixes.get(name) as Fix
const message = (segment: string) => parse(`MSH|^~\\&|A|B\r${segment}\r`, 'utf-8') as Hl7Message
const repaired = (fix: string, segment: string) => {
  const before = message(segment)
  repairFields(before, [fixNamed(fix)])
  return before.segments[1]?.fields.join('|')
}

test.each([
  ['quotes-mean-nothing', 'PID|1||""|X|"" ', 'PID|1|||X|"" '],
  [
    'nhs-number-in-pid-19',
    `PID${'|'.repeat(19)}999 100 1018`,
    `PID${'|'.repeat(19)}999 100 1018^^^NHS^NH`,
  ],
  ['nhs-number-in-pid-19', `PID${'|'.repeat(19)}9991001019`, `PID${'|'.repeat(19)}9991001019`],
  ['nhs-number-in-pid-19', `PID${'|'.repeat(18)}9991001018`, `PID${'|'.repeat(18)}9991001018`],
  ['name-with-comma', 'PID|||||ONEILL, SIOBHAN^^', 'PID|||||ONEILL^SIOBHAN'],
  ['name-with-comma', 'PID|||||A,B~C,D', 'PID|||||A^B~C^D'],
  ['name-with-comma', 'PID|||||A,B,C', 'PID|||||A,B,C'],
  ['name-with-comma', 'PID|||||A,B^C', 'PID|||||A,B^C'],
  ['name-with-comma', 'PID|||||||||||A,B', 'PID|||||||||||A,B'],
  [
    'line-ends-as-hex',
    'NTE|1||a\\X0D\\\\X0A\\b\\X0D0A\\c\\X0A\\d\\\\.br\\\\e\\E\\.br\\E\\f',
    'NTE|1||a\\.br\\b\\.br\\c\\.br\\d\\.br\\e\\.br\\f',
  ],
  ['line-ends-as-hex', 'NTE|1||a\\X41\\\\E\\', 'NTE|1||a\\X41\\\\E\\'],
])('%s: %s', (fix, asSent, wanted) => expect(repaired(fix, asSent)).toBe(wanted))

test.each([
  ['day-first-dates', '31/12/2026', '20261231'],
  ['day-first-dates', '01.07.2026 09:15', '202607010915'],
  ['day-first-dates', '01-07-2026T09:15:30', '20260701091530'],
  ['day-first-dates', '01-07/2026', '01-07/2026'],
  ['day-first-dates', '20260701', '20260701'],
  ['offset-is-not-meant', '20260701091500+0000', '20260701091500'],
  ['offset-is-not-meant', '20260701', '20260701'],
])('%s: %s', (fix, asSent, wanted) => expect(fixNamed(fix).timestamp?.(asSent)).toBe(wanted))

test('visit-number-from-pv1-5', () => {
  const pv1 = message('PV1|1|I|||V7').segments[1] as Segment
  expect(fixNamed('visit-number-from-pv1-5').visitNumber?.(pv1)).toBe('V7')
})

test('the header is never repaired', async () => {
  const before = message('PID|1')
  repairFields(before, [{ field: () => 'X' }])
  expect(before.segments.map(({ fields }) => fields.join('|'))).toEqual([
    'MSH|||^~\\&|A|B',
    'PID|X',
  ])
})

test('every fix is in the schema of source files', () => {
  const schema = readFileSync(
    new URL('../../../../schemas/sources/source.schema.json', import.meta.url),
    'utf8',
  )
  expect([...fixes.keys()].filter((name) => !schema.includes(name))).toEqual([])
})
