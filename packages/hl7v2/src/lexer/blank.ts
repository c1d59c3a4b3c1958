const space = 32

/** Only spaces, which is not a value. HL7 v2.5.1 chapter 2A.68, data type ST. */
export const isBlank = (text: string): boolean => text.charCodeAt(0) <= space && text.trim() === ''
