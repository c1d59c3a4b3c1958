import type { PatientEvent } from '@tideway/schemas/events.generated'
import { pollUntil } from '../../operate/client/poll.ts'
import type { StackStores } from '../../operate/client/stores.ts'
import type { Taken } from '../load/plan.ts'
import { expectedRecord } from './expected-record.ts'
import { type ArchiveFaults, archiveFaults, readArchive } from './verify-archive.ts'
import { readLedger, readProjections, wantedProjections } from './verify-ledger.ts'
import { type RecordFaults, recordFaults } from './verify-record.ts'

export type Verdict = {
  settledMs: number
  archive: ArchiveFaults
  /** Acknowledged messages that are not in the ledger, or are not applied to the record. */
  notInLedger: number
  notProjected: number
  parked: number
  record: RecordFaults
}

const progress = async ({ mongo }: StackStores, ids: readonly string[]) => {
  const ledger = await readLedger(mongo, ids)
  const wanted = wantedProjections(ledger)
  const projections = await readProjections(mongo, wanted)
  return {
    ledger,
    projections,
    notInLedger: ids.length - ledger.size,
    notProjected: wanted.length - projections.size,
  }
}

/**
 * Waits until the line is idle, then compares archive, ledger and record with what was
 * acknowledged.
 *
 * @param read  maps the bytes of a message to events
 * @param withinMs  longest wait for the line to catch up
 */
export const verify = async (
  stores: StackStores,
  taken: ReadonlyMap<string, Taken>,
  read: (bytes: Buffer) => readonly PatientEvent[],
  withinMs: number,
): Promise<Verdict> => {
  const began = performance.now()
  const ids = [...taken.keys()]
  const known = await pollUntil(
    () => progress(stores, ids),
    (now) => now.notInLedger + now.notProjected === 0,
    withinMs,
    3_000,
  )
  const archived = await pollUntil(
    () => readArchive(stores.objects, taken),
    (now) => now.size === taken.size,
    30_000,
    3_000,
  )
  const settledMs = performance.now() - began
  const applied = [...archived]
    .map(([id, { bytes }]) => ({
      id,
      events: read(bytes),
      received: (key: string) => known.projections.get(`${id}|${key}`),
    }))
    .sort(
      (a, b) => (known.ledger.get(a.id)?.received ?? 0) - (known.ledger.get(b.id)?.received ?? 0),
    )
  return {
    settledMs,
    archive: archiveFaults(taken, archived),
    notInLedger: known.notInLedger,
    notProjected: known.notProjected,
    parked: [...known.ledger.values()].filter(({ parked }) => parked).length,
    record: await recordFaults(stores.mongo, expectedRecord(applied)),
  }
}

export const faultCount = ({
  archive,
  notInLedger,
  notProjected,
  parked,
  record,
}: Verdict): number =>
  [...Object.values(archive), ...Object.values(record)].reduce(
    (sum, list) => sum + list.length,
    0,
  ) +
  notInLedger +
  notProjected +
  parked
