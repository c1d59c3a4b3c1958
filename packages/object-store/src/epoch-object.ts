import type { Epoch } from '@tideway/schemas/documents/epoch'
import type { ObjectStore } from './client.ts'

const key = 'epoch.json'
const type = 'application/json'

const bytesOfEpoch = (epoch: Epoch): Buffer => Buffer.from(JSON.stringify(epoch, null, 2))

/** The epoch that a bucket carries. */
export const readEpoch = async (store: Pick<ObjectStore, 'get'>): Promise<Epoch | null> => {
  const bytes = await store.get(key)
  return bytes === null ? null : (JSON.parse(bytes.toString()) as Epoch)
}

export const epochObject = (store: Pick<ObjectStore, 'get' | 'list' | 'put' | 'putNew'>) => {
  const read = () => readEpoch(store)
  const isEmpty = async (): Promise<boolean> => {
    for await (const found of store.list('')) if (found !== key) return false
    return true
  }
  return {
    look: async () => ({ epoch: await read(), isEmpty: await isEmpty() }),
    read,
    /** @returns the epoch that is there then, this one or one that was before */
    async writeNew(epoch: Epoch): Promise<Epoch> {
      await store.putNew(key, bytesOfEpoch(epoch), type)
      return (await read()) ?? epoch
    },
    write: (epoch: Epoch): Promise<void> => store.put(key, bytesOfEpoch(epoch), type),
  }
}
