const space = 32

/** Nothing but blanks, which is no value. HL7 v2.5.1 chapter 2A.68, data type ST. */
export const isBlank = (text: string): boolean => text.charCodeAt(0) <= space && text.trim() === ''
