import type { FhirSource, SourceFile } from '@tideway/schemas/source'
import { readSourcesInForce } from '@tideway/ingest/applied-sources'
import { readSourceFiles, type SourceChecks } from '@tideway/ingest/source-files'

const sendsFhir = (source: SourceFile): source is FhirSource => source.fhir !== undefined

const problemsOf = (source: SourceFile): string[] => {
  if (!sendsFhir(source)) return []
  const { systems, patientSystems, patientsByNhsNumber } = source.fhir
  const unknown = patientSystems.flatMap((system, index) =>
    Object.hasOwn(systems, system) ? [] : [`/fhir/patientSystems/${index} is not in /fhir/systems`],
  )
  return patientSystems.length > 0 || patientsByNhsNumber
    ? unknown
    : [
        ...unknown,
        '/fhir/patientSystems is empty, and /fhir/patientsByNhsNumber is not set: no patient can be identified',
      ]
}

/** What fhir-ingest requires of source files. */
export const fhirChecks: SourceChecks = {
  ofOne: problemsOf,
  ofTwo: (one, { file, source }) => {
    const both = (one.fhir?.clients ?? []).some((id) => source.fhir?.clients.includes(id))
    return both ? [`/fhir/clients has a client that is also in ${file}`] : []
  },
}

/**
 * Every organisation that sends FHIR, from the source files.
 *
 * @throws ConfigError with every problem of every file, each with file and JSON path
 */
export const loadSources = (dir: string): FhirSource[] =>
  readSourceFiles(dir, fhirChecks).filter(sendsFhir)

/**
 * Every organisation that sends FHIR: of the applied set, or of the source files if none was
 * applied.
 *
 * @throws ConfigError as `loadSources`
 */
export const loadSourcesInForce = (dir: string) => {
  const { version, sources } = readSourcesInForce(dir, fhirChecks)
  return { version, sources: sources.filter(sendsFhir) }
}

/** ODS code of each identifier system in any source file; other senders may not use it. */
export const ownersOf = (sources: readonly FhirSource[]): ReadonlyMap<string, string> =>
  new Map(sources.flatMap(({ fhir }) => Object.entries(fhir.systems)))
