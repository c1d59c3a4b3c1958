import { largestBlock } from '@tideway/identity/block-keys'
import { hashOf } from './shards.ts'

const cells = 1 << 24

/** How many records have a key, in 32 MB however many there are: two keys may share a counter. */
export const countBlocks = () => {
  const counts = new Uint16Array(cells)
  const large = new Map<string, number>()
  return {
    add(key: string): void {
      const cell = hashOf(key) & (cells - 1)
      const count = Math.min((counts[cell] ?? 0) + 1, 65_535)
      counts[cell] = count
      if (count > largestBlock) large.set(key, count)
    },
    /** Whether no other record has the key. */
    isSingle: (key: string): boolean => counts[hashOf(key) & (cells - 1)] === 1,
    /** Whether so many have it that it tells nobody apart. */
    isTooLarge: (key: string): boolean => large.has(key),
    large,
  }
}

export type BlockSizes = ReturnType<typeof countBlocks>
