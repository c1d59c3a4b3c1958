/**
 * Canonical URIs of code systems by the names senders give them (CWE-3), without regard to case.
 *
 * @see HL7 table 0396, FHIR R4 Terminologies-Systems, NHS England FHIR naming systems
 */
const byUri: Record<string, readonly string[]> = {
  'http://loinc.org': ['LN', 'LOINC', '2.16.840.1.113883.6.1'],
  'http://snomed.info/sct': [
    'SCT',
    'SNOMED-CT',
    'SNOMED CT',
    'SNOMEDCT',
    'SCTUK',
    'SNOMED-CT-UK',
    '2.16.840.1.113883.6.96',
    '2.16.840.1.113883.2.1.3.2.4.15',
  ],
  'https://dmd.nhs.uk': ['DMD', 'DM+D', 'DM&D', 'DMPLUSD'],
  'http://hl7.org/fhir/sid/icd-10': ['I10', 'ICD10', 'ICD-10', 'ICD 10', '2.16.840.1.113883.6.3'],
  'http://hl7.org/fhir/sid/icd-10-cm': ['I10C', 'ICD-10-CM', 'ICD10CM', '2.16.840.1.113883.6.90'],
  'http://www.cms.gov/Medicare/Coding/ICD10': ['I10P', 'ICD-10-PCS', '2.16.840.1.113883.6.4'],
  'http://hl7.org/fhir/sid/icd-9-cm': [
    'I9C',
    'I9CDX',
    'ICD9CM',
    'ICD-9-CM',
    '2.16.840.1.113883.6.103',
  ],
  // No registry of the UK names OPCS-4; this is what most NHS senders write, and the others are in
  // use.
  'https://fhir.nhs.uk/Id/opcs-4': [
    'OPCS4',
    'OPCS-4',
    'OPCS',
    'OPCS 4',
    'HTTPS://FHIR.HL7.ORG.UK/ID/OPCS-4',
    'HTTP://FHIR.HL7.ORG.UK/CODESYSTEM/OPCS-4',
    'HTTPS://FHIR.HL7.ORG.UK/CODESYSTEM/OPCS-4',
  ],
  'http://read.info/readv2': [
    'READ',
    'RC',
    'RC2',
    'READ2',
    'READV2',
    'READ V2',
    '2.16.840.1.113883.2.1.6.2',
  ],
  'http://read.info/ctv3': ['CTV3', 'RC3', 'READ3', 'READV3', '2.16.840.1.113883.2.1.3.2.4.14'],
  'http://unitsofmeasure.org': ['UCUM', '2.16.840.1.113883.6.8'],
  'http://www.ama-assn.org/go/cpt': ['C4', 'CPT', 'CPT4', '2.16.840.1.113883.6.12'],
  'http://hl7.org/fhir/sid/cvx': ['CVX', '2.16.840.1.113883.12.292'],
  'http://hl7.org/fhir/sid/mvx': ['MVX', '2.16.840.1.113883.12.227'],
  'http://hl7.org/fhir/sid/ndc': ['NDC', '2.16.840.1.113883.6.69'],
  'http://www.nlm.nih.gov/research/umls/rxnorm': ['RXNORM', 'RXN', '2.16.840.1.113883.6.88'],
  'urn:iso:std:iso:11073:10101': ['MDC', '2.16.840.1.113883.6.24'],
  'http://dicom.nema.org/resources/ontology/DCM': ['DCM', '1.2.840.10008.2.16.4'],
  'http://www.whocc.no/atc': ['ATC', 'WC', '2.16.840.1.113883.6.73'],
}

const byName = new Map(
  Object.entries(byUri).flatMap(([uri, names]) => names.map((name) => [name, uri] as const)),
)

/** HL7's own tables, e.g. `HL70078`. */
const ownTable = /^HL7(\d{4})$/

/**
 * The canonical URI of a code system; null for a local one, and for one that no table knows.
 *
 * @param asSent  CWE-3 or CWE-6
 */
export const canonicalSystem = (asSent: string | null): string | null => {
  if (asSent === null) return null
  const known = asked.get(asSent)
  if (known !== undefined) return known
  const found = systemOf(asSent)
  if (asked.size < mostAsked) asked.set(asSent, found)
  return found
}

/** The same few names come with every code. */
const asked = new Map<string, string | null>()
const mostAsked = 1_000

const systemOf = (asSent: string): string | null => {
  if (Object.hasOwn(byUri, asSent)) return asSent
  const name = asSent.trim().toUpperCase()
  const table = ownTable.exec(name)
  if (table !== null) return `http://terminology.hl7.org/CodeSystem/v2-${table[1]}`
  return byName.get(name.replace(/^URN:OID:/, '')) ?? null
}
