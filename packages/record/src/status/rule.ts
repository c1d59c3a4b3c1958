/** A change of an order that one side asks for and the other may refuse. */
export type Change = 'cancel' | 'stop' | 'hold' | 'release' | 'replace' | 'change'

type Row<Word extends string> = {
  /** `as-before`: it says nothing about the status. */
  status: Word
  /**
   * Where the status until then is one of these, it stays: this one only says that the fact is
   * known.
   */
  unless?: readonly string[]
  /**
   * What a reader is shown then: `own`, this statement alone; `over`, its fields over those shown
   * before; `before`, what was shown before, itself only if there was nothing.
   */
  shows: 'own' | 'over' | 'before'
  /** It asks for a change that the other side may still refuse. */
  asks?: Change
  /** The other side refuses: all is as if this change had not been asked for until then. */
  undoes?: Change
}

/** What one statement does to an entry. */
export type Rule<Status extends string> = Row<Status | 'as-before'>

/** A row of a table of codes, `own` where nothing else is said. */
export const says = <Word extends string>(
  status: Word,
  shows: Row<Word>['shows'] = 'own',
  more: Pick<Row<Word>, 'asks' | 'undoes'> = {},
): Row<Word> => ({ status, shows, ...more })

/** A row by its code; null if the table has none. */
export const rowOf = <Value>(
  table: Readonly<Record<string, Value>>,
  code: string | null,
): Value | null => (code !== null && Object.hasOwn(table, code) ? (table[code] as Value) : null)
