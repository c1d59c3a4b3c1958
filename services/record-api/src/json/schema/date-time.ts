const withoutSeconds = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(Z|[+-]\d\d:\d\d)$/

/** `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, or a time with seconds and offset. */
const fhirDateTime =
  /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01])(T([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?(Z|[+-]((0\d|1[0-3]):[0-5]\d|14:00)))?)?)?$/

/** @see FHIR R4, data type dateTime */
export const isFhirDateTime = (text: string): boolean => fhirDateTime.test(text)

/**
 * A time of an event as a FHIR dateTime. A year, month or day stays one; a time that was sent
 * without seconds gets `:00`, because FHIR has no dateTime without them.
 *
 * @param time  ISO 8601 at the precision sent, with an offset if it has a time
 */
export const fhirDateTimeOf = (time: string): string =>
  time.replace(withoutSeconds, (_, minute: string, offset: string) => `${minute}:00${offset}`)
