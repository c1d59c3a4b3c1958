import { hash } from 'node:crypto'
import { standInKeyOf } from '@tideway/schemas/public-id'

/**
 * Hexadecimal digits, 64 bits: among ten million patients of one sender, two keys collide once in
 * 400,000 such senders.
 */
const surrogateDigits = 16

/** A birth date with a time, as newborns have in HL7 v2; the day of it counts. */
const timeOfBirth = /^(\d{4}-\d\d-\d\d)T/

const stoodInFor = (ods: string, by: string): string =>
  standInKeyOf(ods, hash('sha256', by, 'hex').slice(0, surrogateDigits))

/**
 * Topic key of a patient whose sender knows patients by NHS number alone: a stand-in for the
 * identifier that does not exist. The key does not reveal the number, which stays an identifier
 * that links. It is the same in HL7 v2 and in FHIR, which it got its prefix from.
 *
 * The birth date is part of it, so that two people given one number by mistake stay two, and
 * unlinking them stays exact. A message without a birth date is therefore another source patient,
 * which nothing shows until the two are linked.
 *
 * @param ods        of the sender
 * @param nhsNumber  ten digits; a CHI or H&C number, which have ranges of their own, is one too
 * @param birthDate  as sent, ISO 8601; null if not sent
 */
export const surrogatePatientKey = (
  ods: string,
  nhsNumber: string,
  birthDate: string | null,
): string => {
  const day = timeOfBirth.exec(birthDate ?? '')?.[1] ?? birthDate ?? ''
  return stoodInFor(ods, `${ods}|${nhsNumber}|${day}`)
}

/**
 * Topic key of a patient without an identifier that its sender may use, sent to its own address
 * (`PUT Patient/123`): its logical id identifies it among the patients of that client. The id may
 * be an NHS number, so the key does not reveal it.
 *
 * @param ods     of the sender
 * @param client  id of the OAuth 2 client: another client of the sender has its own ids
 */
export const logicalPatientKey = (ods: string, client: string, id: string): string =>
  stoodInFor(ods, `${ods}|${client}|Patient/${id}`)
