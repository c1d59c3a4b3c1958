import { hash } from 'node:crypto'
import { patientKeyOf } from '@tideway/schemas/public-id'

/**
 * Hexadecimal digits, 64 bits: among ten million patients of one sender, two keys collide once in
 * 400,000 such senders.
 */
const surrogateDigits = 16

/**
 * Topic key of a patient whose sender knows patients by NHS number alone: a stand-in for the
 * identifier that does not exist. The key does not reveal the number, which stays an identifier
 * that links.
 *
 * The birth date is part of it, so that two people given one number by mistake stay two, and
 * unlinking them stays exact. A resource without a birth date is therefore another source patient,
 * which nothing shows until the two are linked.
 *
 * @param ods        of the sender
 * @param nhsNumber  ten digits
 * @param birthDate  as sent, null if not sent
 */
export const surrogatePatientKey = (
  ods: string,
  nhsNumber: string,
  birthDate: string | null,
): string => {
  const digest = hash('sha256', `${ods}|${nhsNumber}|${birthDate ?? ''}`, 'hex')
  return patientKeyOf(ods, `fhir:${digest.slice(0, surrogateDigits)}`)
}
