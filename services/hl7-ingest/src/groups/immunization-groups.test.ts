import { expect, test } from 'vitest'
import { type Hl7Message, parse } from '@tideway/hl7v2/lexer/message'
import { immunizationGroups } from './immunization-groups.ts'

const summaries = (...segments: string[]) => {
  const ids = (some: readonly { fields: readonly string[] }[]) =>
    some.map(({ fields }) => fields[1]).join(' ')
  return immunizationGroups(
    parse(['MSH|^~\\&', ...segments].join('\r'), 'utf-8') as Hl7Message,
  ).map(({ orc, routes, timings, participants, notes, observations }) => ({
    orc: orc?.fields[1] ?? null,
    below: [routes, timings, participants, notes].map(ids),
    observations: observations.map(({ obx, participants: named, notes: remarks }) =>
      ids([obx, ...named, ...remarks]),
    ),
  }))
}

test('a dose has the order with timing and participants before it, and the segments below it', () => {
  expect(
    summaries(
      'ORC|a',
      'PRT|p',
      'TQ1|t',
      'RXA|1',
      'PRT|q',
      'RXR|r',
      'NTE|n',
      'OBX|x',
      'PRT|o',
      'NTE|m',
      'ORC|b',
      'RXA|2',
    ),
  ).toEqual([
    { orc: 'a', below: ['r', 't', 'p q', 'n'], observations: ['x o m'] },
    { orc: 'b', below: ['', '', '', ''], observations: [] },
  ])
})

test('a timing after a dose belongs to no dose', () => {
  expect(summaries('ORC|a', 'RXA|1', 'TQ1|t', 'RXA|2').map(({ below }) => below[1])).toEqual([
    '',
    '',
  ])
})

test('segments after one that does not belong to a dose belong to no dose', () => {
  expect(summaries('PRT|p', 'RXA|1', 'GT1|g', 'PRT|q', 'NTE|n')).toEqual([
    { orc: null, below: ['', '', '', ''], observations: [] },
  ])
})
