import { readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { headerOf, readMessage } from '@tideway/hl7v2/lexer/header'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import { splitFile } from '../../../operate/send/split-file.ts'
import { expectedOf, type Fate } from '../expected.ts'
import { type Normalise, sandboxOf } from '../hl7-reader.ts'
import { malformation } from '../well-formed.ts'
import { compare, type Comparison } from './compare.ts'

/** `fate` is also null if the message is not well-formed and need not give events. */
export type Pair = Comparison & { file: string; type: string; fate: Fate | null }

/**
 * Compares each HL7 v2 message of `pairs.tsv`, which another converter turned into FHIR, with our
 * events.
 */
export const readPairs = (corpusDir: string, toEvents: Normalise): Pair[] => {
  const list = join(corpusDir, 'pairs.tsv')
  if (!statSync(list, { throwIfNoEntry: false })?.isFile()) return []
  const rows = readFileSync(list, 'utf8')
    .split('\n')
    .slice(1)
    .map((row) => row.split('\t'))
  return rows.flatMap(([input = '', expected = '']) =>
    input.endsWith('.hl7') && expected.endsWith('.json')
      ? [readPair(corpusDir, input, expected, toEvents)]
      : [],
  )
}

const readPair = (corpusDir: string, input: string, other: string, toEvents: Normalise): Pair => {
  const bytes = splitFile(readFileSync(join(corpusDir, input)))[0] as Buffer
  const message = readMessage(bytes, 'windows-1252') as Hl7Message
  const header = headerOf(message)
  const { type, events, problem, patientKeys } = toEvents(bytes, sandboxOf(header))
  const expected = expectedOf(type)
  const isWellFormed = malformation(message, header, expected, patientKeys, problem) === null
  const bundle = JSON.parse(
    readFileSync(join(corpusDir, other), 'utf8').replace(/^\uFEFF/, ''),
  ) as Parameters<typeof compare>[2]
  return {
    file: input,
    type: type ?? 'no type',
    fate: isWellFormed ? (expected?.fate ?? null) : null,
    ...compare(
      message,
      events.map(({ body }) => body),
      bundle,
    ),
  }
}
