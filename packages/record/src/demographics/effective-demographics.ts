import type { Contribution } from '@tideway/schemas/documents/entry'
import type { Details, PatientHead } from '@tideway/schemas/documents/head'
import type { Version } from '@tideway/schemas/documents/version'
import { byVersion, firstSaying } from '../entries/facts.ts'
import { newestOf } from '../entries/newest.ts'

type DetailsContribution = Contribution<Partial<Details>>

/** The current demographics from one sender, with the origin of its newest message. */
export type SenderDetails = {
  sender: string
  version: Version
  message: string
  place: string
  fields: Partial<Details>
}

type StatedDetails = Pick<PatientHead, 'organisation' | 'details'>

/** Statements of the organisation that owns the identifier first, then the newest first. */
const ranked = ({ organisation, details }: StatedDetails): DetailsContribution[] =>
  Object.values(details)
    .flat()
    .toSorted(
      (a, b) =>
        Number(b.source === organisation) - Number(a.source === organisation) || byVersion(b, a),
    )

/** Whether a patient said to be alive was said to have died by another statement, which is over. */
const isAliveAfterAll = (contributions: readonly DetailsContribution[]): boolean => {
  const stating = (name: keyof Details) =>
    contributions.find(({ fields }) => Object.hasOwn(fields, name))
  const [alive, died] = [stating('deceased'), stating('diedAt')]
  return alive?.fields.deceased === false && died !== undefined && died !== alive
}

/** A code as sent is that of the statement whose word counts, never of another. */
const fieldsOf = (contributions: readonly DetailsContribution[]): Partial<Details> => {
  const { sexAsSent: _, ...all } = newestOf(contributions)
  const { diedAt: _diedAt, ...alive } = all
  const fields: Partial<Details> = isAliveAfterAll(contributions) ? alive : all
  const stated = contributions.find((one) => Object.hasOwn(one.fields, 'sex'))?.fields
  return stated?.sexAsSent === undefined ? fields : { ...fields, sexAsSent: stated.sexAsSent }
}

/**
 * The demographics each sender currently gives for a source patient: the organisation that owns the
 * identifier first, then the sender heard most recently.
 */
export const detailsBySender = (head: PatientHead): SenderDetails[] =>
  [...Map.groupBy(ranked(head), ({ source }) => source)].flatMap(([sender, contributions]) => {
    const [newest] = contributions
    return newest === undefined
      ? []
      : [
          {
            sender,
            version: newest.version,
            message: newest.message,
            place: newest.place,
            fields: fieldsOf(contributions),
          },
        ]
  })

/**
 * The demographics in force for a source patient, field by field: the value from the organisation
 * that owns the identifier, even if it emptied the field; otherwise the newest value from any other
 * sender.
 *
 * @returns `version` of the statement that ranks first; an empty string if there is none
 */
export const effectiveDemographics = (
  head: PatientHead,
): { version: Version; fields: Partial<Details> } => {
  const contributions = ranked(head)
  return { version: contributions[0]?.version ?? '', fields: fieldsOf(contributions) }
}

/**
 * Reads single fields of the effective demographics; null if no sender states one or it was
 * emptied.
 */
export const effectiveFields = (head: StatedDetails) => {
  const contributions = ranked(head)
  return <Field extends keyof Details>(field: Field): Details[Field] | null =>
    firstSaying(contributions, field)?.fields[field] ?? null
}
