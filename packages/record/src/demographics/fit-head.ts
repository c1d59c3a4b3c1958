import type { PatientHead } from '@tideway/schemas/documents/head'
import { compactHead } from '@tideway/schemas/documents/storage-format'
import { detailsBySender } from './effective-demographics.ts'
import { mostStoredSize, storedSize } from './stored-size.ts'

/** Bytes of a head as stored, with its version; a kilobyte is 1,024. */
const mostBytes = 16_000

/** Lists that are shortened, and how many items of each stay whatever their size. */
const lines = {
  latestReports: 4,
  dispensed: 1,
  visitDiagnoses: 1,
  problems: 4,
  encounters: 4,
  alerts: 4,
  noKnownAllergies: 1,
  medicines: 6,
  allergies: 8,
} as const satisfies Partial<Record<keyof PatientHead, number>>
type LineField = keyof typeof lines
const lineFields = Object.keys(lines) as LineField[]

/** The newest are first; of `identity` last. */
const facts = { identifiers: 8, merges: 2, identity: 4 } as const
type FactField = keyof typeof facts

const sized = (head: PatientHead): Shortened => ({ head, size: storedSize(compactHead(head)) })

type Shortened = { head: PatientHead; size: number }

const without = ({ head }: Shortened, field: LineField | FactField, isFirst: boolean): Shortened =>
  sized({
    ...head,
    [field]: isFirst ? head[field].slice(1) : head[field].slice(0, -1),
    shortened: { ...head.shortened, [field]: (head.shortened?.[field] ?? 0) + 1 },
  })

const isOver = ({ size }: Shortened): boolean => size > mostBytes

/** The last line of the list that takes most room goes first. */
const withoutLines = (full: Shortened, least: (field: LineField) => number): Shortened => {
  let left = full
  while (isOver(left)) {
    const [longest] = lineFields
      .filter((field) => left.head[field].length > least(field))
      .map((field) => ({ field, size: storedSize(left.head[field]) }))
      .toSorted((a, b) => b.size - a.size)
    if (longest === undefined) return left
    left = without(left, longest.field, false)
  }
  return left
}

const withoutFacts = (full: Shortened, least: (field: FactField) => number): Shortened => {
  let left = full
  for (const field of Object.keys(facts) as FactField[])
    while (isOver(left) && left.head[field].length > least(field))
      left = without(left, field, field === 'identity')
  return left
}

const longestText = 120
const longestList = 2

/** Fields with long texts and lists cut. */
const cutIn = (value: unknown): unknown => {
  if (typeof value === 'string')
    return value.length > longestText ? `${value.slice(0, longestText - 1)}…` : value
  if (Array.isArray(value)) return value.slice(0, longestList).map(cutIn)
  if (typeof value !== 'object' || value === null || value instanceof Date) return value
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, cutIn(field)]))
}

/** Senders besides the first: the patient's own organisation, then the one heard last. */
const othersIn = (head: PatientHead): string[] =>
  detailsBySender(head)
    .slice(1)
    .map(({ sender }) => sender)

const withDetails = (head: PatientHead, details: PatientHead['details']): Shortened =>
  sized({
    ...head,
    details,
    shortened: { ...head.shortened, details: (head.shortened?.details ?? 0) + 1 },
  })

/** What few senders say at such length; of the demographics at last. */
const withoutDetails = (full: Shortened): Shortened => {
  let left = full
  if (isOver(left) && left.head.zSegments !== undefined) {
    const { zSegments: _, ...head } = left.head
    left = sized({ ...head, shortened: { ...head.shortened, zSegments: 1 } })
  }
  for (const source of othersIn(left.head).toReversed()) {
    if (!isOver(left)) break
    const { [source]: _, ...details } = left.head.details
    left = withDetails(left.head, details)
  }
  if (isOver(left))
    left = withDetails(left.head, cutIn(left.head.details) as PatientHead['details'])
  const heard = Object.entries(left.head.freshness).toSorted(([, a], [, b]) =>
    a.version < b.version ? -1 : 1,
  )
  for (const [source] of heard.slice(0, -1)) {
    if (!isOver(left)) break
    const { [source]: _, ...freshness } = left.head.freshness
    left = sized({
      ...left.head,
      freshness,
      shortened: { ...left.head.shortened, freshness: (left.head.shortened?.freshness ?? 0) + 1 },
    })
  }
  return left
}

const none = (): number => 0

/** Demographics without the longest fields, and what no event says without its places. */
const withoutFields = (full: Shortened): Shortened => {
  let left = full
  if (isOver(left) && left.head.notShownOfPatient !== undefined) {
    const { notShownOfPatient: _, ...head } = left.head
    left = sized({ ...head, notShownBefore: true })
  }
  while (isOver(left)) {
    const [longest] = Object.entries(left.head.details)
      .flatMap(([source, told]) =>
        told.flatMap(({ fields }, index) =>
          Object.entries(fields).map(([name, field]) => ({
            source,
            index,
            name,
            size: storedSize({ field }),
          })),
        ),
      )
      .toSorted((a, b) => b.size - a.size)
    if (longest === undefined) return left
    const { source, index, name } = longest
    const told = (left.head.details[source] ?? []).map((one, at) => {
      if (at !== index) return one
      const fields = Object.entries(one.fields).filter(([field]) => field !== name)
      return { ...one, fields: Object.fromEntries(fields) }
    })
    left = withDetails(left.head, { ...left.head.details, [source]: told })
  }
  return left
}

/**
 * The head, short enough to be stored in 16 KB whatever was told of a patient. What does not fit is
 * counted in `shortened`: lines of entries, which are made anew from these whenever the head
 * changes, then older identifiers, merges and facts of identity, then what other senders say.
 *
 * @param head  with every line it would have if there were room
 */
export const fitHead = (head: PatientHead): PatientHead => {
  // Null fields are not stored: nearly always one of these is enough.
  if (mostStoredSize(head) <= mostBytes || storedSize(head) <= mostBytes) return head
  const full = sized(head)
  if (!isOver(full)) return head
  const some = withoutFacts(
    withoutLines(full, (field) => lines[field]),
    (field) => facts[field],
  )
  return withoutFields(withoutLines(withoutFacts(withoutDetails(some), none), none)).head
}
