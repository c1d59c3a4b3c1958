import type { Collections } from '@tideway/mongo/collections'
import { identitiesStore } from './identities-store.ts'
import { personsStore } from './persons-store.ts'
import { workItemsStore } from './work-items-store.ts'

const stateDocument = ({ identityState }: Collections) => ({
  /** Generation of the record of which every patient was considered; null: of none. */
  async consideredGeneration(): Promise<number | null> {
    return (await identityState.findOne({ _id: 'identity' }))?.generation ?? null
  },

  async setConsidered(generation: number): Promise<void> {
    await identityState.replaceOne({ _id: 'identity' }, { generation }, { upsert: true })
  },
})

/** The documents that identity keeps. */
export const identityStore = (collections: Collections) => ({
  ...stateDocument(collections),
  ...identitiesStore(collections),
  ...personsStore(collections),
  ...workItemsStore(collections),
})

export type IdentityStore = ReturnType<typeof identityStore>
