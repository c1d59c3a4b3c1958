import { type Arrival, projectionIdOf } from '../apply/arrival.ts'
import type { Projection } from '@tideway/schemas/documents/ledger'

/** What is known of the messages of a batch: what each told, and when it was received. */
type KnownMessages = {
  told?: ReadonlyMap<string, Projection>
  applied: ReadonlyMap<string, number>
}

/** Of an arrival that an earlier release applied, only the message is known. */
export const isRedelivered =
  ({ told, applied }: KnownMessages) =>
  ({ messageId, patient, offset }: Arrival): boolean => {
    const id = projectionIdOf(messageId, patient)
    const known = told?.get(id)?.told
    return known === undefined ? applied.has(id) : known.some((one) => one.offset === offset)
  }

/** Whether the event of an arrival was told before by its message. */
export const isKnown =
  ({ told }: KnownMessages) =>
  ({ messageId, patient, eventId }: Arrival): boolean =>
    told?.get(projectionIdOf(messageId, patient))?.told?.some(({ event }) => event === eventId) ??
    false

const noMessages: ReadonlySet<string> = new Set()

/** Messages of a batch of which an event contradicted who the patient is. */
export const messagesInConflict = (
  patient: string,
  arrivals: readonly Arrival[],
  { told }: Pick<KnownMessages, 'told'>,
): ReadonlySet<string> =>
  told === undefined || told.size === 0
    ? noMessages
    : new Set(
        arrivals
          .map(({ messageId }) => messageId)
          .filter((message) => told.get(projectionIdOf(message, patient))?.pending === 'conflict'),
      )
