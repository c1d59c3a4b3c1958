import { isIdentityFact } from '@tideway/record/demographics/identity-facts'
import { versionOf } from '@tideway/record/entries/version'
import type { StoredFact } from '@tideway/schemas/documents/identity'
import type { EventBody, PatientEvent } from '@tideway/schemas/events.generated'

type FactBody = StoredFact['body']

const isFact = (body: EventBody): body is FactBody =>
  body.type === 'IdentityDecided' || isIdentityFact(body)

/** The fact that an event states about whose record is whose; null if it states none. */
export const factOf = ({
  id,
  messageId,
  source,
  sentAt,
  receivedAt,
  body,
}: PatientEvent): StoredFact | null =>
  isFact(body)
    ? {
        id,
        message: messageId,
        version: versionOf(sentAt, receivedAt),
        receivedAt: new Date(receivedAt / 1000),
        source,
        body,
      }
    : null

/** Keys that a fact names, with or without that of its own patient. */
const namedIn = (body: FactBody): readonly (string | null)[] => {
  switch (body.type) {
    case 'PatientsMerged':
      return [body.survivingKey, ...body.priorKeys]
    case 'PatientsLinked':
    case 'PatientsUnlinked':
      return body.otherKeys
    case 'IdentifiersChanged':
      return body.priorKeys
    case 'IdentifiersMoved':
    case 'EncounterMoved':
    case 'AccountMoved':
      return [body.fromKey, body.toKey]
    case 'IdentityDecided':
      return body.patientKeys
    case 'EncountersMerged':
    case 'PatientRemoved':
      return []
    default:
      return body satisfies never
  }
}

/** Keys of the other source patients that the facts of a patient name. */
export const mentionsOf = (patient: string, facts: readonly StoredFact[]): string[] => [
  ...new Set(
    facts.flatMap(({ body }) =>
      namedIn(body).filter((key): key is string => key !== null && key !== patient),
    ),
  ),
]

/** What one event does to the facts of its patient. */
export type FactChange =
  | { patient: string; fact: StoredFact }
  | { patient: string; message: string; withdrawn: boolean }

/** What an event says about whose record is whose; null if nothing. */
export const factChangeOf = (event: PatientEvent): FactChange | null => {
  const { body, patientKey: patient } = event
  if (body.type === 'MessageWithdrawn') return { patient, message: body.message, withdrawn: true }
  if (body.type === 'MessageRestored') return { patient, message: body.message, withdrawn: false }
  const fact = factOf(event)
  return fact === null ? null : { patient, fact }
}

const sameFact = (a: StoredFact, b: StoredFact): boolean =>
  a.version === b.version && JSON.stringify(a.body) === JSON.stringify(b.body)

/** The facts after a change; the same array if it changes nothing, as when it is sent again. */
export const withFactChange = (
  facts: readonly StoredFact[],
  change: FactChange,
): readonly StoredFact[] => {
  if ('fact' in change) {
    const before = facts.find(({ id }) => id === change.fact.id)
    if (before !== undefined && sameFact(before, change.fact)) return facts
    const isWithdrawn = before?.withdrawn === true ? { withdrawn: true as const } : {}
    const others = facts.filter(({ id }) => id !== change.fact.id)
    return [...others, { ...change.fact, ...isWithdrawn }].toSorted(byVersionThenId)
  }
  const { message, withdrawn } = change
  const changes = (fact: StoredFact) =>
    fact.message === message && (fact.withdrawn === true) !== withdrawn
  return facts.some(changes)
    ? facts.map(({ withdrawn: _, ...fact }) =>
        fact.message === message
          ? { ...fact, ...(withdrawn ? { withdrawn: true as const } : {}) }
          : { ...fact, ...(_ === true ? { withdrawn: true as const } : {}) },
      )
    : facts
}

const byVersionThenId = (a: StoredFact, b: StoredFact): number => {
  if (a.version !== b.version) return a.version < b.version ? -1 : 1
  return a.id < b.id ? -1 : 1
}
