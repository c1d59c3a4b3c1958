import type { HeldEvent } from '@tideway/schemas/documents/ledger'
import { numberKeyOf } from '@tideway/schemas/public-id'
import type { Announcement } from '../apply/announce.ts'

/**
 * What the ledger has to know: messages whose events were held and are applied now. Those that are
 * held now are announced by the projector, which retries them when it opens the generation.
 *
 * @param now  microseconds since 1970 UTC
 */
export const releasedByRebuild = (
  before: readonly HeldEvent[],
  after: readonly Pick<HeldEvent, '_id'>[],
  now: number,
): Announcement => {
  const still = new Set(after.map(({ _id }) => _id))
  return {
    change: null,
    traceparent: null,
    parked: before
      .filter(({ _id }) => !still.has(_id))
      .map(({ message, source, patient, problem }) => ({
        messageId: message,
        eventId: null,
        source,
        patientKey: numberKeyOf(patient),
        stage: 'PROJECT',
        state: 'RELEASED',
        problem: problem ?? { code: 'UNEXPECTED', place: 'record' },
        at: now,
        by: 'rebuild',
        reason: null,
        patientKeys: [numberKeyOf(patient)],
      })),
  }
}
