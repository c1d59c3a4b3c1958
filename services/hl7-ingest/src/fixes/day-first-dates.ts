import type { Fix } from '../normalise/mapping.ts'

const dayFirst = /^(\d\d)([/.-])(\d\d)\2(\d{4})(?:[ T](\d\d):?(\d\d)(?::?(\d\d))?)?$/

/** Dates are sent day first, as written in the UK: 31/12/2026 23:59. */
export default {
  timestamp: (asSent) => {
    const [, day, , month, year, hour = '', minute = '', second = ''] =
      dayFirst.exec(asSent.trim()) ?? []
    return day === undefined ? asSent : `${year}${month}${day}${hour}${minute}${second}`
  },
} satisfies Fix
