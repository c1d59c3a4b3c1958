import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { loadMappings } from '@tideway/fhir-ingest/load-mappings'
import { normalise, type Rules } from '@tideway/fhir-ingest/normalise/normalise'
import { fhirFateOf } from './fhir-expected.ts'
import { fhirMalformation } from './fhir-malformation.ts'
import { fhirSenderOf } from './fhir-sender.ts'
import { repositoryOf, type CorpusReading } from './reading.ts'

/** Any instant will do: events are compared within one run. */
const receivedAt = 1_800_000_000_000_000

/** The FHIR files of a corpus, in the order of their names; none if there is no such folder. */
export const fhirFiles = (corpusDir: string): string[] => {
  const dir = join(corpusDir, 'fhir')
  if (!statSync(dir, { throwIfNoEntry: false })?.isDirectory()) return []
  return readdirSync(dir, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.json'))
    .sort()
    .map((file) => join('fhir', file))
}

/**
 * Bytes to events as fhir-ingest does it, with the mappings of this checkout. Nobody else's
 * identifiers are known.
 */
export const openFhirRules = async (): Promise<Rules> => ({
  mappings: await loadMappings(),
  owners: new Map(),
  production: false,
  maxEntries: 100_000,
})

type Resource = { resourceType?: unknown; type?: unknown; entry?: unknown }

/** Null if it is no JSON. Without the byte order mark that some files begin with. */
const parsed = (bytes: Buffer): Resource | null => {
  try {
    return JSON.parse(new TextDecoder().decode(bytes)) as Resource | null
  } catch {
    return null
  }
}

/** `Patient`, or of a Bundle its kind too: `Bundle/message`; null if it is no resource. */
const typeOf = ({ resourceType, type }: Resource): string | null => {
  if (typeof resourceType !== 'string') return null
  return resourceType === 'Bundle' && typeof type === 'string' ? `Bundle/${type}` : resourceType
}

/** Types of the entries of a Bundle; none for a resource alone. */
const entryTypes = ({ entry }: Resource): string[] =>
  (Array.isArray(entry) ? (entry as ({ resource?: Resource } | null)[]) : []).flatMap((one) =>
    one?.resource === undefined ? [] : (typeOf(one.resource) ?? []),
  )

/** What fhir-ingest makes of every FHIR file of a corpus. */
export const readFhir = (corpusDir: string, rules: Rules): CorpusReading[] =>
  fhirFiles(corpusDir).map((file) => readOne(file, readFileSync(join(corpusDir, file)), rules))

/** One file, as `fhir-ingest` takes it from a sender that may speak for the patients it names. */
export const readOne = (file: string, bytes: Buffer, rules: Rules): CorpusReading => {
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
