import table from '../identifier-types.json' with { type: 'json' }

/** What an identifier type stands for if it is known not to be a number of the patient. */
export type IdentifierGroup = keyof typeof table.types

const groups: ReadonlyMap<string, IdentifierGroup> = new Map(
  Object.entries(table.types).flatMap(([group, types]) =>
    types.map((type) => [type, group as IdentifierGroup] as const),
  ),
)
const words = Object.entries(table.words).flatMap(([group, names]) =>
  names.map((word) => ({ word, group: group as IdentifierGroup })),
)

/** `NNxxx`: the national number of the country `xxx`, ISO 3166. HL7 table 0203. */
const ofCountry = /^NN[A-Z]{3}$/

/** Answers for types met before; bounded, because senders choose the types. */
const known = new Map<string, IdentifierGroup | null>()
const mostKnown = 1_000

/**
 * The group of an identifier type in HL7 table 0203, or by a word in a local name (`ACCTNO`); null
 * if it is not known to be anything else than a number of the patient. Case does not matter.
 *
 * @see schemas/identifier-types.json
 */
export const identifierGroupOf = (type: string): IdentifierGroup | null => {
  const before = known.get(type)
  if (before !== undefined) return before
  const name = type.trim().toUpperCase()
  const group =
    groups.get(name) ??
    (ofCountry.test(name) ? 'national' : null) ??
    words.find(({ word }) => name.includes(word))?.group ??
    null
  if (known.size < mostKnown) known.set(type, group)
  return group
}

/**
 * Whether an identifier of this type may be shared by two patients, such as the account of a mother
 * and her newborn, or changes with each visit. It never identifies a patient.
 */
export const isOfAccountOrVisit = (type: string | null): boolean => {
  const group = type === null ? null : identifierGroupOf(type)
  return group === 'account' || group === 'visit' || group === 'order'
}
