import { type Hl7Message, segmentOf } from '@tideway/hl7v2/lexer/message'
import { readIdentifiers } from '@tideway/hl7-ingest/datatypes/cx'
import { isNhsNumber } from '@tideway/hl7-ingest/datatypes/nhs-number'
import { nhsNumberOf } from '@tideway/record/demographics/nhs-number'
import type { Source } from '@tideway/schemas/source'
import { codeShown, type FeedCounts, count } from './counts.ts'

const fields = [2, 3, 4, 18, 19]

const validity = (value: string): string => {
  const number = nhsNumberOf(value)
  if (number === null) return 'not valid'
  return number.startsWith('999') ? 'valid, test range' : 'valid'
}

/** Values of PID-18, the account number, and PV1-19, the visit number. */
const accountsAndVisits = (message: Hl7Message, source: Source): Set<string> => {
  const fields = [
    ['PID', 18],
    ['PV1', 19],
  ] as const
  return new Set(
    fields.flatMap(([name, field]) => {
      const segment = segmentOf(message, name)
      return segment === null
        ? []
        : readIdentifiers(segment, field, source).map(({ value }) => value)
    }),
  )
}

/** What an unmarked value looks like; empty if nothing else. */
const looksLike = (field: number, value: string, others: ReadonlySet<string>): string => {
  if (nhsNumberOf(value) !== null) return 'reads as NHS number'
  return field !== 18 && others.has(value) ? accountOrVisit : ''
}

/** The same number is in PID-18 or PV1-19. */
export const accountOrVisit = 'is the account or visit number'

/** Counts identifiers of PID by field, authority, type and meaning, and NHS numbers by validity. */
export const countIdentifiers = (
  { identifiers, nhsNumbers }: { identifiers: FeedCounts; nhsNumbers: FeedCounts },
  message: Hl7Message,
  source: Source,
): void => {
  const others = accountsAndVisits(message, source)
  const found = message.segments
    .filter(({ name }) => name === 'PID')
    .flatMap((pid) =>
      fields.flatMap((field) =>
        readIdentifiers(pid, field, source).map((identifier) => ({
          field,
          place: `PID-${field}`,
          identifier,
        })),
      ),
    )
  for (const { field, place, identifier } of found) {
    const isMarked = isNhsNumber(identifier, source)
    const taken = isMarked ? 'NHS number' : (identifier.organisation ?? 'not theirs')
    const yet = isMarked ? '' : looksLike(field, identifier.value, others)
    count(
      identifiers,
      place,
      codeShown(identifier.authority),
      codeShown(identifier.type),
      taken,
      yet,
    )
    if (isMarked) count(nhsNumbers, place, validity(identifier.value))
  }
}
