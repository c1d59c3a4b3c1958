import type { Collections } from '@tideway/mongo/collections'
import type { Arrival } from '../apply/arrival.ts'
import { projectionIdOf } from '../apply/arrival.ts'

/**
 * Messages that an operator gave up while their events were held. New rules might apply them; they
 * stay given up, except for patients to whose record the live generation has applied them.
 */
export const givenUpStore = async (
  { messages }: Pick<Collections, 'messages'>,
  { projections }: Pick<Collections, 'projections'>,
) => {
  const found = await messages
    .find({ 'parked.state': 'DROPPED' }, { projection: { 'parked.stage': 1 } })
    .toArray()
  const givenUp = new Set(
    found.flatMap(({ _id, parked }) => (parked?.stage === 'PROJECT' ? [_id] : [])),
  )

  /** The arrivals that are to be applied. */
  return async (arrivals: readonly Arrival[]): Promise<Arrival[]> => {
    const idOf = ({ messageId, patient }: Arrival) => projectionIdOf(messageId, patient)
    const ofGivenUp = arrivals.filter(({ messageId }) => givenUp.has(messageId))
    if (ofGivenUp.length === 0) return [...arrivals]
    const known = await projections
      .find({ _id: { $in: [...new Set(ofGivenUp.map(idOf))] } }, { projection: { pending: 1 } })
      .toArray()
    const applied = new Set(
      known.filter(({ pending }) => pending === undefined).map(({ _id }) => _id),
    )
    return arrivals.filter(
      (arrival) => !givenUp.has(arrival.messageId) || applied.has(idOf(arrival)),
    )
  }
}
