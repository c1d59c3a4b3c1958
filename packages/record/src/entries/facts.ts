import type { Contribution, Origin } from '@tideway/schemas/documents/entry'
import { type Strand, strandsOf } from './strands.ts'

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Segments and entries of one message in their order: `OBX[9]` before `OBX[10]`. */
const byPlace = (a: string, b: string): number =>
  a === b ? 0 : compare(numbersPadded(a), numbersPadded(b))
const numbersPadded = (place: string): string =>
  place.replace(/\d+/g, (number) => number.padStart(6, '0'))

/**
 * Oldest first. Message and place settle a tie, so that the order never depends on who came first.
 */
export const byVersion = (a: Origin, b: Origin): number =>
  compare(a.version, b.version) || compare(a.message, b.message) || byPlace(a.place, b.place)

type InSegment = Origin & { part?: string }

/** A segment of a message, and the specimen if it is said of several: OBR with several SPM. */
const segmentIn = ({ message, place, part = '' }: InSegment): string =>
  `${message}|${place}|${part}`

const isOfOneSegment = (a: InSegment, b: InSegment): boolean =>
  a.message === b.message && a.place === b.place && (a.part ?? '') === (b.part ?? '')

/**
 * Adds what one segment of one message said, in version order. The same segment of the same message
 * again takes the place of what it said before: a replay with a better mapping.
 */
export const putFact = <Fact extends Origin>(facts: readonly Fact[], fact: Fact): Fact[] => {
  const others = facts.filter((other) => !isOfOneSegment(other, fact))
  const at = others.findLastIndex((other) => byVersion(other, fact) < 0) + 1
  return others.toSpliced(at, 0, fact)
}

/** Each fact once. */
export const distinct = <Fact extends Origin>(facts: readonly Fact[]): Fact[] => [
  ...new Map(facts.map((fact) => [segmentIn(fact), fact])).values(),
]

/**
 * The newest so many, and however old it is the newest of each word: what decides is not pushed out
 * by what is only told after it. Which ones these are does not depend on the order in which they
 * came.
 *
 * @param facts  in version order
 * @param wordsOf  what a fact can decide; of all with the same word only the newest does
 * @param restsOn  places of older facts on which some of those kept rest, all from `from` on among
 *   them
 */
export const newestOf = <Fact>(
  facts: readonly Fact[],
  limit: number,
  wordsOf: (fact: Fact) => readonly string[],
  restsOn: RestsOn = () => none,
): Fact[] => {
  const from = facts.length - limit
  if (from <= 0) return [...facts]
  const decided = new Set<string>()
  const kept = new Set<number>()
  for (let place = facts.length - 1; place >= 0; place--) {
    const words = wordsOf(facts[place] as Fact).filter((word) => !decided.has(word))
    for (const word of words) decided.add(word)
    if (words.length > 0 || place >= from) kept.add(place)
  }
  const under = restsOn([...kept], from)
  return facts.filter((_, place) => kept.has(place) || under.has(place))
}

type RestsOn = (kept: readonly number[], from: number) => ReadonlySet<number>
const none: ReadonlySet<number> = new Set()

/** Null, absent or an empty list: nothing was stated. */
export const saysNothing = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)

/**
 * What a message says: fields that are null or empty say nothing.
 *
 * @param except  fields left out, in a set: a rest pattern takes several times as long
 */
export const said = <Fields extends object, Left extends keyof Fields = never>(
  fields: Fields,
  except: ReadonlySet<keyof Fields> & ReadonlySet<Left> = nothing,
): Partial<Omit<Fields, Left>> => {
  const left: Partial<Fields> = {}
  for (const name of Object.keys(fields) as (keyof Fields)[])
    if (!saysNothing(fields[name]) && !except.has(name)) left[name] = fields[name]
  return left
}
const nothing: ReadonlySet<never> = new Set()

/**
 * Leaves of each contribution what newer ones of the list did not say over. The newest stays even
 * if it said nothing: somebody was heard.
 */
const pruned = <Told extends Contribution<object>>(newestFirst: readonly Told[]): Told[] => {
  const saidOver = new Set<string>()
  return newestFirst.flatMap((contribution, index) => {
    const names = Object.keys(contribution.fields)
    const left = names.filter((name) => !saidOver.has(name))
    for (const name of left) saidOver.add(name)
    if (left.length === 0 && index > 0 && contribution.isWhole !== true) return []
    if (left.length === names.length) return [contribution]
    return [
      {
        ...contribution,
        fields: Object.fromEntries(
          left.map((name) => [name, contribution.fields[name as never]]),
        ) as Told['fields'],
      },
    ]
  })
}

/**
 * Adds what one message said to what is known, newest first.
 *
 * What older messages said about the same fields is dropped, whichever comes first, so that the
 * list is never longer than there are fields.
 */
export const contribute = <Fields extends object>(
  known: readonly Contribution<Fields>[],
  contribution: Contribution<Fields>,
): Contribution<Fields>[] => pruned(putFact(known.toReversed(), contribution).toReversed())

/**
 * What is left of contributions that may be about several generations of a number: what newer ones
 * of the same strand did not say over. Newest first.
 */
export const prunedByStrand = <Told extends Contribution<object>>(
  told: readonly Told[],
  strandOf: (told: Told) => Strand,
): Told[] => {
  if (told.length <= 1) return [...told]
  const newestFirst = told.toSorted((a, b) => byVersion(b, a))
  const strands = strandsOf(newestFirst, strandOf)
  const left = strands.flatMap((strand) => (strand.length === 1 ? strand : pruned(strand)))
  return strands.length === 1 ? left : left.toSorted((a, b) => byVersion(b, a))
}

/** The first contribution that says anything about a field counts. */
export const firstSaying = <Fields extends object>(
  contributions: readonly Contribution<Fields>[],
  field: keyof Fields,
): Contribution<Fields> | null =>
  contributions.find(({ fields }) => Object.hasOwn(fields, field)) ?? null
