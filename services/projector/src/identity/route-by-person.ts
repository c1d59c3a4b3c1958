import type { StatedIdentity } from '@tideway/identity/conflict/stated-identity'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { generationKeyOf } from '@tideway/schemas/public-id'
import { type Arrival, eventOf, projectionIdOf } from '../apply/arrival.ts'
import type { LoadedDocuments } from '../apply/project.ts'
import type { Store } from '../store/store.ts'
import { generationFor, identitiesIn, saidAt } from './generations.ts'
import { othersIdentities, ownIdentity } from './known-identities.ts'

const knownOf = (head: PatientHead | undefined): StatedIdentity[] => {
  if (head === undefined) return []
  const own = ownIdentity(head)
  return [...(own === null ? othersIdentities(head) : [own]), ...(head.knownAs ?? [])]
}

const asOf = (arrival: Arrival, number: string, generation: number): Arrival => {
  if (generation === 1) return arrival
  const patient = generationKeyOf(number, generation)
  return { ...arrival, patient, event: arrival.event && eventOf(arrival.event, patient) }
}

const laterIn = (head: PatientHead | undefined) => head?.generations ?? []

/** Which of the people who have the number of a head each message is about. */
const personOf = (
  head: PatientHead,
  own: readonly Arrival[],
  { told = new Map() }: LoadedDocuments,
  heads: ReadonlyMap<string, PatientHead>,
): ReadonlyMap<string, number> => {
  const later = laterIn(head).map((one) => ({
    ...one,
    people: [...one.people, ...knownOf(heads.get(generationKeyOf(head._id, one.generation)))],
  }))
  const first = knownOf(head)
  return new Map(
    [...Map.groupBy(own, ({ messageId }) => messageId)].map(([message, events]) => {
      const before = told.get(projectionIdOf(message, head._id))
      if (before !== undefined) return [message, before.generation ?? 1]
      const [event] = events.flatMap((one) => one.event ?? [])
      const isAbout = event !== undefined && event.body.type !== 'IdentityDecided'
      return [
        message,
        isAbout ? generationFor(identitiesIn(events), saidAt(event), later, first) : 1,
      ]
    }),
  )
}

/**
 * Gives each message under a number that several people had to the one it is about; a release of
 * held events to all. Of other numbers, which is nearly always all, nothing is read or changed.
 *
 * @param remade  numbers whose documents are made anew anyway
 */
export const routeByPerson = async (
  arrivals: readonly Arrival[],
  loaded: LoadedDocuments,
  remade: ReadonlySet<string>,
  store: Pick<Store, 'load'>,
): Promise<readonly Arrival[]> => {
  const shared = [...loaded.heads.values()].filter(
    (head) => laterIn(head).length > 0 && !remade.has(head._id),
  )
  if (shared.length === 0) return arrivals
  const keys = shared.flatMap((head) =>
    laterIn(head).map(({ generation }) => generationKeyOf(head._id, generation)),
  )
  const none = { entries: [], alone: [], sharing: [], projections: [] }
  const { heads } = await store.load({ ...none, patients: keys })
  const byNumber = new Map(
    shared.map((head) => {
      const own = arrivals.filter(({ patient }) => patient === head._id)
      return [head._id, personOf(head, own, loaded, heads)] as const
    }),
  )
  return arrivals.flatMap((arrival) => {
    const { patient, messageId, event } = arrival
    const people = byNumber.get(patient)
    if (people === undefined) return [arrival]
    if (event?.body.type !== 'HeldEventsReleased')
      return [asOf(arrival, patient, people.get(messageId) ?? 1)]
    const later = laterIn(loaded.heads.get(patient)).map(({ generation }) => generation)
    return [1, ...later].map((generation) => asOf(arrival, patient, generation))
  })
}
