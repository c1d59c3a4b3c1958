import type { Encounter, Entry, Generation } from '@tideway/schemas/documents/entry'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { instantOf } from '@tideway/time/iso-time'
import type { EncounterEvent } from '../encounter/encounter-event.ts'
import { evolveStays, positionOf } from '../encounter/stays.ts'
import { entryWith } from '../entry.ts'
import { notShownOfAll, withNotShownBy } from '../not-shown.ts'
import { ownerOf, statedBy } from '../statement-version.ts'
import { sentAtOf } from '../version.ts'
import { type FamilyChange, familyChange } from './family-change.ts'
import { familyOf, generationId } from './member-ids.ts'
import { evolveUses, type Generations } from './statements.ts'
import type { UseKind } from './use-kinds.ts'

type Find = (id: string) => Entry | undefined

/** Generations of a number that are folded together; of one with more, those next to the event. */
const foldedTogether = 12
const neighbours = 2

export const isVisit = (body: PatientEvent['body']): body is EncounterEvent => 'visit' in body

const timeOf = (event: PatientEvent): number => {
  const stated = statedBy(event)
  return isVisit(event.body) ? positionOf(event.body, stated) : sentAtOf(stated.version)
}

/** The generations that an event may be about or change: from one, to before another. */
export const rangeOf = (family: readonly Generation[], event: PatientEvent): [number, number] => {
  if (family.length <= foldedTogether) return [0, family.length]
  const time = timeOf(event)
  const at = family.findLastIndex(({ from }) => (instantOf(from) ?? 0) <= time)
  return [Math.max(0, at - neighbours), Math.min(family.length, at + neighbours + 1)]
}

const evolved = (
  kind: UseKind | 'encounter',
  before: readonly Entry[],
  event: PatientEvent,
): Generations | null => {
  const stated = statedBy(event)
  const data = before.map((entry) => entry.data)
  return kind === 'encounter'
    ? evolveStays(
        data as Encounter[],
        event.body as EncounterEvent,
        stated,
        ownerOf(event.patientKey),
      )
    : evolveUses(kind, data, event, stated)
}

/** The generations after an event, each with its id. */
const placed = (
  firstId: string,
  { generations }: Generations,
  before: readonly Generation[],
  after: readonly Generation[],
): Generation[] => {
  const family = [...before]
  for (const { from } of generations)
    family.push({
      id: family.length === 0 ? firstId : generationId(firstId, from, [...family, ...after]),
      from,
    })
  return family
}

/** Fold of the generations in a range, those with entries that the register does not list too. */
export const foldRange = (
  kind: UseKind | 'encounter',
  event: PatientEvent,
  first: Entry,
  find: Find,
): FamilyChange | null => {
  const known = familyOf(first)
  const [from, until] = rangeOf(known, event)
  const before = known.slice(from, until).flatMap(({ id }) => find(id) ?? [])
  let made = evolved(kind, before, event)
  if (made === null) return null
  const [earlier, later] = [known.slice(0, from), known.slice(until)]
  const ids = new Set(known.map(({ id }) => id))
  const unlisted = placed(first._id, made, earlier, later).flatMap(({ id }) =>
    ids.has(id) ? [] : (find(id) ?? []),
  )
  const notShown = withNotShownBy(notShownOfAll([...before, ...unlisted]), event)
  if (unlisted.length > 0) made = evolved(kind, [...before, ...unlisted], event) ?? made
  const family = placed(first._id, made, earlier, later)
  const entries = made.generations.map(({ data }, index) => {
    const { id } = family[earlier.length + index] as Generation
    return entryWith(id, event.patientKey, find(id) ?? null, data, notShown)
  })
  const own = entries[made.of]?._id ?? first._id
  return familyChange(entries, own, first, [...family, ...later], event.messageId, find)
}
