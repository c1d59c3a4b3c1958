import type { Origin } from '@tideway/schemas/documents/entry'
import { dayOf } from '@tideway/time/iso-time'
import { sentAtOf } from './version.ts'

/**
 * Statements that stay together whichever generation of a number they turn out to be about: those
 * that state the same date, or those without one that were told on the same day.
 */
export type Strand = { isDated: boolean; at: string }

/** Of a statement that states the date that tells generations apart. */
export const datedStrand = (date: string): Strand => ({ isDated: true, at: date })

/** Of a statement that does not. @param happened  when what it tells happened, if it says so */
export const undatedStrand = (happened: string | null, { version }: Origin): Strand => ({
  isDated: false,
  at: dayOf(happened ?? new Date(sentAtOf(version)).toISOString()),
})

/**
 * Of what one report said. @param told  `undated`: without a collection time; `part`: the specimen
 * that it names
 */
export const strandOfReport = (told: Origin & { undated?: true; part?: string }): Strand => {
  const { part = '' } = told
  if (told.undated !== true) return { isDated: true, at: part }
  const { isDated, at } = undatedStrand(null, told)
  return { isDated, at: `${at}${part}` }
}

/**
 * Strands kept apart: the latest. A stay has few admission times, and messages without one on every
 * day of it.
 */
const keptApart = { dated: 30, undated: 8 }

/**
 * Takes all but the latest strands together. Once a strand is not among the latest it never is
 * again.
 *
 * @param facts  of all strands
 */
const withEarlier = <Fact>(
  strands: Map<string, Fact[]>,
  kept: number,
  facts: readonly Fact[],
): Fact[][] => {
  if (strands.size <= kept) return [...strands.values()]
  const order = [...strands.keys()].toSorted()
  const earlier = new Set(order.slice(0, -kept).flatMap((at) => strands.get(at) ?? []))
  return [
    ...order.slice(-kept).map((at) => strands.get(at) ?? []),
    facts.filter((fact) => earlier.has(fact)),
  ]
}

const add = <Fact>(strands: Map<string, Fact[]>, at: string, fact: Fact): void => {
  const facts = strands.get(at)
  if (facts === undefined) strands.set(at, [fact])
  else facts.push(fact)
}

/**
 * Facts by strand. Earlier strands are taken together, so that an entry does not grow with the days
 * its messages come on.
 */
export const strandsOf = <Fact>(
  facts: readonly Fact[],
  strandOf: (fact: Fact) => Strand,
): Fact[][] => {
  if (facts.length <= 1) return facts.length === 0 ? [] : [[...facts]]
  const [dated, undated] = [new Map<string, Fact[]>(), new Map<string, Fact[]>()]
  for (const fact of facts) {
    const { isDated, at } = strandOf(fact)
    add(isDated ? dated : undated, at, fact)
  }
  return [
    ...withEarlier(dated, keptApart.dated, facts),
    ...withEarlier(undated, keptApart.undated, facts),
  ]
}
