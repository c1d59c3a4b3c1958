import { readdirSync, readFileSync } from 'node:fs'
import { locate, type Path } from '@tideway/schemas/provenance/locate'
import { searchMessage } from '@tideway/schemas/provenance/search'
import { expect, test } from 'vitest'

const folder = new URL('../samples/', import.meta.url)
const samples = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.json') && !/\.expected\.json$|source\.json$/.test(file))
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8')

const leavesOf = (value: unknown, path: Path = []): Path[] => {
  if (value === null || value === '') return []
  if (typeof value !== 'object') return [path]
  return Array.isArray(value) ? value.flatMap((item, index) => leavesOf(item, [...path, index])) : Object.entries(value as object).flatMap(([name, item]) => leavesOf(item, [...path, name]))
}

/** Fields that say nothing of the message's own. */
const notSent: ReadonlySet<string> = new Set(['type', 'place'])

test.each(samples)('%s: every value of its events stands where its schema says', (sample) => {
  const search = searchMessage(read(sample))
  if (search === null) throw new Error('no resource')
  const { events = [] } = JSON.parse(read(sample.replace('.json', '.expected.json'))) as { events?: { place: string; body: Record<string, unknown> & { type: string } }[] }
  const nowhere = events.flatMap(({ place, body }) =>
    leavesOf(body)
      .filter((path) => !notSent.has(path.at(-1) as string))
      .filter((path) => locate(search, place, body.type, body, path) === null)
      .map((path) => `${place} ${body.type}.${path.join('.')}`),
  )
  expect(nowhere).toEqual([])
})
