import { blockKeysOfPrepared } from '@tideway/identity/block-keys'
import { prepare } from '@tideway/identity/compare/prepare'
import type { BlockSizes } from './block-sizes.ts'
import { eachRecord } from './lines.ts'
import { hashOf, type Shards } from './shards.ts'

export type ShowProgress = (what: string) => void

/** What was read of the file. */
export type Dealt = { lines: number; records: number; bad: number }

/** Deals every record to a shard for each of its block keys: those of one key meet in one shard. */
export const dealRecords = async (
  path: string,
  shards: Shards,
  sizes: BlockSizes,
  progress: ShowProgress,
): Promise<Dealt> => {
  let [records, bad] = [0, 0]
  const lines = await eachRecord(
    path,
    ({ id, traits }, place) => {
      const text = JSON.stringify({ id, traits })
      for (const key of blockKeysOfPrepared(prepare(traits))) {
        sizes.add(key)
        shards.write(hashOf(key) % shards.count, `${key}\t${place}\t${text}`)
      }
      records += 1
      if (records % 100_000 === 0) progress(`read ${records.toLocaleString('en-GB')} records`)
    },
    (line, reason) => {
      bad += 1
      if (bad <= 20) console.error(`line ${line}: ${reason}`)
    },
  )
  shards.close()
  if (bad > 20) console.error(`and ${bad - 20} further lines that cannot be read`)
  return { lines, records, bad }
}
