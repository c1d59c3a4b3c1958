import { same } from '@tideway/record/entries/is-same'
import type { Projection } from '@tideway/schemas/documents/ledger'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { type Arrival, projectionIdOf } from '../apply/arrival.ts'

/** How a batch differs from what the same messages told before. */
export type Retold = {
  /** As the same event was told before, of those that differ. */
  before: ReadonlyMap<Arrival, PatientEvent>
  /** Patients of whom a message says something else now. */
  patients: ReadonlySet<string>
}

/** Whether two events are the same but for when they were received. */
const isSameEvent = (a: PatientEvent, b: PatientEvent): boolean =>
  same({ ...a, receivedAt: 0 }, { ...b, receivedAt: 0 })

type Decode = (record: Buffer) => Promise<PatientEvent | null>

/**
 * Compares the events of messages that come again, from the sender or by a replay, with what was
 * stored of them. Nearly always the bytes are the same.
 *
 * @param told  by `_id`, of messages applied before
 */
export const compareTold = async (
  arrivals: readonly Arrival[],
  told: ReadonlyMap<string, Projection>,
  withdrawn: ReadonlySet<string>,
  decode: Decode,
): Promise<Retold> => {
  const before = new Map<Arrival, PatientEvent>()
  const patients = new Set<string>()
  if (told.size === 0) return { before, patients }
  for (const arrival of arrivals) {
    const { patient, event, record, messageId } = arrival
    const known = told.get(projectionIdOf(messageId, patient))?.told
    const first = event === null ? undefined : known?.find((one) => one.event === event.id)
    if (event === null || first === undefined || first.record.equals(record)) continue
    const old = await decode(first.record)
    if (old === null || isSameEvent(old, event)) continue
    before.set(arrival, old)
    if (!withdrawn.has(messageId)) patients.add(patient)
  }
  return { before, patients }
}
