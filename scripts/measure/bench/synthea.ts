import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** A Bundle of one generated patient, as it is in the corpus. */
export type Generated = {
  bytes: Buffer
  json: {
    entry: {
      resource: {
        resourceType: string
        id: string
        identifier?: { system?: string; value: string }[]
      }
    }[]
  }
  resources: number
}

const generatedIn = (file: string): Generated => {
  const bytes = readFileSync(file)
  const json = JSON.parse(bytes.toString()) as Generated['json']
  return { bytes, json, resources: json.entry.length }
}

/**
 * Bundles of generated patients; none without the corpus. Bundles of practitioners only are left
 * out: they give no record, and would make the load lighter than it is.
 */
export const generatedBundles = (corpus: string): Generated[] => {
  const folder = join(corpus, 'fhir/smart-on-fhir__generated-sample-data/R4/SYNTHEA')
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) return []
  const files = readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .sort()
  return files
    .map((file) => generatedIn(join(folder, file)))
    .filter(({ json }) => json.entry.some(({ resource }) => resource.resourceType === 'Patient'))
}

/** Identifier system of the generator's patients. */
const generatorSystem = 'https://github.com/synthetichealth/synthea'

/**
 * The same Bundle for another patient, made now: the patient's id and the generator's identifier
 * are replaced, everything else stays. With its time, its message id is that of its bytes.
 *
 * @param system  identifier system that the sender may use for its patients
 */
export const asAnother = ({ bytes, json }: Generated, system: string, id: string): Buffer => {
  const patient = json.entry.find(({ resource }) => resource.resourceType === 'Patient')?.resource
  const number = patient?.identifier?.find((one) => one.system === generatorSystem)?.value
  const names = [patient?.id, number].filter((name) => name !== undefined)
  const text = names.reduce((before, name) => before.replaceAll(name, id), bytes.toString())
  const timed = text.replace('{', `{"timestamp":"${new Date().toISOString()}",`)
  return Buffer.from(timed.replaceAll(generatorSystem, system))
}
