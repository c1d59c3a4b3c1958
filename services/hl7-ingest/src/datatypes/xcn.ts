import {
  hd,
  leavePart,
  leaveUnread,
  type PartsRead,
  readNothing,
} from '@tideway/hl7v2/lexer/unused-parts'
import {
  componentsOf,
  decoded,
  firstPart,
  repetitions,
  subcomponentsOf,
} from '@tideway/hl7v2/lexer/fields'
import { type Practitioner, unsaid } from '@tideway/schemas/events.generated'
import type { Segment } from '@tideway/hl7v2/lexer/message'
import { detailOf } from '@tideway/hl7v2/datatypes/detail'
import { authorityOf } from '@tideway/hl7v2/datatypes/hd'
import { periodOf, readWithPeriod } from '@tideway/hl7v2/datatypes/period'
import { familyName, givenNames } from './xpn.ts'

/**
 * XCN-1 to 21; 8, 11 and 12 are source table and check digit, 15, 16 and 18 the form of the name.
 */
const read: PartsRead = [1, 1, 1, 1, 1, 1, 1, 0, hd, 1, 0, 0, 1, 1, 0, 0, 2, 0, 1, 1, 1]
/**
 * Practitioners of a field, in order, empty ones left out.
 *
 * | XCN | here |
 * |---|---|
 * | 1 number, 9 assigning authority | identifier, authority and authorityId |
 * | 13 identifier type, 14 assigning facility | identifierType, facility |
 * | 2.1 family, 3 given, 4 further given names | family, given |
 * | 5 suffix, 6 prefix, 7 degree, else 21 professional suffix | suffix, prefix, degree |
 * | 21 professional suffix beside a degree | professionalSuffix |
 * | 10 name type | use |
 * | 17 validity range; 19 effective, 20 expiration | validFrom, validUntil |
 *
 * @see HL7 v2.5.1 chapter 2A.86, data type XCN; CN before 2.3
 */
export const readPractitioners = (segment: Segment, field: number): Practitioner[] => {
  const found: Practitioner[] = []
  for (const repetition of repetitions(segment, field)) {
    const components = componentsOf(segment.message, repetition)
    const practitioner = practitionerOf(segment, components)
    leavePerson(segment, field, components, practitioner)
    if (practitioner !== null) found.push(practitioner)
  }
  return found
}

/** The first practitioner of a single-valued field; others are listed as unused. */
export const readPractitioner = (segment: Segment, field: number): Practitioner | null => {
  const found = readPractitioners(segment, field)
  if (found.length > 1) leavePart(segment, `${field}~`)
  return found[0] ?? null
}
const practitionerOf = (
  { message }: Segment,
  components: readonly string[],
): Practitioner | null => {
  const part = (n: number) => firstPart(message, components[n])
  const identifier = part(0)
  const family = familyName(message, components[1])
  const given = givenNames(part(2), part(3))
  if (identifier === null && family === null && given.length === 0) return null
  const { authority, authorityId } = authorityOf(message, components[8])
  const prefix = part(5)
  if (components.length < 5) return { identifier, authority, family, given, prefix, detail: null }
  const { validFrom, validUntil } = periodOf(message, components, 18, 19, 16)
  const detail = {
    suffix: part(4),
    degree: part(6) ?? part(20),
    professionalSuffix: part(6) === null ? null : part(20),
    use: part(9),
    identifierType: part(12),
    facility: part(13),
    authorityId,
    validFrom,
    validUntil,
  }
  return { identifier, authority, family, given, prefix, detail: detailOf(detail) }
}

const leavePerson = (
  segment: Segment,
  field: number,
  components: readonly string[],
  person: Practitioner | null,
): void => {
  const said = person === null ? readNothing : readWithPeriod(read, components, 18, 19, 16)
  leaveUnread(segment, field, components, said)
}
/** NDL-1, the person; `ndl.ts` reads time and location (2 to 11). */
const readNamed: PartsRead = [9, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1]

/**
 * Practitioners with date and location (OBR-32 to 35): the person is in the subcomponents of the
 * first component.
 *
 * | CNN | here |
 * |---|---|
 * | 1 number, 9 assigning authority | identifier, authority |
 * | 2 family, 3 given, 4 further given names | family, given |
 * | 5 suffix, 6 prefix, 7 degree | suffix, prefix, degree |
 *
 * @see HL7 v2.5.1 chapter 2A.48 and 2A.8, data types NDL and CNN
 */
export const readNamedWithDate = (segment: Segment, field: number): Practitioner[] => {
  const { message } = segment
  const found: Practitioner[] = []
  for (const repetition of repetitions(segment, field)) {
    const components = componentsOf(message, repetition)
    const parts = subcomponentsOf(message, components[0])
    if (!isNamedWithDate(segment, components)) {
      const practitioner = practitionerOf(segment, components)
      leavePerson(segment, field, components, practitioner)
      if (practitioner !== null) found.push(practitioner)
      continue
    }
    const practitioner = namedOf(segment, components[0])
    leaveUnread(
      segment,
      field,
      components,
      practitioner === null ? readNamed.with(0, 0) : readNamed,
    )
    if (parts[7]) leavePart(segment, `${field}.1.8`)
    if (practitioner !== null) found.push(practitioner)
  }
  return found
}

/** Many senders send an XCN for an NDL: the component after the number is then a plain name. */
export const isNamedWithDate = ({ message }: Segment, components: readonly string[]): boolean =>
  components.length === 1 ||
  subcomponentsOf(message, components[0]).length > 1 ||
  looksLikeTime(components[1])
const looksLikeTime = (component: string | undefined) =>
  component === undefined || component === '' || /^\d{4}/.test(component)

export const namedOf = ({ message }: Segment, name: string | undefined): Practitioner | null => {
  const parts = subcomponentsOf(message, name)
  const part = (n: number) => decoded(message, parts[n])
  const person = { identifier: part(0), family: part(1), given: givenNames(part(2), part(3)) }
  if (person.identifier === null && person.family === null && person.given.length === 0) return null
  const detail = detailOf({ ...unsaid.PractitionerDetail(), suffix: part(4), degree: part(6) })
  return { ...person, authority: part(8), prefix: part(5), detail }
}
