import type { DocumentStatus } from '@tideway/schemas/documents/entry'
import { statusReader, type StatusTable } from './status-table.ts'

/**
 * TXA-17, HL7 v2.9 table 0271, document completion status; and FHIR R4
 * DocumentReference.docStatus.
 */
export const completionStatuses = {
  dictated: { HL70271: 'DI' },
  documented: { HL70271: 'DO' },
  'in-progress': { HL70271: 'IP' },
  incomplete: { HL70271: 'IN' },
  'pre-authenticated': { HL70271: 'PA' },
  authenticated: { HL70271: 'AU' },
  'legally-authenticated': { HL70271: 'LA' },
  preliminary: { COMPOSITION_STATUS: 'preliminary' },
  final: { COMPOSITION_STATUS: 'final' },
  amended: { COMPOSITION_STATUS: 'amended' },
  'entered-in-error': { COMPOSITION_STATUS: 'entered-in-error' },
} as const satisfies StatusTable<string>

/**
 * TXA-19, HL7 v2.9 table 0273, document availability status; and FHIR R4 DocumentReference.status.
 */
export const availabilityStatuses = {
  available: { HL70273: 'AV' },
  deleted: { HL70273: 'CA' },
  obsolete: { HL70273: 'OB' },
  unavailable: { HL70273: 'UN' }, // for patient care
  current: { DOCUMENT_REFERENCE_STATUS: 'current' },
  superseded: { DOCUMENT_REFERENCE_STATUS: 'superseded' },
  'entered-in-error': { DOCUMENT_REFERENCE_STATUS: 'entered-in-error' },
} as const satisfies StatusTable<string>

export const readCompletion = statusReader(completionStatuses)
export const readAvailability = statusReader(availabilityStatuses)

/** What a statement makes of a document. `isGone`: nothing is left to open. */
type DocumentRule = { status: DocumentStatus; isGone: boolean }

const shown = (status: DocumentStatus): DocumentRule => ({ status, isGone: false })
const gone = (status: DocumentStatus): DocumentRule => ({ status, isGone: true })

const byCompletion: Readonly<Record<keyof typeof completionStatuses, DocumentRule>> = {
  dictated: shown('preliminary'),
  documented: shown('preliminary'),
  'in-progress': shown('preliminary'),
  incomplete: shown('preliminary'),
  'pre-authenticated': shown('preliminary'),
  authenticated: shown('final'),
  'legally-authenticated': shown('verified'),
  preliminary: shown('preliminary'),
  final: shown('final'),
  amended: shown('amended'),
  'entered-in-error': gone('entered-in-error'),
}

/** Availabilities that decide alone; null: completion or content decides. */
const byAvailability: Readonly<Record<keyof typeof availabilityStatuses, DocumentRule | null>> = {
  available: null,
  deleted: gone('cancelled'),
  obsolete: shown('superseded'),
  unavailable: gone('cancelled'),
  current: null,
  superseded: shown('superseded'),
  'entered-in-error': gone('entered-in-error'),
}

/** Content that was withdrawn (OBX-11 D and W) decides whatever TXA says. */
const byContent: Readonly<Record<string, DocumentRule>> = {
  'entered-in-error': gone('entered-in-error'),
  'wrong-patient': gone('wrong-patient'),
}

type Reported = {
  trigger: string | null
  completion: string | null
  availability: string | null
  status: string | null
}

const ruleIn = <Rule>(table: Readonly<Record<string, Rule>>, status: string): Rule | undefined =>
  Object.hasOwn(table, status) ? table[status] : undefined

/**
 * Status of a document's content: OBX-11, else what FHIR's DocumentReference.status says of it.
 * Withdrawn is withdrawn; `current` and `superseded` are both of a final document.
 */
export const contentStatus = ({
  status,
  availability,
}: Pick<Reported, 'status' | 'availability'>): string | null => {
  if (status !== null || availability === null) return status
  if (availability === 'current' || availability === 'superseded') return 'final'
  return availability === 'entered-in-error' ? availability : null
}

/**
 * What one message says of a document by its trigger, completion and availability.
 *
 * T11 retracts it whatever its other fields say; T09 and T10 of the document that took its place
 * supersede it.
 *
 * @returns null where these say nothing, and the status of the content alone decides
 */
export const documentRule = (reported: Reported): DocumentRule | null => {
  const { trigger, completion, availability } = reported
  if (trigger === 'CANCELLED') return gone('cancelled')
  const withdrawn =
    trigger === null && completion === null
      ? undefined
      : ruleIn(byContent, contentStatus(reported) ?? '')
  if (withdrawn !== undefined) return withdrawn
  if (trigger === 'REPLACED') return shown('superseded')
  const decided = ruleIn(byAvailability, availability ?? '')
  if (decided) return decided
  return completion === null ? null : (ruleIn(byCompletion, completion) ?? shown('unknown'))
}
