import { nhsNumberSystem } from '@tideway/fhir-ingest/values/identifier'
import type { FhirSource } from '@tideway/schemas/source'

/** The organisation that any file of the corpus is taken to come from. */
const ods = 'XFHIR'

type Json = { [name: string]: unknown }

/**
 * Systems by which a file names patients: identifiers of a Patient anywhere in it, and of whom a
 * reference names by identifier.
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
 * Whoever sent a file: it may speak for the systems by which the file names patients, as the
 * sandbox port takes any HL7 v2 sender at its word.
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
