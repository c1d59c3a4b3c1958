import { createHash } from 'node:crypto'
import type { SentFrame } from './send.ts'

/** The part of a ledger entry that is compared. */
export type Held = {
  id: string
  duplicates: number
  archive?: { object: string; position: number }
  parked?: { code: string; place: string }
  projectedAt?: string
}

/** Ledger entries by control id. */
export type Ledger = ReadonlyMap<string, readonly Held[]>

const digest = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex')

/**
 * Whether a message must be archived: accepted, or refused and kept as evidence (MRG equal to PID,
 * 205). A message that requested no answer counts as accepted.
 */
export const isKept = ({ answer, silent }: SentFrame): boolean =>
  answer === null
    ? silent
    : ['AA', 'CA'].includes(answer.code) ||
      (['AR', 'CR'].includes(answer.code) && answer.error === '205')

const deliveries = (held: readonly Held[]) =>
  held.reduce((sum, message) => sum + 1 + message.duplicates, 0)

/** Messages that were not answered, or were answered as not durable. */
export const answerFaults = (sent: readonly SentFrame[]): string[] =>
  sent.flatMap(({ file, answer, silent, controlId }) => {
    if (answer === null) return silent ? [] : [`no answer to a message of ${file}`]
    if (answer.controlId !== controlId)
      return [`answer with another control id to a message of ${file}`]
    return ['AE', 'CE'].includes(answer.code)
      ? [`not durable (${answer.code}): a message of ${file}`]
      : []
  })

const shownFiles = 3

const named = (group: readonly SentFrame[]): string => {
  const files = [...new Set(group.map((one) => one.file))]
  return files.length <= shownFiles
    ? files.join(', ')
    : `${files.slice(0, shownFiles).join(', ')} and ${files.length - shownFiles} more`
}

type Read = (object: string, position: number) => Promise<Buffer | null>

/** How often each content is in the archive, by hash; `null` counts messages that are missing. */
const archivedHashes = async (
  held: readonly Held[],
  read: Read,
): Promise<Map<string | null, number>> => {
  const counts = new Map<string | null, number>()
  for (const { archive } of held) {
    const bytes = archive === undefined ? null : await read(archive.object, archive.position)
    const hash = bytes === null ? null : digest(bytes)
    counts.set(hash, (counts.get(hash) ?? 0) + 1)
  }
  return counts
}

/** Once, however often it was sent; without a time of its own each time, earlier runs included. */
const isArchivedAsSent = (same: readonly SentFrame[], times: number): boolean =>
  same[0]?.timed === false ? times >= same.length : times === 1

const faultsOf = async (
  group: readonly SentFrame[],
  before: readonly Held[],
  after: readonly Held[],
  read: Read,
): Promise<string[]> => {
  const kept = group.filter(isKept)
  const counted = deliveries(after) - deliveries(before)
  const archived = await archivedHashes(after, read)
  return [
    ...(counted === kept.length
      ? []
      : [`sent and kept ${kept.length}, ledger counts ${counted}: ${named(group)}`]),
    ...(archived.has(null) ? [`${archived.get(null)} not in the archive: ${named(group)}`] : []),
    ...[...Map.groupBy(kept, (one) => digest(one.bytes))].flatMap(([hash, same]) =>
      isArchivedAsSent(same, archived.get(hash) ?? 0)
        ? []
        : [
            `${archived.get(hash) ?? 0} times with the same bytes in the archive, not ${same[0]?.timed === false ? same.length : 'once'}: ${named(same)}`,
          ],
    ),
  ]
}

/**
 * Differences between what was sent and the ledger, and between the bytes sent and those archived.
 *
 * @param before  the ledger before sending: an earlier run may have sent the same bytes
 * @param read  reads the bytes at a place of the archive
 */
export const ledgerFaults = async (
  sent: readonly SentFrame[],
  before: Ledger,
  after: Ledger,
  read: Read,
): Promise<string[]> => {
  const groups = Map.groupBy(
    sent.filter((one) => one.controlId !== ''),
    (one) => one.controlId,
  )
  const faults = await Promise.all(
    [...groups].map(([controlId, group]) =>
      faultsOf(group, before.get(controlId) ?? [], after.get(controlId) ?? [], read),
    ),
  )
  return faults.flat()
}
