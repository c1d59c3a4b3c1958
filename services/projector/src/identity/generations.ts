import { agreesOnIdentity } from '@tideway/identity/conflict/conflict'
import {
  identityStatedIn,
  saysWho,
  type StatedIdentity,
} from '@tideway/identity/conflict/stated-identity'
import { same } from '@tideway/record/entries/is-same'
import type { LaterGeneration } from '@tideway/schemas/documents/head-identity'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { generationKeyOf } from '@tideway/schemas/public-id'
import type { Arrival } from '../apply/arrival.ts'
import type { NumberDecision } from './decisions.ts'

/** A later person with a number, and the messages that a steward decided to be about that one. */
type FoundedGeneration = LaterGeneration & { messages: ReadonlySet<string> }

/** The people who have a number. */
export type People = {
  /** Those after the first, as they are now. */
  later: readonly FoundedGeneration[]
  /** How many there ever were, those included that were joined again. */
  count: number
  /** Messages of those that were joined again. */
  joined: ReadonlySet<string>
}

const peopleKept = 8

/** When a message was made, else received; milliseconds since 1970 UTC. */
export const saidAt = ({ sentAt, receivedAt }: PatientEvent): number =>
  sentAt ?? Math.floor(receivedAt / 1000)

/** Identities stated in events, each once. */
export const identitiesIn = (arrivals: readonly Arrival[]): StatedIdentity[] => {
  const found: StatedIdentity[] = []
  for (const { event } of arrivals) {
    if (event?.body.type !== 'PatientDetailsReported') continue
    const stated = identityStatedIn(event.body)
    if (saysWho(stated) && !found.some((one) => same(one, stated))) found.push(stated)
  }
  return found
}

const agreesWith = (stated: StatedIdentity, known: readonly StatedIdentity[]): boolean =>
  known.some((one) => agreesOnIdentity(stated, one, false))

const wordOf = ({ names, birthDate }: StatedIdentity): string =>
  JSON.stringify([names, birthDate?.slice(0, 10)])

/** Whether it has the name and birth date of one that is known. */
const isSameWord = (stated: StatedIdentity, known: readonly StatedIdentity[]): boolean =>
  stated.birthDate !== null && known.some((one) => wordOf(one) === wordOf(stated))

type Split = { from: number; people: StatedIdentity[] }

/** Who was not named before the time of a split. */
const splitAt = (from: number, arrivals: readonly Arrival[]): Split => {
  const isBefore = ({ event }: Arrival): boolean => event !== null && saidAt(event) < from
  const before = identitiesIn(arrivals.filter(isBefore))
  const since = identitiesIn(arrivals.filter((one) => !isBefore(one)))
  return { from, people: since.filter((one) => !isSameWord(one, before)).slice(0, peopleKept) }
}

const splitOff = (messages: ReadonlySet<string>, arrivals: readonly Arrival[]): Split => {
  const own = arrivals.filter(({ messageId }) => messages.has(messageId))
  const times = own.flatMap(({ event }) => (event === null ? [] : [saidAt(event)]))
  return {
    from: times.reduce((least, time) => Math.min(least, time), Number.MAX_SAFE_INTEGER),
    people: identitiesIn(own).slice(0, peopleKept),
  }
}

const isJoinedBy = (
  { body }: NumberDecision,
  number: string,
  { generation, messages }: FoundedGeneration,
): boolean =>
  body.decision === 'SAME_PERSON' &&
  (body.patientKeys.includes(generationKeyOf(number, generation)) ||
    (messages.size > 0 && [...messages].every((one) => body.messages.includes(one))))

/**
 * The later people with a number, by the decisions about it. A later decision that they are the
 * same person joins one again; its place in the count is not used again.
 *
 * @param decisions  by the order of the log
 * @param arrivals   everything told under the number that is not withdrawn
 */
export const peopleBy = (
  number: string,
  decisions: readonly NumberDecision[],
  arrivals: readonly Arrival[],
): People => {
  let founded: FoundedGeneration[] = []
  const joined = new Set<string>()
  let generation = 1
  for (const decision of decisions) {
    const { body, at } = decision
    const messages = new Set(body.messages)
    if (body.decision === 'OTHER_PERSON') {
      generation += 1
      founded.push({ generation, messages, ...splitOff(messages, arrivals) })
    } else if (body.decision === 'SPLIT_NUMBER') {
      generation += 1
      const from = body.from ?? Math.floor(at / 1000)
      founded.push({ generation, messages, ...splitAt(from, arrivals) })
    } else if (body.decision === 'SAME_PERSON') {
      const again = founded.filter((one) => isJoinedBy(decision, number, one))
      for (const { messages: own } of again) for (const message of own) joined.add(message)
      founded = founded.filter((one) => !again.includes(one))
    }
  }
  return { later: founded, count: generation, joined }
}

/**
 * Which of the people who had a number a message is about: the one whose name and birth date it
 * has, else the only one it agrees with; where it does not say, or that does not tell, the one who
 * had the number when it was made.
 *
 * @param stated  identities that it states
 * @param first   what is known of the first person
 */
export const generationFor = (
  stated: readonly StatedIdentity[],
  at: number,
  later: readonly LaterGeneration[],
  first: readonly StatedIdentity[],
): number => {
  const all = [{ generation: 1, people: first }, ...later]
  const only = (isHis: (people: readonly StatedIdentity[]) => boolean): number | null => {
    const found = all.filter(({ people }) => isHis(people))
    return found.length === 1 ? (found[0]?.generation ?? null) : null
  }
  return (
    only((people) => stated.some((one) => isSameWord(one, people))) ??
    only((people) => stated.some((one) => agreesWith(one, people))) ??
    later.findLast(({ from }) => at >= from)?.generation ??
    1
  )
}

/** By message, which of the people who have a number it is about; absent: the first. */
export const messagesByPerson = (
  { later }: People,
  arrivals: readonly Arrival[],
): ReadonlyMap<string, number> => {
  const found = new Map<string, number>()
  if (later.length === 0) return found
  const begin = Math.min(...later.map(({ from }) => from))
  const decided = new Map(
    later.flatMap(({ generation, messages }) =>
      [...messages].map((message) => [message, generation] as const),
    ),
  )
  const first = identitiesIn(
    arrivals.filter(
      ({ event, messageId }) => event !== null && saidAt(event) < begin && !decided.has(messageId),
    ),
  )
  for (const [message, own] of Map.groupBy(arrivals, ({ messageId }) => messageId)) {
    const [event] = own.flatMap((one) => one.event ?? [])
    if (event === undefined || event.body.type === 'IdentityDecided') continue
    const generation =
      decided.get(message) ?? generationFor(identitiesIn(own), saidAt(event), later, first)
    if (generation > 1) found.set(message, generation)
  }
  return found
}
