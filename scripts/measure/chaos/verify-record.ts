import { same } from '@tideway/record/entries/is-same'
import { expandEntry, expandHead } from '@tideway/schemas/documents/storage-format'
import type { Mongo } from '@tideway/mongo/client'
import type { ExpectedRecord } from './expected-record.ts'

export type RecordFaults = { missing: string[]; different: string[]; surplus: string[] }

type Versioned = { _id: string; version: number }

const compare = (faults: RecordFaults, wanted: Versioned, stored: Versioned | null | undefined) => {
  if (stored == null) faults.missing.push(wanted._id)
  else if (!same(stored, wanted, 'version')) faults.different.push(wanted._id)
}

/**
 * Checks that every patient's head and entries equal those of applying each message once: nothing
 * lost, doubled or added.
 */
export const recordFaults = async (
  mongo: Pick<Mongo, 'patients' | 'entries'>,
  expected: ReadonlyMap<string, ExpectedRecord>,
): Promise<RecordFaults> => {
  const faults: RecordFaults = { missing: [], different: [], surplus: [] }
  for (const [key, { head, entries }] of expected) {
    const found = await mongo.patients.findOne({ _id: key })
    compare(faults, head, found && expandHead(found))
    const stored = new Map(
      (await mongo.entries.find({ patient: key }).map(expandEntry).toArray()).map((entry) => [
        entry._id,
        entry,
      ]),
    )
    for (const [id, entry] of entries) compare(faults, entry, stored.get(id))
    faults.surplus.push(...[...stored.keys()].filter((id) => !entries.has(id)))
  }
  return faults
}
