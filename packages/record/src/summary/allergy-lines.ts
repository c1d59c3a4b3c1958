import type { Entry } from '@tideway/schemas/documents/entry'
import type { NoKnownAllergies, PatientHead, StatementLine } from '@tideway/schemas/documents/head'
import { unsaid } from '@tideway/schemas/events.generated'
import { contradicts } from './contradiction.ts'
import { noKnownLineOf } from './further-lines.ts'
import { noKnownAllergiesIn } from './no-known-allergies.ts'
import { statementLineOf } from './statement-lines.ts'

/** A statement that no allergies of a kind are known, with its line. */
export type NoKnownLine = StatementLine & { noKnown: NoKnownAllergies }

/** What the allergies of a person say together. */
export type AllergyLines = {
  allergies: { head: PatientHead; line: StatementLine }[]
  noKnown: { head: PatientHead; line: NoKnownLine }[]
  /** `_id` of the entries that contradict one another, of either kind, or themselves. */
  contradicted: ReadonlySet<string>
}

/** A head of an earlier release has such a statement among the allergies, known by its words. */
const asNoKnown = (line: StatementLine): NoKnownLine | null => {
  const noKnown = line.noKnown ?? noKnownAllergiesIn({ ...unsaid.Coded(), text: line.text })
  return noKnown === null ? null : { ...line, noKnown }
}

/**
 * The allergies of a person, and the statements that none are known, of all organisations. That
 * none are known beside an allergy is a contradiction, whichever was said later: neither takes
 * anything from the other.
 */
export const allergyLines = (heads: readonly PatientHead[]): AllergyLines => {
  const all = heads.flatMap((head) =>
    [...head.allergies, ...head.noKnownAllergies].map((line) => ({ head, line })),
  )
  const noKnown = all.flatMap(({ head, line }) => {
    const statement = asNoKnown(line)
    return statement === null ? [] : [{ head, line: statement }]
  })
  const statements = new Set(noKnown.map(({ line }) => line.entry))
  const allergies = all.filter(({ line }) => !statements.has(line.entry))
  const contradicted = new Set([
    ...allergies.flatMap(({ line }) => (line.codedAsNone === undefined ? [] : [line.entry])),
    ...noKnown.flatMap(({ line }) => {
      const known = allergies.filter((allergy) => contradicts(allergy.line, line.noKnown))
      return known.length === 0 ? [] : [line.entry, ...known.map((one) => one.line.entry)]
    }),
  ])
  return { allergies, noKnown, contradicted }
}

const allergyLineOf = statementLineOf('allergy')

/**
 * What an entry says that no allergies of are known, and whether it contradicts others of the
 * person. An entry that does not stand says and contradicts nothing.
 *
 * @param others  of the heads of the person
 */
export const allergyStatementIn = (
  entry: Entry,
  others: AllergyLines | null,
): { noKnown: NoKnownAllergies | null; isContradicted: boolean } => {
  const noKnown = noKnownLineOf(entry)?.noKnown ?? null
  if (noKnown !== null)
    return {
      noKnown,
      isContradicted: others?.allergies.some(({ line }) => contradicts(line, noKnown)) === true,
    }
  const allergy = allergyLineOf(entry)
  return {
    noKnown,
    isContradicted:
      allergy !== null &&
      (allergy.codedAsNone !== undefined ||
        others?.noKnown.some(({ line }) => contradicts(allergy, line.noKnown)) === true),
  }
}
