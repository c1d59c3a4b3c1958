import type { DatabaseSync } from 'node:sqlite'

/** Names kept in memory before they are put into the database together. */
const atMost = 5_000
/** Names in one statement. */
const together = 500

/** JSON; the first element is when it was said, microseconds since 1970 UTC. */
type Value = string

const saidIn = (value: Value): number => (JSON.parse(value) as [number])[0]

/**
 * Values by id; of two values of one id, the one said later. New ones are kept in memory, and put
 * into the database in the order of their ids: one at a time, in no order, each costs five times as
 * much.
 */
export const namedValues = (db: DatabaseSync) => {
  db.exec('CREATE TABLE named (id TEXT PRIMARY KEY, value TEXT, said INTEGER) WITHOUT ROWID')
  const put = db.prepare(
    'INSERT INTO named SELECT key, value, value->>0 FROM json_each(?) WHERE true ON CONFLICT (id) DO UPDATE SET value = excluded.value, said = excluded.said WHERE excluded.said >= named.said',
  )
  const get = db.prepare('SELECT value FROM named WHERE id = ?')
  const recent = new Map<string, Value>()

  const flush = (): void => {
    const ids = [...recent.keys()].sort()
    db.exec('BEGIN')
    for (let start = 0; start < ids.length; start += together) {
      const some = ids.slice(start, start + together)
      put.run(JSON.stringify(Object.fromEntries(some.map((id) => [id, recent.get(id)]))))
    }
    db.exec('COMMIT')
    recent.clear()
  }

  const stored = (id: string): Value | null =>
    (get.get(id) as { value: Value } | undefined)?.value ?? null

  return {
    get: (id: string): Value | null => {
      const value = recent.get(id)
      if (value === undefined) return stored(id)
      const before = stored(id)
      return before !== null && saidIn(before) > saidIn(value) ? before : value
    },
    set(id: string, value: Value): void {
      const before = recent.get(id)
      if (before !== undefined && saidIn(before) > saidIn(value)) return
      recent.set(id, value)
      if (recent.size >= atMost) flush()
    },
    flush,
  }
}
