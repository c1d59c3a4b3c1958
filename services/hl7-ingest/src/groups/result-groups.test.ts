import { expect, test } from 'vitest'
import { type Hl7Message, parse } from '@tideway/hl7v2/lexer/message'
import { type ResultGroup, resultGroups, specimenGroups } from './result-groups.ts'

const message = (...segments: string[]) =>
  parse(['MSH|^~\\&', ...segments].join('\r'), 'utf-8') as Hl7Message
const summaries = (groups: ResultGroup[]) =>
  groups.map(({ orc, obr, specimens, about, notes, observations }) =>
    [
      orc,
      obr,
      ...specimens,
      ...about,
      ...notes,
      ...observations.flatMap(({ obx, notes: below }) => [obx, ...below]),
    ]
      .map((one) => one?.fields[1] ?? '-')
      .join(' '),
  )

test('an order has the ORC before it and the segments below it', () => {
  const sent = message(
    'ORC|a',
    'OBR|1',
    'NTE|n',
    'TQ1|t',
    'OBX|x',
    'NTE|m',
    'SPM|s',
    'OBR|2',
    'OBX|y',
  )
  expect(summaries(resultGroups(sent))).toEqual(['a 1 s t n x m', '- 2 y'])
})

test('R22: orders belong to the specimen before them, and ORC follows its order', () => {
  const sent = message(
    'SPM|s',
    'SAC|c',
    'OBR|1',
    'ORC|a',
    'OBX|x',
    'OBR|2',
    'ORC|b',
    'OBX|y',
    'SPM|t',
    'OBR|3',
    'OBX|z',
  )
  expect(summaries(specimenGroups(sent))).toEqual(['a 1 s c x', 'b 2 s c y', '- 3 t z'])
})

test('R23: a further container of the same specimen', () => {
  expect(summaries(specimenGroups(message('SPM|s', 'SAC|c', 'OBR|1', 'SAC|d', 'OBR|2')))).toEqual([
    '- 1 s c',
    '- 2 s d',
  ])
})

test('R24: specimens belong to the order before them', () => {
  const sent = message(
    'OBR|1',
    'ORC|a',
    'SPM|s',
    'OBX|w',
    'SAC|c',
    'OBX|x',
    'OBR|2',
    'ORC|b',
    'SPM|t',
  )
  expect(summaries(specimenGroups(sent))).toEqual(['a 1 s c w x', 'b 2 t'])
})

test('an ORC right before an order belongs to it, wherever other ORCs are', () => {
  expect(summaries(specimenGroups(message('OBR|1', 'ORC|b', 'OBR|2')))).toEqual(['- 1', 'b 2'])
})

test('observations of a specimen before its orders belong to the first of them, never to those of another specimen', () => {
  expect(
    summaries(
      specimenGroups(message('SPM|s', 'OBX|x', 'SAC|c', 'OBR|1', 'ORC|a', 'OBX|y', 'OBR|2')),
    ),
  ).toEqual(['a 1 s c x y', '- 2 s c'])
  expect(summaries(specimenGroups(message('SPM|s', 'OBX|x', 'SPM|t', 'OBR|1')))).toEqual(['- 1 t'])
  expect(summaries(specimenGroups(message('OBX|x', 'SPM|s', 'OBR|1')))).toEqual(['- 1 s'])
})

test('participants and notes may follow their segment in any order', () => {
  const [group] = resultGroups(message('OBR|1', 'PRT|p', 'NTE|n', 'OBX|x', 'PRT|q', 'NTE|m'))
  expect(group).toMatchObject({
    participants: [{ nth: 1 }],
    notes: [{ nth: 1 }],
    observations: [{ participants: [{ nth: 2 }], notes: [{ nth: 2 }] }],
  })
})

test('notes and participants of an ORC belong to its order, before or after it', () => {
  expect(resultGroups(message('ORC|a', 'NTE|n', 'PRT|p', 'OBR|1', 'PRT|q', 'OBR|2'))).toMatchObject(
    [
      { notes: [{ nth: 1 }], participants: [{ nth: 1 }, { nth: 2 }] },
      { notes: [], participants: [] },
    ],
  )
  expect(
    specimenGroups(message('SPM|s', 'OBR|1', 'PRT|p', 'ORC|a', 'PRT|q', 'NTE|n')),
  ).toMatchObject([{ notes: [{ nth: 1 }], participants: [{ nth: 1 }, { nth: 2 }] }])
})

test('a document between ORC and OBR belongs to the next order; so does an observation there without a TXA', () => {
  const content = ({ documents }: ResultGroup) =>
    documents.map(({ txa, observations }) =>
      [txa, ...observations.map(({ obx }) => obx)].map((one) => one.fields[1]),
    )
  const groups = resultGroups(
    message(
      'ORC|a',
      'OBX|d',
      'TXA|1|||||||||||D1',
      'OBR|1',
      'OBX|x',
      'ORC|b',
      'OBX|e',
      'PRT|p',
      'TXA|2|||||||||||D2',
      'OBR|2',
    ),
  )
  expect([summaries(groups), groups.map(content)]).toEqual([
    ['a 1 x', 'b 2'],
    [[['1', 'd']], [['2', 'e']]],
  ])
  expect(summaries(resultGroups(message('ORC|a', 'OBX|d', 'OBR|1')))).toEqual(['a 1 d'])
})

