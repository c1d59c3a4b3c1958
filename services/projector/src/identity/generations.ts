import { agreesOnIdentity } from '@tideway/identity/conflict/conflict'
import {
  identityStatedIn,
  saysWho,
  type StatedIdentity,
} from '@tideway/identity/conflict/stated-identity'
import { same } from '@tideway/record/entries/is-same'
import type { LaterGeneration } from '@tideway/schemas/documents/head'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { generationKeyOf } from '@tideway/schemas/public-id'
import type { Arrival } from '../apply/arrival.ts'
import type { Decision } from './decisions.ts'

/** A later person with a number, and the messages that a steward decided to be about that one. */
export type FoundedGeneration = LaterGeneration & { messages: ReadonlySet<string> }

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

type Split = { from: number; people: StatedIdentity[] }

/** What was said of the others from the time of a split on. */
const splitAt = (from: number, arrivals: readonly Arrival[]): Split => {
  const isBefore = ({ event }: Arrival): boolean => event !== null && saidAt(event) < from
  const before = identitiesIn(arrivals.filter(isBefore))
  const since = identitiesIn(arrivals.filter((one) => !isBefore(one)))
  return { from, people: since.filter((one) => !agreesWith(one, before)).slice(0, peopleKept) }
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
  { body }: Decision,
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
export const generationsBy = (
  number: string,
  decisions: readonly Decision[],
  arrivals: readonly Arrival[],
): FoundedGeneration[] => {
  let founded: FoundedGeneration[] = []
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
    } else if (body.decision === 'SAME_PERSON')
      founded = founded.filter((one) => !isJoinedBy(decision, number, one))
  }
  return founded
}

/**
 * Which of the people who had a number a message is about: the one it agrees with; where it does
 * not say, or agrees with none, the one who had the number when it was made.
 *
 * @param stated  identities that it states
 * @param first   what is known of the first person
 */
export const generationFor = (
  stated: readonly StatedIdentity[],
  at: number,
  generations: readonly LaterGeneration[],
  first: readonly StatedIdentity[],
): number => {
  const newestFirst = generations.toReversed()
  const agreed = newestFirst.find(({ people }) => stated.some((one) => agreesWith(one, people)))
  if (agreed !== undefined) return agreed.generation
  if (stated.some((one) => agreesWith(one, first))) return 1
  return newestFirst.find(({ from }) => at >= from)?.generation ?? 1
}
