import { validationRegexes } from '@medplum/core'

/** The forms of a dateTime; how large each number is, is not checked. */
export const dateTimeForm = /^\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?)?)?$/

/**
 * Whether the validator accepts a dateTime that is none: an hour without minutes, a sign without
 * its offset, or a day with one. A time without an offset is accepted.
 *
 * @see FHIR R4, datatype dateTime
 */
export const isMalformed = (dateTime: string): boolean =>
  validationRegexes['dateTime']?.test(dateTime) === true && !dateTimeForm.test(dateTime)
