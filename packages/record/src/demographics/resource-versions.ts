import type { Contribution, Origin } from '@tideway/schemas/documents/entry'
import type { Details, OfResource } from '@tideway/schemas/documents/head'
import { byVersion, contribute } from '../entries/facts.ts'

type Told = Contribution<Partial<Details>> & OfResource

/** The newest update of each resource of a sender. */
export type Wholes = ReadonlyMap<string, Origin>

const wholesIn = (newestFirst: readonly Told[]): Wholes =>
  new Map(
    newestFirst
      .toReversed()
      .flatMap((one) => (one.isWhole === true ? [[one.resource ?? '', one] as const] : [])),
  )

/**
 * Without what a resource said before its newest update, which is the whole of it. What the same
 * sender says otherwise stands: in HL7 v2, or of the patient in another resource.
 *
 * @see FHIR R4, RESTful API, update
 */
export const standingOfResources = <Fact extends Origin & OfResource>(
  facts: readonly Fact[],
  wholes: Wholes,
): Fact[] =>
  facts.filter((fact) => {
    const by = fact.resource === undefined ? undefined : wholes.get(fact.resource)
    return by === undefined || byVersion(fact, by) >= 0
  })

/** A client may send each message with a patient of a new address: so many are told apart. */
const resourcesKept = 8

const withoutResource = <Fact extends OfResource & { isWhole?: true }>({
  resource: _resource,
  isWhole: _isWhole,
  ...fact
}: Fact) => fact as Fact

/** Facts of these resources as if they had been told of no resource. */
export const takenTogether = <Fact extends Origin & OfResource>(
  facts: readonly Fact[],
  earlier: ReadonlySet<string>,
): Fact[] => facts.map((fact) => (earlier.has(fact.resource ?? '') ? withoutResource(fact) : fact))

const earlierIn = (newestFirst: readonly Told[]): ReadonlySet<string> =>
  new Set([...new Set(newestFirst.flatMap(({ resource = [] }) => resource))].slice(resourcesKept))

const newestFirst = (a: Origin, b: Origin): number => byVersion(b, a)

/** @property earlier  resources that are no longer told apart */
type Contributed = { contributions: Told[]; wholes: Wholes; earlier: ReadonlySet<string> }

/**
 * Adds what one message said of a patient to what its sender said before, newest first. A resource
 * is told apart from others, so that what an update leaves out was never said over anything else.
 */
export const contributeOfResource = (known: readonly Told[], told: Told): Contributed => {
  if (told.resource === undefined && known.every(({ resource }) => resource === undefined))
    return { contributions: contribute(known, told), wholes: new Map(), earlier: new Set() }
  const others = known.filter(({ resource }) => resource !== told.resource)
  const own = known.filter(({ resource }) => resource === told.resource)
  const all = [...others, ...contribute(own, told)].toSorted(newestFirst) as Told[]
  const wholes = wholesIn(all)
  const standing = standingOfResources(all, wholes)
  const earlier = earlierIn(standing)
  if (earlier.size === 0) return { contributions: standing, wholes, earlier }
  const together = takenTogether(standing, earlier)
  const named = together.filter(({ resource }) => resource !== undefined)
  const [newest, ...rest] = together.filter(({ resource }) => resource === undefined)
  const nameless = newest === undefined ? [] : (contribute(rest, newest) as Told[])
  return { contributions: [...named, ...nameless].toSorted(newestFirst), wholes, earlier }
}
