import { decoded } from '@tideway/hl7v2/lexer/fields'
import type { Hl7Message } from '@tideway/hl7v2/lexer/message'
import { cellsOf } from '../cells.ts'
import type { Unit } from './event-leaves.ts'
import { poolOf, type TextPool } from './text-pool.ts'
import { hl7When, isoWhen, plain } from './wordings.ts'

/**
 * Segments about payment, which are not part of a care record and are not compared. A fact that is
 * also elsewhere in the message is compared.
 *
 * @see HL7 v2.5.1 chapter 6, Financial Management
 */
const financial = new Set([
  'BLG',
  'DRG',
  'FT1',
  'GP1',
  'GP2',
  'GT1',
  'IN1',
  'IN2',
  'IN3',
  'UB1',
  'UB2',
])

/** Texts of a message: every field and every value in it, and the values by field. */
export type MessageTexts = {
  pool: TextPool
  /** By field, e.g. `PID-8`. */
  sentIn: Map<string, Set<string>>
  /** Plain parts of the names of who pays: GT1-3, IN1-16. */
  payers: ReadonlySet<string>
  /** ORU or OUL. */
  isResult: boolean
}

const payerNames = new Set(['GT1-3', 'IN1-16'])

export const textsOf = (message: Hl7Message): MessageTexts => {
  const cells = cellsOf(message).filter(({ segment }) => !financial.has(segment.name))
  const sentIn = new Map<string, Set<string>>()
  for (const { segment, field, value } of cells) {
    const place = `${segment.name}-${field}`
    sentIn.set(place, (sentIn.get(place) ?? new Set()).add(value))
  }
  const whole = message.segments
    .slice(1)
    .filter(({ name }) => !financial.has(name))
    .flatMap(({ fields }) => fields.slice(1))
  const texts = [...cells.map(({ value }) => value), ...whole]
    .map((text) => decoded(message, text))
    .filter((text) => text !== null)
  return {
    pool: poolOf(texts, hl7When),
    sentIn,
    payers: new Set(
      cellsOf(message)
        .filter(({ segment, field }) => payerNames.has(`${segment.name}-${field}`))
        .map(({ value }) => plain(value)),
    ),
    isResult: /^(ORU|OUL)/.test(message.segments[0]?.fields[9] ?? ''),
  }
}

/**
 * Texts of our events. Repetitions are lines of one text in our events, and `60~120` in a part of a
 * document.
 */
export const leafPool = (units: readonly Unit[]): TextPool =>
  poolOf(
    units.flatMap(({ leaves }) => leaves.flatMap(({ value }) => [value, ...value.split(/[~\n]/)])),
    isoWhen,
  )

/** Texts of what the other converter made. */
export const theirPool = (bundle: unknown): TextPool => {
  const texts: string[] = []
  JSON.stringify(bundle, (key, value) => {
    if (
      (typeof value === 'string' || typeof value === 'number') &&
      !['id', 'reference', 'fullUrl', 'resourceType'].includes(key)
    )
      texts.push(String(value))
    return value
  })
  return poolOf(texts, isoWhen)
}
