import type { Numeric } from '@tideway/schemas/events.generated'

const titre = /^(<=|>=|<|>|≤|≥)?\s*1\s*:\s*(\d+)$/
const signs: Readonly<Record<string, string>> = { '≤': '<=', '≥': '>=' }
const inRange = /(?<![\d.,:])1\s*:\s*(?=\d)/g

/**
 * A titre (`1:128`) as the number of its dilution: a higher one is more. Null for anything else, as
 * another ratio.
 */
export const titreOf = (value: string | null): Numeric | null => {
  const [, sign = null, dilution] = titre.exec(value?.trim() ?? '') ?? []
  return dilution === undefined
    ? null
    : {
        comparator: sign === null ? null : (signs[sign] ?? sign),
        value: Number(dilution),
        high: null,
        divisor: null,
      }
}

/**
 * The range of a titre with its dilutions alone: `<8` of `<1:8`. Null if an end is no titre, so
 * that it is not known what it is.
 */
export const dilutionRange = (range: string): string | null => {
  const ends = range.match(inRange)?.length ?? 0
  const dilutions = range.replaceAll(inRange, '')
  return ends > 0 && dilutions.match(/\d+/g)?.length === ends ? dilutions : null
}
