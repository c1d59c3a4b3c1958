import type { Changes } from './changes.ts'
import { logFileIn, measure, planFor, type Row, takenOf, type Target } from './measure.ts'
import { type Readable, readableAfter } from './readable.ts'

const catchUpMs = 600_000

export type Carried = { row: Row; readable: Readable }

/** One load through the whole line: what was acknowledged, and when it became readable. */
export const carry = async (
  target: Target,
  changes: Changes,
  folder: string,
  connections: number,
  seconds: number,
  rate: number | null,
  more: Parameters<typeof planFor>[3] = {},
): Promise<Carried> => {
  const log = logFileIn(folder)
  const plan = planFor(target.address, connections, seconds, { rate, log, ...more })
  const { row } = await measure(target, plan)
  return {
    row,
    readable: await readableAfter(changes, takenOf(log), plan.warmUpSeconds * 1000, catchUpMs),
  }
}

export type Sustained = {
  perSecond: number
  held: boolean
  tries: { rate: number; behindMs: number }[]
  at: Row
}

/** The record keeps up if the last message is readable this soon after it was sent. */
const keepsUpMs = 1_500
const tries = 8
const stepDown = 0.95
/** In a shorter load, the messages still in flight at the end would weigh too much. */
const leastSeconds = 20

/**
 * The rate that the record keeps up with. A closed loop first sends as fast as acknowledgements
 * come until all is readable, which gives the rate of the slowest step; then an open loop holds
 * that rate, and a lower one each time, until the last message is readable at once.
 */
export const sustainedRate = async (
  target: Target,
  changes: Changes,
  folder: string,
  seconds: number,
  say: (line: string) => void,
): Promise<Sustained> => {
  const flood = await carry(target, changes, folder, 32, seconds, null)
  let rate = Math.min(flood.readable.perSecond, flood.row.perSecond)
  say(
    `  flood: ${flood.row.perSecond}/s acknowledged, ${Math.round(flood.readable.perSecond)}/s readable, ${Math.round(flood.readable.behindMs)} ms behind at the end`,
  )
  const tried: Sustained['tries'] = []
  for (;;) {
    const { row, readable } = await carry(
      target,
      changes,
      folder,
      32,
      Math.max(seconds, leastSeconds),
      rate,
    )
    tried.push({ rate: Math.round(rate), behindMs: Math.round(readable.behindMs) })
    const held =
      readable.unread === 0 && readable.behindMs <= keepsUpMs && row.perSecond >= rate * 0.97
    say(
      `  ${Math.round(rate)}/s: ${row.perSecond}/s acknowledged, ${Math.round(readable.behindMs)} ms behind at the end${held ? ', the record keeps up' : ''}`,
    )
    if (held || tried.length === tries)
      return {
        perSecond: Math.min(row.perSecond, Math.round(readable.perSecond)),
        held,
        tries: tried,
        at: row,
      }
    rate *= stepDown
  }
}
