import { expect, test } from 'vitest'
import { active, adt, subject, summaryAfter, texts } from './short-form.fixture.ts'

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

test('an allergy line has severity and reactions, from AL1, IAM and FHIR', () => {
  expect(texts(summaryAfter(adt('A08', '20260901100000', penicillin)).allergies)).toEqual([
    'Penicillin, severe, reaction Anaphylaxis + Rash',
  ])
  const iam = 'IAM|1|DA|PEN^Penicillin|MO|Hives|A||||||||||||C'
  expect(texts(summaryAfter(adt('A60', '20260901100000', iam)).allergies)).toEqual([
    'Penicillin, moderate, reaction Hives',
  ])
  const reaction = [
    {
      manifestation: [{ text: 'Anaphylaxis' }, { text: 'Wheeze' }],
      severity: 'severe',
    },
  ]
  expect(
    texts(
      summaryAfter(
        allergy('A1', { text: 'Peanut' }, { reaction, criticality: 'high', category: ['food'] }),
      ).allergies,
    ),
  ).toEqual(['Peanut, severe, high criticality, reaction Anaphylaxis + Wheeze'])
})

test.each([
  ['a code', al1('1', 'DA', 'NKDA'), 'No known drug allergies ("NKDA")', 'drug'],
  ['a text', al1('1', '', '^No known allergies'), 'No known allergies', 'any'],
  ['code and text', al1('1', 'DA', 'NKA^No Known Allergies^L'), 'No known allergies', 'any'],
  [
    'a code of SNOMED CT',
    al1('1', '', '716186003^No known allergy^SCT'),
    'No known allergies ("No known allergy")',
    'any',
  ],
  ['the type alone', al1('1', 'NKA'), 'No known allergies ("NKA")', 'any'],
])(
  'AL1 with %s that none are known is that statement, with its day',
  (_, segment, words, noKnown) => {
    const { allergies } = summaryAfter(adt('A08', '20260901100000', segment))
    expect(allergies).toMatchObject({
      contradiction: false,
      lines: [{ text: `${words}, said 01-Sep-2026`, noKnown }],
    })
    expect(allergies.lines[0]).not.toHaveProperty('contradicted')
  },
)

test('who recorded that none are known, and when, is in the line', () => {
  const noneKnown = allergy('N1', snomed('409137002', 'No known drug allergy'), {
    recordedDate: '2026-11-12T09:00:00+00:00',
    recorder: { display: 'Dr Jo Rao' },
  })
  expect(texts(summaryAfter(noneKnown).allergies)).toEqual([
    'No known drug allergies ("No known drug allergy"), recorded 12-Nov-2026 by Dr Jo Rao',
  ])
})
