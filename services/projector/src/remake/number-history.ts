import type { Projection } from '@tideway/schemas/documents/ledger'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import type { Arrival } from '../apply/arrival.ts'
import type { FoldPorts } from '../apply/fold-batch.ts'
import type { Act } from '../history/acts.ts'
import { messageOf } from '../history/told.ts'
import { decisionsIn } from '../identity/decisions.ts'
import { type SettledMessage, settledBy } from '../identity/identity-holds.ts'
import { arrivalsOf, retold } from './history-of.ts'

/** What was told under a number before a batch. */
export type NumberHistory = {
  /** What the batch changes in the record of it. */
  changed: readonly Projection[]
  told: ReadonlyMap<string, Projection>
  withdrawn: ReadonlySet<string>
  /** What a steward decided to be wrong in this batch. */
  wrong: readonly SettledMessage[]
  /** Told and announced before, or held. */
  known: readonly Arrival[]
  /** Restored, and never announced: they came while their message was withdrawn. */
  late: readonly Arrival[]
}

/** What a batch has of one number, or of one of the people who have it. */
export type PartOfBatch = {
  /** Of a later person with a number, the key of that one. */
  patient: string
  own: readonly Arrival[]
  acts: readonly Act[]
  before: ReadonlyMap<Arrival, PatientEvent>
}

/**
 * What messages told under a number before the batch, as it counts now.
 *
 * @param before  as events of the batch were told before, of those that differ now
 */
export const numberHistory = async (
  stored: readonly Projection[],
  { patient, own, acts, before }: PartOfBatch,
  ports: Pick<FoldPorts, 'store' | 'decode'>,
): Promise<NumberHistory> => {
  const ids = stored.map(({ _id }) => _id)
  const withdrawn = new Set(await ports.store.withdrawnAmong(ids))
  const changed = [...before.keys()].filter((arrival) => arrival.patient === patient)
  const told = stored.map((one) => retold(one, acts, changed))
  const wrong = decisionsIn(own).filter(({ body }) => body.decision === 'WRONG_MESSAGE')
  const wrongMessages = new Set(wrong.flatMap(({ body }) => body.messages))
  const counting = told.filter((one) => !withdrawn.has(messageOf(one)))
  return {
    changed: told.filter((one, index) => one !== stored[index]),
    told: new Map(told.map((one) => [one._id, one])),
    withdrawn,
    /** What a steward decided to be wrong in this batch. */
    wrong: settledBy(
      await arrivalsOf(
        told.filter((one) => wrongMessages.has(messageOf(one))),
        ports.decode,
      ),
      wrong,
    ),
    /** Told and announced before. */
    known: await arrivalsOf(
      counting.filter(({ pending }) => pending !== 'withdrawn'),
      ports.decode,
    ),
    /** Restored, and never announced: they came while their message was withdrawn. */
    late: await arrivalsOf(
      counting.filter(({ pending }) => pending === 'withdrawn'),
      ports.decode,
    ),
  }
}
