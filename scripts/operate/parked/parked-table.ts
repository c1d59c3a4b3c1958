import type { LedgerMessage } from '@tideway/schemas/documents/ledger'
import { textTable } from '../client/table.ts'

const units = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
] as const

/** A duration in at most two units: `3 d 4 h`, `12 min`. */
export const howLong = (milliseconds: number): string => {
  let rest = milliseconds
  const parts: string[] = []
  for (const [name, size] of units) {
    const count = Math.floor(rest / size)
    rest -= count * size
    if (count > 0) parts.push(`${count} ${name}`)
  }
  return parts.slice(0, 2).join(' ') || 'under a minute'
}

/** Local time to the minute, `2026-11-22 09:30`. */
export const localTime = (at: Date): string => {
  const two = (value: number) => String(value).padStart(2, '0')
  return `${at.getFullYear()}-${two(at.getMonth() + 1)}-${two(at.getDate())} ${two(at.getHours())}:${two(at.getMinutes())}`
}

const columns = ['received', 'source', 'type', 'why', 'where', 'waiting', 'message'].map(
  (name) => ({ name }),
)

const whyIn = (parked: LedgerMessage['parked']): string => {
  if (parked === null) return ''
  if (parked.code === 'IDENTITY_CONFLICT') return `${parked.code}, waits for a steward`
  return parked.stage === 'PROJECT' ? `${parked.code}, held with its patient` : parked.code
}

const row = ({ _id, receivedAt, source, type, parked }: LedgerMessage, now: Date): string[] => [
  localTime(receivedAt),
  source,
  type ?? 'unknown',
  whyIn(parked),
  parked?.place ?? '',
  howLong(now.getTime() - (parked?.since ?? receivedAt).getTime()),
  _id,
]

/** Parked messages, oldest first, with code and place, and the number of each code. */
export const parkedTable = (
  messages: readonly LedgerMessage[],
  total: number,
  now: Date,
): string => {
  if (messages.length === 0) return 'Nothing is parked.'
  const codes = Map.groupBy(messages, ({ parked }) => parked?.code ?? '')
  const counts = [...codes].map(([code, those]) => `${those.length} ${code}`).join(', ')
  const shown =
    total > messages.length
      ? `${total} parked, the oldest ${messages.length} shown`
      : `${total} parked`
  return `${textTable(
    columns,
    messages.map((message) => row(message, now)),
  )}\n\n${shown}: ${counts}`
}

const reasonAfter = (reason: string | null): string => (reason === null ? '' : `: ${reason}`)

/** What operators decided about a message. */
const decisions = ({ parked, withdrawn }: LedgerMessage): [string, string][] => {
  const lines: [string, string][] = []
  if (parked !== null && parked.by !== null)
    lines.push([
      parked.state === 'DROPPED' ? 'dropped by' : 'released by',
      `${parked.by}${reasonAfter(parked.reason)}`,
    ])
  if (withdrawn !== undefined)
    lines.push([
      withdrawn.state === 'WITHDRAWN' ? 'withdrawn' : 'restored',
      `${new Date(withdrawn.at / 1000).toISOString()} by ${withdrawn.by}${reasonAfter(withdrawn.reason)}`,
    ])
  return lines
}

/** Everything in the ledger about a message, one fact a line; nothing of its content. */
export const ledgerFacts = (message: LedgerMessage, archive: string | null): string => {
  const { parked, problem } = message
  const lines: [string, string][] = [
    ['message', message._id],
    ['source', message.source],
    ['type', message.type ?? 'unknown'],
    ['control id', message.controlId ?? 'none'],
    ['received', message.receivedAt.toISOString()],
    [
      'durable',
      `${message.durableAt.toISOString()}  partition ${message.partition}, offset ${message.offset}`,
    ],
    ['archived', archive ?? 'not yet'],
    ['answered', message.answered],
    ['size', `${message.size} bytes, ${message.characterSet ?? 'character set unknown'}`],
    ['problem', problem === null ? 'none' : `${problem.code} at ${problem.place}`],
    [
      'events',
      `${message.events} for ${message.patientKeys.length} ${message.patientKeys.length === 1 ? 'patient' : 'patients'}`,
    ],
    ['not used', message.unused.join(', ') || 'nothing'],
    ['came again', message.duplicates.length === 0 ? 'no' : `${message.duplicates.length} times`],
    [
      'parked',
      parked === null
        ? 'no'
        : `${parked.state}, ${parked.code} at ${parked.place} (${parked.stage}) since ${parked.since.toISOString()}`,
    ],
  ]
  lines.push(...decisions(message))
  const width = Math.max(...lines.map(([name]) => name.length))
  return lines.map(([name, value]) => `  ${name.padEnd(width)}  ${value}`).join('\n')
}
