import type { LineView } from './line-view.ts'

/** A view as a line that keeps up gives it. @param now  milliseconds since 1970 UTC */
export const allCaughtUp = (now: number): LineView => {
  const upTo = Array.from({ length: 4 }, () => ({ proven: now, told: now }))
  return {
    lookedAt: now,
    upTo: { patientEvents: upTo, rawMessages: upTo, parkedMessages: upTo },
    identified: { proven: now, told: now },
    belongs: 'yes',
    hasEarly: true,
  }
}
