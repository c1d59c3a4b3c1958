import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { loadMappings } from '@tideway/fhir-ingest/load-mappings'
import { normalise } from '@tideway/fhir-ingest/normalise/normalise'
import type { FhirRules } from '@tideway/fhir-ingest/normalise/normalised'
import { fhirFateOf } from './fhir-expected.ts'
import { fhirMalformation } from './fhir-malformation.ts'
import { fhirSenderOf } from './fhir-sender.ts'
import { repositoryOf, type CorpusReading } from './reading.ts'

/** Any instant: events are only compared within one run. */
const receivedAt = 1_800_000_000_000_000

/** The FHIR files of a corpus, sorted by name; none if the folder does not exist. */
export const fhirFiles = (corpusDir: string): string[] => {
  const dir = join(corpusDir, 'fhir')
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => join('fhir', file))
}

/**
 * Maps bytes to events as fhir-ingest does, with the mappings of this checkout and no identifier
 * systems of other senders.
 */
export const openFhirRules = async (): Promise<FhirRules> => ({
  mappings: await loadMappings(),
  owners: new Map(),
  production: false,
  maxEntries: 100_000,
})

type Resource = { resourceType?: unknown; type?: unknown; entry?: unknown }

/** Parses JSON, without the byte order mark that some files have; null if it is not JSON. */
const parsed = (bytes: Buffer): Resource | null => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Resource | null
  } catch {
    return null
  }
}

/**
 * The resource type, of a Bundle with its type: `Patient`, `Bundle/message`; null if it is not a
 * resource.
 */
const typeOf = ({ resourceType, type }: Resource): string | null => {
  if (typeof resourceType !== 'string') return null
  return resourceType === 'Bundle' && typeof type === 'string' ? `Bundle/${type}` : resourceType
}

/** Resource types of the entries of a Bundle; empty for a single resource. */
const entryTypes = ({ entry }: Resource): string[] =>
  (Array.isArray(entry) ? (entry as ({ resource?: Resource } | null)[]) : []).flatMap((one) =>
    one?.resource === undefined ? [] : (typeOf(one.resource) ?? []),
  )

/** The outcome of every FHIR file of a corpus in fhir-ingest. */
export const readFhir = (corpusDir: string, rules: FhirRules): CorpusReading[] =>
  fhirFiles(corpusDir).map((file) => readOne(file, readFileSync(join(corpusDir, file)), rules))

/** The outcome of one file in fhir-ingest, from a sender that may identify the patients in it. */
export const readOne = (file: string, bytes: Buffer, rules: FhirRules): CorpusReading => {
  const json = parsed(bytes)
  const type = json === null ? null : typeOf(json)
  const { problem, unused, events, faults } = normalise(
    { source: fhirSenderOf(json), bytes, receivedAt },
    rules,
  )
  const malformed = type === null ? 'no JSON resource' : fhirMalformation(file, faults)
  return {
    file,
    repository: repositoryOf(file.replace(/^fhir\//, '')),
    type: type ?? 'no resource',
    fate: fhirFateOf(type ?? '', entryTypes(json ?? {})),
    malformed,
    problem,
    unused,
    events,
  }
}
