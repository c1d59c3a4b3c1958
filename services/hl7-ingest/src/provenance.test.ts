import { readdirSync, readFileSync } from 'node:fs'
import { placesOf } from '@tideway/record/provenance/field-places'
import { locateInHl7 } from '@tideway/record/provenance/locate-in-hl7'
import { segmentsIn } from '@tideway/record/provenance/hl7-text'
import { xmlSegmentsIn } from '@tideway/record/provenance/hl7-xml'
import { locate, type Path } from '@tideway/record/provenance/locate'
import { expect, test } from 'vitest'
import { readMessage } from '@tideway/hl7v2/lexer/header'
import { pipesToXml } from '@tideway/hl7v2/xml/pipes-to-xml.fixture'

const folder = new URL('../samples/', import.meta.url)
const samples = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.hl7'),
)
const read = (file: string) => readFileSync(new URL(file, folder))
const json = (file: string) => JSON.parse(read(file).toString())
const characterSetOf = (sample: string): string =>
  json(sample.replace('.hl7', '.expected.json')).characterSet
const segmentsOf = (sample: string) =>
  segmentsIn(new TextDecoder(characterSetOf(sample), { ignoreBOM: true }).decode(read(sample))) ??
  []

const leavesOf = (value: unknown, path: Path = []): Path[] => {
  if (value === null || value === '') return []
  if (typeof value !== 'object') return [path]
  return Array.isArray(value)
    ? value.flatMap((item, index) => leavesOf(item, [...path, index]))
    : Object.entries(value as object).flatMap(([name, item]) => leavesOf(item, [...path, name]))
}

/** Fields not taken from the message; see where they are set. */
const notSent: ReadonlySet<string> = new Set(['type', 'place'])

/** Values that a fix of the source derived from another form in the message. */
const repaired = [
  'PID[1] PatientDetailsReported.identifiers.1.authority',
  'PID[1] PatientDetailsReported.nhsNumber',
  'OBR[1] ResultReported.collectedAt',
]

test.each(samples)('%s: segments and fields are where the lexer finds them', (sample) => {
  const lexed = readMessage(read(sample), characterSetOf(sample))
  const found = segmentsOf(sample)
  expect(found.map(({ name, nth }) => [name, nth])).toEqual(
    lexed?.segments.map(({ name, nth }) => [name, nth]),
  )
  expect(found.map((segment) => segment.fields().map(({ text }) => text))).toEqual(
    lexed?.segments.map(({ fields }) => fields.slice(1)),
  )
})

type Sent = { place: string; body: Record<string, unknown> & { type: string } }
const eventsOf = (sample: string) =>
  (json(sample.replace('.hl7', '.expected.json')).events ?? []) as Sent[]
const valuesOf = (sample: string) =>
  eventsOf(sample).flatMap(({ place, body }) =>
    leavesOf(body)
      .filter((path) => !notSent.has(path.at(-1) as string))
      .map((path) => ({ place, body, path, name: `${place} ${body.type}.${path.join('.')}` }))
      .filter(({ name }) => !(sample.startsWith('xf1/') && repaired.includes(name))),
  )

test.each(samples)('%s: every value of its events is where its schema says', (sample) => {
  const locator = locateInHl7(segmentsOf(sample))
  expect(
    valuesOf(sample).flatMap(({ place, body, path, name }) =>
      locate(locator, place, body.type, body, path) === null ? [name] : [],
    ),
  ).toEqual([])
})

test.each(samples)('%s: the same message in XML has the same places', (sample) => {
  const document = pipesToXml(read(sample))?.toString() ?? ''
  const [inPipes, inXml] = [
    locateInHl7(segmentsOf(sample)),
    locateInHl7(xmlSegmentsIn(document) ?? []),
  ]
  for (const { place, body, path, name } of valuesOf(sample)) {
    const pieces = locate(inXml, place, body.type, body, path)?.pieces
    expect([name, pieces?.map((piece) => piece.place)]).toEqual([
      name,
      locate(inPipes, place, body.type, body, path)?.pieces.map((piece) => piece.place),
    ])
    for (const { start, end } of pieces?.filter((piece) => piece.place.includes('-')) ?? [])
      expect([document[start - 1], document[end]]).toEqual(['>', '<'])
  }
})

test('a value not in the message is not found', () => {
  const locator = locateInHl7(segmentsOf('x99/oru-r01.hl7'))
  expect(locate(locator, 'OBX[1]', 'Observation', { value: '6.9' }, ['value'])).toBeNull()
  expect(
    locate(locator, 'OBX[1]', 'Observation', { value: '6.8' }, ['value'])?.pieces.map(
      ({ place }) => place,
    ),
  ).toEqual(['OBX[1]-5'])
  expect(placesOf('Observation', 'nothing')).toBeNull()
})
