import type { Coded, Identifier } from '@tideway/schemas/events.generated'
import { keyPart } from '@tideway/schemas/key-part'

/** A number as sent, and the ODS code of the organisation that assigned it. */
export type AssignedNumber = { number: string; owner: string }

/** What a key is made within: the source patient, and the ODS code of the sender. */
export type KeyScope = { patientKey: string; sender: string }

/** Prefix of a number or key of one organisation: none for the patient's own, else its ODS code. */
const prefixOf = (owner: string, patientKey: string): string =>
  patientKey.startsWith(`${owner}|`) ? '' : `${owner}:`

/**
 * A number that could be mistaken for a key of another form: one made of words, one with an
 * organisation's prefix, or a visit known by another field (HL7 v2 PV1-50, PID-18, PV1-44).
 */
const ambiguous = /^(~|#|[A-Z0-9]{2,10}:|(PV1-50|PID-18|PV1-44) )/

/**
 * Business key of a number assigned by the patient's own organisation: the number itself, prefixed
 * with `#` if it could be mistaken for a key of another form. What follows a number in the key of a
 * part (`^` and a service, `|` and a dose) is escaped in it.
 */
export const ownNumberKey = (number: string): string => {
  const part = keyPart(number, '|^')
  return ambiguous.test(part) ? `#${part}` : part
}

/**
 * Business key, within its patient, of an entry with a number. The same number of the same
 * organisation is the same entry, whichever standard it came in; the same number of two
 * organisations never is.
 *
 * @param owner  ODS code of the organisation that assigned the number
 */
export const numberKey = (number: string, owner: string, patientKey: string): string =>
  prefixOf(owner, patientKey) + ownNumberKey(number)

/**
 * Business key of an entry without a number: words that tell it from others of the same sender. No
 * number has the same key.
 *
 * @param sender  ODS code
 */
export const wordKey = (words: string, sender: string, patientKey: string): string =>
  `${prefixOf(sender, patientKey)}~${words}`

/**
 * Business key of an entry by its number, else by the parts that tell it from others of its sender.
 *
 * @param parts  in a fixed order; null and an empty string are the same
 */
export const statementKey = (
  number: AssignedNumber | null,
  parts: readonly (string | null)[],
  { patientKey, sender }: KeyScope,
): string =>
  number === null
    ? wordKey(parts.map((part) => keyPart(part ?? '', '|')).join('|'), sender, patientKey)
    : numberKey(number.number, number.owner, patientKey)

/**
 * Business key of an entry by an identifier of a FHIR resource: as HL7 v2 gives it to a number of
 * the same organisation, or of the sender where no system is named. A system that the source's file
 * does not list has its own numbers: allergy 1 of one system is not allergy 1 of another.
 */
export const identifierKey = (
  { value, organisation, authority }: Pick<Identifier, 'value' | 'organisation' | 'authority'>,
  { patientKey, sender }: KeyScope,
): string =>
  organisation === null && authority !== null
    ? wordKey(`${keyPart(authority, '|')}|${keyPart(value)}`, sender, patientKey)
    : numberKey(value, organisation ?? sender, patientKey)

/** Business key of a FHIR resource without an identifier: its type and logical id. */
export const resourceKey = (type: string, id: string, { patientKey, sender }: KeyScope): string =>
  wordKey(`${type}/${keyPart(id, '|@')}`, sender, patientKey)

/** What a code is known by in a key: the code, else its text, else those of the alternate. */
export const codeName = (coded: Coded | null): string | null =>
  coded?.code ?? coded?.text ?? coded?.alternateCode ?? coded?.alternateText ?? null
