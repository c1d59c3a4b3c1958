import { type HomeAddress, type PreparedTraits, prepare } from './compare/prepare.ts'
import { soundsOf } from './compare/sounds.ts'
import type { Traits } from './traits.ts'

/**
 * Most records of one key that are compared with each other. A key that more records share, a
 * hostel's telephone or a test number, tells nobody apart: its records are compared only where they
 * share another key, and whoever compares counts it.
 */
export const largestBlock = 300

/** Keys of a record: two records are compared only if they share one. */
export const blockKeysOf = (traits: Traits): string[] => blockKeysOfPrepared(prepare(traits))

/** As `blockKeysOf`, of traits that were made ready. */
export const blockKeysOfPrepared = (record: PreparedTraits): string[] => {
  const keys = new Set<string>()
  if (record.number !== null) keys.add(`n ${record.number}`)
  for (const phone of record.phones) keys.add(phoneKey(phone))
  for (const email of record.emails) keys.add(emailKey(email))
  for (const key of record.homes.flatMap(homeKeys)) keys.add(key)
  for (const key of birthdayKeys(record)) keys.add(key)
  return [...keys]
}

const phoneKey = (phone: string): string => `p ${phone}`
const emailKey = (email: string): string => `e ${email}`
const homeKeys = ({ postcode, house }: HomeAddress): string[] =>
  postcode !== null && house !== null ? [`a ${postcode} ${house}`] : []

/**
 * The day of birth, with day and month in either order, and how a given or the family name sounds.
 */
const birthdayKeys = ({ birth, names }: PreparedTraits): string[] => {
  if (birth === null || birth.text.length < 10) return []
  const day = [birth.month, birth.day].toSorted((a, b) => a - b).join('-')
  return names.flatMap(({ given, family, familyWords }) =>
    [given, family, ...(familyWords.length > 1 ? familyWords : [])]
      .filter((name) => name.length > 1)
      .flatMap((name) => soundsOf(name).map((sound) => `d ${birth.year}-${day} ${sound}`)),
  )
}

/**
 * A record without the telephones, e-mail addresses and homes that too many share: they are no
 * evidence for one person.
 *
 * @param isCommon  whether more than `largestBlock` records have a key
 */
export const withoutCommonContacts = (
  record: PreparedTraits,
  isCommon: (key: string) => boolean,
): PreparedTraits => ({
  ...record,
  phones: record.phones.filter((phone) => !isCommon(phoneKey(phone))),
  emails: record.emails.filter((email) => !isCommon(emailKey(email))),
  homes: record.homes.filter((home) => !homeKeys(home).some(isCommon)),
})
