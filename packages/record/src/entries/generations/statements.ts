import type { Document, Entry, Origin, Statement } from '@tideway/schemas/documents/entry'
import type { StatementEvent } from '@tideway/schemas/documents/statement'
import type { DocumentReported, PatientEvent } from '@tideway/schemas/events.generated'
import { documentOfAll, withVersion } from '../document.ts'
import { byVersion, distinct } from '../facts.ts'
import { statementKeyOf, statementOfAll, withStatement } from '../statement.ts'
import { beganAt, mayBeSeveral, type Uses, usesOf } from './statement-uses.ts'
import type { Told, UseKind } from './use-kinds.ts'

/** Entries of one number as an event leaves them, and which of them the event is about. */
export type Generations = { generations: { from: string; data: Entry['data'] }[]; of: number }

/** Deletions by allergen are settled anew after each event: no use of a number is told by them. */
const toldIn = (data: Entry['data']): readonly Told[] =>
  (data as Statement | Document).reported.filter(
    (one) => !('byAllergen' in one && one.byAllergen === true),
  )

const withEvent = (told: readonly Told[], { body }: PatientEvent, stated: Origin): Told[] =>
  body.type === 'DocumentReported'
    ? withVersion(told as Document['reported'], body as DocumentReported, stated)
    : withStatement(told as Statement['reported'], body as StatementEvent, stated)

const dataOf = (
  kind: UseKind,
  { body }: PatientEvent,
  { all }: Uses,
  before: Entry['data'] | null,
): Entry['data'] => {
  const told = all.map(({ one }) => one)
  return body.type === 'DocumentReported' || kind === 'document'
    ? documentOfAll(
        (body as DocumentReported).documentId,
        told as Document['reported'],
        before as Document | null,
      )
    : statementOfAll(
        kind,
        statementKeyOf(kind, body),
        told as Statement['reported'],
        before as Statement | null,
      )
}

/** The entry that held what is told of a use. */
const formerOf = ({ all }: Uses, before: readonly Entry['data'][]): Entry['data'] | null => {
  const told = new Set(all.map(({ one }) => one.message))
  return before.find((data) => toldIn(data).some(({ message }) => told.has(message))) ?? null
}

/**
 * Statements about the uses of one number after one event. Pure, and independent of the order of
 * events.
 *
 * @param before  entries of the number next to each other in time
 * @returns null if the one entry known is all, before and after
 */
export const evolveUses = (
  kind: UseKind,
  before: readonly Entry['data'][],
  event: PatientEvent,
  stated: Origin,
): Generations | null => {
  const told = withEvent(distinct(before.flatMap(toldIn)).toSorted(byVersion), event, stated)
  if (before.length === 1 && !mayBeSeveral(kind, told)) return null
  const uses = usesOf(kind, told)
  if (before.length === 1 && uses.length === 1) return null
  const isOwn = ({ one }: { one: Told }): boolean =>
    one.message === stated.message && one.place === stated.place
  return {
    generations: uses.map((used) => ({
      from: beganAt(used),
      data: dataOf(kind, event, used, formerOf(used, before)),
    })),
    of: uses.findIndex(({ all }) => all.some(isOwn)),
  }
}
