import type { Origin } from '@tideway/schemas/documents/entry'
import { instantOf } from '@tideway/time/iso-time'
import { sentAtOf } from './version.ts'

const dayMs = 86_400_000

/**
 * Statements that stay together whichever generation of a number they turn out to be about: those
 * that state the same date, or those without one that were told on the same day.
 */
export type Strand = { isDated: boolean; at: number }

/** Of a statement that states the date that tells generations apart. */
export const datedStrand = (date: string): Strand => ({ isDated: true, at: instantOf(date) ?? 0 })

/** Of a statement that does not. @param happened  when what it tells happened, if it says so */
export const undatedStrand = (happened: string | null, { version }: Origin): Strand => ({
  isDated: false,
  at: Math.floor((instantOf(happened) ?? sentAtOf(version)) / dayMs),
})

/**
 * Strands kept apart: the latest. A stay has few admission times, and messages without one on every
 * day of it.
 */
const keptApart = { true: 30, false: 8 }

/** Which of the strands are kept apart: once a strand is not among the latest it never is again. */
const latest = (strands: readonly Strand[], isDated: boolean): ReadonlySet<number> =>
  new Set(
    [...new Set(strands.filter((one) => one.isDated === isDated).map(({ at }) => at))]
      .toSorted((a, b) => b - a)
      .slice(0, keptApart[`${isDated}`]),
  )

/**
 * Facts by strand, each list in the order of the facts. Earlier strands are taken together, so that
 * an entry does not grow with the days its messages come on.
 */
export const strandsOf = <Fact>(
  facts: readonly Fact[],
  strandOf: (fact: Fact) => Strand,
): Fact[][] => {
  if (facts.length <= 1) return facts.length === 0 ? [] : [[...facts]]
  const strands = new Map(facts.map((fact) => [fact, strandOf(fact)]))
  const all = [...strands.values()]
  const apart = { true: latest(all, true), false: latest(all, false) }
  return [
    ...Map.groupBy(facts, (fact) => {
      const { isDated, at } = strands.get(fact) as Strand
      return `${isDated} ${apart[`${isDated}`].has(at) ? at : 'earlier'}`
    }).values(),
  ]
}
