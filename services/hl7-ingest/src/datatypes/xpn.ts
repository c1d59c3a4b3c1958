import { leaveUnread, type PartsRead, readNothing } from '@tideway/hl7v2/lexer/unused-parts'
import {
  componentsOf,
  decoded,
  firstPart,
  repetitions,
  subcomponentsOf,
} from '@tideway/hl7v2/lexer/fields'
import type { PersonName } from '@tideway/schemas/events.generated'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { detailOf } from '@tideway/hl7v2/datatypes/detail'
import { periodOf, readWithPeriod } from '@tideway/hl7v2/datatypes/period'

/** XPN-1 to 15; 8, 9 and 11 describe the form of a name. */
const read: PartsRead = [1, 1, 1, 1, 1, 1, 1, 0, 0, 2, 0, 1, 1, 1, 1]

/**
 * Names of a field, in order, empty ones left out.
 *
 * | XPN | here |
 * |---|---|
 * | 1.1 family, 2 given, 3 further given names | family, given |
 * | 4 suffix, 5 prefix, 6 degree | suffix, prefix, degree |
 * | 7 name type | use |
 * | 10 validity range; 12 effective, 13 expiration | validFrom, validUntil |
 * | 14 professional suffix, 15 called by | professionalSuffix, calledBy |
 *
 * From 6 on in `detail`, except the type.
 *
 * @see HL7 v2.5.1 chapter 2A.88, data type XPN; PN before 2.3
 */
export const readNames = (segment: Segment, field: number): PersonName[] => {
  const found: PersonName[] = []
  for (const repetition of repetitions(segment, field)) {
    const components = componentsOf(segment.message, repetition)
    const name = nameOf(segment, components)
    leaveUnread(
      segment,
      field,
      components,
      name === null ? readNothing : readWithPeriod(read, components, 11, 12, 9),
    )
    if (name !== null) found.push(name)
  }
  return found
}

const nameOf = ({ message }: Segment, components: readonly string[]): PersonName | null => {
  const part = (n: number) => firstPart(message, components[n])
  const name = {
    family: familyName(message, components[0]),
    given: givenNames(part(1), part(2)),
    prefix: part(4),
    suffix: part(3),
    use: part(6),
    detail:
      components.length < 6
        ? null
        : detailOf({
            degree: part(5),
            professionalSuffix: part(13),
            calledBy: part(14),
            ...periodOf(message, components, 11, 12, 9),
          }),
  }
  const named =
    name.family !== null ||
    name.given.length > 0 ||
    name.prefix !== null ||
    name.suffix !== null ||
    part(14) !== null
  return named ? name : null
}

/**
 * The surname, else its parts joined: own prefix and surname, then those of the partner. HL7 v2.5.1
 * chapter 2A.30, data type FN.
 */
export const familyName = (message: Hl7Message, component: string | undefined): string | null => {
  const [surname, ...parts] = subcomponentsOf(message, component)
  const name = decoded(message, surname)
  if (name !== null || parts.length === 0) return name
  return (
    parts
      .map((part) => decoded(message, part))
      .filter((part) => part !== null)
      .join(' ') || null
  )
}

/** The first given name, and the further ones, which share one component. */
export const givenNames = (first: string | null, further: string | null): string[] => {
  const names = further === null ? [] : further.split(/\s+/).filter((name) => name !== '')
  return first === null ? names : [first, ...names]
}
