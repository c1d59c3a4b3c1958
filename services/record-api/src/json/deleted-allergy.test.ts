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
