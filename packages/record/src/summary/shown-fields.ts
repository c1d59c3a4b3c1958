import type { Stated, Statement } from '@tideway/schemas/documents/entry'
import type { StatementKind } from '@tideway/schemas/documents/statement'

const saysNothing = (value: unknown): boolean =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0)

/**
 * What a reader is shown of an entry that each message states anew: of the statements shown, the
 * first that says anything about a field.
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
