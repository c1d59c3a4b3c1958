import type { Entry, Stated, Statement } from '@tideway/schemas/documents/entry'
import type { StatementLine } from '@tideway/schemas/documents/head'
import type { StatementKind, StatementStatus } from '@tideway/schemas/documents/statement'
import { unsaid } from '@tideway/schemas/events.generated'
import { allergyLine } from './allergy-words.ts'
import { wordOf } from './amount-words.ts'
import { dayWords } from './day-words.ts'
import { isContradictedEnd } from './contradicted-end.ts'
import { cut, lineOf, of } from './line.ts'
import { isProposed, medicineLine, productKept } from './medicines/medicine-line.ts'
import { noKnownAllergiesIn } from './no-known-allergies.ts'
import { shownFields } from './shown-fields.ts'

/** Statuses in which a fact has a summary line. A fact not known to be over is current. */
export const standing = {
  allergy: ['active', 'unknown'],
  condition: ['active', 'recurrence', 'relapse', 'reported', 'unknown'],
  prescription: ['active', 'scheduled', 'in-progress', 'on-hold', 'intended', 'unknown'],
  dispense: ['reported', 'active', 'in-progress', 'completed', 'stopped', 'unknown'],
  alert: ['reported', 'active', 'unknown'],
} as const satisfies { [K in StatementKind]?: readonly StatementStatus<K>[] }

/** Kinds with a line each; a dispense has one of another shape. */
export type StandingKind = Exclude<keyof typeof standing, 'dispense'>
/** Characters; a longer line is cut and ends with an ellipsis. */
export const maxLine = 120
/** Longer where what decides stands at the end: how often and for how long, what it did. */
export const maxLongLine = 240
/** Whether a condition is a diagnosis made at a visit, and not on a problem list. */
export const isOfVisit = ({ category }: { category: string }): boolean => category === 'diagnosis'

/** Verification that leaves a condition in doubt. @see FHIR R4, Condition.verificationStatus */
const doubts: ReadonlySet<string | null> = new Set(['unconfirmed', 'provisional', 'differential'])
/** Uses and types of a diagnosis that is not established. HL7 table 0052. */
const notEstablished: Readonly<Record<string, string>> = { A: 'admitting', W: 'working' }

type Condition = Pick<
  Stated<'condition'>,
  | 'code'
  | 'text'
  | 'verificationStatus'
  | 'verificationStatusAsSent'
  | 'diagnosisType'
  | 'abatedAt'
  | 'category'
>

/** Doubt in words; a verification in no table is quoted, as it may say doubt: `"Suspected"`. */
const doubtOf = (condition: Condition): string | null => {
  const { verificationStatus, verificationStatusAsSent, diagnosisType } = condition
  if (doubts.has(verificationStatus)) return verificationStatus
  if (verificationStatus === 'unknown' && verificationStatusAsSent != null)
    return `"${cut(verificationStatusAsSent, maxLine / 4)}"`
  return notEstablished[diagnosisType?.toUpperCase() ?? ''] ?? null
}

/** The day it ends, which its status may not tell yet: `, until 01-Jun-2026`. */
const untilWords = (end: string | null): string => (end === null ? '' : `, until ${dayWords(end)}`)

/**
 * A condition in one line; one in doubt is said to be, as without the word it reads as established,
 * and a diagnosis of a visit is said to be one. Null if it is not named.
 */
export const conditionWords = (condition: Condition, isContradicted = false): string | null => {
  const name = wordOf(condition.code) ?? condition.text
  if (name === null) return null
  const doubt = doubtOf(condition)
  const said = [
    doubt === null ? '' : `, ${doubt}`,
    untilWords(condition.abatedAt),
    isContradicted ? ' (contradicted: sent as ongoing and as over)' : '',
    isOfVisit(condition) ? ' (visit diagnosis)' : '',
  ].join('')
  return `${cut(name, maxLine - said.length)}${said}`
}

/** A diagnosis of one visit is not an ongoing problem unless its sender marks it active. */
const problemText = (data: Statement<'condition'>): string | null => {
  const fields = shownFields(data)
  const isOngoing = data.status !== 'reported' && data.status !== 'unknown'
  return isOfVisit(fields) && !isOngoing ? null : conditionWords(fields, isContradictedEnd(data))
}

type Prescription = Stated<'prescription'>

/** A dose of something: that it is not named does not mean that nothing is taken. */
const unnamedLine = (fields: Prescription): string | null =>
  fields.dose === null && fields.rate === null && fields.timings.length === 0
    ? null
    : medicineLine({
        ...fields,
        medication: { ...unsaid.Coded(), text: 'medicine not named' },
        quantity: null,
      })

/**
 * A scheduled give belongs to a prescription, which has its own line. What the patient takes by a
 * statement ends with it; the end of a prescription is that of its dispensing. When it was last
 * dispensed (RXE-18) is said even if no message tells of the dispense itself.
 */
const medicineText = (data: Statement<'prescription'>): string | null => {
  const fields = shownFields(data)
  if (fields.kind === 'give' || isProposed(fields.intent)) return null
  const line = medicineLine({ ...fields, quantity: null }) ?? unnamedLine(fields)
  const end = fields.kind === 'statement' ? fields.endAt : null
  const dispensed = fields.lastDispensedAt
  const said = dispensed === null ? '' : `, last dispensed ${dayWords(dispensed)}`
  return line === null ? null : `${cut(line, maxLongLine - said.length)}${said}${untilWords(end)}`
}

/**
 * A restriction of access is not a clinical warning, and its code may reveal what is restricted.
 */
const alertText = (data: Statement<'alert'>): string | null => {
  const { code, restrictsAccess, until } = shownFields(data)
  const text = wordOf(code)
  return restrictsAccess === true || text === null ? null : `${text}${untilWords(until)}`
}

type Lined = { text: string | null; most: number; more?: Partial<StatementLine> }

/** An allergy recorded twice has one line; that none are known is no allergy. */
const allergyLined = (data: Statement<'allergy'>): Lined => {
  const fields = shownFields(data)
  const { category, code } = fields
  const { text, ...marks } = allergyLine(fields, maxLongLine)
  const isNone = data.sameAs !== undefined || noKnownAllergiesIn(code) !== null
  const more = category === null ? marks : { ...marks, category }
  return { text: isNone ? null : text, most: maxLongLine, more }
}

const linedAs: { [K in StandingKind]: (data: Statement<K>) => Lined } = {
  allergy: allergyLined,
  condition: (data) => ({ text: problemText(data), most: maxLine }),
  prescription: (data) => ({
    text: medicineText(data),
    most: maxLongLine,
    more: {
      ...productKept(shownFields(data)),
      ...(shownFields(data).doNotPerform === true ? { doNotPerform: true } : {}),
    },
  }),
  alert: (data) => ({ text: alertText(data), most: maxLine }),
}

/** The data of an entry of a kind that stands; null for any other. */
export const standingIn = <K extends keyof typeof standing>(
  { data }: Entry,
  kind: K,
): Statement<K> | null => {
  const own = of(data as Statement, kind)
  return own !== null && (standing[kind] as readonly string[]).includes(own.status) ? own : null
}

/** The head line of an entry; null if it is not current or has no text to show. */
export const statementLineOf =
  <K extends StandingKind>(kind: K) =>
  (entry: Entry): StatementLine | null => {
    const data = standingIn(entry, kind)
    if (data === null) return null
    const { text, most, more } = (linedAs[kind] as (of: Statement<K>) => Lined)(data)
    return text === null ? null : lineOf(entry, data as unknown as Statement, cut(text, most), more)
  }
