import { DatabaseSync } from 'node:sqlite'
import type { FhirResource, ResourceKnown, WaitingMessage } from '@tideway/schemas/events.generated'
import { openClaims } from './claims.ts'
import { namedValues } from './named-values.ts'
import { idOfName, readValue, storedValue } from './stored-value.ts'
import { waitingMessages } from './waiting-messages.ts'

/** Page cache of the view, KiB; what does not fit is on disk. */
const cacheKiB = 65_536

/** Without a journal in memory, SQLite writes its whole cache after each statement. */
const settings = `
  PRAGMA journal_mode = MEMORY;
  PRAGMA synchronous = OFF;
  PRAGMA cache_size = -${cacheKiB};
`

/** What became of a record that was noted. */
export type Noted = {
  /** Messages that waited for it. */
  due: string[]
  /**
   * Two statements about one resource that name two patients, where the newer update did not know
   * of the older.
   */
  missed: MissedMove[]
}

/** @property messageId  of the statement that showed it */
export type MissedMove = { older: ResourceKnown; newer: ResourceKnown; messageId: string }

const isMissed = (before: ResourceKnown | null, now: ResourceKnown): boolean =>
  before !== null &&
  before.event !== null &&
  before.patientKey !== null &&
  now.patientKey !== null &&
  before.patientKey !== now.patientKey &&
  before.patientKey !== now.from

/**
 * What the clients have sent, and the messages that wait for it: this process's view of
 * `fhir-resources.v1`.
 *
 * It is a temporary database of SQLite: a page cache of 64 MiB, the rest on disk, about 120 bytes a
 * name. It vanishes with the process, and is made anew from the topic.
 */
export const openView = () => {
  const db = new DatabaseSync('')
  db.exec(settings)
  const names = namedValues(db)
  const waiting = waitingMessages(db)

  const durable = (client: string, name: string): ResourceKnown | null => {
    const value = names.get(idOfName(client, name))
    return value === null ? null : readValue(name, value)
  }
  const claims = openClaims(durable)
  const find = (client: string, name: string): ResourceKnown | null =>
    claims.find(client, name) ?? durable(client, name)

  /** Where an update did not know of the statement before it, or that one of the update. */
  const missedBy = (client: string, resource: ResourceKnown): MissedMove[] => {
    if (!resource.isUpdate) return []
    const before = resource.names.map((name) => find(client, name)).find((one) => one !== null)
    if (!isMissed(before ?? null, resource)) return []
    const isOlder = (before as ResourceKnown).saidAt > resource.saidAt
    const [older, newer] = isOlder ? [resource, before] : [before, resource]
    return [{ older, newer, messageId: resource.messageId } as MissedMove]
  }

  const noteResources = (client: string, resources: readonly ResourceKnown[]): Noted => {
    const missed = resources.flatMap((resource) => missedBy(client, resource))
    const due: string[] = []
    for (const resource of resources) {
      const value = storedValue(resource)
      for (const name of resource.names) {
        const id = idOfName(client, name)
        names.set(id, resource.saidAt, value)
        due.push(...waiting.waitingFor(id))
      }
    }
    return { due, missed }
  }

  const noteWaiting = ({ source, client }: FhirResource, message: WaitingMessage): Noted => {
    const ids = message.names.map((name) => idOfName(client, name))
    waiting.add({ source, client, message }, ids)
    const isKnown = ids.some((id) => names.get(id) !== null)
    return { due: isKnown ? [message.messageId] : [], missed: [] }
  }

  return {
    find,
    claim: claims.take,
    release: claims.release,
    /** @param key  of the record: with neither resource nor waiting it names what is settled */
    note(key: string, record: FhirResource): Noted {
      if (record.waiting !== null) return noteWaiting(record, record.waiting)
      if (record.resources.length > 0) return noteResources(record.client, record.resources)
      waiting.settle(key.slice(key.lastIndexOf(' ') + 1))
      return { due: [], missed: [] }
    },
    waitingMessage: waiting.get,
    /** Messages that wait for something that is known. */
    dueMessages: (): string[] => waiting.waitingForAny((id) => names.get(id) !== null),
    /** Messages to give up. @param now  microseconds since 1970 UTC */
    lateMessages: waiting.late,
    /** Messages that wait. */
    waiting: waiting.count,
    close: () => db.close(),
  }
}

export type View = ReturnType<typeof openView>
