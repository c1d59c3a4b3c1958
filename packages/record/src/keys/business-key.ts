/**
 * What stands before a number or a key that is one organisation's own: nothing where it is the
 * patient's organisation, else who it is.
 */
const leadOf = (owner: string, patientKey: string): string =>
  patientKey.startsWith(`${owner}|`) ? '' : `${owner}:`

/**
 * A key without a number, a number led by its organisation, or a visit known by another field (HL7
 * v2 PV1-50, PID-18, PV1-44).
 */
const readsAsAnother = /^(~|#|[A-Z0-9]{2,10}:|(PV1-50|PID-18|PV1-44) )/

/**
 * A number as the patient's own organisation gave it; `#` stands before one that reads as if it
 * were a key of another kind.
 */
export const ownNumberKey = (number: string): string =>
  readsAsAnother.test(number) ? `#${number}` : number

/**
 * Business key, within its patient, of what has a number: the same number of the same organisation
 * is the same thing, whichever way it was told of; the same number of two organisations never is.
 *
 * @param owner  ODS code of who gave the number
 */
export const numberKey = (number: string, owner: string, patientKey: string): string =>
  leadOf(owner, patientKey) + ownNumberKey(number)

/** A number of a referral: the same number of an order is another request. */
export const referralNumber = (number: string): string => `referral ${number}`

/**
 * Business key of what has no number: its words tell it from others of the same sender. No number
 * has the same key.
 *
 * @param sender  ODS code of who told of it
 */
export const wordKey = (words: string, sender: string, patientKey: string): string =>
  `${leadOf(sender, patientKey)}~${words}`
