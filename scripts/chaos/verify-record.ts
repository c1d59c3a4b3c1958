import { same } from '@tideway/projector/same'
import type { Mongo } from '@tideway/shared/mongo'
import type { Expected } from './expected-record.ts'

export type RecordFaults = { missing: string[]; different: string[]; surplus: string[] }

/** Every patient's head and entries are what one application of each message gives: nothing lost, nothing twice, nothing else. */
export const recordFaults = async (mongo: Mongo, expected: ReadonlyMap<string, Expected>): Promise<RecordFaults> => {
  const faults: RecordFaults = { missing: [], different: [], surplus: [] }
  for (const [key, { head, entries }] of expected) {
    const storedHead = await mongo.patients.findOne({ _id: key })
    const stored = new Map((await mongo.entries.find({ patient: key }).toArray()).map((entry) => [entry._id, entry]))
    if (storedHead === null) faults.missing.push(key)
    else if (!same(storedHead, head, 'version')) faults.different.push(key)
    for (const [id, entry] of entries) {
      const found = stored.get(id)
      if (found === undefined) faults.missing.push(id)
      else if (!same(found, entry, 'version')) faults.different.push(id)
    }
    for (const id of stored.keys()) if (!entries.has(id)) faults.surplus.push(id)
  }
  return faults
}
