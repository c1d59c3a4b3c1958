import type { FhirSource, SourceFile } from '@tideway/schemas/source'
import { readSourceFiles } from '@tideway/ingest/source-files'

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

/**
 * Every organisation that sends FHIR.
 *
 * @throws ConfigError with every problem of every file, each with file and JSON path
 */
export const loadSources = (dir: string): FhirSource[] =>
  readSourceFiles(dir, {
    ofOne: problemsOf,
    ofTwo: (one, { file, source }) => {
      const both = (one.fhir?.clients ?? []).some((id) => source.fhir?.clients.includes(id))
      return both ? [`/fhir/clients has a client that is also in ${file}`] : []
    },
  }).filter(sendsFhir)

/** ODS code of each identifier system in any source file; other senders may not use it. */
export const ownersOf = (sources: readonly FhirSource[]): ReadonlyMap<string, string> =>
  new Map(sources.flatMap(({ fhir }) => Object.entries(fhir.systems)))
