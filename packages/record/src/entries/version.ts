import type { Version } from '@tideway/schemas/documents/version'

const base36 = (value: number, width: number) =>
  Math.max(0, Math.floor(value)).toString(36).padStart(width, '0')
/** A sender's clock may be wrong by minutes, not more: later times count as the time of receipt. */
const clockToleranceMs = 5 * 60 * 1000
const receivedWidth = 11

/**
 * Order of two statements about the same thing: when the message was made, then receive order. When
 * a sample was taken, analysed or issued has no part in it: a correction repeats those times.
 *
 * @param sentAt      milliseconds, when the message was made (MSH-7, `Bundle.timestamp`); null:
 *   when received
 * @param receivedAt  microseconds
 */
export const versionOf = (sentAt: number | null, receivedAt: number): Version => {
  if (last.sentAt !== sentAt || last.receivedAt !== receivedAt)
    last = { sentAt, receivedAt, version: madeOf(sentAt, receivedAt) }
  return last.version
}

/** Each step of a fold asks again about the event it folds. */
let last = { sentAt: null as number | null, receivedAt: Number.NaN, version: '' }

const madeOf = (sentAt: number | null, receivedAt: number): Version => {
  const received = Math.floor(receivedAt / 1000)
  const sent = sentAt === null || sentAt > received + clockToleranceMs ? received : sentAt
  return `${base36(sent, 9)}:${base36(receivedAt, receivedWidth)}`
}

/** When the statement was received, microseconds since 1970 UTC. */
export const receivedOf = (version: Version): number =>
  Number.parseInt(version.slice(-receivedWidth), 36)

/** Milliseconds: when the message was made, as far as it was believed. */
export const sentAtOf = (version: Version): number => Number.parseInt(version, 36)
