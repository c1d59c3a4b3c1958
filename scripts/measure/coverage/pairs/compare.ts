import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import type { EventBody } from '@tideway/schemas/events.generated'
import { isItsOwnWord } from './elsewhere.ts'
import { type EventLeaf, type Unit, unitsOf } from './event-leaves.ts'
import { type Fact, factsOf, type Kind } from './facts.ts'
import { hasText, type TextPool, timesLike } from './text-pool.ts'
import { leafPool, type MessageTexts, textsOf, theirPool } from './texts.ts'
import { unitsWith } from './where-told.ts'
import { isWorded, wordedAt } from './worded.ts'
import { isoWhen, plain, sameTime } from './wordings.ts'

/**
 * Two readings of one message compared: the other converter's facts that are in the message and in
 * our events (`held`) or not in them (`missed`), and ours that it lacks.
 */
export type Comparison = { held: Fact[]; missed: Fact[]; onlyOurs: EventLeaf[] }

/**
 * Whether a fact is left out of the comparison. PV1 of a result is what the laboratory was sent
 * with the order: of it only the visit number counts, which links the report to the visit. A
 * medicine that only a charge names (FT1-26) was charged for and not necessarily dispensed. Who
 * pays (GT1, IN1) is no contact, even if someone else in the message has the same name.
 */
const isExcluded = (fact: Fact, message: MessageTexts): boolean => {
  const { kind, path, value, codes } = fact
  if (isItsOwnWord(fact, message.sentIn)) return true
  if (path.startsWith('RelatedPerson.') && message.payers.has(plain(value))) return true
  if (kind === 'visit') return message.isResult && path !== 'Encounter.identifier.value'
  // 999: the amount of a vaccine was not sent (CDC implementation guide 2.5.1, RXA-6).
  if (path === 'Immunization.doseQuantity.value' && value === '999') return true
  return (
    kind === 'medicines' && codes.length > 0 && !codes.some((code) => hasText(message.pool, code))
  )
}

/** The other converter keeps the subcomponents of a number; the first is the number. */
const numberIn = ({ path, value }: Fact): string =>
  /^(ServiceRequest|DiagnosticReport)\.identifier\.value$/.test(path)
    ? (value.split('&')[0] as string)
    : value

/** Whether our events hold a fact; null if the message does not. */
const isTold = (fact: Fact, message: MessageTexts, units: readonly Unit[]): boolean | null => {
  if (isExcluded(fact, message)) return null
  const worded = wordedAt(fact.path, fact.value)
  if (worded !== null) {
    if (!worded.sent.some((code) => message.sentIn.get(worded.field)?.has(code))) return null
    const pool = leafPool(unitsWith(fact, units))
    return worded.ours.some((word) => hasText(pool, word))
  }
  if (isWorded(fact.path)) return null
  const time = isoWhen(fact.value)
  if (time === null)
    return hasText(message.pool, fact.value)
      ? hasText(leafPool(unitsWith(fact, units)), numberIn(fact))
      : null
  const sent = timesLike(message.pool, time)
  if (sent.length === 0) return null
  const { times } = leafPool(unitsWith(fact, units))
  return times.some((one) =>
    sent.some((other) =>
      sameTime(one, { ...other, instant: one.wall === other.wall ? one.instant : other.instant }),
    ),
  )
}

/** A29 deletes a person: only the identity counts. */
const ofRemoved = new Set<Kind>(['identifiers', 'names', 'dates', 'demographics'])

/** Compares by meaning: names by their parts, times by day or instant, codes, numbers by value. */
export const compare = (
  message: Hl7Message,
  bodies: readonly EventBody[],
  bundle: Parameters<typeof factsOf>[0],
): Comparison => {
  const units = bodies.flatMap(unitsOf)
  const texts = textsOf(message)
  const result: Comparison = { held: [], missed: [], onlyOurs: [] }
  const isRemoved = bodies.some(({ type }) => type === 'PatientRemoved')
  for (const fact of factsOf(bundle)) {
    if (isRemoved && !ofRemoved.has(fact.kind)) continue
    const told = isTold(fact, texts, units)
    if (told !== null) (told ? result.held : result.missed).push(fact)
  }
  result.onlyOurs = onlyOurs(units, texts.pool, theirPool(bundle))
  return result
}

const onlyOurs = (units: readonly Unit[], sent: TextPool, theirs: TextPool): EventLeaf[] => {
  const seen = new Set<string>()
  return units
    .flatMap(({ leaves }) => leaves)
    .filter((leaf) => {
      const key = `${leaf.type}.${leaf.path} ${leaf.value}`
      if (seen.has(key)) return false
      seen.add(key)
      const time = isoWhen(leaf.value)
      if (time !== null)
        return timesLike(sent, time).length > 0 && timesLike(theirs, time).length === 0
      return hasText(sent, leaf.value) && !hasText(theirs, leaf.value)
    })
}
