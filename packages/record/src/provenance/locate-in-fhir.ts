import type { ElementNode } from './json-nodes.ts'
import type { Locator } from './locate.ts'
import type { Node } from './node.ts'

/** Types that end the name of a choice element such as `value[x]`. @see FHIR R4, 2.24.0.1 */
const choice =
  /^(?:Age|Attachment|Boolean|Canonical|Code|CodeableConcept|Coding|Date|DateTime|Decimal|Duration|Identifier|Instant|Integer|Period|PositiveInt|Quantity|Range|Ratio|Reference|SampledData|String|Time|Timing|Uri)$/

const isNamed = (element: ElementNode, name: string) =>
  element.name === name ||
  (element.name.startsWith(name) && choice.test(element.name.slice(name.length)))
const child = (element: ElementNode, name: string) =>
  element.children().find((one) => one.name === name)
const isResource = (element: ElementNode) => child(element, 'resourceType') !== undefined

const text = (element: ElementNode, name: string): string => child(element, name)?.text ?? ''

/** Parts of a resource that a fact of their own may come from, by resource type. */
const parts: Readonly<Record<string, RegExp>> = {
  Observation: /\.component\[\d+\]$/,
  Patient: /\.contact\[\d+\]$/,
  Encounter: /\.location\[\d+\]$|\.period\.(?:start|end)$/,
}

/** Resources of a message, outer ones first. */
const resourcesIn = (element: ElementNode): ElementNode[] => [
  ...(isResource(element) ? [element] : []),
  ...element.children().flatMap(resourcesIn),
]

/** The place with an index at every step: in XML a list of one has none. */
const numbered = (place: string): string => place.replaceAll(/[^\].](?=\.|$)/g, '$&[0]')

const descendants = (element: ElementNode, place: string): ElementNode | null => {
  const own = numbered(element.place)
  if (own === place) return element
  const next = element.children().find((one) => `${place}.`.startsWith(`${numbered(one.place)}.`))
  return next === undefined ? null : descendants(next, place)
}

/**
 * Locates values in a FHIR resource or Bundle, JSON or XML, by the expressions of the schemas. A
 * resource of the same message that an element refers to is searched too; no other one is, because
 * it may be about another patient.
 */
export const locateInFhir = (root: ElementNode): Locator => {
  const resources = resourcesIn(root)
  const enclosing = ({ start, end }: Node) =>
    resources.findLast((resource) => resource.start <= start && end <= resource.end) ?? root

  const referred = (element: ElementNode): readonly ElementNode[] => {
    const to = child(element, 'reference')?.text
    if (to === undefined) return []
    // A contained resource belongs to the outermost resource, even if another contained one refers
    // to it.
    const around = enclosing(element).place.replace(/\.contained(?:\[\d+\])?$/, '')
    if (to.startsWith('#'))
      return resources.filter(
        (resource) =>
          resource.place.startsWith(`${around}.`) && child(resource, 'id')?.text === to.slice(1),
      )
    return root.children().flatMap((entry) => {
      const resource = child(entry, 'resource')
      if (resource === undefined) return []
      const typed = `${child(resource, 'resourceType')?.text}/${child(resource, 'id')?.text}`
      return child(entry, 'fullUrl')?.text === to || typed === to ? [resource] : []
    })
  }

  const follow = (from: ElementNode, expression: string): readonly ElementNode[] => {
    if (expression === '') return [from]
    return expression.split('.').reduce<readonly ElementNode[]>(
      (elements, name) =>
        elements.flatMap((element) =>
          element
            .children()
            .filter((one) => isNamed(one, name))
            .flatMap((one) => [one, ...referred(one)]),
        ),
      [from, ...referred(from)],
    )
  }

  /**
   * Where the values of a part are looked for: in the part, then in the resource around it. A
   * contact of a patient is another person, so only the contact itself is searched.
   */
  const startsOf = (origin: ElementNode): readonly ElementNode[] => {
    const whole = enclosing(origin)
    return whole.place === origin.place || text(whole, 'resourceType') === 'Patient'
      ? [origin]
      : [origin, whole]
  }

  return {
    at: (place) => {
      const found = descendants(root, numbered(place))
      return found !== null &&
        (isResource(found) || parts[text(enclosing(found), 'resourceType')]?.test(place))
        ? found
        : null
    },
    candidates: ({ fhir }, origin, container) =>
      (container === null ? startsOf(origin as ElementNode) : [container as ElementNode]).flatMap(
        (start) => fhir.flatMap((expression) => follow(start, expression)),
      ),
    continued: () => [],
    around: (piece) => {
      const resource = enclosing(piece)
      const around =
        resource.children().find(({ start, end }) => start <= piece.start && piece.end <= end) ??
        resource
      return { ...around, ...around.whole }
    },
  }
}
