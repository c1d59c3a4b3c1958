import { readdirSync, readFileSync } from 'node:fs'
import { atOnce } from '../cooperative-scheduler.ts'
import { loadDefinitions } from '../definitions.ts'
import type { FhirObject } from '../parse-json.ts'
import { prevalidateBundle, prevalidate } from './prevalidate.ts'
import { bundleFaultsFound, faultsFound } from './validate.ts'

loadDefinitions()
const samples = new URL('../../../../services/fhir-ingest/samples/', import.meta.url)
export const jsonOf = (file: string | URL) => JSON.parse(readFileSync(file, 'utf8')) as FhirObject
const sent = readdirSync(samples, { recursive: true, encoding: 'utf8' })
  .filter((file) => /(?<!expected|source)\.json$/.test(file))
  .map((file) => jsonOf(new URL(file, samples)))
const isBundle = ({ resourceType }: FhirObject) => resourceType === 'Bundle'
export const entriesIn = (bundle: FhirObject) =>
  (bundle['entry'] as { resource: FhirObject }[]).map(({ resource }) => resource)
export const resources = [
  ...sent.filter((one) => !isBundle(one)),
  ...sent.filter(isBundle).flatMap(entriesIn),
]
export const bundles = sent.filter(isBundle)

export const faultsIn = (json: FhirObject) =>
  isBundle(json) ? atOnce(bundleFaultsFound(json)) : faultsFound(json, 'x')
export const isPlain = (json: FhirObject) =>
  isBundle(json) ? prevalidateBundle(json) : prevalidate(json)
/** Resources that pass although the validator finds faults in them. */
export const mistakenOf = (all: readonly FhirObject[]) =>
  all.filter((json) => isPlain(json) && faultsIn(json).length > 0)
