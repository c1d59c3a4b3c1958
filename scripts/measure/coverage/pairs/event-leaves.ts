import type { EventBody } from '@tideway/schemas/events.generated'

/** One value of an event, with the event's type and its path. */
export type EventLeaf = { type: string; path: string; value: string }

/** A part of an event that is searched separately: the event, or one observation in it. */
export type Unit = { type: string; isObservation: boolean; leaves: EventLeaf[] }

/** Keys and places are ours and not from the message. */
const ours = new Set([
  'place',
  'key',
  'hash',
  'object',
  'size',
  'deleted',
  'reportId',
  'documentId',
  'priorKeys',
])

/** So is the managing organisation if it is a string; one from the message is a record. */
const isOurs = (key: string, value: unknown) =>
  ours.has(key) || (key === 'organisation' && typeof value === 'string')

const below = (path: string, key: string) => (path === '' ? key : `${path}.${key}`)
const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null

/** Observations of an event; in an order they are answers to order-entry questions. */
const observed = /(^|\.)(observations|answers)$/

/** Every value of an event; each observation is a unit. */
export const unitsOf = ({ type, ...said }: EventBody): Unit[] => {
  const units: Unit[] = []
  const open = (isObservation: boolean): Unit => {
    const unit: Unit = { type, isObservation, leaves: [] }
    units.push(unit)
    return unit
  }
  const walkList = (list: readonly unknown[], path: string, unit: Unit) => {
    for (const one of list) walk(one, path, observed.test(path) ? open(true) : unit)
  }
  const walkObject = (object: object, path: string, unit: Unit) => {
    for (const [key, value] of Object.entries(object))
      if (!isOurs(key, value)) walk(value, below(path, key), unit)
  }
  const walk = (value: unknown, path: string, unit: Unit): void => {
    if (Array.isArray(value)) walkList(value, path, unit)
    else if (isObject(value)) walkObject(value, path, unit)
    else if (typeof value === 'string' || typeof value === 'number')
      unit.leaves.push({ type, path, value: String(value) })
  }
  walk(said, '', open(false))
  return units
}
