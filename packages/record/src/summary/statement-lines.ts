import type { Entry, Statement } from '@tideway/schemas/documents/entry'
import type { StatementLine } from '@tideway/schemas/documents/head'
import type { StatementKind, StatementStatus } from '@tideway/schemas/documents/statement'
import type { Coded } from '@tideway/schemas/events.generated'
import { medicineLine } from './medicine-line.ts'
import { shownFields } from './shown-fields.ts'
import { clinicalTimeOf } from '../entries/entry.ts'

/**
 * Statuses in which a fact is among what a clinician needs first. What is not known to be over
 * stands.
 */
export const standing = {
  allergy: ['active', 'unknown'],
  condition: ['active', 'recurrence', 'relapse', 'reported', 'unknown'],
  prescription: ['active', 'scheduled', 'in-progress', 'on-hold', 'intended', 'unknown'],
  alert: ['reported', 'active', 'unknown'],
} as const satisfies { [K in StatementKind]?: readonly StatementStatus<K>[] }

export type StandingKind = keyof typeof standing

/** A line longer than this is cut, and shows that it was. */
const longestLine = 120

const wordOf = (coded: Coded): string | null =>
  coded.text ?? coded.alternateText ?? coded.code ?? coded.alternateCode

const of = <K extends StatementKind>(data: Statement, kind: K): Statement<K> | null =>
  (data.kind as StatementKind) === kind ? (data as unknown as Statement<K>) : null

/**
 * A diagnosis of one visit is no problem that goes on, unless its sender says that it is active.
 */
const problemText = (data: Statement<'condition'>): string | null => {
  const { category, code, text } = shownFields(data)
  const isOfVisit =
    category === 'diagnosis' && (data.status === 'reported' || data.status === 'unknown')
  return isOfVisit ? null : (wordOf(code) ?? text)
}

/**
 * What somebody suggests or might choose is prescribed by nobody. @see FHIR R4,
 * MedicationRequest.intent, a modifier
 */
const notPrescribed: ReadonlySet<string | null> = new Set(['proposal', 'option'])

/** A give that is scheduled belongs to a prescription, which has its own line. */
const medicineText = (data: Statement<'prescription'>): string | null => {
  const fields = shownFields(data)
  return fields.kind === 'give' || notPrescribed.has(fields.intent)
    ? null
    : medicineLine({ ...fields, quantity: null })
}

/**
 * A restriction of access is no warning to a clinician, and its code may say what is restricted.
 */
const alertText = (data: Statement<'alert'>): string | null => {
  const { code, restrictsAccess } = shownFields(data)
  return restrictsAccess === true ? null : wordOf(code)
}

const textOf = (data: Statement): string | null => {
  const [allergy, condition, prescription, alert] = [
    of(data, 'allergy'),
    of(data, 'condition'),
    of(data, 'prescription'),
    of(data, 'alert'),
  ]
  if (allergy !== null)
    return allergy.sameAs === undefined ? wordOf(shownFields(allergy).code) : null
  if (condition !== null) return problemText(condition)
  if (prescription !== null) return medicineText(prescription)
  return alert === null ? null : alertText(alert)
}

const cut = (text: string): string =>
  text.length <= longestLine ? text : `${text.slice(0, longestLine - 1)}…`

/** The line of one entry in the head; null if it does not stand, or says nothing to read. */
export const statementLineOf =
  (kind: StandingKind) =>
  (entry: Entry): StatementLine | null => {
    const data = entry.data as Statement
    if (data.kind !== kind || !(standing[kind] as readonly string[]).includes(data.status))
      return null
    const text = textOf(data)
    return text === null
      ? null
      : {
          entry: entry._id,
          sortAt: entry.sortAt,
          text: cut(text),
          at: clinicalTimeOf(data),
          status: data.status,
        }
  }
