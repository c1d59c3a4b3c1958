import { type FhirObject, isObject, parseJson } from '@tideway/fhir/parse-json'

const word = 'entered-in-error'

/** `entered-in-error`, or a concept of exactly that code. */
const isRetracting = (value: unknown): boolean => {
  if (!isObject(value)) return value === word
  const codings = [value['coding'] ?? []].flat().filter(isObject)
  return codings.length > 0 && codings.every(({ code }) => code === word)
}

/** @see RFC 6902 */
const retractsByJson = (operation: unknown, element: string): boolean => {
  if (!isObject(operation)) return false
  const { op, path, value } = operation
  if (op !== 'replace' && op !== 'add') return false
  const isCode = path === `/${element}/coding/0/code` && typeof value === 'string'
  return (path === `/${element}` || isCode) && isRetracting(value)
}

/** @see FHIR R4, FHIRPath Patch */
const retractsByPath = (parameter: unknown, type: string, element: string): boolean => {
  if (!isObject(parameter) || parameter['name'] !== 'operation') return false
  const parts = [parameter['part'] ?? []].flat().filter(isObject)
  const partOf = (name: string): unknown => {
    const part = parts.find((one) => one['name'] === name) ?? {}
    return Object.entries(part).find(([key]) => key.startsWith('value'))?.[1]
  }
  return (
    parts.length === 3 &&
    partOf('type') === 'replace' &&
    partOf('path') === `${type}.${element}` &&
    isRetracting(partOf('value'))
  )
}

const jsonPatchIn = ({ data }: FhirObject): unknown => {
  const text = Buffer.from(String(data), 'base64').toString('utf8')
  try {
    return parseJson(Buffer.from(`{"operations":${text}}`)).resource['operations']
  } catch {
    return null
  }
}

/**
 * Whether a patch does nothing but set the status of a resource to entered-in-error. That can be
 * done without the resource; any other change would need it, and it is not kept.
 *
 * @param patch    a Binary with a JSON Patch, or Parameters with a FHIRPath Patch
 * @param element  the element with the status, e.g. `verificationStatus`
 */
export const isRetractingPatch = (patch: FhirObject, type: string, element: string): boolean => {
  const isJson = patch['resourceType'] === 'Binary'
  const operations = isJson ? jsonPatchIn(patch) : patch['parameter']
  if (!Array.isArray(operations) || operations.length === 0) return false
  return operations.every((one) =>
    isJson ? retractsByJson(one, element) : retractsByPath(one, type, element),
  )
}
