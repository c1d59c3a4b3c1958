import { expect, test } from 'vitest'
import { questionsIn } from './question-answer.ts'

test.each([
  ['Pregnant=No', 'Pregnant', 'No'],
  ['Pregnant = No', 'Pregnant', 'No'],
  ['Fasting? : Yes', 'Fasting?', 'Yes'],
  ['Fasting?: Yes', 'Fasting?', 'Yes'],
  ['Fasting?:Yes', 'Fasting?', 'Yes'],
  ['Fasting:Yes', 'Fasting', 'Yes'],
  ['LMP: 12/03/2026 10:30', 'LMP', '12/03/2026 10:30'],
  ['Weight (kg): 18.4', 'Weight (kg)', '18.4'],
  ['Weight (kg)=18.4', 'Weight (kg)', '18.4'],
  [
    'Is the patient on warfarin? = Yes, since 2020',
    'Is the patient on warfarin?',
    'Yes, since 2020',
  ],
  ['Contrast reaction before=a=b', 'Contrast reaction before', 'a=b'],
  ['Schwanger? = Nein', 'Schwanger?', 'Nein'],
  ['Médicaments: aucun', 'Médicaments', 'aucun'],
])('%s is a question with its answer', (note, question, answer) => {
  expect(questionsIn(note)).toEqual([{ question, answer }])
})

test.each([
  'Before the next dose.',
  'Bled at 10:30',
  'Ratio 1:20',
  'eGFR >=60',
  'eGFR <= 60',
  'a == b',
  'see https://example.org/a',
  '=No',
  'Pregnant=',
  'Fasting?:',
  '10=12',
  'Isolation: gown and gloves.',
  'Child: dose by weight, 15 mg/kg.',
  'Plan: repeat the level tomorrow and then ring the ward',
  'Seen in clinic today. Known diabetic: please repeat HbA1c',
  `${'Long winded '.repeat(8)}sentence: not a question`,
  '',
])('%s is text alone', (note) => {
  expect(questionsIn(note)).toEqual([])
})

test('each line of a note may be a question', () => {
  expect(questionsIn('Pregnant=No\nplease phone\nFasting? : Yes')).toEqual([
    { question: 'Pregnant', answer: 'No' },
    { question: 'Fasting?', answer: 'Yes' },
  ])
})
