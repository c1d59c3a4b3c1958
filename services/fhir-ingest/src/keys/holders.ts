import { contradicts, type Thing } from '@tideway/record/keys/thing'
import type { ResourceKnown } from '@tideway/schemas/events.generated'
import type { Resource, StatedNumber } from '../normalise/message.ts'

/** A resource with a number: its id, the key of its entry, and what it is about. */
type Holder = { id: string | null; key: string; thing: Thing }

/**
 * A holder as it is known now.
 *
 * @property by  the resource of this message that it is
 * @property before  as it was known before this message
 */
export type HeldResource = Holder & { by: Resource | null; before: Holder | null }

/** A number within a patient and a type, and all that have it. */
export type HeldNumber = {
  name: string
  type: string
  patientKey: string
  before: ResourceKnown | null
  holders: HeldResource[]
}

/** Most holders of one number that are remembered; a further one is always known by its id. */
const most = 100

/** Begins the name under which the holders of a number are remembered; no reference begins so. */
const prefix = 'number '

/** Whether a name is that of a number. */
export const isOfNumber = (name: string | undefined): boolean => name?.startsWith(prefix) === true

export const nameOfNumber = (type: string, patientKey: string, key: string): string =>
  `${prefix}${type} ${patientKey} ${key}`

/** The holders of a number, as they are remembered: a part for each. */
export const holdersIn = ({ parts }: ResourceKnown): HeldResource[] =>
  parts.map(({ key, code, text }) => {
    const known = { id: text, key, thing: JSON.parse(code ?? '{}') as Thing }
    return { ...known, by: null, before: known }
  })

/**
 * The holder that a resource is: the one with its id, else one that nothing contradicts and that is
 * no other resource of the message.
 *
 * @param isFree  whether a holder may be this resource under another id
 */
export const sameHolder = (
  holders: readonly HeldResource[],
  id: string | null,
  thing: Thing,
  isFree: (held: HeldResource) => boolean,
): HeldResource | null => {
  const own = id === null ? undefined : holders.find((one) => one.id === id)
  if (own !== undefined) return own
  const fitting = holders.filter((one) => isFree(one) && !contradicts(one.thing, thing))
  const words = JSON.stringify(thing)
  return fitting.find((one) => JSON.stringify(one.thing) === words) ?? fitting[0] ?? null
}

const asSaid = (held: HeldResource, isStated: (resource: Resource) => boolean): Holder[] =>
  held.by === null || isStated(held.by) ? [held] : held.before === null ? [] : [held.before]

/**
 * What is to be remembered of a number; null if that is known.
 *
 * @param isStated  whether a resource of the message became part of the record
 */
export const rememberedNumber = (
  { name, type, patientKey, before, holders }: HeldNumber,
  isStated: (resource: Resource) => boolean,
  { messageId, saidAt }: Pick<ResourceKnown, 'messageId' | 'saidAt'>,
): StatedNumber | null => {
  const parts = holders
    .flatMap((one) => asSaid(one, isStated))
    .slice(0, most)
    .map(({ id, key, thing }) => ({ key, code: JSON.stringify(thing), text: id }))
  if (parts.length === 0 || JSON.stringify(parts) === JSON.stringify(before?.parts)) return null
  const now = {
    names: [name],
    type,
    patientKey,
    event: null,
    key: null,
    parts,
    json: null,
    base: null,
    isUpdate: false,
    from: null,
    messageId,
    saidAt: Math.max(saidAt, before?.saidAt ?? 0),
  }
  return { now, before }
}
