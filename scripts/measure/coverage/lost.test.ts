import { readMessage } from '@tideway/hl7v2/lexer/header'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import { expect, test } from 'vitest'
import { cellsOf, rewrite } from './cells.ts'
import { openNormaliser, sandboxOf } from './hl7-reader.ts'
import type { Hl7Reading, Normalise } from './hl7-reader.ts'
import { findLost } from './lost.ts'

const text =
  'MSH|^~\\&|PAS|X99|||202607010915||ADT^A28|1|P|2.4\rPID|1||1002003^^^X99^MR||DOE^JANE^^^^MD||19800101|F\r'
const message = readMessage(Buffer.from(text), 'utf-8') as Hl7Message
const toEvents = await openNormaliser()
const source = sandboxOf(null)
const reading = (normalise: Normalise): Hl7Reading => {
  const { events, unused, problem } = normalise(Buffer.from(text), source)
  return {
    file: 'a.hl7',
    repository: 'a/b',
    type: 'ADT^A28',
    fate: 'events',
    malformed: null,
    bytes: Buffer.from(text),
    source,
    problem,
    unused,
    events,
  }
}
const lostNames = (normalise: Normalise) =>
  findLost([reading(normalise)], normalise, 5)
    .filter(({ lost }) => lost > 0)
    .map(({ name }) => name)

test('a message written again without a change is the same', () => {
  expect(rewrite(message, null, '').toString()).toBe(text)
})

test('exactly one value is changed, and cells are named by field, component, subcomponent and repetition', () => {
  const several = readMessage(
    Buffer.from('MSH|^~\\&|A\rPID|1||7^^^X&1.2&ISO~8\r'),
    'utf-8',
  ) as Hl7Message
  expect(cellsOf(several).map(({ name }) => name)).toEqual([
    'PID-1',
    'PID-3',
    'PID-3.4',
    'PID-3.4.2',
    'PID-3.4.3',
    'PID-3~',
  ])
  const cell = cellsOf(several).find(({ name }) => name === 'PID-3.4.2') ?? null
  expect(rewrite(several, cell, '9.9').toString()).toContain('7^^^X&9.9&ISO~8')
})

test('a value in an event is not lost', () => {
  expect(lostNames(toEvents)).not.toEqual(
    expect.arrayContaining(['PID-3', 'PID-5', 'PID-5.2', 'PID-7', 'PID-8']),
  )
})

test('a value that is read but in no event is found, unless it is listed as unused', () => {
  const forgetful: Normalise = (bytes, of) => {
    const read = toEvents(bytes, of)
    return {
      ...read,
      events: read.events.map((event) => ({
        ...event,
        body: { ...event.body, birthDate: null } as typeof event.body,
      })),
    }
  }
  const honest: Normalise = (bytes, of) => {
    const read = forgetful(bytes, of)
    return { ...read, unused: [...read.unused, 'PID-7'] }
  }
  expect(lostNames(forgetful)).toContain('PID-7')
  expect(lostNames(honest)).not.toContain('PID-7')
})
