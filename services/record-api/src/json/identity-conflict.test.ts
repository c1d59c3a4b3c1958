import { given, x99, xl1 } from '@tideway/hl7-ingest/normalise/normalise.fixture'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import type { Source } from '@tideway/schemas/source'
import { expect, test } from 'vitest'
import { type Documents, recordIn, stored } from './withdrawn-record.fixture.ts'

const message = (
  pid: string,
  minute: number,
  segments: readonly string[] = [],
  source: Source = x99,
): PatientEvent[] => {
  const at = `2026070110${String(minute).padStart(2, '0')}00`
  const type = segments.length > 0 ? 'ORU^R01' : 'ADT^A28'
  const header = `MSH|^~\\&|APP|${source.ods}|TW|REG|${at}||${type}|C${minute}|P|2.5.1`
  const { events, problem } = given([header, pid, ...segments].join('\r'), source)
  expect(problem).toBeNull()
  return events.map((event) => ({ ...event, receivedAt: ((event.sentAt ?? 0) + 1_000) * 1_000 }))
}

const result = (filler: string, code: string, value: string) => [
  `OBR|1||${filler}|${code}^Test|||20260701093000${'|'.repeat(18)}F`,
  `OBX|1|ST|${code}^Test||${value}||||||F`,
]

const alone = (documents: Documents, key: string) => {
  const head = documents.heads.get(key)
  expect(head).toBeDefined()
  const heads = new Map(head === undefined ? [] : [[key, head]])
  const entries = new Map([...documents.entries].filter(([, { patient }]) => patient === key))
  return recordIn({ ...documents, heads, entries })
}

const reasonsOf = ({ completeness, complete }: ReturnType<typeof recordIn>) => [
  complete,
  ...completeness.reasons.map(({ code, count }) => `${code} ${count}`),
]

const oldMan = 'PID|1||7000123^^^X99^MR||OLDMAN^JOHN||19310512|M'
const newborn = 'PID|1||7000123^^^X99^MR||SMITH^BABY||20260630|F'
const hiv = message(oldMan, 1, result('F1', 'HIV', 'Reactive'))
const born = message(newborn, 2)

test('a reused hospital number puts no result of an old man into the record of a newborn, in either order', () => {
  const late = recordIn(stored(born, hiv))
  expect(late.reports).toEqual([])
  expect(late.patients[0]?.birthDate).toBe('2026-06-30')
  expect(reasonsOf(late)).toEqual([false, 'identity-conflict 1'])
  const first = recordIn(stored(hiv, born))
  expect(first.patients[0]).toMatchObject({ birthDate: '1931-05-12', name: { family: 'OLDMAN' } })
  expect(reasonsOf(first)).toEqual([false, 'identity-conflict 1'])
  for (const shown of [late, first])
    expect(JSON.stringify(shown).includes('SMITH')).toBe(shown === late)
})

test('a mistyped number of a laboratory puts no potassium of 7.9 on the first screen of another woman', () => {
  const mary = message('PID|1||7000124^^^X99^MR||GREEN^MARY||19620203|F', 1)
  const eve = 'PID|1||7000124^^^X99^MR||BROWN^EVE||19811123|F'
  const record = recordIn(stored(mary, message(eve, 2, result('F2', 'K', '7.9'), xl1)))
  expect(JSON.stringify(record)).not.toContain('7.9')
  expect(JSON.stringify(record)).not.toContain('BROWN')
  expect(reasonsOf(record)).toEqual([false, 'identity-conflict 1'])
})

test.each(['UNKNOWN', '0000000', 'TEMP'])('nobody is anybody else under %s', (number) => {
  const pid = (name: string, birthDate: string) =>
    `PID|1||${number}^^^X99^MR||${name}||${birthDate}|`
  const documents = stored(
    message(pid('OLDMAN^JOHN', '19310512'), 1, result('F1', 'HIV', 'Reactive')),
    message(pid('', ''), 2, result('F1', 'K', '4.1')),
    message(pid('', ''), 3, result('F1', 'K', '7.9')),
  )
  expect(documents.heads.size).toBe(3)
  const records = [...documents.heads.keys()].map((key) => alone(documents, key))
  expect(records.map(({ reports }) => reports.length)).toEqual([1, 1, 1])
  for (const record of records) {
    expect(record.patients).toMatchObject([{ organisation: 'X99', placeholder: true }])
    expect(reasonsOf(record)).toEqual([false, 'placeholder-number 1'])
  }
})
