import type { Stated, Statement } from '@tideway/schemas/documents/entry'
import { statements } from '@tideway/schemas/documents/statement'
import type { Path } from '@tideway/record/provenance/locate'
import { earlierThanShown, showsSaid } from '../json/statement.ts'
import type { Trace } from './trace.ts'

const own: ReadonlySet<string> = new Set(['message', 'place', 'source', 'version'])
/**
 * What can decide a status, the first that was sent; an action or order control says it where no
 * status is sent.
 */
const fields = ['status', 'completion', 'action', 'control', 'clinicalStatus', 'trigger']

const says = (value: unknown) =>
  value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)

/** Of FHIR R4 AllergyIntolerance and Condition: each of these decides alone. */
const verifications: ReadonlySet<unknown> = new Set(['refuted', 'entered-in-error'])

/**
 * The field that decided the status; an action that deletes and a verification that refutes come
 * before what is said of its course.
 */
const decidingField = (
  status: string,
  decider: Readonly<Record<string, unknown>>,
): string | undefined => {
  const { action, verificationStatus } = decider
  if (status === 'deleted' && says(action)) return 'action'
  if (verifications.has(verificationStatus) && status === verificationStatus)
    return 'verificationStatus'
  return fields.find((name) => says(decider[name]))
}

/** Of the statements shown the first that says anything about a field is where it comes from. */
export const statementTraces = (data: Statement): Trace[] => {
  const { event, key } = statements[data.kind]
  const trace = (from: Stated, name: string, shown: Path): Trace => ({
    shown,
    message: from.message,
    place: from.place,
    record: event,
    said: from,
    path: [name],
  })
  const fieldsOf = (from: Stated) =>
    Object.keys(from).filter(
      (name) =>
        !own.has(name) && name !== key && showsSaid(data, name) && says(from[name as keyof Stated]),
    )
  const shown = data.shown.flatMap((index) => data.reported[index] ?? [])
  const first = shown.flatMap((from) =>
    fieldsOf(from).map((name) => trace(from, name, ['said', name])),
  )
  const decider = data.reported[data.statusFrom ?? data.reported.length - 1]
  const status =
    decider && decidingField(data.status, decider as unknown as Record<string, unknown>)
  return [
    ...first.filter(
      ({ path }, index) => first.findIndex((other) => other.path[0] === path[0]) === index,
    ),
    ...shown.slice(0, 1).map((from) => trace(from, key, ['key'])),
    ...(decider === undefined || status === undefined ? [] : [trace(decider, status, ['status'])]),
    ...earlierThanShown(data).flatMap((from, nth) =>
      fieldsOf(from).map((name) => trace(from, name, ['earlier', nth, 'said', name])),
    ),
  ]
}
