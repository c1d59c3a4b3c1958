import { type Header, headerOf, readMessage } from '@tideway/hl7v2/lexer/header'
import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { type Normalised, normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { sandboxSource } from '@tideway/hl7-ingest/identify/sandbox-source'
import type { Source } from '@tideway/schemas/source'
import { corpusFrames } from '../corpus/files.ts'
import { expectedOf } from './expected.ts'
import { repositoryOf, type CorpusReading } from './reading.ts'
import { malformation } from './well-formed.ts'

/** Any instant: events are only compared within one run. */
const receivedAt = 1_800_000_000_000_000
const limits = { maxMessageBytes: 50_000_000, idleFrameMs: 60_000 }

/** The sender, as the sandbox port accepts it. */
export const sandboxOf = (header: Header | null): Source =>
  sandboxSource(header?.sendingFacility ?? null, limits)

/** A message of the corpus with its outcome on the sandbox port. */
export type Hl7Reading = CorpusReading & { bytes: Buffer; source: Source }
export type Normalise = (bytes: Buffer, source: Source) => Normalised

/** Maps bytes to events as hl7-ingest does, with the mappings of this checkout. */
export const openNormaliser = async (): Promise<Normalise> => {
  const mappings = await loadMappings()
  return (bytes, source) =>
    normalise({ source, bytes, receivedAt }, mappings, { production: false })
}

export const readHl7 = (corpusDir: string, toEvents: Normalise): Hl7Reading[] =>
  corpusFrames(corpusDir).flatMap(({ file, messages }) =>
    messages.map(({ bytes }) => readOne(`hl7v2/${file}`, repositoryOf(file), bytes, toEvents)),
  )

const readOne = (
  file: string,
  repository: string,
  bytes: Buffer,
  toEvents: Normalise,
): Hl7Reading => {
  const message = readMessage(bytes, 'windows-1252')
  const header = message === null ? null : headerOf(message)
  const source = sandboxOf(header)
  const { type, problem, unused, events, patientKeys } = toEvents(bytes, source)
  const expected = expectedOf(type)
  const malformed =
    message === null || header === null
      ? 'no MSH at the start'
      : malformation(message, header, expected, patientKeys, problem)
  // A message used in part counts as mapped; the rest is in `unused`.
  return {
    file,
    repository,
    bytes,
    source,
    type: type ?? 'no type',
    fate: expected?.fate ?? null,
    malformed,
    problem: events.length > 0 ? null : problem,
    unused,
    events,
  }
}
