import { Type } from 'typebox'
import { optionalText } from './schema/values.ts'

/** @see FHIR R4, value set administrative-gender */
const genders = ['male', 'female', 'other', 'unknown'] as const
export type Gender = (typeof genders)[number]

/**
 * Administrative gender for each sex of the events.
 *
 * @see HL7 v2-to-FHIR, concept map of table 0001
 */
const genderOf: Readonly<Record<string, Gender>> = {
  MALE: 'male',
  FEMALE: 'female',
  OTHER: 'other',
  AMBIGUOUS: 'other',
  NOT_APPLICABLE: 'other',
  UNKNOWN: 'unknown',
}

/** Sex as the fields of an answer: two, because a code of a sender may be in no table. */
export const sexFields = {
  sex: Type.Optional(
    Type.Enum([...genders], {
      description:
        'FHIR administrative gender; `unknown` also for a code that is in no table. Absent if not sent.',
    }),
  ),
  sexAsSent: optionalText(
    'The code as sent, e.g. F or female. In what was stored by a release before this one: our word for it, e.g. FEMALE.',
  ),
}

/** As the events have it. `sexAsSent` is absent or null in what an earlier release stored. */
type Stated = { sex?: string | null; sexAsSent?: string | null }

/** @param stated  `sex`: a word of our table, or the code as sent if in none */
export const sexOf = ({
  sex,
  sexAsSent,
}: Stated): { sex: Gender | null; sexAsSent: string | null } => ({
  sex: sex == null ? null : (genderOf[sex] ?? 'unknown'),
  sexAsSent: sex == null ? null : (sexAsSent ?? sex),
})
