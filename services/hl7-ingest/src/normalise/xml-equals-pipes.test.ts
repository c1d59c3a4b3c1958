import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { Source } from '@tideway/schemas/source'
import { corpusFolder } from '@tideway/hl7v2/corpus.fixture'
import { expect, test } from 'vitest'
import { readHeader } from '@tideway/hl7v2/lexer/header'
import { loadMappings } from './load-mappings.ts'
import { type Normalised, normalise } from './normalise.ts'
import { sandboxSource } from '../identify/sandbox-source.ts'
import { pipesToXml } from '@tideway/hl7v2/xml/pipes-to-xml.fixture'

const samples = new URL('../../samples/', import.meta.url).pathname
const corpus = corpusFolder('hl7v2')
const there = existsSync(corpus)
const mappings = await loadMappings()
const filesIn = (dir: string) =>
  readdirSync(dir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => resolve(parentPath, name))

const normalisedFrom = (
  bytes: Buffer,
  source: Source,
): Omit<Normalised, 'messageId' | 'characterSet' | 'continuedFields'> => {
  const { messageId, characterSet, continuedFields, ...rest } = normalise(
    { source, bytes, receivedAt: 1_782_900_000_000_000, messageId: '0'.repeat(32) },
    mappings,
    { production: false },
  )
  return {
    ...rest,
    events: rest.events.map((event) => ({ ...event, id: event.id.slice(32), messageId: '' })),
  }
}

const sandbox = (bytes: Buffer) =>
  sandboxSource(readHeader(bytes)?.sendingFacility ?? null, {
    maxMessageBytes: 50_000_000,
    idleFrameMs: 30_000,
  })
const bothWays = (bytes: Buffer, xml: Buffer, source = sandbox(bytes)) =>
  [normalisedFrom(xml, source), normalisedFrom(bytes, source)] as const

test.each(filesIn(samples).filter((file) => file.endsWith('.hl7')))(
  '%s gives the same result in XML',
  (file) => {
    const bytes = readFileSync(file)
    const source = JSON.parse(readFileSync(resolve(file, '../source.json'), 'utf8')) as Source
    const [inXml, inPipes] = bothWays(bytes, pipesToXml(bytes) as Buffer, source)
    expect(inXml).toEqual(inPipes)
    expect(inXml.type).toMatch(/^[A-Z]{3}/)
  },
)

test.skipIf(!there)(
  `every message of the corpus gives the same result in XML${there ? '' : ` (not found: ${corpus})`}`,
  { timeout: 120_000 },
  () => {
    const counts = { same: 0, withEvents: 0, notInXml: 0 }
    for (const file of filesIn(corpus)) {
      const messages = readFileSync(file, 'latin1')
        .replaceAll(/[\v\u001c]/g, '')
        .split(/(?<=^|[\r\n])(?=MSH[^A-Za-z0-9\s])/)
      for (const bytes of messages.map((text) => Buffer.from(text, 'latin1'))) {
        const xml = pipesToXml(bytes)
        if (xml === null) {
          counts.notInXml++
          continue
        }
        const [inXml, inPipes] = bothWays(bytes, xml)
        expect(inXml, file).toEqual(inPipes)
        expect({ ...readHeader(xml), encodingCharacters: '', delimiters: '' }).toMatchObject({
          type: readHeader(bytes)?.type,
          controlId: readHeader(bytes)?.controlId,
        })
        counts.same++
        if (inXml.events.length > 0) counts.withEvents++
      }
    }
    expect(counts.same).toBeGreaterThan(1_400)
    expect(counts.withEvents).toBeGreaterThan(300)
    expect(counts.notInXml).toBeLessThan(counts.same / 5)
  },
)
