import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import { readIdentifiers } from '@tideway/hl7-ingest/datatypes/cx'
import { isNhsNumber } from '@tideway/hl7-ingest/datatypes/nhs-number'
import { nhsNumberOf } from '@tideway/record/demographics/nhs-number'
import type { Source } from '@tideway/schemas/source'
import { codeShown, type Counts, count } from './counts.ts'

const fields = [2, 3, 4, 18, 19]

const validity = (value: string): string => {
  const number = nhsNumberOf(value)
  if (number === null) return 'not valid'
  return number.startsWith('999') ? 'valid, test range' : 'valid'
}

/**
 * Identifiers of PID by field, authority, type and what they are taken for; NHS numbers by
 * validity, also those nobody marked as one.
 */
export const countIdentifiers = (
  { identifiers, nhsNumbers }: { identifiers: Counts; nhsNumbers: Counts },
  message: Hl7Message,
  source: Source,
): void => {
  const found = message.segments
    .filter(({ name }) => name === 'PID')
    .flatMap((pid) =>
      fields.flatMap((field) =>
        readIdentifiers(pid, field, source).map((identifier) => ({
          place: `PID-${field}`,
          identifier,
        })),
      ),
    )
  for (const { place, identifier } of found) {
    const isMarked = isNhsNumber(identifier, source)
    const taken = isMarked ? 'NHS number' : (identifier.organisation ?? 'not theirs')
    const yet = !isMarked && nhsNumberOf(identifier.value) !== null ? 'reads as NHS number' : ''
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
