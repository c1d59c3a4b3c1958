import { type Coded, type Reaction, unsaid } from '@tideway/schemas/events.generated'
import { expect, test } from 'vitest'
import { allergyWords } from './allergy-words.ts'

const word = (text: string): Coded => ({ ...unsaid.Coded(), text })
const reaction = (...seen: string[]): Reaction => ({
  ...unsaid.Reaction(),
  manifestations: seen.map(word),
})
const penicillin = { ...unsaid.AllergyReported(), code: word('penicillin') }

test.each([
  [{}, 'penicillin'],
  [{ severity: 'SV' }, 'penicillin, severe'],
  [{ severity: 'U' }, 'penicillin, severity unknown'],
  [{ severity: 'Local 4' }, 'penicillin, severity "Local 4"'],
  [{ criticality: 'high' }, 'penicillin, high criticality'],
  [{ criticality: 'unable-to-assess' }, 'penicillin, criticality not assessed'],
  [
    { severity: 'SV', reactions: [reaction('anaphylaxis', 'rash')] },
    'penicillin, severe, reaction anaphylaxis + rash',
  ],
  [
    { reactions: [reaction('vomiting'), { ...reaction('hives'), severity: 'mild' }] },
    'penicillin, reactions vomiting; hives (mild)',
  ],
  [{ reactions: [{ ...reaction(), notes: ['went blue'] }] }, 'penicillin, reaction went blue'],
  [{ reactions: [{ ...reaction(), at: '2020' }] }, 'penicillin'],
  [{ propensity: 'intolerance' }, 'penicillin, intolerance'],
  [{ propensity: 'allergy', verificationStatus: 'confirmed' }, 'penicillin'],
  [{ verificationStatus: 'unconfirmed' }, 'penicillin, unconfirmed'],
  [{ clinicalStatus: 'suspected' }, 'penicillin, suspected'],
])('%j', (said, line) => {
  expect(allergyWords({ ...penicillin, ...said })).toBe(line)
})

test('an allergy to something that is not named is a risk all the same', () => {
  expect(allergyWords({ ...penicillin, code: unsaid.Coded(), severity: 'SV' })).toBe(
    'substance not named, severe',
  )
})
