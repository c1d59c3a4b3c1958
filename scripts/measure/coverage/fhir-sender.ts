import { nhsNumberSystem } from '@tideway/fhir-ingest/values/identifier'
import type { FhirSource } from '@tideway/schemas/source'

/** The organisation that sends all files of the corpus. */
const ods = 'XFHIR'

type Json = { [name: string]: unknown }

/**
 * Identifier systems of the patients in a file: of its Patient resources, and of logical references
 * to patients.
 */
const patientSystems = (value: unknown, found: Set<string>): Set<string> => {
  if (typeof value !== 'object' || value === null) return found
  const json = value as Json
  const holders = [
    json['resourceType'] === 'Patient' ? json : null,
    json['subject'],
    json['patient'],
  ] as (Json | null | undefined)[]
  for (const identifier of holders.flatMap(
    (holder) => holder?.['identifier'] ?? [],
  ) as (Json | null)[]) {
    const system = identifier?.['system']
    if (typeof system === 'string' && system !== nhsNumberSystem) found.add(system)
  }
  for (const inner of Object.values(json)) patientSystems(inner, found)
  return found
}

/**
 * The sender of a file. It may use the identifier systems in the file, as the sandbox port accepts
 * any HL7 v2 sender.
 */
export const fhirSenderOf = (file: unknown): FhirSource => {
  const systems = [...patientSystems(file, new Set())].sort()
  return {
    ods,
    name: 'Senders of the corpus',
    kind: 'sandbox',
    fhir: {
      clients: [],
      systems: Object.fromEntries(systems.map((system) => [system, ods])),
      patientSystems: systems,
      patientsByNhsNumber: true,
      codes: {},
    },
  }
}
