import { identityStatedIn, saysWho } from '@tideway/identity/conflict/stated-identity'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { Arrival } from '../apply/arrival.ts'
import type { LoadedDocuments } from '../apply/project.ts'
import { isKnown, isRedelivered } from '../history/known-before.ts'
import { contradictionOf, othersIdentities } from './known-identities.ts'

/**
 * Whether all that the organisation of a patient said of him stands in these messages. A batch that
 * comes again after a crash finds its own words in the head.
 */
const isFirstWord = (
  { details, organisation }: PatientHead,
  messages: ReadonlySet<string>,
): boolean => (details[organisation] ?? []).every(({ message }) => messages.has(message))

const contradictsOthers = (head: PatientHead, arrivals: readonly Arrival[]): boolean => {
  const others = othersIdentities(head)
  if (others.length === 0) return false
  return arrivals.some(({ event }) => {
    if (event?.body.type !== 'PatientDetailsReported' || event.source !== head.organisation)
      return false
    const stated = identityStatedIn(event.body)
    return (
      saysWho(stated) &&
      others.some((other) => contradictionOf(stated, [other], [], false) !== null)
    )
  })
}

/**
 * Patients whose own organisation says in this batch for the first time who they are, where another
 * sender said otherwise before: what that one said is then what contradicts, though it came first.
 */
export const patientsOfFirstWord = (
  arrivals: readonly Arrival[],
  loaded: LoadedDocuments,
): string[] => {
  const { heads, withdrawn = new Set() } = loaded
  const isRepeat = (arrival: Arrival): boolean =>
    isKnown(loaded)(arrival) && !isRedelivered(loaded)(arrival)
  const stating = arrivals.filter(
    (arrival) =>
      arrival.event?.body.type === 'PatientDetailsReported' &&
      !withdrawn.has(arrival.messageId) &&
      !isRepeat(arrival),
  )
  if (stating.length === 0) return []
  return [...Map.groupBy(stating, ({ patient }) => patient)].flatMap(([patient, own]) => {
    const head = heads.get(patient)
    if (head === undefined || Object.keys(head.details).length === 0) return []
    const messages = new Set(own.map(({ messageId }) => messageId))
    return isFirstWord(head, messages) &&
      (head.conflict !== undefined || contradictsOthers(head, own))
      ? [patient]
      : []
  })
}
