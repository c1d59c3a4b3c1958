import { readdirSync, readFileSync } from 'node:fs'
import { locate, type Path } from '@tideway/record/provenance/locate'
import { messageLocator } from '@tideway/record/provenance/message-locator'
import { expect, test } from 'vitest'
import '@tideway/fhir/validation/validate'
import type { FhirObject } from '@tideway/fhir/parse-json'
import { toXml } from '@tideway/fhir/xml/write-xml'

const folder = new URL('../samples/', import.meta.url)
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
  (file) => /\.(?:json|xml)$/.test(file) && !/\.expected\.json$|source\.json$/.test(file),
)
const read = (file: string) => readFileSync(new URL(file, folder), 'utf8')
/** Numbers as they are written: 1.0 is not 1. */
const asWritten = ((_key: string, value: unknown, { source }: { source?: string }) =>
  typeof value === 'number' ? source : value) as (key: string, value: unknown) => unknown
const resourceIn = (text: string) => JSON.parse(text, asWritten) as FhirObject

const samples = files.flatMap((file): [string, string, string][] => {
  const text = read(file)
  return [
    [file, file, text],
    ...(file.endsWith('.json')
      ? [[`${file} as XML`, file, toXml(resourceIn(text))] as [string, string, string]]
      : []),
  ]
})

const leavesOf = (value: unknown, path: Path = []): Path[] => {
  if (value === null || value === '') return []
  if (typeof value !== 'object') return [path]
  return Array.isArray(value)
    ? value.flatMap((item, index) => leavesOf(item, [...path, index]))
    : Object.entries(value as object).flatMap(([name, item]) => leavesOf(item, [...path, name]))
}

/** Fields not taken from the message. */
const notSent: ReadonlySet<string> = new Set(['type', 'place'])

test.each(samples)('%s: every value of its events is where its schema says', (_, sample, text) => {
  const locator = messageLocator(text)
  if (locator === null) throw new Error('no resource')
  const { events = [] } = JSON.parse(read(sample.replace(/\.(?:json|xml)$/, '.expected.json'))) as {
    events?: { place: string; body: Record<string, unknown> & { type: string } }[]
  }
  const nowhere = events.flatMap(({ place, body }) =>
    leavesOf(body)
      .filter((path) => !notSent.has(path.at(-1) as string))
      .filter((path) => locate(locator, place, body.type, body, path) === null)
      .map((path) => `${place} ${body.type}.${path.join('.')}`),
  )
  expect(nowhere).toEqual([])
})
