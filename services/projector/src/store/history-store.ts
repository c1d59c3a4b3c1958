import type { Entry } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { Projection, DecidedMessage } from '@tideway/schemas/documents/ledger'
import { expandEntry, expandHead } from '@tideway/schemas/documents/storage-format'
import { bulkWriteNew } from '@tideway/mongo/bulk-write-new'
import type { Collections } from '@tideway/mongo/collections'
import { messageOf, pieceIdsOf, wholeOf } from '../history/told.ts'

/** Records are read as bytes, not as BSON binaries. */
const asBytes = { promoteBuffers: true }

/** What messages told of patients, and which of them are withdrawn. */
export const historyStore = ({
  patients,
  entries,
  projections,
  withdrawals,
}: Pick<Collections, 'patients' | 'entries' | 'projections' | 'withdrawals'>) => ({
  /** Messages already applied to patients, each whole, by `_id`. */
  async projected(ids: readonly string[]): Promise<Projection[]> {
    if (ids.length === 0) return []
    const found = await projections.find({ _id: { $in: [...ids] } }, asBytes).toArray()
    const pieces = found.flatMap(pieceIdsOf)
    const further =
      pieces.length === 0 ? [] : await projections.find({ _id: { $in: pieces } }, asBytes).toArray()
    return wholeOf([...found, ...further])
  },

  /** Which of the messages applied, or to be applied, are withdrawn. */
  async withdrawnAmong(ids: readonly string[]): Promise<string[]> {
    const messages = [...new Set(ids.map((_id) => messageOf({ _id })))]
    if (messages.length === 0) return []
    const found = await withdrawals
      .find({ _id: { $in: messages } }, { projection: { state: 1 } })
      .toArray()
    return found.filter(({ state }) => state === 'WITHDRAWN').map(({ _id }) => _id)
  },

  /** Everything stored of one patient, as it is now. */
  async everythingOf(patient: string): Promise<{
    head: PatientHead | null
    entries: Entry[]
    told: Projection[]
  }> {
    const [head, own, told] = await Promise.all([
      patients.findOne({ _id: patient }),
      entries.find({ patient }).toArray(),
      projections.find({ patient }, asBytes).toArray(),
    ])
    return {
      head: head && expandHead(head),
      entries: own.map(expandEntry),
      told: wholeOf(told),
    }
  },

  /**
   * Whether everything applied was recorded: not in a database that an earlier release began, until
   * it is rebuilt.
   */
  hasWholeHistory: async (): Promise<boolean> =>
    // Not `$exists`, which SecantusDB answers without an index; null also finds an absent field.
    (await projections.findOne(
      { patient: null as unknown as string },
      { projection: { _id: 1 } },
    )) === null,

  /** Records what messages told, in place of what they told before. */
  async saveTold(told: readonly Projection[]): Promise<void> {
    if (told.length === 0) return
    await projections.bulkWrite(
      told.map(({ _id, ...replacement }) => ({
        replaceOne: { filter: { _id }, replacement, upsert: true },
      })),
      { ordered: false },
    )
  },

  /** The newest decision about a message counts, in whatever order they come. */
  saveWithdrawals: (decided: readonly DecidedMessage[]): Promise<unknown> =>
    bulkWriteNew(
      withdrawals,
      decided.map(({ _id, ...replacement }) => ({
        replaceOne: {
          filter: { _id, at: { $lt: replacement.at } },
          replacement,
          upsert: true,
        },
      })),
    ),
})
