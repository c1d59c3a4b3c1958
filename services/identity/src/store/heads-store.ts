import type { Collections } from '@tideway/mongo/collections'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { expandHead } from '@tideway/schemas/documents/storage-format'

/** Fields of a head that traits are made of. */
const ofTraits = {
  organisation: 1,
  identifier: 1,
  version: 1,
  nhsNumber: 1,
  birthDate: 1,
  details: 1,
  identifiers: 1,
  encounters: 1,
  freshness: 1,
  gone: 1,
  conflict: 1,
  placeholder: 1,
  placeholderSuspected: 1,
} as const

/** What identity reads of the record: heads of one generation. */
export const headReader = ({ patients }: Pick<Collections, 'patients'>) => ({
  async heads(keys: readonly string[]): Promise<Map<string, PatientHead>> {
    if (keys.length === 0) return new Map()
    const found = await patients
      .find({ _id: { $in: [...keys] } }, { projection: ofTraits })
      .map(expandHead)
      .toArray()
    return new Map(found.map((head) => [head._id, head]))
  },

  /** Keys of all patients in order, page by page. @param after  null: from the first */
  async keysAfter(after: string | null, limit: number): Promise<string[]> {
    const found = await patients
      .find(after === null ? {} : { _id: { $gt: after } }, { projection: { _id: 1 } })
      .sort({ _id: 1 })
      .limit(limit)
      .toArray()
    return found.map(({ _id }) => _id)
  },
})

export type HeadReader = ReturnType<typeof headReader>
