import type { DatabaseSync } from 'node:sqlite'

/** Names kept in memory before they are put into the database together: under 20 ms of work. */
const atMost = 4_000

/** A text, and when it was said, microseconds since 1970 UTC. */
type Value = { said: number; value: string }

/** The first 53 bits of an id. */
const numberOf = (id: string): number => {
  const bytes = Buffer.from(id.slice(0, 12), 'base64')
  return bytes.readUIntBE(0, 6) * 32 + ((bytes[6] ?? 0) & 31)
}

/**
 * A small index, of which much stays in memory, and values in the order they came: one table by id
 * costs three times as much.
 */
const schema = `
  CREATE TABLE name (number INTEGER PRIMARY KEY, said INTEGER, place INTEGER);
  CREATE TABLE named (place INTEGER PRIMARY KEY, id TEXT, value TEXT);
`

/**
 * Values by id, 22 characters of base64; of two values of one id, the one said later. New ones are
 * kept in memory, and put into the database in the order of their ids.
 *
 * Of two ids with the same number, one is not found: among ten million ids less than one in a
 * hundred times.
 */
export const namedValues = (db: DatabaseSync) => {
  db.exec(schema)
  const put = db.prepare(
    'INSERT INTO name VALUES (?, ?, ?) ON CONFLICT (number) DO UPDATE SET said = excluded.said, place = excluded.place WHERE excluded.said >= name.said',
  )
  const append = db.prepare('INSERT INTO named VALUES (?, ?, ?)')
  const find = db.prepare(
    'SELECT id, said, value FROM name JOIN named USING (place) WHERE name.number = ?',
  )
  const recent = new Map<string, Value>()
  let places = 0

  const flush = (): void => {
    db.exec('BEGIN')
    for (const id of [...recent.keys()].sort()) {
      const { said, value } = recent.get(id) as Value
      places += 1
      append.run(places, id, value)
      put.run(numberOf(id), said, places)
    }
    db.exec('COMMIT')
    recent.clear()
  }

  const stored = (id: string): Value | null => {
    const row = find.get(numberOf(id)) as ({ id: string } & Value) | undefined
    return row?.id === id ? row : null
  }

  return {
    get: (id: string): string | null => {
      const newest = recent.get(id) ?? null
      const before = stored(id)
      if (newest === null || before === null) return (newest ?? before)?.value ?? null
      return before.said > newest.said ? before.value : newest.value
    },
    set(id: string, said: number, value: string): void {
      const before = recent.get(id)
      if (before !== undefined && before.said > said) return
      recent.set(id, { said, value })
      if (recent.size >= atMost) flush()
    },
    flush,
  }
}
