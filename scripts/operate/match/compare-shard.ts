import { blockKeysOfPrepared, withoutCommonContacts } from '@tideway/identity/block-keys'
import { type PreparedTraits, prepare } from '@tideway/identity/compare/prepare'
import { decidePrepared } from '@tideway/identity/decide/decide'
import type { BlockSizes } from './block-sizes.ts'
import type { PopulationRecord } from './read-record.ts'

/** A decided pair: places of the two records in the file, the smaller first. */
export type DecidedPair = {
  a: number
  b: number
  ids: readonly [string, string]
  how: 'auto' | 'work-item'
  rule: string
  score: number
}

type Entry = { place: number; id: string; record: PreparedTraits; keys: ReadonlySet<string> }

/** Compares the records of one shard that share a key; each pair once in all shards. */
export const compareShard = (
  lines: readonly string[],
  sizes: BlockSizes,
  onPair: (pair: DecidedPair) => void,
): number => {
  const entries = new Map<number, Entry>()
  const entryOf = (line: string): Entry => {
    const [, second, text] = line.split('\t', 3)
    const place = Number(second)
    const known = entries.get(place)
    if (known !== undefined) return known
    const entry = read(place, text ?? '', sizes)
    entries.set(place, entry)
    return entry
  }
  let compared = 0
  for (const [key, block] of blocksOf(lines, sizes)) {
    const members = block.map(entryOf).toSorted((a, b) => a.place - b.place)
    for (const [index, one] of members.entries())
      for (const other of members.slice(index + 1)) {
        if (firstCommonKey(one, other) !== key) continue
        compared += 1
        const pair = decided(one, other)
        if (pair !== null) onPair(pair)
      }
  }
  return compared
}

const blocksOf = (lines: readonly string[], sizes: BlockSizes): Map<string, string[]> => {
  const blocks = new Map<string, string[]>()
  for (const line of lines) {
    const key = line.slice(0, line.indexOf('\t'))
    if (sizes.isSingle(key) || sizes.isTooLarge(key)) continue
    const block = blocks.get(key)
    if (block === undefined) blocks.set(key, [line])
    else block.push(line)
  }
  for (const [key, block] of blocks) if (block.length < 2) blocks.delete(key)
  return blocks
}

const read = (place: number, text: string, sizes: BlockSizes): Entry => {
  const { id, traits } = JSON.parse(text) as PopulationRecord
  const whole = prepare(traits)
  const keys = blockKeysOfPrepared(whole).filter((key) => !sizes.isTooLarge(key))
  return {
    place,
    id,
    record: withoutCommonContacts(whole, sizes.isTooLarge),
    keys: new Set(keys.toSorted()),
  }
}

const firstCommonKey = (a: Entry, b: Entry): string | undefined => {
  for (const key of a.keys) if (b.keys.has(key)) return key
  return undefined
}

const decided = (one: Entry, other: Entry): DecidedPair | null => {
  const { how, rule, score } = decidePrepared(one.record, other.record)
  return how === 'none'
    ? null
    : { a: one.place, b: other.place, ids: [one.id, other.id], how, rule, score }
}
