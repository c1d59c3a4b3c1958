import type { Projection, ToldRecord } from '@tideway/schemas/documents/ledger'
import type { Arrival } from '../apply/arrival.ts'
import type { FoldPorts } from '../apply/fold-batch.ts'
import { topicKeyAsNow } from '@tideway/schemas/public-id'
import { RefusedError } from '../errors.ts'
import type { Act } from '../history/acts.ts'
import { messageOf } from '../history/told.ts'

/** What a message told, with what a batch changes in it; itself if that is nothing. */
export const retold = (
  projection: Projection,
  acts: readonly Act[],
  changed: readonly Arrival[],
): Projection => {
  const message = messageOf(projection)
  const own = acts.filter(({ body }) => body.message === message)
  const replay = own.findLast(({ body }) => body.type === 'MessageReplayed')
  const now = new Map(
    changed
      .filter(({ messageId }) => messageId === message)
      .map((arrival) => [arrival.event?.id ?? '', arrival]),
  )
  const last = own.at(-1)
  if (now.size === 0 && last === undefined) return projection
  const told = (projection.told ?? []).filter((one) => isStillTold(one, replay))
  return {
    ...projection,
    told: told.map((one) => {
      const { offset, record } = now.get(one.event) ?? one
      return { event: one.event, offset, record }
    }),
    ...(last === undefined ? {} : { decidedAt: last.at }),
  }
}

/** What came after a replay was told by it. */
const isStillTold = ({ event, offset }: ToldRecord, replay: Act | undefined): boolean =>
  replay?.body.type !== 'MessageReplayed' ||
  offset > replay.offset ||
  replay.body.events.includes(event)

const arrivalOfTold = async (
  { event: eventId, offset, record }: ToldRecord,
  projection: Projection,
  decode: FoldPorts['decode'],
): Promise<Arrival> => {
  const event = await decode(record)
  if (event === null) throw new RefusedError('an event in the history of the patient is unreadable')
  const patient = topicKeyAsNow(event.patientKey)
  return {
    patient,
    offset,
    event: { ...event, patientKey: patient, receivedAt: projection.received },
    record,
    messageId: messageOf(projection),
    eventId,
    source: event.source,
    traceparent: null,
  }
}

/**
 * Everything messages told of a patient, in the order of the log, with the receive times of the
 * first time.
 *
 * @throws RefusedError if an event cannot be read
 */
export const arrivalsOf = async (
  told: readonly Projection[],
  decode: FoldPorts['decode'],
): Promise<Arrival[]> => {
  const arrivals: Arrival[] = []
  for (const projection of told)
    for (const one of projection.told ?? [])
      arrivals.push(await arrivalOfTold(one, projection, decode))
  return arrivals.toSorted((a, b) => a.offset - b.offset)
}
