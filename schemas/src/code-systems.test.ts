import { expect, test } from 'vitest'
import { canonicalSystem } from './code-systems.ts'

test.each([
  ['LN', 'http://loinc.org'],
  ['SCT', 'http://snomed.info/sct'],
  ['snomed-ct', 'http://snomed.info/sct'],
  ['urn:oid:2.16.840.1.113883.6.96', 'http://snomed.info/sct'],
  ['dm+d', 'https://dmd.nhs.uk'],
  ['ICD-10', 'http://hl7.org/fhir/sid/icd-10'],
  ['OPCS4', 'https://fhir.nhs.uk/Id/opcs-4'],
  ['https://fhir.hl7.org.uk/Id/opcs-4', 'https://fhir.nhs.uk/Id/opcs-4'],
  ['http://fhir.hl7.org.uk/CodeSystem/OPCS-4', 'https://fhir.nhs.uk/Id/opcs-4'],
  ['RC2', 'http://read.info/readv2'],
  ['HL70078', 'http://terminology.hl7.org/CodeSystem/v2-0078'],
  ['http://loinc.org', 'http://loinc.org'],
])('%s is %s', (name, uri) => expect(canonicalSystem(name)).toBe(uri))

test.each([['L'], ['99LAB'], ['WinPath'], [''], [null]])('%s is a system of the sender', (name) =>
  expect(canonicalSystem(name)).toBeNull(),
)
