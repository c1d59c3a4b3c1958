import { join } from 'node:path'
import { loadMappings as loadFhirMappings } from '@tideway/fhir-ingest/load-mappings'
import { loadSources as loadFhirSources, ownersOf } from '@tideway/fhir-ingest/load-sources'
import { normalise as normaliseFhir } from '@tideway/fhir-ingest/normalise/normalise'
import { loadMappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { loadSources } from '@tideway/hl7-ingest/identify/load-sources'
import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import type { FhirSource, Source } from '@tideway/schemas/source'
import { checkout } from '../../stack/home.ts'

const braceAt = 0x7b

/** Maps messages of one organisation, HL7 v2 or FHIR in JSON, to events as the services do. */
export const openReader = async (
  ods: string,
): Promise<(bytes: Buffer) => readonly PatientEvent[]> => {
  const folder = join(checkout, 'schemas/sources')
  const [mappings, fhirMappings] = await Promise.all([loadMappings(), loadFhirMappings()])
  const fhirSources = loadFhirSources(folder)
  const isOurs = (one: { ods: string }) => one.ods === ods
  const source = loadSources(folder, new Set(mappings.fixes.keys())).find(isOurs) as Source
  const fhirSource = fhirSources.find(isOurs) as FhirSource
  const rules = {
    mappings: fhirMappings,
    owners: ownersOf(fhirSources),
    production: false,
    maxEntries: Number.MAX_SAFE_INTEGER,
  }
  return (bytes) =>
    (bytes[0] === braceAt
      ? normaliseFhir({ source: fhirSource, bytes, receivedAt: 0 }, rules)
      : normalise({ source, bytes, receivedAt: 0 }, mappings, { production: false })
    ).events
}
