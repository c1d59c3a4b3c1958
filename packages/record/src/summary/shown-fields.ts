import type { Stated, Statement } from '@tideway/schemas/documents/entry'
import type { StatementKind } from '@tideway/schemas/documents/statement'
import { saysNothing } from '../entries/facts.ts'

/**
 * The current fields of a statement entry: each field from the first of the statements shown that
 * gives it a value.
 */
export const shownFields = <K extends StatementKind>({
  shown,
  reported,
}: Pick<Statement<K>, 'shown' | 'reported'>): Stated<K> => {
  const [first, ...others] = shown.map((index) => reported[index] as Stated<K>)
  const fields = { ...(first as Stated<K>) }
  for (const other of others)
    for (const [name, value] of Object.entries(other))
      if (saysNothing(fields[name as keyof Stated<K>]) && !saysNothing(value))
        fields[name as keyof Stated<K>] = value as never
  return fields
}

/** Statements that a reader can see as earlier ones, newest first. */
export const earlierStatements = <K extends StatementKind>({
  shown,
  reported,
}: Pick<Statement<K>, 'shown' | 'reported'>): Stated<K>[] =>
  (shown.length > 1 ? reported : reported.filter((_, index) => index !== shown[0])).toReversed()
