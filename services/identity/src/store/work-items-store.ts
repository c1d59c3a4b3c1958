import { bulkWriteNew } from '@tideway/mongo/bulk-write-new'
import type { Collections } from '@tideway/mongo/collections'
import {
  type WorkItem,
  type WorkItemKind,
  workItemKinds,
} from '@tideway/schemas/documents/identity'

/** Questions for stewards. */
export const workItemsStore = ({ workItems }: Collections) => ({
  openItems: (keys: readonly string[]): Promise<WorkItem[]> =>
    keys.length === 0
      ? Promise.resolve([])
      : workItems.find({ patients: { $in: [...keys] }, state: 'open' }).toArray(),

  /** Opens items; one that is open already stays as it is but for what it says. */
  async openWorkItems(items: readonly WorkItem[]): Promise<void> {
    if (items.length === 0) return
    const existing = await bulkWriteNew(
      workItems,
      items.map((document) => ({ insertOne: { document } })),
    )
    const known = items.filter((_, index) => existing.has(index))
    if (known.length > 0)
      await workItems.bulkWrite(
        known.map(({ _id, since: _, ...fields }) => ({
          updateOne: { filter: { _id }, update: { $set: fields } },
        })),
        { ordered: false },
      )
  },

  async closeWorkItems(
    closed: readonly { _id: string; at: Date; decision: string | null }[],
  ): Promise<void> {
    if (closed.length === 0) return
    await workItems.bulkWrite(
      closed.map(({ _id, at, decision }) => ({
        updateOne: {
          filter: { _id, state: 'open' as const },
          update: { $set: { state: 'closed' as const, closedAt: at, decision } },
        },
      })),
      { ordered: false },
    )
  },

  /** Open work items by kind. */
  async countOpen(): Promise<Map<WorkItemKind, number>> {
    const counts = await Promise.all(
      workItemKinds.map(
        async (kind) => [kind, await workItems.countDocuments({ state: 'open', kind })] as const,
      ),
    )
    return new Map(counts)
  },
})
