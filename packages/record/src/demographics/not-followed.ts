import type { Origin } from '@tideway/schemas/documents/entry'
import type { IdentityFact, PatientHead } from '@tideway/schemas/documents/head'

/** Says that data of this patient stands, or is to stand, under another number. */
type Statement = Pick<Origin, 'message' | 'version'> & {
  /** Keys of the other patients; null: one that the statement does not name by key. */
  others: (string | null)[]
  /** Whether an unlink of the two takes it back. */
  isLink: boolean
}

/** Keys of what moved between two patients, without the own one. */
const otherOf = (
  { fromKey, toKey }: { fromKey: string | null; toKey: string | null },
  own: string,
) => [fromKey, toKey].filter((key) => key !== own)

/** What a fact says of the other patients; null if nothing of this one stands elsewhere. */
const othersIn = (fact: IdentityFact, own: string): Pick<Statement, 'others' | 'isLink'> | null => {
  switch (fact.type) {
    case 'PatientsMerged':
      return {
        others: [fact.survivingKey, ...fact.priorKeys].filter((key) => key !== own),
        isLink: true,
      }
    case 'PatientsLinked':
      return { others: fact.otherKeys.length === 0 ? [null] : fact.otherKeys, isLink: true }
    case 'EncounterMoved':
    case 'AccountMoved':
    case 'IdentifiersMoved':
      return { others: otherOf(fact, own), isLink: false }
    case 'EncountersMerged':
      return { others: [null], isLink: false }
    case 'IdentifiersChanged':
      return fact.subject === 'PATIENT' || fact.subject === 'VISIT'
        ? { others: othersOfChange(fact.priorKeys, own), isLink: false }
        : null
    case 'PatientsUnlinked':
    case 'PatientRemoved':
      return null
    default:
      return fact satisfies never
  }
}

/** Under the prior number the statement does not name the present one by key. */
const othersOfChange = (priorKeys: readonly string[], own: string): (string | null)[] =>
  priorKeys.length === 0 || priorKeys.includes(own) ? [null] : [...priorKeys]

const statementsOf = ({ _id, merges, identity }: PatientHead): Statement[] => [
  ...merges.map(({ message, version, priorKeys }) => ({
    message,
    version,
    others: priorKeys.length === 0 ? [null] : priorKeys,
    isLink: true,
  })),
  ...identity.flatMap(({ message, version, fact }) => {
    const said = othersIn(fact, _id)
    return said === null ? [] : [{ message, version, ...said }]
  }),
]

/** By the key of the other patient, the newest statement that the two are two people. */
const unlinkedIn = ({ identity }: PatientHead): Map<string, string> => {
  const unlinked = new Map<string, string>()
  for (const { fact, version } of identity)
    if (fact.type === 'PatientsUnlinked')
      for (const key of fact.otherKeys)
        if (version > (unlinked.get(key) ?? '')) unlinked.set(key, version)
  return unlinked
}

/**
 * Messages about one source patient whose merge, link or move no record follows yet.
 *
 * @param shown     keys of the source patients that are shown together
 * @param elsewhere messages of which another patient that is shown has a fact too: that is how the
 *   other is known where a statement does not name it by key
 */
const notFollowedIn = (
  head: PatientHead,
  shown: ReadonlySet<string>,
  elsewhere: ReadonlySet<string>,
): string[] => {
  const unlinked = unlinkedIn(head)
  const isOpen = ({ message, version, others, isLink }: Statement): boolean =>
    others.some((key) => {
      if (key === null) return !elsewhere.has(message)
      const isUndone = isLink && (unlinked.get(key) ?? '') > version
      return !isUndone && !shown.has(key)
    })
  return statementsOf(head)
    .filter(isOpen)
    .map(({ message }) => message)
}

const messagesOf = ({ merges, identity }: PatientHead): string[] =>
  [...merges, ...identity].map(({ message }) => message)

/**
 * How many merges, links and moves of these source patients are not followed: data may be missing
 * from the record, or stand in it that is another's. A merge of patients that are shown together
 * hides nothing. At least one if older statements are no longer known.
 *
 * @param heads  the source patients shown together
 */
export const countNotFollowed = (heads: readonly PatientHead[]): number => {
  const shown = new Set(heads.map(({ _id }) => _id))
  const open = new Set<string>()
  for (const head of heads) {
    const elsewhere = new Set(heads.filter((other) => other !== head).flatMap(messagesOf))
    for (const message of notFollowedIn(head, shown, elsewhere)) open.add(message)
  }
  const isCut = heads.some(({ identityCut }) => identityCut === true)
  return open.size + (isCut ? 1 : 0)
}
