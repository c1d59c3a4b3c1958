import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { lineWriter } from './line-writer.ts'

/** Files that lines are dealt to, so that each can be read whole in bounded memory. */
export type Shards = {
  count: number
  write(shard: number, line: string): void
  /** Closes the files; then they can be read. */
  close(): void
  /** The lines of one file, which is deleted. */
  take(shard: number): string[]
}

export const openShards = (folder: string, name: string, count: number): Shards => {
  const paths = Array.from({ length: count }, (_, shard) => join(folder, `${name}-${shard}`))
  const files = paths.map(lineWriter)
  return {
    count,
    write: (shard, line) => files[shard]?.write(line),
    close: () => {
      for (const file of files) file.close()
    },
    take(shard) {
      const path = paths[shard]
      if (path === undefined) return []
      const lines = readFileSync(path, 'utf8').split('\n')
      rmSync(path)
      lines.pop()
      return lines
    },
  }
}

/**
 * A hash of 32 bits: FNV-1a over UTF-16 units, mixed. The same text gives the same on every
 * machine.
 */
export const hashOf = (text: string): number => {
  let hash = 0x811c9dc5
  for (let i = 0; i < text.length; i += 1) {
    hash ^= text.charCodeAt(i)
    hash = Math.imul(hash, 0x01000193)
  }
  hash ^= hash >>> 15
  hash = Math.imul(hash, 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}
