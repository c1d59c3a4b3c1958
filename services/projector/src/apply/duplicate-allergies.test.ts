import { numberKey, wordKey } from '@tideway/record/keys/business-key'
import { statementsKept } from '@tideway/schemas/documents/head'
import { type AllergyReported, type PatientEvent, unsaid } from '@tideway/schemas/events.generated'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { coded, event, patient } from '@tideway/record/entries/histories.fixture'
import { shuffled } from '@tideway/record/entries/random-histories.fixture'
import { seenAfter } from './duplicate-allergies.fixture.ts'

type PartialAllergy = Partial<AllergyReported> & { allergyId: string }
const allergiesReported = (...allergies: PartialAllergy[]) =>
  allergies.map((one, sent) =>
    event(
      { ...unsaid.AllergyReported(), code: coded('PEN', 'penicillin'), category: 'DRUG', ...one },
      sent,
    ),
  )
const bare = { allergyId: '~PEN|DRUG' }
const numbered = { allergyId: '7', action: 'A' }

test.each([1, 2])(
  'AL1 and IAM of one substance are one line in either order, in batches of %i',
  async (batch) => {
    const expected = {
      allergies: { '~PEN|DRUG': ['active', '7'], '7': ['active', undefined] },
      lines: ['7'],
    }
    expect(await seenAfter(allergiesReported(bare, numbered), batch)).toEqual(expected)
    expect(await seenAfter(allergiesReported(numbered, bare), batch)).toEqual(expected)
  },
)

test.each<[string, PartialAllergy]>([
  ['another substance', { ...numbered, code: coded('AMOX') }],
  ['a code of another system', { ...numbered, code: { ...coded('PEN'), system: 'SCT' } }],
  ['another category', { ...numbered, category: 'FOOD' }],
])('%s is another allergy', async (_, other) => {
  expect((await seenAfter(allergiesReported(bare, other), 1)).lines).toEqual(['7', '~PEN|DRUG'])
})

test('allergies of two senders, or with two numbers, stay separate', async () => {
  const [al1, iam] = allergiesReported(bare, numbered) as [PatientEvent, PatientEvent]
  expect((await seenAfter([al1, { ...iam, source: 'LAB' }], 1)).lines).toEqual(['7', '~PEN|DRUG'])
  expect(
    (await seenAfter(allergiesReported(bare, numbered, { ...numbered, allergyId: '8' }), 1)).lines,
  ).toEqual(['7', '8', '~PEN|DRUG'])
})

test('when the numbered allergy is deleted, the one from AL1 is shown when it is stated again', async () => {
  const messages = allergiesReported(bare, numbered, { ...numbered, action: 'D' }, bare)
  expect((await seenAfter(messages.slice(0, 3), 1)).lines).toEqual([])
  expect((await seenAfter(messages, 1)).lines).toEqual(['~PEN|DRUG'])
})

test('when the numbered allergy changes its substance, the one from AL1 is shown again', async () => {
  expect(
    (
      await seenAfter(
        allergiesReported(bare, numbered, { ...numbered, action: 'U', code: coded('AMOX') }),
        1,
      )
    ).lines,
  ).toEqual(['7', '~PEN|DRUG'])
})

const deleted = { ...bare, action: 'D' }

test.each([1, 2, 3])(
  'an allergy deleted without its number is deleted, in either order, in batches of %i',
  async (batch) => {
    const [added, ended] = allergiesReported(numbered, deleted) as [PatientEvent, PatientEvent]
    const expected = {
      allergies: { '~PEN|DRUG': ['deleted', undefined], '7': ['deleted', undefined] },
      lines: [],
    }
    expect(await seenAfter([added, ended], batch)).toEqual(expected)
    expect(await seenAfter([ended, added], batch)).toEqual(expected)
  },
)

test('one added again after that stands again', async () => {
  expect((await seenAfter(allergiesReported(numbered, deleted, numbered), 1)).lines).toEqual(['7'])
})

test.each<[string, PartialAllergy[]]>([
  ['two with a number fit', [numbered, { ...numbered, allergyId: '8' }, deleted]],
  ['it is to another substance', [{ ...numbered, code: coded('AMOX') }, deleted]],
  ['it is of another category', [{ ...numbered, category: 'FOOD' }, deleted]],
  ['the one without a number is the one that ends', [bare, numbered, deleted]],
  ['it was added after the deletion', [deleted, numbered]],
])('a deletion without a number leaves the numbered allergy where %s', async (_, all) => {
  const { allergies, lines } = await seenAfter(allergiesReported(...all), 1)
  expect(allergies['~PEN|DRUG']?.[0]).toBe('deleted')
  expect(lines).toContain('7')
})

test('a message that adds an allergy with a number and deletes the one without replaces it', async () => {
  const [added, ended] = allergiesReported(numbered, deleted) as [PatientEvent, PatientEvent]
  const together = { ...ended, messageId: added.messageId, place: 'IAM[2]' }
  expect((await seenAfter([added, together], 2)).lines).toEqual(['7'])
})

const histories = fc
  .array(
    fc.record({
      number: fc.constantFrom(null, null, 7, 8),
      code: fc.constantFrom('PEN', 'AMOX'),
      category: fc.constantFrom('DRUG', 'FOOD', null),
      action: fc.constantFrom('A', 'U', 'D'),
      source: fc.constantFrom('RJZ', 'RJZ', 'LAB'),
    }),
    { minLength: 1, maxLength: 10 },
  )
  .map((all) =>
    all.map(({ number, code, category, action, source }, sent) =>
      event(
        {
          ...unsaid.AllergyReported(),
          code: coded(code),
          category,
          action: number === null && action !== 'D' ? null : action,
          allergyId:
            number === null
              ? wordKey(`${code}|${category ?? ''}`, source, patient)
              : numberKey(`${number}`, source, patient),
        },
        sent,
        { source },
      ),
    ),
  )

test('an allergy that stands again because another fits its deletion too has its line after a crash', async () => {
  const amox = (allergyId: string, more: Partial<AllergyReported>) => ({
    allergyId,
    code: coded('AMOX'),
    ...more,
  })
  const [food, drug, deletion] = allergiesReported(
    amox('~AMOX|FOOD', { category: 'FOOD' }),
    amox('~AMOX|DRUG', {}),
    amox('~AMOX|', { category: null, action: 'D' }),
  ) as [PatientEvent, PatientEvent, PatientEvent]
  const events = [food, deletion, drug]
  const seen = await seenAfter(events, 1)
  expect(seen.lines).toContain('~AMOX|FOOD')
  expect(await seenAfter(events, 1, true)).toEqual(seen)
})

test('any order and repetition, in batches of any size, gives the same allergies and lines, and every current substance has a line', async () => {
  await fc.assert(
    fc.asyncProperty(
      histories.chain((events) =>
        fc.tuple(
          fc.constant(events),
          shuffled(events),
          fc.integer({ min: 1, max: 4 }),
          fc.boolean(),
        ),
      ),
      async ([events, other, batch, crashing]) => {
        const seen = await seenAfter(events, events.length)
        expect(await seenAfter(other, batch, crashing)).toEqual(seen)
        if ((seen.lines?.length ?? 0) === statementsKept) return
        for (const [key, [status, sameAs]] of Object.entries(seen.allergies))
          if (status === 'active') expect(seen.lines).toContain(sameAs ?? key)
      },
    ),
    { numRuns: 500 },
  )
})
