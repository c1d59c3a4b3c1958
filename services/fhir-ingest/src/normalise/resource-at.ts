import { type ElementUsage, trackUsage } from '@tideway/fhir/element-usage'
import type { FhirObject } from '@tideway/fhir/parse-json'
import type { Resource } from './message.ts'

type Contained = Pick<Resource, 'contained' | 'containedById'>

const alone = (
  sent: FhirObject,
  place: string,
  fullUrl: string | null,
  { contained, containedById }: Contained,
): Resource => {
  const usage: ElementUsage = new Map()
  return {
    type: String(sent['resourceType']),
    json: trackUsage(sent, usage),
    sent,
    usage,
    contained,
    containedById,
    place,
    fullUrl,
  }
}

/** Contained resources can refer to each other, so they share one list. */
const containedIn = (sent: FhirObject, place: string): Contained => {
  const contained: Resource[] = []
  const containedById = new Map<string, Resource>()
  const siblings = { contained, containedById }
  for (const [index, one] of (Array.isArray(sent['contained'])
    ? (sent['contained'] as unknown[])
    : []
  ).entries())
    if (typeof one === 'object' && one !== null)
      contained.push(alone(one as FhirObject, `${place}.contained[${index}]`, null, siblings))
  for (const [id, [resource, ...others]] of Map.groupBy(contained, (one) => String(one.sent['id'])))
    if (resource !== undefined && others.length === 0) containedById.set(id, resource)
  return siblings
}

export const resourceAt = (sent: FhirObject, place: string, fullUrl: string | null): Resource =>
  alone(sent, place, fullUrl, containedIn(sent, place))
