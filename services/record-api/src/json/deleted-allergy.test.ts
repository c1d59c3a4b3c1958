import { expect, test } from 'vitest'
import { adt, entriesIn, storedAfter, summaryAfter, texts } from './short-form.fixture.ts'

const iam = (action: string, number: string, code = 'PEN^Penicillin', type = 'DA') =>
  `IAM|1|${type}|${code}|SV|Rash|${action}|${number}`
const a60 = (day: number, ...segments: string[]) => adt('A60', `2026090${day}100000`, ...segments)
const added = a60(1, iam('A', '77'))
const linesAfter = (...messages: string[]) => texts(summaryAfter(...messages).allergies)
const statusesAfter = (...messages: string[]) =>
  entriesIn(storedAfter(...messages), 'allergy')
    .map((entry) => ('status' in entry ? entry.status : ''))
    .toSorted()

test.each([
  ['the same code and category', iam('D', '')],
  ['the word', iam('DELETE', '')],
  ['no category', iam('D', '', 'PEN^Penicillin', '')],
  ['its text alone', iam('D', '', '^PENICILLIN')],
  [
    'its code as the alternate of another',
    iam('D', '', '91936005^Penicillin^SCT^PEN^Penicillin^L'),
  ],
])('an allergy deleted with %s and without its number is deleted', (_, segment) => {
  expect(linesAfter(added, a60(2, segment))).toEqual([])
  expect(statusesAfter(added, a60(2, segment))).toEqual(['deleted', 'deleted'])
})

test('added again it stands again', () => {
  expect(linesAfter(added, a60(2, iam('D', '')), a60(3, iam('A', '77')))).toHaveLength(1)
})

test.each([
  ['another allergen', [added], iam('D', '', 'AMOX^Amoxicillin')],
  ['another category', [added], iam('D', '', 'PEN^Penicillin', 'FA')],
  ['another number', [added], iam('D', '78')],
])('a deletion with %s leaves it', (_, before, segment) => {
  expect(linesAfter(...before, a60(2, segment))).toEqual(['Penicillin, severe, reaction Rash'])
  expect(statusesAfter(...before, a60(2, segment))).toEqual(['active', 'deleted'])
})

test('where two fit both stand, and the deletion beside them', () => {
  const two = a60(1, iam('A', '77'), iam('A', '78').replace('IAM|1', 'IAM|2'))
  expect(linesAfter(two, a60(2, iam('D', '')))).toHaveLength(2)
  expect(statusesAfter(two, a60(2, iam('D', '')))).toEqual(['active', 'active', 'deleted'])
})

test('a message that deletes the allergy without a number and adds it with one replaces it', () => {
  const replaced = a60(2, iam('D', ''), iam('A', '77').replace('IAM|1', 'IAM|2'))
  expect(linesAfter(a60(1, iam('A', '')), replaced)).toHaveLength(1)
})

const al1 = (code = 'PEN^Penicillin', type = 'DA') => `AL1|1|${type}|${code}|SV|Rash`
const listed = (day: number, ...segments: string[]) =>
  adt('A08', `2026090${day}100000`, ...segments)

/** Statuses in every order of arrival, and with every message sent twice. */
const statusesInAnyOrder = (...messages: string[]) => {
  const found = statusesAfter(...messages)
  for (const nth of messages.keys()) {
    const rest = messages.toSpliced(nth, 1)
    for (const order of [rest, rest.toReversed()])
      expect(statusesAfter(messages[nth] as string, ...order)).toEqual(found)
  }
  expect(statusesAfter(...messages, ...messages)).toEqual(found)
  return found
}

test.each([
  ['by code', al1(), iam('D', '77')],
  ['by its text alone', al1('^Penicillin'), iam('D', '77')],
  ['by text, deleted by text', al1('^Penicillin'), iam('D', '77', '^PENICILLIN')],
  ['by code, deleted by text', al1(), iam('D', '77', '^Penicillin')],
  [
    'of a code of another system',
    al1('91936005^Penicillin^SCT'),
    iam('D', '77', 'PEN^Penicillin^L'),
  ],
  ['without a category', al1('PEN^Penicillin', ''), iam('D', '77')],
])('an allergy from AL1 %s is deleted under a number of IAM', (_, stated, deletion) => {
  expect(statusesInAnyOrder(listed(1, stated), a60(2, deletion))).toEqual(['deleted', 'deleted'])
  expect(linesAfter(listed(1, stated), a60(2, deletion))).toEqual([])
})

test.each([al1(), al1('^Penicillin')])('%s stated again after it is active again', (stated) => {
  const messages = [listed(1, stated), a60(2, iam('D', '77')), listed(3, stated)]
  expect(statusesInAnyOrder(...messages)).toEqual(['active', 'deleted'])
  expect(linesAfter(...messages)).toHaveLength(1)
})

test('deleted under the number it was added with, the one from AL1 goes with it', () => {
  const messages = [listed(1, al1()), a60(2, iam('A', '77')), a60(3, iam('D', '77'))]
  expect(statusesInAnyOrder(...messages)).toEqual(['deleted', 'deleted'])
})

test.each([
  ['another allergen', al1('AMOX^Amoxicillin')],
  ['another text', al1('^Amoxicillin')],
  ['another code of one system and the same text', al1('PENV^Penicillin')],
  ['another category', al1('PEN^Penicillin', 'FA')],
])('%s from AL1 stays', (_, stated) => {
  expect(statusesInAnyOrder(listed(1, stated), a60(2, iam('D', '77')))).toEqual([
    'active',
    'deleted',
  ])
})

test('where the one from AL1 and one of another number fit, or two from AL1, all stand', () => {
  const other = a60(1, iam('A', '78'))
  expect(statusesInAnyOrder(listed(1, al1()), other, a60(2, iam('D', '77')))).toEqual([
    'active',
    'active',
    'deleted',
  ])
  const two = listed(1, al1(), al1('^Penicillin').replace('AL1|1', 'AL1|2'))
  expect(statusesInAnyOrder(two, a60(2, iam('D', '77')))).toEqual(['active', 'active', 'deleted'])
})
