import { expect, test } from 'vitest'
import {
  active,
  adt,
  clinical,
  entriesIn,
  storedAfter,
  subject,
  summaryAfter,
  summaryIn,
  texts,
} from './short-form.fixture.ts'

const al1 = (...fields: string[]) => `AL1|${fields.join('|')}`
const penicillin = al1('1', 'DA', 'PEN^Penicillin', 'SV', 'ANA^Anaphylaxis~RASH^Rash')

const snomed = (code: string, display: string) => ({
  coding: [{ system: 'http://snomed.info/sct', code, display }],
})
const allergy = (id: string, code: object, more: object = {}) => ({
  resourceType: 'AllergyIntolerance',
  id,
  ...active,
  patient: subject,
  code,
  ...more,
})

test('that none are known beside an allergy is a contradiction in summary, line and entry', () => {
  for (const messages of [
    [adt('A08', '20260901100000', penicillin), adt('A08', '20260902100000', al1('1', '', 'NKA'))],
    [adt('A08', '20260901100000', al1('1', '', 'NKA')), adt('A08', '20260902100000', penicillin)],
    [adt('A08', '20260901100000', penicillin, al1('2', '', 'NKA'))],
    [
      adt('A08', '20260901100000', penicillin),
      allergy('N1', snomed('716186003', 'No known allergy')),
    ],
  ]) {
    const { allergies } = summaryAfter(...messages)
    expect(allergies.contradiction).toBe(true)
    expect(allergies.lines).toMatchObject([
      { text: 'Penicillin, severe, reaction Anaphylaxis + Rash', contradicted: true },
      {
        text: expect.stringMatching(/^No known allerg.*\(contradicted: allergies are recorded\)$/),
        noKnown: 'any',
        contradicted: true,
      },
    ])
    const entries = entriesIn(storedAfter(...messages), 'allergy')
    expect(entries).toHaveLength(2)
    for (const entry of entries) expect(entry).toMatchObject({ contradicted: true })
  }
})

test('no known drug allergies do not contradict an allergy to food', () => {
  const { allergies } = summaryAfter(
    adt('A08', '20260901100000', al1('1', 'FA', 'PEA^Peanut'), al1('2', 'DA', 'NKDA')),
  )
  expect(allergies.contradiction).toBe(false)
  expect(allergies.lines.map(({ contradicted }) => contradicted)).toEqual([undefined, undefined])
})

test('an allergy that no longer stands contradicts nothing, nor does a refuted statement', () => {
  const ended = allergy(
    'A1',
    { text: 'Penicillin' },
    {
      clinicalStatus: clinical('resolved'),
    },
  )
  const { allergies } = summaryAfter(ended, adt('A08', '20260902100000', al1('1', '', 'NKA')))
  expect([allergies.contradiction, texts(allergies)]).toEqual([
    false,
    ['No known allergies ("NKA"), said 02-Sep-2026'],
  ])
})

test('statements that none are known never take the place of an allergy in the head', () => {
  const many = Array.from({ length: 8 }, (_, n) => al1(`${n}`, 'FA', `F${n}^Food ${n}`))
  const none = ['NKA', 'NKDA', 'NKFA'].map((code, n) => al1(`${20 + n}`, '', code))
  const { allergies } = summaryIn(storedAfter(adt('A08', '20260901100000', ...many, ...none)))
  expect(allergies.lines.filter(({ noKnown }) => noKnown === undefined)).toHaveLength(8)
  expect(allergies.lines.filter(({ noKnown }) => noKnown !== undefined)).toHaveLength(3)
})

test('a head that an earlier release stored is read alike', () => {
  const documents = storedAfter(adt('A08', '20260901100000', penicillin, al1('2', '', '^NKDA')))
  const [head] = [...documents.heads.values()]
  if (head === undefined) throw new Error('no head')
  const before = {
    ...head,
    allergies: [
      ...head.allergies,
      ...head.noKnownAllergies.map(({ noKnown: _, ...line }) => ({ ...line, text: 'NKDA' })),
    ],
    noKnownAllergies: [],
  }
  const { allergies } = summaryIn({ ...documents, heads: new Map([[head._id, before]]) })
  expect(allergies).toMatchObject({
    contradiction: true,
    lines: [{ contradicted: true }, { noKnown: 'drug', contradicted: true }],
  })
})

test.each([
  ['a local code', al1('1', '', 'NKA^Latex'), 'no known allergies'],
  ['a code of SNOMED CT', al1('1', '', '716186003^Latex^SCT'), 'no known allergies'],
  ['a code for drugs', al1('1', 'DA', '409137002^Latex^SCT'), 'no known drug allergies'],
  ['IAM', 'IAM|1||NKA^Latex||||A', 'no known allergies'],
  [
    'FHIR',
    allergy('N1', { ...snomed('716186003', 'No known allergy'), text: 'Latex' }),
    'no known allergies',
  ],
])('%s that none are known with the name of an allergen is shown as both', (_, said, words) => {
  const message =
    typeof said !== 'string'
      ? said
      : adt(said.startsWith('IAM') ? 'A60' : 'A08', '20260901100000', said)
  const { allergies } = summaryAfter(message)
  expect(allergies).toMatchObject({
    contradiction: true,
    lines: [{ text: `Latex (contradictory: coded as "${words}")`, contradicted: true }],
  })
  expect(allergies.lines[0]).not.toHaveProperty('noKnown')
  expect(entriesIn(storedAfter(message), 'allergy')).toMatchObject([{ contradicted: true }])
})
