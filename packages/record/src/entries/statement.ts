import type { Origin, Stated, Statement } from '@tideway/schemas/documents/entry'
import {
  type StatementEvent,
  type StatementKind,
  type StatementStatus,
  statementKinds,
  statements,
} from '@tideway/schemas/documents/statement'
import type { EventBody } from '@tideway/schemas/events.generated'
import { putFact } from './facts.ts'
import { isLeftOut, isOfRequest } from './full-state.ts'
import { kept } from './statements/keep.ts'
import type { Rule } from '../status/rule.ts'
import { rules } from './statements/rules.ts'
import { settle } from './statements/settle.ts'

/** Newest versions kept; of resources, which may be half a megabyte each, fewer. */
const versionsKept = 100
const resourcesKept = 10

const kindOfEvent: ReadonlyMap<string, StatementKind> = new Map(
  statementKinds.map((kind) => [statements[kind].event, kind]),
)

/** The kind of entry an event states something of; null if it is no statement. */
export const statementKindOf = ({ type }: EventBody): StatementKind | null =>
  kindOfEvent.get(type) ?? null

export const statementKeyOf = (kind: StatementKind, body: EventBody): string =>
  (body as unknown as Record<string, string>)[statements[kind].key] as string

/** A request about a resource has no content: what was stated before is shown as withdrawn. */
const ruleOf = (kind: StatementKind, statement: Stated): Rule<StatementStatus> => {
  const rule = (rules[kind] as (of: Stated) => Rule<StatementStatus>)(statement)
  return isOfRequest(statement) || isLeftOut(statement) ? { ...rule, shows: 'over' } : rule
}

/** The entry of a kind that some statements make, in version order. */
export const statementOfAll = (
  kind: StatementKind,
  key: string,
  all: readonly Stated[],
  before: Statement | null,
): Statement => {
  const rule = (statement: Stated) => ruleOf(kind, statement)
  const reported = kept(all, rule, kind === 'resource' ? resourcesKept : versionsKept)
  const { status, statusFrom, shown } = settle(reported.map(rule))
  const older = statusFrom === null || statusFrom === reported.length - 1 ? {} : { statusFrom }
  return {
    ...(before?.sameAs === undefined ? {} : { sameAs: before.sameAs }),
    kind,
    key,
    status,
    ...older,
    shown: [...shown],
    reported,
  }
}

/** Status that some statements give an entry, in version order. */
export const statusOfAll = (kind: StatementKind, all: readonly Stated[]): StatementStatus =>
  settle(all.map((statement) => ruleOf(kind, statement))).status

/** Statements with what one message says. */
export const withStatement = (
  reported: readonly Stated[],
  { type: _type, ...fields }: StatementEvent,
  stated: Origin,
): Stated[] => putFact<Stated>(reported, { ...fields, ...stated } as Stated)

/**
 * What one message makes of an entry that each message states anew. Pure: no store, no clock.
 *
 * Order is not assumed: statements are kept in version order, and status and what is shown follow
 * from them.
 */
export const evolveStatement = (
  before: Statement | null,
  kind: StatementKind,
  body: StatementEvent,
  stated: Origin,
): Statement =>
  statementOfAll(
    kind,
    statementKeyOf(kind, body),
    withStatement(before?.reported ?? [], body, stated),
    before,
  )
