import { type Hl7Message, type Segment, text } from '@tideway/hl7v2/lexer/message'
import type { Untranslated } from '@tideway/hl7v2/lexer/terms'
import { noTable, patientClasses, sexes } from '@tideway/hl7-ingest/datatypes/table'
import { nhsNumberOf } from '@tideway/record/demographics/nhs-number'
import type { Source } from '@tideway/schemas/source'
import { codeShown, type FeedCounts, count } from './counts.ts'

/**
 * Fields whose code goes through the source's table (`codes`), with the standard table behind it.
 */
const translated: [string, number, ReadonlyMap<string, string>][] = [
  ['PID', 8, sexes],
  ['PV1', 2, patientClasses],
  ['PV1', 4, noTable],
  ['PV1', 10, noTable],
  ['PV1', 14, noTable],
  ['PV1', 36, noTable],
  ['PV1', 37, noTable],
]

/** Codes that no table of the source's file (`codes`) translates. */
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
 * Local codes and units that neither a standard nor `translations` of the source's file has: what
 * the metric `untranslated_codes` counts, code by code.
 */
export const countUntranslated = (
  { untranslated }: { untranslated: FeedCounts },
  message: Hl7Message,
  found: readonly Untranslated[],
): void => {
  for (const { field, code, text: words, system } of found) {
    const shown = isOfCatalogue(code, message) ? code : codeShown(code === '' ? words : code)
    count(untranslated, field, system === null ? 'no system' : codeShown(system), shown)
  }
}

const ofPeople = new Set(['PID', 'MRG', 'NK1', 'PV1', 'IN1', 'GT1'])

/**
 * A long number that is nobody's: no NHS number, and in no segment of the message that is about
 * people.
 */
const isOfCatalogue = (code: string, { segments }: Hl7Message): boolean =>
  /^[A-Za-z]{0,5}\d{1,18}$/.test(code) &&
  nhsNumberOf(code) === null &&
  !segments.some(
    ({ name, fields }) => ofPeople.has(name) && fields.some((field) => field.includes(code)),
  )
