import type { UntranslatedCode } from '@tideway/hl7v2/lexer/sender-conventions'
import { text } from '@tideway/hl7v2/lexer/fields'
import type { Hl7Message, Segment } from '@tideway/hl7v2/lexer/message'
import { noTable, patientClasses, sexes } from '@tideway/hl7-ingest/tables/translate'
import { nhsNumberOf } from '@tideway/record/demographics/nhs-number'
import type { Source } from '@tideway/schemas/source'
import { codeShown, type FeedCounts, count } from './counts.ts'

/** Fields whose code is translated by the source's table (`codes`), else by the standard table. */
const translated: [string, number, ReadonlyMap<string, string>][] = [
  ['PID', 8, sexes],
  ['PV1', 2, patientClasses],
  ['PV1', 4, noTable],
  ['PV1', 10, noTable],
  ['PV1', 14, noTable],
  ['PV1', 36, noTable],
  ['PV1', 37, noTable],
]

/** Counts the codes that neither the source's file (`codes`) nor a standard table translates. */
export const countCodes = (
  { codes }: { codes: FeedCounts },
  message: Hl7Message,
  { hl7 }: Source,
): void => {
  for (const segment of message.segments) {
    for (const [name, field, standard] of translated)
      if (segment.name === name)
        countCode(codes, segment, field, standard, hl7.codes[`${name}-${field}`] ?? {})
  }
}

const countCode = (
  codes: FeedCounts,
  segment: Segment,
  field: number,
  standard: ReadonlyMap<string, string>,
  own: Record<string, string>,
): void => {
  const code = text(segment, field)
  if (code !== null && !standard.has(code) && !Object.hasOwn(own, code))
    count(codes, `${segment.name}-${field}`, codeShown(code))
}

/**
 * Counts local codes and units that are in no standard and not in `translations` of the source's
 * file, code by code; the metric `untranslated_codes` counts the same by field.
 */
export const countUntranslated = (
  { untranslated }: { untranslated: FeedCounts },
  message: Hl7Message,
  found: readonly UntranslatedCode[],
): void => {
  for (const { field, code, text: words, system } of found) {
    const shown = isOfCatalogue(code, message) ? code : codeShown(code === '' ? words : code)
    count(untranslated, field, system === null ? 'no system' : codeShown(system), shown)
  }
}

const ofPeople = new Set(['PID', 'MRG', 'NK1', 'PV1', 'IN1', 'GT1'])

/**
 * Whether a long number is a code and not an identifier of a person: it is not an NHS number and is
 * in no segment of the message that is about people.
 */
const isOfCatalogue = (code: string, { segments }: Hl7Message): boolean =>
  /^[A-Za-z]{0,5}\d{1,18}$/.test(code) &&
  nhsNumberOf(code) === null &&
  !segments.some(
    ({ name, fields }) => ofPeople.has(name) && fields.some((field) => field.includes(code)),
  )
