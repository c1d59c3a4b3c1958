import type { StatusSystem } from '@tideway/schemas/events.generated'

/**
 * The code of one status in each table or value set that has one; of several the preferred first.
 */
export type Codes = Partial<Record<StatusSystem, string | readonly string[]>>

/**
 * Statuses of one kind: the neutral word, and the code each standard has for it. A table holds
 * every code of the HL7 tables and FHIR value sets it names.
 */
export type StatusTable<Status extends string> = Readonly<Record<Status, Codes>>

/** A status as events carry it. */
export type SentStatus<Status extends string> = {
  /** Neutral; `unknown` for a code in no table, null if none was sent. */
  status: Status | 'unknown' | null
  statusAsSent: string | null
  /** The table or value set of the code; where it is in none, that of the field it was sent in. */
  statusSystem: StatusSystem | null
}

const notSent = { status: null, statusAsSent: null, statusSystem: null } as const

type Row = { system: StatusSystem; code: string; status: string }

const rowsOf = (table: StatusTable<string>): Row[] =>
  Object.entries(table).flatMap(([status, codes]) =>
    Object.entries(codes).flatMap(([system, some]) =>
      [some].flat().map((code) => ({ system: system as StatusSystem, code, status })),
    ),
  )

/** Fields of HL7 v2: those with a table, and those without one. */
const isOfHl7 = (system: StatusSystem): boolean => system === 'LOCAL' || system.startsWith('HL7')

/**
 * The row a code means in a field. Some senders of HL7 v2 send words of FHIR: such a word counts if
 * every value set that has it means the same by it. A FHIR element takes the codes of its own value
 * set only: `F` or a code of another type is none of its own.
 */
const rowFor = (some: readonly Row[], system: StatusSystem): Row | null => {
  const own = some.find((one) => one.system === system)
  if (own !== undefined || !isOfHl7(system)) return own ?? null
  const words = some.filter((one) => !isOfHl7(one.system))
  return new Set(words.map(({ status }) => status)).size === 1 ? (words[0] ?? null) : null
}

/**
 * A function from a code as sent to the neutral status.
 *
 * A code is looked up in the table of its field, see `rowFor`; an HL7 v2 code also in any case.
 * Results of known codes are shared: do not change them.
 *
 * @param ignoreCase  where senders write codes in any case
 * @returns `system` is the table or value set of the field the code was sent in
 */
export const statusReader = <Status extends string>(
  table: StatusTable<Status>,
  { ignoreCase = false } = {},
): ((code: string | null, system: StatusSystem) => SentStatus<Status>) => {
  const keyOf = (code: string) => (ignoreCase ? code.toLowerCase() : code)
  const rows = Map.groupBy(rowsOf(table), ({ code }) => keyOf(code))
  const inAnyCase = Map.groupBy(rowsOf(table), ({ code }) => code.toLowerCase())
  const known = new Map<StatusSystem, Map<string, SentStatus<Status>>>()

  const find = (code: string, system: StatusSystem): SentStatus<Status> | null => {
    const row =
      rowFor(rows.get(keyOf(code)) ?? [], system) ??
      (isOfHl7(system) ? rowFor(inAnyCase.get(code.toLowerCase()) ?? [], system) : null)
    if (row === null) return null
    const found = { status: row.status as Status, statusAsSent: code, statusSystem: row.system }
    const codes = known.get(system) ?? new Map<string, SentStatus<Status>>()
    known.set(system, codes.set(code, found))
    return found
  }

  return (code, system) => {
    if (code === null) return notSent
    return (
      known.get(system)?.get(code) ??
      find(code, system) ?? { status: 'unknown', statusAsSent: code, statusSystem: system }
    )
  }
}

/** A status under the names of another field, e.g. `completion`, `completionAsSent`. */
export const statusAs = <Name extends string>(name: Name, sent: SentStatus<string>) =>
  ({
    [name]: sent.status,
    [`${name}AsSent`]: sent.statusAsSent,
    [`${name}System`]: sent.statusSystem,
  }) as Record<Name | `${Name}AsSent`, string | null> & Record<`${Name}System`, StatusSystem | null>

/** The code of a status in a table or value set; null if it has none. */
export const codeOf = <Status extends string>(
  table: StatusTable<Status>,
  status: Status | 'unknown',
  system: StatusSystem,
): string | null => {
  const codes = (table as StatusTable<string>)[status]?.[system]
  return codes === undefined ? null : ([codes].flat()[0] ?? null)
}

/** Whether a code was sent that is in no table. */
export const isUnlisted = (
  table: StatusTable<string>,
  { status, statusAsSent, statusSystem }: SentStatus<string>,
): boolean =>
  status === 'unknown' &&
  statusAsSent !== null &&
  statusSystem !== null &&
  codeOf(table, status, statusSystem) !== statusAsSent

/**
 * A function from a neutral status to what the record shows: the same word, unless `except` has a
 * coarser one. A word that is in no table, as a later release may write, is `unknown`.
 */
export const showing = <
  Status extends string,
  const Except extends Readonly<Partial<Record<Status, string>>> = Readonly<
    Partial<Record<Status, never>>
  >,
>(
  table: StatusTable<Status>,
  except?: Except,
) => {
  type Shown =
    | Exclude<Status, keyof Except>
    | NonNullable<Except[keyof Except & Status]>
    | 'unknown'
  const coarser = (except ?? {}) as Readonly<Record<string, string>>
  const shown = new Map(
    Object.keys(table).map((status) => [status, (coarser[status] ?? status) as Shown]),
  )
  return (status: string | null): Shown | null =>
    status === null ? null : (shown.get(status) ?? 'unknown')
}
