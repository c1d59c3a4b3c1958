import { evolveEntry } from '@tideway/record/entries/entry'
import type { Entry, Statement } from '@tideway/schemas/documents/entry'
import { statementKinds, statements } from '@tideway/schemas/documents/statement'
import { type EventBody, unsaid } from '@tideway/schemas/events.generated'
import { Value } from 'typebox/value'
import { expect, test } from 'vitest'
import { eventsOf } from '../events.fixture.ts'
import { answerOf } from './schema/stored-answer.fixture.ts'
import { type StatementJson, statementOf, statementSchemas } from './statement.ts'

const coded = { ...unsaid.Coded(), code: 'X', text: 'amoxicillin' }
const entryOf = (...bodies: EventBody[]): Entry => {
  const event = eventsOf(Date.UTC(2026, 6, 1))
  return bodies
    .map((body) => event('RJZ', 'RJZ|1', 'ORC[1]', body))
    .reduce<Entry | null>(evolveEntry, null) as Entry
}
const shown = (entry: Entry): StatementJson => {
  const data = entry.data as Statement
  const answer = answerOf<StatementJson>(statementSchemas[data.kind])
  return answer(statementOf(entry, data, { archive: new Map() }))
}

test.each(statementKinds)('an entry of kind %s matches its schema', (kind) => {
  const { event, key } = statements[kind]
  const body = {
    ...unsaid[event](),
    [key]: '1',
    code: coded,
    category: 'problem',
    kind: 'prescription',
    scope: 'PATIENT',
    resourceType: 'Goal',
  }
  const known = { ...unsaid[event](), [key]: '1' }
  const required: Record<string, readonly string[]> = {
    allergy: ['code'],
    condition: ['code', 'category'],
    procedure: ['code'],
    alert: ['code'],
    immunization: ['code'],
    prescription: ['kind'],
    'care-team-member': ['scope'],
    resource: ['resourceType'],
  }
  const said = Object.fromEntries(
    (required[kind] ?? []).map((name) => [name, body[name as keyof typeof body]]),
  )
  const json = shown(entryOf({ ...known, ...said } as unknown as EventBody))
  expect([...Value.Errors(statementSchemas[kind], json)]).toEqual([])
  expect(JSON.stringify(json)).not.toContain(':null')
  expect(Value.Check(statementSchemas[kind], { ...json, status: 'nonsense' })).toBe(false)
})

test('a medicine has a line, and earlier statements stay visible', () => {
  const medicine = {
    ...unsaid.MedicationPrescribed(),
    prescriptionId: 'P1',
    kind: 'prescription',
    medication: coded,
    control: 'NW',
  }
  const json = shown(
    entryOf(
      { ...medicine, dosageText: '1 TDS' },
      { ...medicine, control: 'XO', dosageText: '1 BD' },
    ),
  )
  expect([json.line, json.key, json.said['dosageText'], json.said['prescriptionId']]).toEqual([
    'amoxicillin, "1 BD"',
    'P1',
    '1 BD',
    undefined,
  ])
  expect(
    json.earlier.map(({ message, segment, source, said }) => [
      message,
      segment,
      source,
      said['dosageText'],
    ]),
  ).toEqual([['RJZ-1', 'ORC[1]', 'RJZ', '1 TDS']])
})
