import type { Entry, Statement } from '@tideway/schemas/documents/entry'
import type { StatementLine } from '@tideway/schemas/documents/head'
import type { StatementKind, StatementStatus } from '@tideway/schemas/documents/statement'
import type { Coded } from '@tideway/schemas/events.generated'
import { medicineLine } from './medicine-line.ts'
import { shownFields } from './shown-fields.ts'
import { clinicalTimeOf } from '../entries/entry.ts'

/** Statuses in which a fact has a summary line. A fact not known to be over is current. */
export const standing = {
  allergy: ['active', 'unknown'],
  condition: ['active', 'recurrence', 'relapse', 'reported', 'unknown'],
  prescription: ['active', 'scheduled', 'in-progress', 'on-hold', 'intended', 'unknown'],
  alert: ['reported', 'active', 'unknown'],
} as const satisfies { [K in StatementKind]?: readonly StatementStatus<K>[] }

export type StandingKind = keyof typeof standing

/** Characters; a longer line is cut and ends with an ellipsis. */
const maxLine = 120

/** Longer for medicines: how often and for how long stand at the end of the line. */
const maxMedicineLine = 240

const wordOf = (coded: Coded): string | null =>
  coded.text ?? coded.alternateText ?? coded.code ?? coded.alternateCode

const of = <K extends StatementKind>(data: Statement, kind: K): Statement<K> | null =>
  (data.kind as StatementKind) === kind ? (data as unknown as Statement<K>) : null

/** A diagnosis of one visit is not an ongoing problem unless its sender marks it active. */
const problemText = (data: Statement<'condition'>): string | null => {
  const { category, code, text } = shownFields(data)
  const isOfVisit =
    category === 'diagnosis' && (data.status === 'reported' || data.status === 'unknown')
  return isOfVisit ? null : (wordOf(code) ?? text)
}

/** Intents that are not a prescription. @see FHIR R4, MedicationRequest.intent, a modifier */
const notPrescribed: ReadonlySet<string | null> = new Set(['proposal', 'option'])

/** A scheduled give belongs to a prescription, which has its own line. */
const medicineText = (data: Statement<'prescription'>): string | null => {
  const fields = shownFields(data)
  return fields.kind === 'give' || notPrescribed.has(fields.intent)
    ? null
    : medicineLine({ ...fields, quantity: null })
}

/**
 * A restriction of access is not a clinical warning, and its code may reveal what is restricted.
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

const cut = (text: string, most: number): string =>
  text.length <= most ? text : `${text.slice(0, most - 1)}…`

/** The head line of an entry; null if it is not current or has no text to show. */
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
          text: cut(text, kind === 'prescription' ? maxMedicineLine : maxLine),
          at: clinicalTimeOf(data),
          status: data.status,
        }
  }
