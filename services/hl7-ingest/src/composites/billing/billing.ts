import { codedOf } from '../../datatypes/ce.ts'
import { financialGroups, type FinancialGroup } from '../../groups/financial-groups.ts'
import { separateResults } from '../../groups/separate-results.ts'
import { visitGroups } from '../../groups/visit-groups.ts'
import { codeKey } from '../../keys/business-key.ts'
import { type Context, draftEvent, type Hl7DraftEvent } from '../../normalise/mapping.ts'
import {
  isCharge,
  readChargedDiagnoses,
  readChargedProcedure,
  type CodesAsSent,
} from '../../segments/ft1.ts'
import { readNotes } from '../../segments/nte.ts'
import { componentsOf } from '@tideway/hl7v2/lexer/fields'
import { type Hl7Message, placeOf, type Segment } from '@tideway/hl7v2/lexer/message'
import { readPatient } from '../patient/patient.ts'
import { readSeparateResults } from '../results/separate-results.ts'
import { readVisitContext } from '../visit/visit-reference.ts'

/**
 * The clinical part of one patient's bill: demographics, and of each visit its details, diagnoses,
 * procedures and results, and the diagnoses and procedures that are charged for. Nothing about
 * money. A bill ends or deletes nothing: closing (P06) and purging an account (P02) are about the
 * account.
 */
export const readBill = (message: Hl7Message, context: Context): Hl7DraftEvent[] => {
  const patient = readPatient(message, context)
  return [
    draftEvent(patient.key, patient.pid, patient.details),
    ...visitGroups(message).flatMap((visit) => readVisitOf(visit, patient.key, context)),
  ]
}

const readVisitOf = (
  message: Hl7Message,
  patientKey: string,
  context: Context,
): Hl7DraftEvent[] => {
  const results = separateResults(message)
  const transactions = financialGroups(results.beside)
  const takenBack = new Set(
    transactions.filter(({ ft1 }) => !isCharge(ft1)).flatMap(({ procedures }) => procedures),
  )
  const beside = { ...message, segments: results.beside.filter((one) => !takenBack.has(one)) }
  const visit = readVisitContext(beside, patientKey, context, false)
  const diagnosed = codesOf(results.beside, 'DG1')
  const charged = transactions
    .filter(({ ft1 }) => isCharge(ft1))
    .map((of) => ({
      of,
      drafts: chargedIn(of, diagnosed, patientKey, visit.encounterId, context),
    }))
  const unnoted = charged.filter(({ drafts }) => drafts.length === 0).map(({ of }) => of)
  return [
    ...visit.drafts.map((draft) => withNotes(draft, unnoted)),
    ...readSeparateResults(results, message, patientKey, visit.encounterId, context),
    ...charged.flatMap(({ drafts }) => drafts),
  ]
}

/** Notes of a transaction that a procedure below it states belong to that procedure. */
const withNotes = (draft: Hl7DraftEvent, transactions: readonly FinancialGroup[]) => {
  const { body, place } = draft
  const of = transactions.find(
    ({ procedures: [first] }) => first !== undefined && placeOf(first) === place,
  )
  return of === undefined || body.type !== 'ProcedureReported'
    ? draft
    : { ...draft, body: { ...body, notes: readNotes(of.notes) } }
}

/** What a transaction is for, with its notes on the first of it. */
const chargedIn = (
  { ft1, notes, procedures }: FinancialGroup,
  diagnosed: CodesAsSent,
  patientKey: string,
  encounterId: string | null,
  context: Context,
): Hl7DraftEvent[] => {
  const of = [patientKey, encounterId, context] as const
  const procedure = readChargedProcedure(ft1, codesOf(procedures, 'PR1'), ...of)
  const diagnoses = readChargedDiagnoses(ft1, diagnosed, ...of)
  const [first, ...others] = [...(procedure === null ? [] : [procedure]), ...diagnoses]
  if (first === undefined) return []
  return [{ ...first, notes: readNotes(notes) }, ...others].map((body) =>
    draftEvent(patientKey, ft1, body),
  )
}

/** DG1-3 or PR1-3 by its code. */
const codesOf = (segments: readonly Segment[], name: string): CodesAsSent =>
  new Map(
    segments
      .filter((segment) => segment.name === name)
      .map(({ message, fields: [, , , sent = ''] }) => [
        codeKey(codedOf(message, componentsOf(message, sent))),
        sent,
      ]),
  )
