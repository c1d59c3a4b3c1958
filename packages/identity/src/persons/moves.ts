import type { StoredFact } from '@tideway/schemas/documents/identity'
import type { Version } from '@tideway/schemas/documents/version'
import type { Identifier } from '@tideway/schemas/events.generated'
import { type IdentityFacts, standing } from './statement.ts'

type Kind = 'encounter' | 'account' | 'identifier'
/** A visit, an account or an identifier of a source patient; null: of one that was not named. */
type Place = { patient: string | null; id: string }

/** Where what is reported of a visit, an account or an identifier belongs now. */
export type MovedTo = {
  kind: Kind
  from: string | null
  to: string
  /** Encounter id, or value of the account or identifier, as reported under `from`. */
  id: string
  /** The same under `to`; another after a change or merge of numbers. */
  toId: string
  version: Version
}

type Step = { kind: Kind; from: Place; to: Place & { patient: string }; version: Version }

const values = (identifiers: readonly Identifier[]): string[] =>
  identifiers.map(({ value }) => value)

/** From one place to another of the same patient. */
const renamed = (kind: Kind, patient: string, before: readonly string[], now: string | null) =>
  now === null
    ? []
    : before.map((id) => ({ kind, from: { patient, id }, to: { patient, id: now } }))

const stepsIn = (patient: string, { body }: StoredFact): Omit<Step, 'version'>[] => {
  const moved = (kind: Kind, ids: readonly string[], from: string | null, to: string | null) =>
    to === null
      ? []
      : ids.map((id) => ({ kind, from: { patient: from, id }, to: { patient: to, id } }))
  switch (body.type) {
    case 'EncounterMoved':
      return moved('encounter', body.encounterIds, body.fromKey, body.toKey)
    case 'AccountMoved':
      return moved('account', values(body.accounts), body.fromKey, body.toKey)
    case 'IdentifiersMoved':
      return moved('identifier', values(body.identifiers), body.fromKey, body.toKey)
    case 'EncountersMerged':
      return [
        ...renamed('encounter', patient, body.priorEncounterIds, body.encounterId),
        ...renamed('account', patient, values(body.priorAccounts), body.account?.value ?? null),
      ]
    case 'IdentifiersChanged':
      return changesIn(patient, body)
    default:
      return []
  }
}

const changesIn = (
  patient: string,
  {
    subject,
    priorEncounterId,
    encounterId,
    prior,
    current,
  }: Extract<StoredFact['body'], { type: 'IdentifiersChanged' }>,
): Omit<Step, 'version'>[] => {
  if (subject === 'VISIT' && priorEncounterId !== null)
    return renamed('encounter', patient, [priorEncounterId], encounterId)
  return subject === 'ACCOUNT'
    ? renamed('account', patient, values(prior), current[0]?.value ?? null)
    : []
}

const textOf = ({ patient, id }: Place): string => `${patient ?? ''} ${id}`

/**
 * Which visits, accounts and identifiers are whose now (A35, A41 to A45, A49, A50), chains followed
 * to their end. What moved and came back is not among them. The same in any order of facts.
 */
export const movesOf = (all: readonly IdentityFacts[]): MovedTo[] => {
  const steps = all
    .flatMap(({ _id, facts }) =>
      standing(facts).flatMap((fact) =>
        stepsIn(_id, fact).map((step): Step => ({ ...step, version: fact.version })),
      ),
    )
    .toSorted((one, other) => (orderOf(one) < orderOf(other) ? -1 : 1))
  const now = new Map<string, Step>()
  for (const step of steps) {
    if (textOf(step.from) === textOf(step.to)) continue
    for (const [origin, before] of now)
      if (before.kind === step.kind && textOf(before.to) === textOf(step.from))
        now.set(origin, { ...before, to: step.to, version: step.version })
    now.set(`${step.kind} ${textOf(step.from)}`, step)
  }
  return [...now.values()]
    .filter(({ from, to }) => textOf(from) !== textOf(to))
    .map(
      ({ kind, from, to, version }): MovedTo => ({
        kind,
        from: from.patient,
        to: to.patient,
        id: from.id,
        toId: to.id,
        version,
      }),
    )
    .toSorted((one, other) => (nameOf(one) < nameOf(other) ? -1 : 1))
}

const orderOf = ({ version, kind, from, to }: Step): string =>
  `${version} ${kind} ${textOf(from)} ${textOf(to)}`
const nameOf = ({ kind, from, id }: MovedTo): string => `${kind} ${from ?? ''} ${id}`
