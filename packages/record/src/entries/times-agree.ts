import { instantOf } from '@tideway/time/iso-time'

const minuteMs = 60_000

/**
 * Whether two times can be the same: the same instant to the coarser of the two precisions. A day
 * is compared as it was sent.
 *
 * @param a  ISO 8601 at the precision sent
 */
export const timesAgree = (a: string, b: string): boolean => {
  if (a === b) return true
  const day = Math.min(a.length, b.length, 10)
  if (!a.includes('T') || !b.includes('T')) return a.slice(0, day) === b.slice(0, day)
  const [one, other] = [instantOf(a), instantOf(b)]
  if (one === null || other === null) return false
  const unit = hasSeconds(a) && hasSeconds(b) ? 1000 : minuteMs
  return Math.floor(one / unit) === Math.floor(other / unit)
}

const hasSeconds = (time: string): boolean => /T\d\d:\d\d:\d\d/.test(time)
