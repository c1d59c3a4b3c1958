import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { parentEntryIdIn } from '@tideway/record/entries/confidentiality'
import { aloneIdsIn, entryIdIn } from '@tideway/record/entries/entry'
import { chunkIdsFor } from '@tideway/record/entries/chunks/chunks'
import { memberIdsFor } from '@tideway/record/entries/generations/generations'
import { orderEntryIds } from '@tideway/record/entries/matching/match-order'
import { reportEntryIds, siblingIdsFor } from '@tideway/record/entries/matching/match-report'
import { reportAloneIdOf } from '@tideway/record/entries/matching/retracted-number'
import { sharedNumberOf } from '@tideway/record/entries/matching/shared-number'
import { retractionOf } from '@tideway/record/status/report-status'
import { actOf } from '../history/acts.ts'
import { type Arrival, projectionIdOf } from './arrival.ts'

/** Ids of the documents a batch touches. */
export type Touched = {
  patients: string[]
  entries: string[]
  /** Entries of standalone observations, which reports may also hold. */
  alone: string[]
  /** Beginnings of the `_id` of orders and reports that share a number; see `sharedNumberOf`. */
  sharing: string[]
  projections: string[]
  /** Patients whose held events the batch releases. */
  released: string[]
}

const isRelease = ({ event }: Arrival): boolean => event?.body.type === 'HeldEventsReleased'

/** The entry of an event, and others that may be about the same fact. */
const entriesTouchedBy = (event: PatientEvent): Pick<Touched, 'entries' | 'alone'> => {
  const own = [entryIdIn(event), parentEntryIdIn(event), reportAloneIdOf(event)].filter(
    (id) => id !== null,
  )
  const [alone, held] = [[], []] as [string[], string[]]
  for (const id of aloneIdsIn(event)) (id === own[0] ? alone : held).push(id)
  return { entries: [...own, ...orderEntryIds(event), ...reportEntryIds(event), ...held], alone }
}

/** Ids of every document a batch touches, each once. */
export const touchedBy = (arrivals: readonly Arrival[]): Touched => {
  const touched = {
    patients: new Set<string>(),
    entries: new Set<string>(),
    alone: new Set<string>(),
    sharing: new Set<string>(),
    projections: new Set<string>(),
    released: new Set<string>(),
  }
  for (const arrival of arrivals) {
    touched.patients.add(arrival.patient)
    if (isRelease(arrival)) touched.released.add(arrival.patient)
    else if (actOf(arrival) === null)
      touched.projections.add(projectionIdOf(arrival.messageId, arrival.patient))
    if (arrival.event === null) continue
    const { entries, alone } = entriesTouchedBy(arrival.event)
    for (const id of entries) touched.entries.add(id)
    for (const id of alone) touched.alone.add(id)
    const shared = sharedNumberOf(arrival.event)
    if (shared !== null) touched.sharing.add(shared)
  }
  return {
    patients: [...touched.patients],
    entries: [...touched.entries],
    alone: [...touched.alone],
    sharing: [...touched.sharing],
    projections: [...touched.projections],
    released: [...touched.released],
  }
}

/**
 * Ids of entries that a batch may touch because their number was used again, or for several
 * specimens, besides those of `touchedBy` and those found by it before.
 *
 * @param entries  as loaded, by `_id`
 */
export const membersTouchedBy = (
  arrivals: readonly Arrival[],
  entries: ReadonlyMap<string, Entry>,
): string[] => {
  const all = [...entries.values()]
  if (!all.some(({ family, parts, chunks }) => (family ?? parts ?? chunks) !== undefined)) return []
  const inChunks = all.filter(({ chunks }) => chunks !== undefined)
  const membersOf = (event: PatientEvent): string[] => [
    ...siblingIdsFor(event, (id) => entries.get(id)),
    ...inChunks
      .filter(({ patient }) => patient === event.patientKey)
      .flatMap((entry) => chunkIdsFor(event, entry)),
    ...entriesTouchedBy(event).entries.flatMap((id) => {
      const entry = entries.get(id)
      return entry === undefined ? [] : memberIdsFor(event, entry)
    }),
  ]
  const members = arrivals.flatMap(({ event }) => (event === null ? [] : membersOf(event)))
  return [...new Set(members)].filter((id) => !entries.has(id))
}

/** Whether an event takes back a whole report: what that holds need not be named. */
const retractsWhole = ({ body }: PatientEvent): boolean =>
  body.type === 'ResultReported' && retractionOf(body.status) !== null

/**
 * Ids of standalone observations that reports hold which a batch cancels or enters in error: they
 * are taken back too.
 *
 * @param entries  as loaded, by `_id`
 */
export const heldTouchedBy = (
  arrivals: readonly Arrival[],
  entries: ReadonlyMap<string, Entry>,
): string[] => {
  const held = arrivals.flatMap(({ event }) => {
    if (event === null || !retractsWhole(event)) return []
    const own = entryIdIn(event)
    const reports = [
      ...(own === null ? [] : [own]),
      ...siblingIdsFor(event, (id) => entries.get(id)),
    ]
    return reports.flatMap((id) => {
      const first = entries.get(id)
      const members = first === undefined ? [] : [id, ...memberIdsFor(event, first)]
      return members.flatMap((member) => entries.get(member)?.holds ?? [])
    })
  })
  return [...new Set(held)].filter((id) => !entries.has(id))
}
