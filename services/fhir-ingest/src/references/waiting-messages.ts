import type { DatabaseSync } from 'node:sqlite'
import type { WaitingMessage } from '@tideway/schemas/events.generated'

/** A message that waits, and who sent it. */
export type Waiting = { source: string; client: string; message: WaitingMessage }

type Row = { source: string; client: string; value: Uint8Array }

const schema = `
  CREATE TABLE waiting (message TEXT PRIMARY KEY, source TEXT, client TEXT, until INTEGER, value BLOB) WITHOUT ROWID;
  CREATE INDEX late ON waiting (until);
  CREATE TABLE awaited (id TEXT, message TEXT, PRIMARY KEY (id, message)) WITHOUT ROWID;
`

/** The length of the JSON, the JSON without the bytes of the message, these bytes. */
const packed = (message: WaitingMessage): Buffer => {
  const json = Buffer.from(JSON.stringify({ ...message, bytes: null }))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(json.length)
  return Buffer.concat([length, json, message.bytes ?? Buffer.alloc(0)])
}

const unpacked = (value: Uint8Array): WaitingMessage => {
  const all = Buffer.from(value)
  const end = 4 + all.readUInt32BE(0)
  const message = JSON.parse(all.toString('utf8', 4, end)) as WaitingMessage
  return { ...message, bytes: message.payload === null ? all.subarray(end) : null }
}

const messagesIn = (rows: unknown[]): string[] =>
  (rows as { message: string }[]).map(({ message }) => message)

/** Messages that wait, and the ids of the names they wait for. */
export const waitingMessages = (db: DatabaseSync) => {
  db.exec(schema)
  const put = db.prepare('INSERT OR REPLACE INTO waiting VALUES (?, ?, ?, ?, ?)')
  const get = db.prepare('SELECT source, client, value FROM waiting WHERE message = ?')
  const drop = db.prepare('DELETE FROM waiting WHERE message = ?')
  const late = db.prepare('SELECT message FROM waiting WHERE until < ? LIMIT 1000')
  const putAwaited = db.prepare('INSERT OR REPLACE INTO awaited VALUES (?, ?)')
  const dropAwaited = db.prepare('DELETE FROM awaited WHERE message = ?')
  const awaiting = db.prepare('SELECT message FROM awaited WHERE id = ?')
  const ids = db.prepare('SELECT DISTINCT id FROM awaited')
  let count = 0

  const settle = (message: string): void => {
    count -= Number(drop.run(message).changes)
    dropAwaited.run(message)
  }

  const waitingFor = (id: string): string[] => (count === 0 ? [] : messagesIn(awaiting.all(id)))

  return {
    count: () => count,
    settle,
    add({ source, client, message }: Waiting, ids: readonly string[]): void {
      settle(message.messageId)
      put.run(message.messageId, source, client, message.until, packed(message))
      for (const id of ids) putAwaited.run(id, message.messageId)
      count += 1
    },
    get(message: string): Waiting | null {
      const row = get.get(message) as Row | undefined
      return row === undefined
        ? null
        : { source: row.source, client: row.client, message: unpacked(row.value) }
    },
    waitingFor,
    /** Those that wait for any of these ids. */
    waitingForAny: (isOne: (id: string) => boolean): string[] => {
      const all = (ids.all() as { id: string }[]).map(({ id }) => id)
      return [...new Set(all.filter(isOne).flatMap(waitingFor))]
    },
    late: (now: number): string[] => (count === 0 ? [] : messagesIn(late.all(now))),
  }
}
