import { mustBeMapped, notShownIn, type CorpusReading } from './reading.ts'

/**
 * Outcomes of a group of messages. `mapped`: every value used; `partly`: mapped, with fields listed
 * as unused; `notShown`: values of clinical content among these, and the messages that have some.
 */
export type FieldTally = {
  messages: number
  wellFormed: number
  mapped: number
  partly: number
  parked: number
  notShown: { values: number; messages: number }
}

const nothing: FieldTally = {
  messages: 0,
  wellFormed: 0,
  mapped: 0,
  partly: 0,
  parked: 0,
  notShown: { values: 0, messages: 0 },
}

const add = (tally: FieldTally, reading: CorpusReading): FieldTally => {
  const { malformed, problem, unused } = reading
  const values = notShownIn(reading)
  return {
    messages: tally.messages + 1,
    wellFormed: tally.wellFormed + (malformed === null ? 1 : 0),
    mapped: tally.mapped + (problem === null && unused.length === 0 ? 1 : 0),
    partly: tally.partly + (problem === null && unused.length > 0 ? 1 : 0),
    parked: tally.parked + (problem === null ? 0 : 1),
    notShown: {
      values: tally.notShown.values + values,
      messages: tally.notShown.messages + (values === 0 ? 0 : 1),
    },
  }
}

const byCount = <T>(counts: ReadonlyMap<string, T>, size: (value: T) => number): [string, T][] =>
  [...counts].sort(([a, one], [b, other]) => size(other) - size(one) || (a < b ? -1 : 1))

/** Groups readings by a name, largest group first. */
export const tallyBy = (
  readings: readonly CorpusReading[],
  nameOf: (reading: CorpusReading) => string,
): [string, FieldTally][] => {
  const tallies = new Map<string, FieldTally>()
  for (const reading of readings)
    tallies.set(nameOf(reading), add(tallies.get(nameOf(reading)) ?? nothing, reading))
  return byCount(tallies, ({ messages }) => messages)
}

/** Counts equal texts, most frequent first. */
export const frequent = (texts: readonly string[]): [string, number][] => {
  const counts = new Map<string, number>()
  for (const text of texts) counts.set(text, (counts.get(text) ?? 0) + 1)
  return byCount(counts, (count) => count)
}

/** Well-formed, of a type in the table, and parked: our fault. */
export const ownFaults = (readings: readonly CorpusReading[]): CorpusReading[] =>
  readings.filter((reading) => mustBeMapped(reading) && reading.problem !== null)

/** Code and place without indexes, e.g. `INVALID_FIELD OBX-14`; null if mapped. */
export const reasonOf = ({ problem }: CorpusReading): string | null =>
  problem === null ? null : `${problem.code} ${problem.place.replace(/\[\d+\]/, '')}`

/** The message type of `ADT^A01` is ADT. */
export const messageCode = (type: string): string => type.split('^')[0] as string
