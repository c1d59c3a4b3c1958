/**
 * One value in the other converter's output: its kind, its path, and the codes of what it belongs
 * to.
 */
export type Fact = { kind: Kind; path: string; value: string; codes: readonly string[] }

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Resource = { resourceType: string; id?: string; [key: string]: Json | undefined }

/**
 * Resource types that are compared. Not compared: accounts, coverage, charges and claims (not part
 * of a care record), devices, provenance and the message header.
 */
const roots = {
  Patient: 'demographics',
  Linkage: 'identifiers',
  RelatedPerson: 'contacts',
  Encounter: 'visit',
  EpisodeOfCare: 'visit',
  Observation: 'observations',
  DiagnosticReport: 'reports',
  Specimen: 'specimens',
  ServiceRequest: 'orders',
  MedicationRequest: 'medicines',
  MedicationDispense: 'medicines',
  MedicationAdministration: 'medicines',
  Immunization: 'immunisations',
  AllergyIntolerance: 'allergies',
  Condition: 'diagnoses',
  Procedure: 'procedures',
  Appointment: 'appointments',
  DocumentReference: 'documents',
} as const

export type Kind = 'names' | 'dates' | 'carers' | (typeof roots)[keyof typeof roots]

/** Compared as part of the resources that refer to them. */
const parts = new Set([
  'Practitioner',
  'PractitionerRole',
  'Location',
  'Medication',
  'Organization',
])

/**
 * Not from the message: FHIR's own terms and structure, and codes that the converter's tables add.
 */
const skipped = new Set([
  'resourceType',
  'id',
  'reference',
  'url',
  'system',
  'version',
  'use',
  'intent',
  'rank',
  'category',
  'meta',
  'extension',
  'contentType',
  'data',
  'priority',
  'physicalType',
  'clinicalStatus',
  'verificationStatus',
  'criticality',
  'mode',
  'onHold',
  'sequence',
])
/** The status of an observation is compared; other statuses are the converter's own conclusion. */
const isOwnStatus = (path: string, key: string) => key === 'status' && path !== 'Observation'
const skippedBelow =
  /(^|\.)(identifier\.type|participant\.type|text\.(div|status)|performer\.function|relatesTo|docStatus|use\.coding)(\.|$)/

const kindAt = (kind: Kind, path: string): Kind => {
  if (kind !== 'demographics') return kind
  // A contact organisation and its contact person are a contact (NK1-13 and 30 to 32);
  // practitioners are the care team (PD1-4, ROL, PRT).
  if (
    /^Patient(\.contact|>Organization\.(name|contact|address|telecom|type|identifier))/.test(
      path,
    ) &&
    path !== 'Patient>Organization.identifier.value'
  )
    return 'contacts'
  if (/^Patient>(Practitioner|Location)/.test(path)) return 'carers'
  if (path.startsWith('Patient.identifier') || path === 'Patient>Organization.identifier.value')
    return 'identifiers'
  if (path.startsWith('Patient.name')) return 'names'
  return /^Patient\.(birthDate|deceased)/.test(path) ? 'dates' : kind
}

type Leaf = { path: string; value: string }

/** Values of one resource and of the resources it refers to. */
const leavesOf = (root: Resource, resources: ReadonlyMap<string, Resource>): Leaf[] => {
  const found: Leaf[] = []
  const visited = new Set<string>()
  const into = (reference: string) => {
    const target =
      parts.has(reference.split('/')[0] as string) && !visited.has(reference)
        ? resources.get(reference)
        : undefined
    visited.add(reference)
    if (target !== undefined) walk(target, `${root.resourceType}>${target.resourceType}`)
  }
  const walk = (value: Json | Resource, path: string): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, path)
    else if (value !== null && typeof value === 'object') walkObject(value as Resource, path)
    else if (typeof value === 'string' || typeof value === 'number')
      found.push({ path, value: String(value) })
  }
  const walkObject = (object: Resource, path: string): void => {
    for (const [key, value] of Object.entries(object)) {
      if (key === 'reference' && typeof value === 'string') into(value)
      else if (!skipped.has(key) && !isOwnStatus(path, key) && !skippedBelow.test(`${path}.${key}`))
        walk(value as Json, `${path}.${key}`)
    }
  }
  walk(root, root.resourceType)
  return found
}

/** Codes and texts of the subject of a resource: the test, the medicine, the vaccine. */
const codesOf = (leaves: readonly Leaf[]): string[] =>
  leaves
    .filter(({ path }) =>
      /^[A-Za-z]+\.(code|vaccineCode|medicationCodeableConcept)\.(coding\.(code|display)|text)$/.test(
        path,
      ),
    )
    .map(({ value }) => value)

/** The distinct facts in a Bundle of the other converter. */
export const factsOf = (bundle: { entry?: { resource: Resource }[] }): Fact[] => {
  const all = (bundle.entry ?? []).map(({ resource }) => resource)
  const resources = new Map(
    all.map((resource) => [`${resource.resourceType}/${resource.id}`, resource]),
  )
  const facts = new Map<string, Fact>()
  for (const resource of all) {
    const kind = (roots as Record<string, Kind>)[resource.resourceType]
    if (kind === undefined) continue
    const leaves = leavesOf(resource, resources)
    const codes = codesOf(leaves)
    for (const { path, value } of leaves)
      facts.set([kind, path, value, ...(kind === 'observations' ? codes : [])].join('\n'), {
        kind: kindAt(kind, path),
        path,
        value,
        codes,
      })
  }
  return [...facts.values()]
}
