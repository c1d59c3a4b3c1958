import { expect, test } from 'vitest'
import { type Hl7Message, parse } from '../parse.ts'
import { type ResultGroup, resultGroups, specimenGroups } from './result-groups.ts'

const message = (...segments: string[]) => parse(['MSH|^~\\&', ...segments].join('\r'), 'utf-8') as Hl7Message
const said = (groups: ResultGroup[]) =>
  groups.map(({ orc, obr, specimens, about, notes, observations }) => [orc, obr, ...specimens, ...about, ...notes, ...observations.flatMap(({ obx, notes: below }) => [obx, ...below])].map((one) => one?.fields[1] ?? '-').join(' '))

test('an order: the ORC before it, and what is below it', () => {
  const sent = message('ORC|a', 'OBR|1', 'NTE|n', 'TQ1|t', 'OBX|x', 'NTE|m', 'SPM|s', 'OBR|2', 'OBX|y')
  expect(said(resultGroups(sent))).toEqual(['a 1 s t n x m', '- 2 y'])
})

test('R22: orders of the specimen before them, ORC after its order', () => {
  const sent = message('SPM|s', 'SAC|c', 'OBR|1', 'ORC|a', 'OBX|x', 'OBR|2', 'ORC|b', 'OBX|y', 'SPM|t', 'OBR|3', 'OBX|z')
  expect(said(specimenGroups(sent))).toEqual(['a 1 s c x', 'b 2 s c y', '- 3 t z'])
})

test('R23: a further container of the same specimen', () => {
  expect(said(specimenGroups(message('SPM|s', 'SAC|c', 'OBR|1', 'SAC|d', 'OBR|2')))).toEqual(['- 1 s c', '- 2 s d'])
})

test('R24: the specimens of the order before them', () => {
  const sent = message('OBR|1', 'ORC|a', 'SPM|s', 'OBX|w', 'SAC|c', 'OBX|x', 'OBR|2', 'ORC|b', 'SPM|t')
  expect(said(specimenGroups(sent))).toEqual(['a 1 s c w x', 'b 2 t'])
})

test('an ORC right before an order is that order\'s, wherever ORC stands elsewhere', () => {
  expect(said(specimenGroups(message('OBR|1', 'ORC|b', 'OBR|2')))).toEqual(['- 1', 'b 2'])
})

test('what observes a specimen before its orders is told with the first of them, and never with those of another specimen', () => {
  expect(said(specimenGroups(message('SPM|s', 'OBX|x', 'SAC|c', 'OBR|1', 'ORC|a', 'OBX|y', 'OBR|2')))).toEqual(['a 1 s c x y', '- 2 s c'])
  expect(said(specimenGroups(message('SPM|s', 'OBX|x', 'SPM|t', 'OBR|1')))).toEqual(['- 1 t'])
  expect(said(specimenGroups(message('OBX|x', 'SPM|s', 'OBR|1')))).toEqual(['- 1 s'])
})

test('participants and notes in any order below what they are of', () => {
  const [group] = resultGroups(message('OBR|1', 'PRT|p', 'NTE|n', 'OBX|x', 'PRT|q', 'NTE|m'))
  expect(group).toMatchObject({ participants: [{ nth: 1 }], notes: [{ nth: 1 }], observations: [{ participants: [{ nth: 2 }], notes: [{ nth: 2 }] }] })
})

test('notes and participants of an ORC are of its order, before or after it', () => {
  expect(resultGroups(message('ORC|a', 'NTE|n', 'PRT|p', 'OBR|1', 'PRT|q', 'OBR|2'))).toMatchObject([{ notes: [{ nth: 1 }], participants: [{ nth: 1 }, { nth: 2 }] }, { notes: [], participants: [] }])
  expect(specimenGroups(message('SPM|s', 'OBR|1', 'PRT|p', 'ORC|a', 'PRT|q', 'NTE|n'))).toMatchObject([{ notes: [{ nth: 1 }], participants: [{ nth: 1 }, { nth: 2 }] }])
})

test('a document between ORC and OBR is of the order to come; an observation there without a TXA is of the order too', () => {
  const content = ({ documents }: ResultGroup) => documents.map(({ txa, observations }) => [txa, ...observations.map(({ obx }) => obx)].map((one) => one.fields[1]))
  const groups = resultGroups(message('ORC|a', 'OBX|d', 'TXA|1|||||||||||D1', 'OBR|1', 'OBX|x', 'ORC|b', 'OBX|e', 'PRT|p', 'TXA|2|||||||||||D2', 'OBR|2'))
  expect([said(groups), groups.map(content)]).toEqual([['a 1 x', 'b 2'], [[['1', 'd']], [['2', 'e']]]])
  expect(said(resultGroups(message('ORC|a', 'OBX|d', 'OBR|1')))).toEqual(['a 1 d'])
})

test('a result is not the content of a document that does not stand right after it', () => {
  const groups = resultGroups(message('ORC|a', 'OBR|1', 'OBX|x', 'ORC|b', 'TXA|2|||||||||||D2', 'OBR|2', 'OBX|y'))
  expect([said(groups), groups.map(({ documents }) => documents.map(({ observations }) => observations.length))]).toEqual([['a 1 x', 'b 2 y'], [[], [0]]])
})
