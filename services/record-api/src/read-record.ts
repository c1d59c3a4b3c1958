import type { Entry, EntryKind } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { Static } from 'typebox'
import { type Combined, combine } from './combine.ts'
import { ApiError } from './errors.ts'
import type { Names } from './json/patient.ts'
import { type AnyEntry, type EntryPage, entryOf, type PatientRecord, recordOf } from './json/record.ts'
import { sendersOf } from './json/sources.ts'
import { writeCursor } from './requests/cursor.ts'
import { maxPage, type PageRequest } from './requests/page-request.ts'
import type { RecordStore } from './store.ts'

export type Reader = { store: RecordStore; names: Names; now: () => Date }

/** Source patients shown as one; a number that more carry is a test number or a fault, and says so in `notCombined`. */
const maxHeads = 50
const maxCarriers = 200

/** @throws ApiError NO_SUCH_PATIENT */
const personOfId = async (store: RecordStore, id: string): Promise<Combined> => {
  const asked = await store.head(id)
  if (asked === null) throw new ApiError('NO_SUCH_PATIENT')
  const carriers = asked.nhsNumber === null ? [] : await store.carriers(asked.nhsNumber, maxCarriers)
  return combine(asked, carriers, maxHeads)
}

const keysOf = (heads: readonly PatientHead[]): string[] => heads.map(({ _id }) => _id)

const messagesOf = (entries: readonly Entry[]): string[] => [...new Set(entries.flatMap(({ origins }) => origins.map(({ message }) => message)))]

const beforeOf = ({ entries, more }: { entries: readonly Entry[]; more: boolean }): string | null => {
  const last = entries.at(-1)
  return more && last !== undefined ? writeCursor({ sortAt: last.sortAt, entry: last.id }) : null
}

const section = async (store: RecordStore, heads: readonly PatientHead[], kind: EntryKind) => {
  const page = await store.page(heads, kind, null, maxPage)
  return { entries: page.entries, before: beforeOf(page) }
}

/**
 * The combined record: the heads in two reads, then every section at once, then where the messages behind them are archived.
 *
 * @param id  public id of any of the person's source patients
 * @throws ApiError NO_SUCH_PATIENT
 */
export const readRecord = async ({ store, names, now }: Reader, id: string): Promise<PatientRecord> => {
  const { heads, notCombined } = await personOfId(store, id)
  const keys = keysOf(heads)
  const [encounters, results, documents, { parked, dropped, inPart }, held, feeds] = await Promise.all([
    section(store, heads, 'encounter'),
    section(store, heads, 'report'),
    section(store, heads, 'document'),
    store.countMissing(keys),
    store.countHeld(keys),
    store.feeds(sendersOf(heads)),
  ])
  const archive = await store.archiveOf(messagesOf([...encounters.entries, ...results.entries, ...documents.entries]))
  return recordOf({ asOf: now(), heads, notCombined, parked, dropped, inPart, held, feeds, sections: { encounters, results, documents } }, names, { archive })
}

/**
 * More of one section.
 *
 * @throws ApiError NO_SUCH_PATIENT
 */
export const readEntries = async ({ store }: Reader, id: string, { kind, before, limit }: PageRequest): Promise<Static<typeof EntryPage>> => {
  const { heads } = await personOfId(store, id)
  const page = await store.page(heads, kind, before, limit)
  const archive = await store.archiveOf(messagesOf(page.entries))
  return { entries: page.entries.map((entry) => entryOf(entry, { archive })), more: page.more, before: beforeOf(page) }
}

/**
 * One entry of a person.
 *
 * @throws ApiError NO_SUCH_PATIENT or NO_SUCH_ENTRY
 */
export const readEntry = async ({ store }: Reader, id: string, entryId: string): Promise<Static<typeof AnyEntry>> => {
  const { heads } = await personOfId(store, id)
  const entry = await store.entry(entryId)
  if (entry === null || !keysOf(heads).includes(entry.patient)) throw new ApiError('NO_SUCH_ENTRY')
  return entryOf(entry, { archive: await store.archiveOf(messagesOf([entry])) })
}
