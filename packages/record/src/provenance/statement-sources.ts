import type { Stated, Statement } from '@tideway/schemas/documents/entry'
import { statements } from '@tideway/schemas/documents/statement'
import { saysNothing } from '../entries/facts.ts'
import { earlierStatements } from '../summary/shown-fields.ts'
import { showsStatementField } from '../withdrawal/shown-after-withdrawal.ts'
import type { Path } from './locate.ts'
import type { ValueSource } from './value-source.ts'

const originFields: ReadonlySet<string> = new Set(['message', 'place', 'source', 'version'])
/**
 * What can decide a status, the first that was sent; an action or order control where no status was
 * sent.
 */
const statusFields = ['status', 'completion', 'action', 'control', 'clinicalStatus', 'trigger']

/** Each decides the status alone. @see FHIR R4, AllergyIntolerance and Condition */
const verifications: ReadonlySet<unknown> = new Set(['refuted', 'entered-in-error'])

/**
 * The field that decided the status; an action that deletes and a verification that refutes come
 * before the clinical status.
 */
const decidingField = (
  status: string,
  decider: Readonly<Record<string, unknown>>,
): string | undefined => {
  const { action, verificationStatus } = decider
  if (status === 'deleted' && !saysNothing(action)) return 'action'
  if (verifications.has(verificationStatus) && status === verificationStatus)
    return 'verificationStatus'
  return statusFields.find((name) => !saysNothing(decider[name]))
}

/** Each field comes from the first of the statements shown that gives it a value. */
export const statementSources = (data: Statement): ValueSource[] => {
  const { event, key } = statements[data.kind]
  const source = (from: Stated, name: string, value: Path): ValueSource => ({
    value,
    message: from.message,
    place: from.place,
    record: event,
    said: from,
    path: [name],
  })
  const fieldsOf = (from: Stated) =>
    Object.keys(from).filter(
      (name) =>
        !originFields.has(name) &&
        name !== key &&
        showsStatementField(data, name) &&
        !saysNothing(from[name as keyof Stated]),
    )
  const shown = data.shown.flatMap((index) => data.reported[index] ?? [])
  const first = shown.flatMap((from) =>
    fieldsOf(from).map((name) => source(from, name, ['fields', name])),
  )
  const decider = data.reported[data.statusFrom ?? data.reported.length - 1]
  const status =
    decider && decidingField(data.status, decider as unknown as Record<string, unknown>)
  return [
    ...first.filter(
      ({ path }, index) => first.findIndex((other) => other.path[0] === path[0]) === index,
    ),
    ...shown.slice(0, 1).map((from) => source(from, key, ['key'])),
    ...(decider === undefined || status === undefined ? [] : [source(decider, status, ['status'])]),
    ...earlierStatements(data).flatMap((from, nth) =>
      fieldsOf(from).map((name) => source(from, name, ['earlier', nth, 'fields', name])),
    ),
  ]
}
