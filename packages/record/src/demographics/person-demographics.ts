import type { Details, PatientHead } from '@tideway/schemas/documents/head'
import {
  detailsBySender,
  effectiveDemographics,
  type SenderDetails,
} from './effective-demographics.ts'
import { mismatchesOf } from './mismatches.ts'

/** Demographics of a person, combined from all their source patients. */
export type PersonDemographics = {
  /** Each field from the organisation that stated it most recently. */
  fields: Partial<Details>
  /** Every sender's own statement, newest source patient first, its owner before other senders. */
  bySender: { head: PatientHead; details: SenderDetails }[]
  /** Fields in which senders disagree. */
  mismatches: string[]
}

/**
 * Across organisations, a field that one of them emptied does not hide the value of another; a code
 * that was not kept hides that of another word.
 */
const stated = (fields: Partial<Details>): Partial<Details> => {
  const said = Object.entries(fields).filter(
    ([, value]) => value !== null && !(Array.isArray(value) && value.length === 0),
  )
  const isWordAlone = fields.sex != null && fields.sexAsSent == null
  return { ...Object.fromEntries(said), ...(isWordAlone ? { sexAsSent: null } : {}) }
}

/**
 * Combines the demographics of the source patients of one person.
 *
 * @param heads  source patients of one person, at least one; they agree on NHS number and birth
 *   date, because that is what makes them one person
 */
export const personDemographics = (heads: readonly PatientHead[]): PersonDemographics => {
  const newestFirst = heads
    .map((head) => ({ head, ...effectiveDemographics(head) }))
    .toSorted((a, b) => (a.version < b.version ? 1 : -1))
  const fields: Partial<Details> = Object.assign(
    {},
    ...newestFirst.map((each) => stated(each.fields)).toReversed(),
  )
  const bySender = newestFirst.flatMap(({ head }) =>
    detailsBySender(head).map((details) => ({ head, details })),
  )
  const [{ nhsNumber, birthDate }] = heads as readonly [PatientHead]
  return {
    fields: {
      ...fields,
      ...(nhsNumber === null ? {} : { nhsNumber }),
      ...(birthDate === null ? {} : { birthDate }),
    },
    bySender,
    mismatches: mismatchesOf(bySender.map(({ details }) => details.fields)),
  }
}
