import { readFileSync } from 'node:fs'
import { outcomes } from '@tideway/hl7-ingest/acknowledge/outcomes'
import { outcomeTexts } from '@tideway/hl7-ingest/acknowledge/outcome-texts'
import { holdCodes } from '@tideway/projector/apply/hold-codes'
import { integer, secret, text } from '@tideway/runtime/config'
import { expect, test } from 'vitest'
import { answersTable } from './answers-table.ts'
import { messageTypesTable } from './message-types-table.ts'
import { settingsTable } from './settings-table.ts'
import { fillTables, table } from './table.ts'

const marked =
  '# Title\n\n<!-- settings: made by npm run readme-tables -->\nold\n<!-- settings: end -->\n\nafter\n'

test('only the text between the markers is replaced', () => {
  const filled = fillTables(marked, { settings: '| A |' })
  expect(filled).toBe(
    '# Title\n\n<!-- settings: made by npm run readme-tables -->\n\n| A |\n\n<!-- settings: end -->\n\nafter\n',
  )
  expect(fillTables(filled, { settings: '| A |' })).toBe(filled)
})

test('a table that is not generated, and one without an end marker, are errors', () => {
  expect(() => fillTables(marked, {})).toThrow('no code generates table settings')
  expect(() => fillTables(marked.replace('settings: end', 'end'), { settings: '' })).toThrow(
    'table settings has no end',
  )
})

test('a bar inside a cell is escaped', () => {
  expect(table(['A'], [['x|y']])).toBe('| A |\n| --- |\n| x\\|y |')
})

test('services with the same definition of a setting share its row; a secret is never shown', () => {
  const port = integer('HEALTH_PORT', 'Port', 0, 9, 0)
  const rows = settingsTable(
    new Map([
      ['one', { port, key: secret('KEY', 'Key', 'hidden') }],
      ['two', { port, dir: text('DIR', 'Folder') }],
    ]),
  ).split('\n')
  expect(rows.slice(2)).toEqual([
    '| `DIR` | Folder | text | none: must be set | two |',
    '| `HEALTH_PORT` | Port | a whole number from 0 to 9 | `0` | one, two |',
    '| `KEY` | Key | text, or in the file named by KEY_FILE | for development only | one |',
  ])
})

test('the answers table says what is kept', () => {
  const refused = {
    custody: 'AR',
    strict: 'AR',
    condition: '100',
    place: 'MSH',
    keep: false,
    park: false,
  } as const
  expect(answersTable({ NOT_HL7: refused }, outcomeTexts).split('\n')[2]).toBe(
    '| `NOT_HL7` | AR | AR | 100 Segment sequence error | counted, not stored | The frame does not start with MSH, or its delimiters cannot be read | The sender checks its output; resending does not help. |',
  )
})

test('every code with which a message can be parked is explained under the heading of its stage', () => {
  const parts = readFileSync(new URL('../../../docs/errors.md', import.meta.url), 'utf8')
    .split('\n## ')
    .slice(1)
  const [answers, holds] = [outcomes, holdCodes].map((codes) =>
    parts.findIndex((part) => Object.keys(codes).every((code) => part.includes(`| \`${code}\` |`))),
  )
  expect([answers, holds]).not.toContain(-1)
  expect(answers).not.toBe(holds)
})

test('the triggers of each message type are in one row, in order', () => {
  const rows = messageTypesTable(['ORU^R01', 'ADT^A04', 'ADT^A01']).split('\n').slice(2)
  expect(rows).toEqual(['| ADT | A01, A04 |', '| ORU | R01 |'])
})
