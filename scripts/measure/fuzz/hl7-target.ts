import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { answerCode } from '@tideway/hl7v2/acknowledgement/answer-code'
import { answerTo } from '@tideway/hl7v2/acknowledgement/answer-to'
import { readBatch } from '@tideway/hl7v2/mllp/batch'
import { type IngestErrorCode, errorCodes } from '@tideway/hl7-ingest/errors'
import { type Header, readHeader } from '@tideway/hl7v2/lexer/header'
import { loadMappings, type Mappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { mllpFrames } from '@tideway/hl7v2/mllp/frames'
import { type Normalised, normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { custodyOf, faultOf, outcomes, refusalOf } from '@tideway/hl7-ingest/acknowledge/outcomes'
import { sandboxSource } from '@tideway/hl7-ingest/identify/sandbox-source'
import { isXmlBatch } from '@tideway/hl7v2/xml/is-xml-batch'
import { pipesToXml } from '@tideway/hl7v2/xml/pipes-to-xml.fixture'
import { envelopeType, wrapEvent } from '@tideway/schemas/codec'
import type { Source } from '@tideway/schemas/source'
import { checkout } from '../../checks/tool.ts'
import { corpusFrames } from '../corpus/files.ts'
import type { FuzzTarget } from './target.ts'

type Found = { code: IngestErrorCode; place: string | null }

const limits = { maxMessageBytes: 5_000_000, idleFrameMs: 30_000 }
const receivedAt = 1_782_900_000_000_000
const tokens = [
  '\r',
  '\n',
  '|',
  '^',
  '~',
  '\\',
  '&',
  '""',
  '\x0b',
  '\x1c\r',
  '\x1c\x0b',
  'MSH|^~\\&|',
  'PID|',
  'OBX|1|ED|',
  'BHS|^~\\&|\r',
  '\\X0D\\',
  '\\.sp9999\\',
  '<',
  '</',
  '<FHS/>',
  '<MSH/>',
  '&amp;',
  '<!DOCTYPE a [',
  ']]>',
  '\xff\xfe',
  '\xef\xbb\xbf',
]

/** Samples of the repository, the same in XML, and the corpus if it exists. */
const seedsFrom = (corpus: string): Buffer[] => {
  const folder = join(checkout, 'services/hl7-ingest/samples')
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) =>
    file.endsWith('.hl7'),
  )
  const samples = files.sort().map((file) => readFileSync(join(folder, file)))
  return [
    ...samples,
    ...samples.map(pipesToXml).filter((xml) => xml !== null),
    ...corpusFrames(corpus).map(({ payload }) => payload),
  ]
}

const must = (holds: boolean, what: string) => {
  if (!holds) throw new Error(what)
}

const checkAnswer = (text: string, code: string, sentBytes: number) => {
  must(text.includes('MSA') && text.includes(code), 'an answer without its code')
  must(text.length < 20_000 + sentBytes * 6, 'an answer out of proportion')
}

const envelope = envelopeType('PatientEventV1')

const checkEvents = ({ events, problem, unused }: Normalised) => {
  must(
    problem === null || (errorCodes as readonly string[]).includes(problem.code),
    'a problem without a code of ours',
  )
  must(problem?.code !== 'UNEXPECTED', `a defect of ours at ${problem?.place}`)
  must(
    problem === null || /^[A-Z][A-Z0-9]{2}(\[\d+\])?(-\d+)?$/.test(problem.place),
    'a place that is none',
  )
  must(
    events.every((event) => envelope.isValid(wrapEvent(event))),
    'an event that the log cannot take',
  )
  must(
    unused.every((field) => /^(\?|[A-Z][A-Z0-9]{2}-\d+~?(\.\d+){0,2})$/.test(field)),
    'an unused field that is none',
  )
}

/** The problem that hl7-ingest reports; null if none. */
const problemOf = (
  bytes: Buffer,
  header: Header | null,
  source: Source | null,
  mappings: Mappings,
): Found | null => {
  const refusal = refusalOf(header, source)
  if (refusal !== null || source === null)
    return {
      code: refusal ?? 'UNKNOWN_SOURCE',
      place: outcomes[refusal ?? 'UNKNOWN_SOURCE'].place,
    }
  const normalised = normalise({ source, bytes, receivedAt }, mappings, { production: false })
  checkEvents(normalised)
  return normalised.problem === null
    ? null
    : { code: normalised.problem.code as IngestErrorCode, place: normalised.problem.place }
}

const receive = (bytes: Buffer, mappings: Mappings): string => {
  const header = readHeader(bytes)
  const source = header === null ? null : sandboxSource(header.sendingFacility, limits)
  const found = problemOf(bytes, header, source, mappings)
  const fault: Found | null =
    found?.code === 'NOT_HL7' && isXmlBatch(bytes) ? { ...found, code: 'XML_BATCH' } : found
  const answer = answerCode(header, custodyOf(fault?.code ?? null, source))
  if (answer !== null)
    checkAnswer(
      answerTo(
        bytes,
        header,
        receivedAt,
        answer,
        fault && faultOf(fault.code, fault.place),
      ).toString('latin1'),
      answer,
      bytes.length,
    )
  return fault?.code ?? 'taken'
}

/**
 * Passes the bytes through the framing in two pieces, split at a position the bytes choose, and
 * receives each frame.
 */
const receiveFramed = (bytes: Buffer, mappings: Mappings): string => {
  const frames = mllpFrames(limits.maxMessageBytes)
  const stream = Buffer.concat([Buffer.of(0x0b), bytes, Buffer.of(0x1c, 0x0d)])
  const at = stream.length === 0 ? 0 : (bytes[bytes.length >> 1] ?? 0) % stream.length
  const cuts = [...frames.push(stream.subarray(0, at)), ...frames.push(stream.subarray(at))]
  must(cuts.length > 0, 'a frame that never ended')
  const payloads = cuts.flatMap((cut) => (cut.kind === 'frame' ? [cut.payload] : []))
  const outcomesSeen = payloads.flatMap((payload) => {
    const batch = readBatch(payload)
    return batch === null || batch.messages.length === 0
      ? [receive(payload, mappings)]
      : batch.messages.map((message) => receive(message, mappings))
  })
  return outcomesSeen[0] ?? 'too large'
}

/**
 * Receives as hl7-ingest does, without Kafka: framing, batches, header, refusal, events, answer.
 */
export const hl7Target = async (corpus: string): Promise<FuzzTarget> => {
  const mappings = await loadMappings()
  return {
    seeds: seedsFrom(corpus),
    tokens: tokens.map((token) => Buffer.from(token, 'latin1')),
    check: (bytes) => receiveFramed(bytes, mappings),
  }
}
