import type { ResourceKnown } from '@tideway/schemas/events.generated'
import type {
  FhirMessage,
  KnownNumbers,
  Numbered,
  Outside,
  Resource,
} from '../normalise/message.ts'
import {
  type HeldNumber,
  holdersIn,
  nameOfNumber,
  rememberedNumber,
  sameHolder,
} from './holders.ts'
import { lastingId } from './lasting-id.ts'
import { sharingNumbers } from './shared-numbers.ts'
import { thingOf } from './thing-of.ts'

/** The key of what is known of a resource, without its type. */
const keyIn = ({ event, type, key }: ResourceKnown): string | null =>
  event === 'ResourceReported' ? (key?.slice(type.length + 1) ?? null) : key

const idIn = (type: string, id: string | null): string => `${type} ${id}`

/** A visit is told from another with its number by its dates, where the record is made. */
const byDates: ReadonlySet<string> = new Set(['Encounter'])
/** Dispenses of one item in one message are numbered: `settleDuplicates`. */
const inParts: ReadonlySet<string> = new Set(['MedicationDispense'])

/**
 * Keys of resources whose number others have too: an order number may be sent as the identifier of
 * each of its results.
 *
 * - An update keeps the key its resource has, whatever its number is now.
 * - The first with a number is known by the number, so that HL7 v2 with the same number meets it.
 * - Another id with the number is the same thing sent again, unless something contradicts: then it
 *   is a thing of its own, known by its id.
 * - Two resources of one message are two, and the number they share identifies neither.
 *
 * @param outside  null where nothing is remembered: then the number alone is the key
 * @param conditional  resources that are created only if there is none yet
 */
export const openNumbers = (
  outside: Outside | null,
  conditional: ReadonlySet<Resource>,
): KnownNumbers => {
  const numbers = new Map<string, HeldNumber>()
  const decided = new Map<Resource, string>()
  let inMessage: { ids: ReadonlySet<string>; shared: ReadonlySet<Resource> } | null = null

  const namedIn = (message: FhirMessage) => {
    inMessage ??= {
      ids: new Set(message.resources.map((one) => idIn(one.type, lastingId(one)))),
      shared: sharingNumbers(message.resources, conditional, message),
    }
    return inMessage
  }

  const numberAt = (type: string, patientKey: string, key: string): HeldNumber => {
    const name = nameOfNumber(type, patientKey, key)
    const known = numbers.get(name)
    if (known !== undefined) return known
    const before = outside?.statedBefore([name]) ?? null
    const holders = before === null ? [] : holdersIn(before)
    const number = { name, type, patientKey, before, holders }
    numbers.set(name, number)
    return number
  }

  const ownBefore = (
    resource: Resource,
    patientKey: string,
    { updates }: FhirMessage,
  ): ResourceKnown | null => {
    const known = updates.has(resource) ? (outside?.ownBefore(resource) ?? null) : null
    return known?.patientKey === patientKey ? known : null
  }

  /** Notes that a key follows from what is known, so that a replay gives the same. */
  const restOn = (known: readonly (ResourceKnown | null)[]): void => {
    for (const one of known) if (one !== null) outside?.use(one)
  }

  const holderOf = (
    resource: Resource,
    isUpdateKnown: boolean,
    { holders }: HeldNumber,
    message: FhirMessage,
  ) => {
    const id = lastingId(resource)
    const thing = thingOf(resource, message)
    const { ids } = namedIn(message)
    const mayBeOne = ({ by }: { by: Resource | null }) =>
      by === null ||
      inParts.has(resource.type) ||
      (conditional.has(resource) && conditional.has(by))
    const same = sameHolder(
      holders,
      id,
      thing,
      (one) =>
        !isUpdateKnown &&
        mayBeOne(one) &&
        (one.by !== null || !ids.has(idIn(resource.type, one.id))),
    )
    return { id, thing, same }
  }

  const decide = (
    resource: Resource,
    { patientKey, plain, byId }: Numbered,
    message: FhirMessage,
  ): string => {
    const own = ownBefore(resource, patientKey, message)
    const kept = own === null ? null : keyIn(own)
    const number = numberAt(resource.type, patientKey, plain)
    const { id, thing, same } = holderOf(resource, kept !== null, number, message)
    const otherwise = namedIn(message).shared.has(resource) ? byId() : plain
    const key = kept ?? same?.key ?? (number.holders.length === 0 ? otherwise : byId())
    if (same === null) number.holders.push({ id, key, thing, by: resource, before: null })
    else Object.assign(same, { id: id ?? same.id, key, thing, by: resource })
    if (key !== otherwise) restOn([own, number.before])
    return key
  }

  return {
    keyOf(resource, numbered, message) {
      if (outside === null) return numbered.plain
      if (byDates.has(resource.type))
        return this.keyKept(resource, numbered.patientKey, numbered.plain, message)
      const known = decided.get(resource)
      if (known !== undefined) return known
      const key = decide(resource, numbered, message)
      decided.set(resource, key)
      return key
    },
    keyKept(resource, patientKey, otherwise, message) {
      const own = ownBefore(resource, patientKey, message)
      const key = own === null ? null : keyIn(own)
      if (own === null || key === null || key === otherwise) return otherwise
      restOn([own])
      return key
    },
    keysOf(type, patientKey, plain) {
      const { holders, before } = numberAt(type, patientKey, plain)
      restOn([before])
      return holders.length === 0 ? [plain] : [...new Set(holders.map(({ key }) => key))]
    },
    stated: (isStated, said) =>
      [...numbers.values()].flatMap((one) => rememberedNumber(one, isStated, said) ?? []),
  }
}
