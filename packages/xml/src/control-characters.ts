/** Control characters but tab and the line ends: C0, DEL and C1. */
const control = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/
const controls = new RegExp(control, 'g')

/** Whether a text has a control character other than a tab or a line end. */
export const hasControls = (text: string): boolean => control.test(text)

/** Vertical tab, form feed and next line separate lines or pages. */
const breaks: ReadonlySet<string> = new Set(['\x0b', '\x0c', '\x85'])

/** The text without control characters, of which none is content; separators of lines stay. */
export const withoutControls = (text: string): string =>
  hasControls(text) ? text.replace(controls, (one) => (breaks.has(one) ? '\n' : '')) : text
