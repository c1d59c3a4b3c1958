import { expect, test } from 'vitest'
import type { SentFrame } from './send.ts'
import { answerFaults, type Held, ledgerFaults } from './verify.ts'

const sent = (text: string, code: string | null, error: string | null = null): SentFrame => ({
  file: 'f.hl7',
  type: 'ADT^A01',
  controlId: '7',
  bytes: Buffer.from(text),
  silent: false,
  timed: true,
  answer: code === null ? null : { code, controlId: '7', error, place: null },
})
const held = (position: number, duplicates = 0): Held => ({
  id: String(position),
  duplicates,
  archive: { object: 'o', position },
})
const archive =
  (...texts: string[]) =>
  async (_: string, position: number) =>
    Buffer.from(texts[position] as string)
const ledger = (...messages: Held[]) => new Map([['7', messages]])

test('two messages with one control id, one of them repeated, are accounted for', async () => {
  expect(
    await ledgerFaults(
      [sent('a', 'AA'), sent('b', 'AA'), sent('a', 'AA')],
      new Map(),
      ledger(held(0, 1), held(1)),
      archive('a', 'b'),
    ),
  ).toEqual([])
})

test('messages of an earlier run are not counted', async () => {
  expect(
    await ledgerFaults([sent('a', 'AA')], ledger(held(0)), ledger(held(0, 1)), archive('a')),
  ).toEqual([])
})

test('a message without a time of its own is archived each time it is sent', async () => {
  const untimed = { ...sent('a', 'AA'), timed: false }
  const after = (...texts: string[]) =>
    ledgerFaults(
      [untimed, untimed],
      new Map(),
      ledger(...texts.map((_, n) => held(n))),
      archive(...texts),
    )
  expect(await after('a', 'a')).toEqual([])
  expect(await after('a')).toHaveLength(2)
})

test('a lost message, changed bytes and a refused message that was archived are faults', async () => {
  expect(await ledgerFaults([sent('a', 'AA')], new Map(), new Map(), archive())).toHaveLength(2)
  expect(
    await ledgerFaults([sent('a', 'AA')], new Map(), ledger(held(0)), archive('x')),
  ).toHaveLength(1)
  expect(
    await ledgerFaults([sent('a', 'AR', '101')], new Map(), ledger(held(0)), archive('a')),
  ).toHaveLength(1)
  expect(
    await ledgerFaults([sent('a', 'AR', '205')], new Map(), ledger(held(0)), archive('a')),
  ).toEqual([])
})

test('a missing answer and an AE are faults', () => {
  expect(answerFaults([sent('a', null)])).toHaveLength(1)
  expect(answerFaults([sent('a', 'AE')])).toHaveLength(1)
  expect(answerFaults([sent('a', 'AA')])).toEqual([])
})
