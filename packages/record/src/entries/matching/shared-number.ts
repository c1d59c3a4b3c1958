import type { Entry, Report, Stated, Statement } from '@tideway/schemas/documents/entry'
import { type StatementEvent, statements } from '@tideway/schemas/documents/statement'
import type { PatientEvent } from '@tideway/schemas/events.generated'
import { entryIdOf } from '@tideway/schemas/public-id'
import { serviceSuffix } from '../../keys/clinical-keys.ts'
import { entryIdIn, withData } from '../entry.ts'
import { familyOf } from '../generations/member-ids.ts'
import { evolveStatement } from '../statement.ts'
import { isOrder, keyOf, kindOf, serviceOf } from './match-order.ts'
import {
  aboutReport,
  reportAloneIdOf,
  retractsNumber,
  withRetractionsOf,
} from './retracted-number.ts'

type AnyOrder = Statement<'request'> | Statement<'prescription'>

/** Between the number of an order and what it is for, in the key of one that shares its number. */
const separator = '^'

/**
 * An order that does not say what it is for, such as a cancellation with an ORC alone, is about all
 * orders with its number, as is a cancelled report without a service about all reports: the `_id`
 * of each begins with this. Null for any other event.
 */
export const sharedNumberOf = (event: PatientEvent): string | null => {
  const { patientKey, body } = event
  if (retractsNumber(event)) return entryIdIn(event)
  return isOrder(body) && serviceOf(body) === null
    ? `${entryIdOf(patientKey, kindOf(body), keyOf(body))}${separator}`
    : null
}

/** First `_id` after those that begin with a number; `_` follows `^`. */
export const endOfShared = (shared: string): string => `${shared.slice(0, -separator.length)}_`

/** The event of a number as it is about one of the orders or reports with that number. */
export const aboutOne = (event: PatientEvent, { data }: Entry): PatientEvent => {
  if (data.kind === 'report') return aboutReport(event, data)
  const { kind, key } = data as Statement
  return { ...event, body: { ...event.body, [statements[kind].key]: key } as PatientEvent['body'] }
}

/** `_id` of the entry of its number alone, of one known by number and what it is for. */
const aloneIdOf = (event: PatientEvent): string | null => {
  const { patientKey, body } = event
  if (!isOrder(body)) return reportAloneIdOf(event)
  const [key, end] = [keyOf(body), serviceSuffix(serviceOf(body))]
  return key.endsWith(end) && key.length > end.length
    ? entryIdOf(patientKey, kindOf(body), key.slice(0, -end.length))
    : null
}

const saysNoService = (one: Stated): boolean =>
  serviceOf(one as unknown as Parameters<typeof serviceOf>[0]) === null

/**
 * An order or report as it is first heard of, with what was said before of all with its number.
 *
 * @param entry  after the event
 * @param known  whether it was known before the event
 */
export const withSaidOfNumber = (
  entry: Entry,
  known: boolean,
  event: PatientEvent,
  find: (id: string) => Entry | undefined,
): Entry => {
  const id = known ? null : aloneIdOf(event)
  const alone = id === null ? undefined : find(id)
  if (alone === undefined) return entry
  if (entry.data.kind === 'report')
    return withData(entry, withRetractionsOf(entry.data, alone.data as Report))
  const { kind, key } = entry.data as Statement
  const { event: type, key: keyField } = statements[kind]
  const data = familyOf(alone)
    .flatMap((one) => find(one.id) ?? [])
    .flatMap((one) => (one.data as unknown as AnyOrder).reported as readonly Stated[])
    .filter(saysNoService)
    .reduce<Statement>((before, { message, place, version, source, ...fields }) => {
      const body = { ...fields, type, [keyField]: key } as unknown as StatementEvent
      return evolveStatement(before, kind, body, { message, place, version, source })
    }, entry.data as Statement)
  return withData(entry, data)
}
