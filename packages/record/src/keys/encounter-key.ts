import type { Identifier } from '@tideway/schemas/events.generated'
import { keyPart } from '@tideway/schemas/key-part'
import { ownNumberKey } from './business-key.ts'

type VisitIdentifier = Pick<Identifier, 'value' | 'authority' | 'organisation'>

/** HL7 v2 fields, other than the visit number PV1-19, that a visit can be known by. */
export type VisitField = 'PV1-50' | 'PID-18' | 'PV1-44'

/**
 * Business key of a visit known by another field than its number. Visit number `V1`, `PV1-50 V1`,
 * `PID-18 V1` and a visit number that looks like one of these, `#PID-18 V1`, are four visits.
 */
const keyByField = (field: VisitField, value: string): string => `${field} ${value}`

/** The field a visit key was made from; null if it is a visit number (PV1-19). */
export const visitFieldOf = (key: string): VisitField | null =>
  (/^(PV1-50|PID-18|PV1-44) /.exec(key)?.[1] as VisitField | undefined) ?? null

/**
 * Business key of a visit by its number (PV1-19).
 *
 * @see HL7 v2.5.1 chapter 3.4.3.19
 */
export const visitNumberKey = (number: string): string => ownNumberKey(number)

/** Whether an identifier was assigned by another organisation than the patient's. */
export const isForeign = (
  { authority, organisation }: VisitIdentifier,
  patientKey: string,
): boolean =>
  authority !== null && organisation !== null && !patientKey.startsWith(`${organisation}|`)

/**
 * Whether an alternate visit id or account can tell a visit from others: assigned by the patient's
 * own organisation, and none of the patient's own numbers, which are the same in every visit.
 *
 * @param patientNumbers  every number of the patient in the message
 */
export const identifiesVisit = (
  { value, organisation }: VisitIdentifier,
  patientKey: string,
  patientNumbers: readonly string[],
): boolean =>
  organisation !== null &&
  patientKey.startsWith(`${organisation}|`) &&
  !patientNumbers.includes(value)

/** An authority other than the organisation may count from one: it belongs to the key. */
const withAuthority = ({ value, authority, organisation }: VisitIdentifier): string =>
  authority === null || authority === organisation
    ? keyPart(value, '^')
    : `${keyPart(value, '^')}^${keyPart(authority)}`

/** Business key of a visit by its alternate visit id. @see HL7 v2.5.1 chapter 3.4.3.50 */
export const alternateVisitKey = (identifier: VisitIdentifier): string =>
  keyByField('PV1-50', withAuthority(identifier))

/** Classes in which one account is one stay; an outpatient may have several visits on one. */
const stays: ReadonlySet<string | null> = new Set(['INPATIENT', 'EMERGENCY', 'OBSTETRICS'])

/**
 * Business key of a visit by its account.
 *
 * @param patientClass  in our words, e.g. `INPATIENT`
 * @returns null if the class may have several visits on one account
 * @see HL7 v2.5.1 chapter 3.4.2.18
 */
export const accountVisitKey = (
  identifier: VisitIdentifier,
  patientClass: string | null,
): string | null =>
  stays.has(patientClass) ? keyByField('PID-18', withAuthority(identifier)) : null

const midnight = /T00(:00(:00(\.0+)?)?)?($|[Z+-])/

/**
 * Whether an admission time can tell a visit from others: a day does not tell two visits of that
 * day apart, nor does midnight, which many systems send for a day.
 *
 * @param admittedAt  ISO 8601 at the precision sent
 */
export const tellsVisitsApart = (admittedAt: string | null): admittedAt is string =>
  admittedAt?.includes('T') === true && !midnight.test(admittedAt)

/**
 * Business key of a visit by when it began and its class.
 *
 * @param admitted  milliseconds since 1970 UTC, of a time that `tellsVisitsApart`
 * @see HL7 v2.5.1 chapter 3.4.3.44
 */
export const admissionVisitKey = (admitted: number, patientClass: string): string =>
  keyByField('PV1-44', `${new Date(admitted).toISOString()} ${patientClass}`)
