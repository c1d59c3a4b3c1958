import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { sandboxSource } from '@tideway/hl7-ingest/identify/sandbox-source'
import { expect, test } from 'vitest'
import { type Documents, recordIn, stored } from './withdrawn-record.fixture.ts'

const mappings = await loadMappings()
const source = sandboxSource('BUGX', { maxMessageBytes: 1_000_000, idleFrameMs: 1_000 })

/** What the record shows after one HL7 v2 message, and why only a part of it was used. */
const shown = (type: string, ...segments: string[]) => {
  const text = [`MSH|^~\\&|LIS|BUGX|TW|REG|20260901100000||${type}|X-1|P|2.5.1`, ...segments]
  const { events, problem } = normalise(
    { source, bytes: Buffer.from(text.join('\r')), receivedAt: Date.UTC(2026, 8, 1, 9) * 1000 },
    mappings,
    { production: false },
  )
  return { problem, documents: stored(events) }
}

const recordOf = ({ heads, entries, applied }: Documents, key: string) =>
  recordIn({
    heads: new Map([...heads].filter(([id]) => id === key)),
    entries: new Map([...entries].filter(([, entry]) => entry.patient === key)),
    applied,
  })

test('a birth date with zeros is the year, and the allergy is shown', () => {
  const { problem, documents } = shown(
    'ADT^A01',
    'EVN|A01|20260901100000',
    'PID|1||1^^^BUGX^MR||Testcase^Ada||19450000|F',
    'PV1|1|I|ED^1^1||||||||||||||||V1',
    'AL1|1|DA|PEN^Penicillin|SV|Anaphylaxis',
  )
  expect(problem).toBeNull()
  const record = recordOf(documents, 'BUGX|1')
  expect(record.patients[0]).toMatchObject({ birthDate: '1945' })
  expect(JSON.stringify(record.allergies)).toContain('Penicillin')
})

test('a birth date that cannot be read is not shown; everything else is', () => {
  const { problem, documents } = shown(
    'ADT^A01',
    'PID|1||1^^^BUGX^MEDREC||Testcase^Ada||invalid|F',
    'PV1|1|I|ED^1^1||||||||||||||||V1',
    'AL1|1|DA|PEN^Penicillin|SV|Anaphylaxis',
  )
  expect(problem).toEqual({ code: 'USED_IN_PART', place: 'PID-7' })
  const record = recordOf(documents, 'BUGX|1')
  expect(record.patients[0]).not.toHaveProperty('birthDate')
  expect(JSON.stringify(record.allergies)).toContain('Penicillin')
  expect(record.whereNow).toBeDefined()
})

test('results of two patients in one message are in the record of each', () => {
  const potassium = (filler: string, value: string) => [
    `OBR|1|P1|${filler}|K^Potassium|||20260901090000|||||||||||||||20260901095500||CH|F`,
    `OBX|1|NM|K^Potassium||${value}|mmol/L|||||F`,
  ]
  const { problem, documents } = shown(
    'ORU^R01',
    'PID|1||1^^^BUGX^MR||Testcase^Ada||19700101|F',
    ...potassium('F1', '4.0'),
    'PID|2||2^^^BUGX^MR||Testcase^Ada||19700101|F',
    ...potassium('F2', '5.0'),
  )
  expect(problem).toBeNull()
  const valuesOf = (key: string) =>
    [...JSON.stringify(recordOf(documents, key).reports).matchAll(/"value":"([\d.]+)"/g)].map(
      ([, value]) => value,
    )
  expect([valuesOf('BUGX|1'), valuesOf('BUGX|2')]).toEqual([['4.0'], ['5.0']])
})
