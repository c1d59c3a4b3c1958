import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { Message } from 'node-hl7-client'
import { corpusFolder } from '../corpus.fixture.ts'
import { expect, test } from 'vitest'
import { decode } from './character-set.ts'
import { type Hl7Message, parse } from './message.ts'

const corpus = corpusFolder('hl7v2')
const there = existsSync(corpus)

/**
 * Messages of a file, each without its frame or batch envelope, segments terminated by CR; the
 * library drops trailing spaces.
 */
const messagesIn = (file: string): string[] => {
  const content = decode(readFileSync(resolve(corpus, file)), 'windows-1252').text.replaceAll(
    /[\v\u001c]/g,
    '',
  )
  const lines = content
    .split(/\r\n|\r|\n/)
    .filter((line) => line.trim() !== '' && !/^(FHS|BHS|BTS|FTS)/.test(line))
  return lines
    .map((line) => line.trimEnd())
    .join('\r')
    .split(/(?:^|\r)(?=MSH[^A-Za-z0-9\s])/)
    .filter((text) => text.startsWith('MSH'))
}

const isSegment = (separator: string | undefined) => (line: string) =>
  /^[A-Z][A-Z0-9]{2}/.test(line) && (line.length === 3 || line[3] === separator)

/**
 * Fields of each segment as the library parses them, undecoded; null if it cannot read the message.
 * Its header starts at MSH-2.
 */
const byLibrary = (text: string): string[][] | null => {
  try {
    return new Message({ text }).toArray().map((segment) => [
      segment.name,
      ...segment
        .toArray()
        .slice(segment.name === 'MSH' ? 2 : 1)
        .map((field) => field.toRaw()),
    ])
  } catch {
    return null
  }
}

const fieldsOf = (text: string): string[][] =>
  (parse(text, 'utf-8') as Hl7Message).segments.map(({ name, fields }) => [
    name,
    ...fields.slice(name === 'MSH' ? 3 : 1),
  ])
const withoutTail = (segment: string[]) =>
  segment.slice(0, segment.findLastIndex((field) => field !== '') + 1)

test.skipIf(!there)(
  `agrees with node-hl7-client on every field of the corpus${there ? '' : ` (not found: ${corpus})`}`,
  { timeout: 120_000 },
  () => {
    const files = readdirSync(corpus, { recursive: true, withFileTypes: true }).filter((entry) =>
      entry.isFile(),
    )
    let compared = 0
    let left = 0
    for (const { parentPath, name } of files) {
      for (const text of messagesIn(resolve(parentPath, name))) {
        const library = text.split('\r').every(isSegment(text[3])) ? byLibrary(text) : null
        if (library === null) {
          left++
          continue
        }
        expect(fieldsOf(text).map(withoutTail), name).toEqual(library.map(withoutTail))
        compared++
      }
    }
    expect(compared).toBeGreaterThan(1_600)
    expect(left).toBeLessThan(compared / 20)
  },
)
