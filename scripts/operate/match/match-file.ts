import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { strongestBetween } from '@tideway/identity/cluster/edge-order'
import { countBlocks } from './block-sizes.ts'
import { clusterShard, type NamedEdge } from './cluster-shard.ts'
import { compareShard } from './compare-shard.ts'
import { type Components, components } from './components.ts'
import { dealRecords, type ShowProgress } from './deal-records.ts'
import { eachRecord } from './lines.ts'
import { type LineWriter, lineWriter } from './line-writer.ts'
import { openShards, type Shards } from './shards.ts'

/** What a run did; `largeBlocks` counts the keys that too many records share, by kind. */
export type Matched = {
  records: number
  bad: number
  compared: number
  links: number
  workItems: number
  largeBlocks: Record<string, number>
}

/** So that a shard of the largest kind is about 12 MB. */
const bytesPerShard = 2_500_000
const mostShards = 400

/**
 * Matches a file of records: blocks on disk, decides each pair that shares a key, clusters the
 * automatic links, and writes links and work items. Memory holds one shard at a time, 37 MB of
 * counters, 13 bytes a line and the work items.
 */
export const matchFile = async (
  input: string,
  output: string,
  progress: ShowProgress,
): Promise<Matched> => {
  const folder = mkdtempSync(join(dirname(resolve(output)), 'match-'))
  try {
    const count = Math.min(mostShards, Math.max(1, Math.ceil(statSync(input).size / bytesPerShard)))
    const open = (name: string) => openShards(folder, name, count)
    const sizes = countBlocks()
    const blocks = open('blocks')
    const { lines, records, bad } = await dealRecords(input, blocks, sizes, progress)
    const links = open('links')
    const joined = components(lines)
    const linked = new Uint8Array(lines + 1)
    const undecided: NamedEdge[] = []
    let compared = 0
    for (let shard = 0; shard < count; shard += 1) {
      compared += compareShard(blocks.take(shard), sizes, ({ a, b, ids, how, rule, score }) => {
        const edge = { a: String(a), b: String(b), how: 'auto' as const, rule, score }
        if (how === 'work-item') undecided.push({ ...edge, ids })
        else {
          joined.join(a, b)
          linked[a] = linked[b] = 1
          links.write(a % count, JSON.stringify(edge))
        }
      })
      progress(`compared ${shard + 1} of ${count} parts, ${compared.toLocaleString('en-GB')} pairs`)
    }
    links.close()
    const parts = await dealComponents(input, open, links, joined, linked)
    const out = lineWriter(output)
    const written = writePersons(parts, joined, undecided, lines, out, progress)
    out.close()
    return { records, bad, compared, ...written, largeBlocks: byKind(sizes.large.keys()) }
  } finally {
    rmSync(folder, { recursive: true })
  }
}

type Parts = { people: Shards; edges: Shards }

/**
 * Deals linked records, and the links, by the component that links make: each meets in one shard.
 */
const dealComponents = async (
  input: string,
  open: (name: string) => Shards,
  links: Shards,
  { of }: Components,
  linked: Uint8Array,
): Promise<Parts> => {
  const parts = { people: open('people'), edges: open('edges') }
  for (let shard = 0; shard < links.count; shard += 1)
    for (const line of links.take(shard)) {
      const { a } = JSON.parse(line) as { a: string }
      parts.edges.write(of(Number(a)) % links.count, line)
    }
  await eachRecord(
    input,
    (record, place) => {
      if (linked[place] === 1) parts.people.write(of(place) % links.count, JSON.stringify(record))
    },
    () => undefined,
  )
  parts.people.close()
  parts.edges.close()
  return parts
}

const writePersons = (
  { people, edges }: Parts,
  joined: Components,
  undecided: readonly NamedEdge[],
  lines: number,
  out: LineWriter,
  progress: ShowProgress,
): { links: number; workItems: number } => {
  const groupOf = new Int32Array(lines + 1)
  const items = [...undecided]
  let links = 0
  for (let shard = 0; shard < people.count; shard += 1) {
    const clustered = clusterShard(people.take(shard), edges.take(shard), joined)
    for (const group of clustered.groups)
      for (const place of group) groupOf[Number(place)] = Number(group[0])
    for (const edge of clustered.made) out.write(lineOf(edge, 'auto'))
    links += clustered.made.length
    items.push(...clustered.items)
    progress(`clustered ${shard + 1} of ${people.count} parts`)
  }
  const personOf = (place: string) => String(groupOf[Number(place)] || place)
  const kept = strongestBetween(personOf, items)
  for (const edge of kept) out.write(lineOf(edge, 'work-item'))
  return { links, workItems: kept.length }
}

const lineOf = ({ ids: [a, b], rule, score }: NamedEdge, how: 'auto' | 'work-item'): string =>
  JSON.stringify({ a, b, how, rule, score })

const kinds: Readonly<Record<string, string>> = {
  n: 'NHS number',
  p: 'telephone',
  e: 'e-mail',
  a: 'address',
  d: 'birthday and name',
}

const byKind = (keys: Iterable<string>): Record<string, number> => {
  const counts: Record<string, number> = {}
  for (const key of keys) {
    const kind = kinds[key.charAt(0)] ?? key.charAt(0)
    counts[kind] = (counts[kind] ?? 0) + 1
  }
  return counts
}
