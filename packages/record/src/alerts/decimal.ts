const point = /^[+-]?(?:\d+\.?\d*|\.\d+)$/
const comma = /^[+-]?\d+,\d+$/
/** Groups of thousands are written so too: `1,234` is one number or another. */
const thousands = /^[+-]?[1-9]\d{0,2},\d{3}$/

/**
 * A number with a decimal point, or with a decimal comma where it cannot be one that divides
 * thousands. Null for anything else: a number that may be two is none.
 */
export const decimalOf = (text: string): number | null => {
  if (point.test(text)) return Number(text)
  return comma.test(text) && !thousands.test(text) ? Number(text.replace(',', '.')) : null
}