test('a result is not the content of a document that does not follow it directly', () => {
  const groups = resultGroups(
    message('ORC|a', 'OBR|1', 'OBX|x', 'ORC|b', 'TXA|2|||||||||||D2', 'OBR|2', 'OBX|y'),
  )
  expect([
    summaries(groups),
    groups.map(({ documents }) => documents.map(({ observations }) => observations.length)),
  ]).toEqual([
    ['a 1 x', 'b 2 y'],
    [[], [0]],
  ])
})

test('segments between a later ORC and its OBR belong to that order, not to the one before', () => {
  expect(
    summaries(
      resultGroups(
        message(
          'ORC|a',
          'OBR|1',
          'OBX|x',
          'ORC|b',
          'OBX|y',
          'NTE|n',
          'TQ1|t',
          'SPM|s',
          'OBR|2',
          'OBX|z',
          'OBR|3',
        ),
      ),
    ),
  ).toEqual(['a 1 x', 'b 2 s t y n z', '- 3'])
  expect(summaries(resultGroups(message('OBR|1', 'OBX|x', 'ORC|b', 'OBX|y', 'OBR|2')))).toEqual([
    '- 1 x',
    'b 2 y',
  ])
  expect(
    summaries(specimenGroups(message('SPM|s', 'OBR|1', 'OBX|x', 'ORC|b', 'OBX|y', 'OBR|2'))),
  ).toEqual(['- 1 s x', 'b 2 s y'])
})

test('a result after an ORC without an order belongs to none', () => {
  expect(summaries(resultGroups(message('ORC|a', 'OBR|1', 'OBX|x', 'ORC|b', 'OBX|y')))).toEqual([
    'a 1 x',
  ])
  expect(
    summaries(resultGroups(message('ORC|a', 'OBR|1', 'OBX|x', 'ORC|b', 'OBX|y', 'ORC|c', 'OBR|2'))),
  ).toEqual(['a 1 x', 'c 2'])
  expect(summaries(resultGroups(message('ORC|a', 'OBX|x', 'ORC|b', 'OBR|1')))).toEqual(['b 1'])
})

test('an ORC after its OBR in a result loses nothing: the results below it belong to that order', () => {
  expect(
    summaries(
      resultGroups(message('OBR|1', 'ORC|a', 'NTE|n', 'OBX|x', 'OBR|2', 'ORC|b', 'OBX|y', 'OBX|z')),
    ),
  ).toEqual(['a 1 n x', 'b 2 y z'])
  expect(summaries(resultGroups(message('OBR|1', 'ORC|b', 'NTE|n', 'OBR|2', 'OBX|y')))).toEqual([
    '- 1',
    'b 2 n y',
  ])
  expect(
    summaries(resultGroups(message('OBR|1', 'ORC|a', 'OBX|x', 'ORC|b', 'OBX|y', 'OBR|2'))),
  ).toEqual(['a 1 x', 'b 2 y'])
})

test('a document between a later ORC and its order leaves the results there to that order', () => {
  const groups = resultGroups(
    message(
      'OBR|1',
      'ORC|b',
      'OBX|y',
      'OBX|d',
      'TXA|1|||||||||||D1',
      'ORC|c',
      'OBX|e',
      'TXA|2|||||||||||D2',
      'OBR|2',
    ),
  )
  expect([
    summaries(groups),
    groups.map(({ documents }) =>
      documents.map(({ txa, observations }) => [txa.fields[1], observations[0]?.obx.fields[1]]),
    ),
  ]).toEqual([
    ['b 1 y', 'c 2'],
    [[['1', 'd']], [['2', 'e']]],
  ])
})

test.each(['TQ1', 'IPC', 'ZDS', 'SAC', 'CTD'])(
  '%s before the first order, without an ORC, belongs to the only order, and to none if there are several',
  (name) => {
    const read = (...segments: string[]) =>
      summaries(resultGroups(message(`${name}|t`, ...segments)))
    expect(read('OBR|1', 'OBX|x')).toEqual(['- 1 t x'])
    expect(read('OBR|1', 'OBX|x', 'OBR|2', 'OBX|y')).toEqual(['- 1 x', '- 2 y'])
    expect(read('OBR|1', 'ORC|b', 'OBR|2')).toEqual(['- 1', 'b 2'])
  },
)

test.each(['TQ1', 'CTD'])(
  '%s between a specimen and its orders belongs to none of several, while containers belong to each',
  (name) => {
    expect(
      summaries(specimenGroups(message('SPM|s', 'SAC|c', `${name}|t`, 'OBR|1', 'OBX|x'))),
    ).toEqual(['- 1 s c t x'])
    expect(
      summaries(specimenGroups(message('SPM|s', 'SAC|c', `${name}|t`, 'OBR|1', 'OBX|x', 'OBR|2'))),
    ).toEqual(['- 1 s c x', '- 2 s c'])
  },
)
