/**
 * Whether a value as sent is RTF, with its backslashes escaped (`{\E\rtf1`) or not (`{\rtf1`). In
 * it `~` is a space that does not break, never a repetition.
 */
export const isRtf = (sent: string): boolean => /^\s*\{\\(?:E\\)?rtf/.test(sent)

/** RTF whose backslashes are not escaped: control words would read as escape sequences. */
export const isBareRtf = (sent: string): boolean => /^\s*\{\\rtf/.test(sent)
