import type { Version } from '@tideway/schemas/documents/version'

const base36 = (value: number, width: number) =>
  Math.max(0, Math.floor(value)).toString(36).padStart(width, '0')
/** A sender's clock may be wrong by minutes, not more: later times count as the time of receipt. */
const clockToleranceMs = 5 * 60 * 1000

/**
 * Order of two statements about the same thing: the time the statement is about (OBX-19 or OBR-22,
 * else MSH-7), then MSH-7, then receive order.
 *
 * @param statedAt    milliseconds, when the statement itself says it was made; null: as sent
 * @param sentAt      milliseconds, MSH-7; null: when received
 * @param receivedAt  microseconds
 */
export const versionOf = (
  statedAt: number | null,
  sentAt: number | null,
  receivedAt: number,
): Version => {
  const received = Math.floor(receivedAt / 1000)
  const believed = (time: number | null, otherwise: number) =>
    time === null || time > received + clockToleranceMs ? otherwise : time
  const sent = believed(sentAt, received)
  return `${base36(believed(statedAt, sent), 9)}.${base36(sent, 9)}.${base36(receivedAt, 11)}`
}

/** When the statement was received, microseconds since 1970 UTC. */
export const receivedOf = (version: Version): number =>
  Number.parseInt(version.slice(version.lastIndexOf('.') + 1), 36)

/** Milliseconds: when the statement was made, as far as it was believed. */
export const statedAtOf = (version: Version): number => Number.parseInt(version, 36)
