const longest = 12
/** Name, separator, the other delimiters, and the separator again or the end of the segment. */
const header = /^(MSH|FHS|BHS)([^\w\s])(?:[^\w\s]{0,7}\2|[^\w\s]{1,7}(?:[\r\n]|$))/

/**
 * Whether there is a header at `at`: MSH, FHS or BHS with its delimiters. MSH2 and MSH6 are
 * proteins that start lines of pathology reports.
 *
 * @see HL7 v2.5.1 chapter 2.5.4, message delimiters
 */
export const beginsHeader = (bytes: Buffer, at: number): boolean =>
  header.test(bytes.toString('latin1', at, at + longest))
