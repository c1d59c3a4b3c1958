/** Words that systems write where no name is known. Compared folded, a word at a time. */
const noName = new Set(
  `UNKNOWN UNKNOW UNKOWN UNK UNKN NOTKNOWN NOTGIVEN NOTSTATED ANONYMOUS ANON NONAME NAMELESS NFN NLN NK
  UNIDENTIFIED UNNAMED UNSPECIFIED NONE NULL NIL NA NOFORENAME NOSURNAME NEWPATIENT PATIENT TEST
  TESTPATIENT ZZZTEST ZZTEST XXTEST DUMMY DUPLICATE DONOTUSE TEMP TEMPORARY TRAUMA EMERGENCY
  JOHNDOE JANEDOE DOE VIP CONFIDENTIAL WITHHELD REDACTED`
    .split(/\s+/)
    .filter((word) => word !== ''),
)

/** What is written in the place of a given name where the sex or the age is all that is known. */
const noGiven = new Set(['MALE', 'FEMALE', 'MAN', 'WOMAN', 'ADULT', 'CHILD', 'BOY', 'GIRL'])

const repeated = /^(.)\1+$/u

/** A name that says that the name is not known. */
export const isPlaceholderName = (words: readonly string[]): boolean =>
  words.length > 0 &&
  (noName.has(words.join('')) || words.every((word) => noName.has(word) || isRepeated(word)))

/** `XXXX`, `ZZ`: the same letter again and again, of three or none that a name begins with. */
const isRepeated = (word: string): boolean =>
  repeated.test(word) && (word.length > 2 || /^[XZ]/.test(word))

/** A given name that says only the sex or the age. */
export const isPlaceholderGiven = (words: readonly string[]): boolean =>
  isPlaceholderName(words) || (words.length > 0 && words.every((word) => noGiven.has(word)))

/** Days that systems write where no birth date is known; none is a birthday as evidence. */
const noBirthDates = new Set([
  '0001-01-01',
  '1800-01-01',
  '1840-12-31',
  '1841-01-01',
  '1850-01-01',
  '1858-11-17',
  '1880-01-01',
  '1899-12-30',
  '1899-12-31',
  '1900-01-01',
  '1900-12-31',
  '1901-01-01',
  '1909-09-09',
  '1911-11-11',
  '1970-01-01',
  '2999-12-31',
  '9999-12-31',
])

export const isPlaceholderDate = (day: string): boolean =>
  noBirthDates.has(day) || day < '1880' || day > '2200'

/** ZZ99 pseudo-postcodes: no fixed abode, not known, and countries. @see ONS Postcode Directory */
export const isPlaceholderPostcode = (postcode: string): boolean =>
  /^ZZ\d/.test(postcode) || postcode.length < 5 || /^(.)\1*$/.test(postcode)

const noAddress =
  /^(NO FIXED ABODE|NFA|NO FIXED ADDRESS|NOT KNOWN|UNKNOWN|UNK|NOT GIVEN|NOT STATED|HOMELESS|NONE|NO ADDRESS|ADDRESS UNKNOWN|ADDRESS NOT KNOWN|TEMPORARY ADDRESS|TEST|NA|NULL|PO BOX.*|C O .*)$/

export const isPlaceholderAddress = (line: string): boolean => line === '' || noAddress.test(line)

const sequences = ['01234567890', '1234567890', '12345678901', '09876543210']

/**
 * A number that nobody has: too short, one digit throughout, ending in six zeros, or counted up.
 */
export const isPlaceholderPhone = (digits: string): boolean =>
  digits.length < 9 ||
  sequences.includes(digits) ||
  /(\d)\1{7,}/.test(digits) ||
  /(0{6}|9{6}|123456|111111)$/.test(digits)

const noMailbox =
  /^(no|none|na|unknown|unk|test|noemail|no\.?email|noreply|no-reply|donotreply|nomail|not\.?given|notknown|x+|a|abc|info|admin|reception|patient|office)$/

export const isPlaceholderEmail = (mailbox: string, domain: string): boolean =>
  noMailbox.test(mailbox) || !domain.includes('.') || /^(none|test|example)\.com?$/.test(domain)
