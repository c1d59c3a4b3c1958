import { randomBytes } from 'node:crypto'
import { idSeal } from '@tideway/schemas/id-seal'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { answerTo } from '@tideway/fhir-ingest/http/answer'
import { errors } from '@tideway/fhir-ingest/errors'
import { isParked } from '@tideway/fhir-ingest/outcomes'
import { loadMappings } from '@tideway/fhir-ingest/load-mappings'
import { normalise } from '@tideway/fhir-ingest/normalise/normalise'
import type { NormalisedFhir } from '@tideway/fhir-ingest/normalise/normalised'
import { toXml } from '@tideway/fhir/xml/write-xml'
import { envelopeType, wrapEvent } from '@tideway/schemas/codec'
import type { FhirSource } from '@tideway/schemas/source'
import { checkout } from '../../checks/tool.ts'
import { editedJson } from './edit-json.ts'
import type { FuzzTarget } from './target.ts'

const samples = join(checkout, 'services/fhir-ingest/samples')
const largestSeed = 60_000
const receivedAt = 1_782_900_000_000_000
const tokens = [
  'null',
  '""',
  '{}',
  '[]',
  '[null]',
  '0',
  '-1',
  '1e400',
  'true',
  '"x"',
  '"#x"',
  '"2026-13-01"',
  '"__proto__":1,',
  '"constructor":{},',
  '"doNotPerform":true,',
  '"modifierExtension":[{"url":"x"}],',
  '"contained":[{"resourceType":"Patient","id":"p"}],',
  '"reference":"#p"',
  '{"coding":[{}]}',
  ',',
  ':',
  '{',
  '}',
  '[',
  ']',
  '\\u0000',
  '\xff',
  '<',
  '</',
  '/>',
  '&#0;',
  '&x;',
  '<!DOCTYPE a [',
  ' value="x"',
  ' xmlns="x"',
]

const toJson = (bytes: Buffer): object => JSON.parse(bytes.toString()) as object
const filesIn = (folder: string, ends: RegExp): Buffer[] =>
  existsSync(folder)
    ? readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((file) => ends.test(file))
        .sort()
        .map((file) => readFileSync(join(folder, file)))
    : []

const isJson = (bytes: Buffer): boolean => bytes.toString().startsWith('{')
/** Samples of the repository. */
const ours = (): Buffer[] =>
  filesIn(samples, /\.(json|xml)$/).filter(
    (bytes) => bytes.includes('resourceType') || bytes.includes('xmlns'),
  )

/** Our samples, the same in XML, and the corpus if it exists. */
const seedsFrom = (corpus: string): Buffer[] => {
  const inXml = ours()
    .filter(isJson)
    .map((bytes) => Buffer.from(toXml(toJson(bytes) as never)))
  return [
    ...ours(),
    ...inXml,
    ...filesIn(join(corpus, 'fhir'), /\.json$/).filter(({ length }) => length <= largestSeed),
  ]
}

const must = (holds: boolean, what: string) => {
  if (!holds) throw new Error(what)
}

/** Receives as fhir-ingest does, without HTTP and Kafka: parsing, validation, events, answer. */
export const fhirTarget = async (corpus: string): Promise<FuzzTarget> => {
  const source = toJson(readFileSync(join(samples, 'x99/source.json'))) as FhirSource
  const mappings = await loadMappings()
  const publicIds = idSeal([randomBytes(32)])
  const rules = { mappings, owners: new Map(), production: false, publicIds, maxEntries: 1_000 }
  const envelope = envelopeType('PatientEventV1')

  const checkRead = ({ sent, faults, events, problem, unused }: NormalisedFhir) => {
    const found = [...faults, ...(sent?.entries ?? []).flatMap((entry) => entry.faults)]
    must(
      found.every(({ code }) => Object.hasOwn(errors, code)),
      'a fault without a code of ours',
    )
    must(
      !found.some(({ code }) => code === 'UNEXPECTED' || code === 'FAILED'),
      `a defect of ours at ${found[0]?.at}`,
    )
    must(
      events.every((event) => envelope.isValid(wrapEvent(event))),
      'an event that the log cannot take',
    )
    must(
      unused.every((path) => /^[\w.[\]]+( [A-Z_]+)?$/.test(path)),
      'an unused element that is none',
    )
    must(
      problem === null || isParked(problem.code) || events.length === 0 || sent?.isBatch === true,
      'events of a message that was refused',
    )
  }

  const receive = (bytes: Buffer): string => {
    const read = normalise({ source, bytes, receivedAt }, rules)
    checkRead(read)
    const { status, body } = answerTo(
      read,
      'POST',
      '/fhir',
      source.ods,
      'OperationOutcome',
      publicIds,
    )
    must(status >= 200 && status < 500, 'a status that blames us')
    must(
      body !== null && JSON.stringify(body).length < 20_000 + bytes.length * 60,
      'an answer out of proportion',
    )
    return read.problem?.code ?? 'taken'
  }

  const seeds = seedsFrom(corpus)
  const documents = [ours(), seeds].map((some) => some.filter(isJson).map(toJson))
  /** Tries the bytes themselves, and a message changed by them. */
  const check = (bytes: Buffer): string => {
    receive(bytes)
    return receive(
      Buffer.from(JSON.stringify(editedJson(documents[bytes.length % 2] as object[], bytes))),
    )
  }

  return { seeds, tokens: tokens.map((token) => Buffer.from(token, 'latin1')), check }
}
