import type { Identity, StoredFact } from '@tideway/schemas/documents/identity'
import type { Version } from '@tideway/schemas/documents/version'
import type { Traits } from '../traits.ts'

/** What is known of one source patient, as far as persons follow from it. */
export type IdentityFacts = Pick<Identity<Traits>, '_id' | 'traits' | 'firstHeard' | 'facts'>

/** What a sender says of two source patients. */
export type SenderStatement = {
  kind: 'merge' | 'link' | 'change' | 'move' | 'unlink'
  /** Of a merge, a change and a move the prior patient; of the others the lower key. */
  a: string
  /** The surviving, present or receiving patient; of the others the higher key. */
  b: string
  version: Version
  message: string
  receivedAt: Date
}

/** What a steward decides about source patients. */
export type StewardDecision = {
  kind: 'LINK' | 'KEEP_APART' | 'UNLINK'
  patients: readonly string[]
  version: Version
  by: string
  receivedAt: Date
}

const sorted = (a: string, b: string): { a: string; b: string } =>
  a < b ? { a, b } : { a: b, b: a }

/** A pair of keys, the same in both directions. */
export const pairOf = (one: string, other: string): string => {
  const { a, b } = sorted(one, other)
  return `${a} ${b}`
}

type Said = Pick<SenderStatement, 'kind' | 'a' | 'b'>

/** What one fact under the key of `patient` says; nothing of a move of visits, or of a removal. */
const saidIn = (patient: string, { body }: StoredFact): Said[] => {
  switch (body.type) {
    case 'PatientsMerged': {
      const b = body.survivingKey ?? patient
      return body.priorKeys.map((a) => ({ kind: 'merge', a, b }))
    }
    case 'PatientsLinked':
      return body.otherKeys.map((other) => ({ kind: 'link', ...sorted(patient, other) }))
    case 'PatientsUnlinked':
      return body.otherKeys.map((other) => ({ kind: 'unlink', ...sorted(patient, other) }))
    case 'IdentifiersChanged':
      // The fact under the prior key does not name the present one; that under the present does.
      return body.priorKeys.includes(patient)
        ? []
        : body.priorKeys.map((a) => ({ kind: 'change', a, b: patient }))
    case 'IdentifiersMoved':
      return body.fromKey === null || body.toKey === null
        ? []
        : [{ kind: 'move', a: body.fromKey, b: body.toKey }]
    default:
      return []
  }
}

/** Facts that count: those of a withdrawn message do not. */
export const standing = (facts: readonly StoredFact[]): StoredFact[] =>
  facts.filter(({ withdrawn }) => withdrawn !== true)

/** What senders say, oldest first; under whichever keys, repeated or not, each once. */
export const senderStatements = (all: readonly IdentityFacts[]): SenderStatement[] => {
  const found = new Map<string, SenderStatement>()
  for (const { _id, facts } of all)
    for (const fact of standing(facts))
      for (const said of saidIn(_id, fact)) {
        const { version, message, receivedAt } = fact
        if (said.a !== said.b)
          found.set(`${version} ${message} ${said.kind} ${said.a} ${said.b}`, {
            ...said,
            version,
            message,
            receivedAt,
          })
      }
  return inOrder(found)
}

/** What stewards decide, oldest first, each decision once. */
export const stewardDecisions = (all: readonly IdentityFacts[]): StewardDecision[] => {
  const found = new Map<string, StewardDecision>()
  for (const { body, version, receivedAt } of all.flatMap(({ facts }) => standing(facts))) {
    if (body.type !== 'IdentityDecided') continue
    const { decision: kind, patientKeys: patients, by, decisionId } = body
    if (kind === 'LINK' || kind === 'KEEP_APART' || kind === 'UNLINK')
      found.set(`${version} ${decisionId}`, { kind, patients, version, by, receivedAt })
  }
  return inOrder(found)
}

const inOrder = <T>(found: ReadonlyMap<string, T>): T[] =>
  [...found].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, value]) => value)
