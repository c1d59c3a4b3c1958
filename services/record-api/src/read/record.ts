import type { Entry, EntryKind } from '@tideway/schemas/documents/entry'
import { type StatementKind, statementKinds } from '@tideway/schemas/documents/statement'
import type { PatientHead } from '@tideway/schemas/documents/head'
import type { ObjectStore } from '@tideway/object-store/client'
import { type Combined, combine } from '../chart/combine.ts'
import { ApiError } from '../errors.ts'
import type { Names } from '../json/patient.ts'
import {
  type AnyEntry,
  entryOf,
  type PatientRecord,
  recordOf,
  type SectionRead,
} from '../json/record.ts'
import { sendersOf } from '../json/sources.ts'
import { writeCursor } from '../chart/cursor.ts'
import { maxPage, type PageRequest } from '../requests/page-request.ts'
import type { RecordStore } from '../chart/store.ts'

export type Reader = {
  store: RecordStore
  archive: Pick<ObjectStore, 'get'>
  names: Names
  now: () => Date
}

/**
 * Source patients shown as one; a number that more carry is a test number or a fault, and says so
 * in `notCombined`.
 */
const maxHeads = 50
const maxCarriers = 200

/** @throws ApiError NO_SUCH_PATIENT */
const personOfId = async (store: RecordStore, id: string): Promise<Combined> => {
  const asked = await store.head(id)
  if (asked === null) throw new ApiError('NO_SUCH_PATIENT')
  const carriers =
    asked.nhsNumber === null ? [] : await store.carriers(asked.nhsNumber, maxCarriers)
  return combine(asked, carriers, maxHeads)
}

const keysOf = (heads: readonly PatientHead[]): string[] => heads.map(({ _id }) => _id)

const messagesOf = (entries: readonly Entry[]): string[] => [
  ...new Set(entries.flatMap(({ origins }) => origins.map(({ message }) => message))),
]

const beforeOf = ({
  entries,
  more,
}: {
  entries: readonly Entry[]
  more: boolean
}): string | null => {
  const last = entries.at(-1)
  return more && last !== undefined ? writeCursor({ sortAt: last.sortAt, entry: last.id }) : null
}

const section = async (
  store: RecordStore,
  heads: readonly PatientHead[],
  kind: EntryKind,
): Promise<SectionRead> => {
  const page = await store.page(heads, kind, null, maxPage)
  return { entries: page.entries, before: beforeOf(page) }
}

/**
 * Every section of statements: together where there are not many, as is usual, else each by itself.
 */
const statementSections = async (
  store: RecordStore,
  heads: readonly PatientHead[],
): Promise<Record<StatementKind, SectionRead>> => {
  const all = await store.statements(heads)
  const read = async (kind: StatementKind): Promise<[StatementKind, SectionRead]> => {
    const own = all?.get(kind) ?? []
    if (all === null || own.length > maxPage) return [kind, await section(store, heads, kind)]
    return [kind, { entries: own, before: null }]
  }
  return Object.fromEntries(await Promise.all(statementKinds.map(read))) as Record<
    StatementKind,
    SectionRead
  >
}

/**
 * The combined record: the heads in two reads, then every section at once, then where the messages
 * behind them are archived.
 *
 * @param id  public id of any of the person's source patients
 * @throws ApiError NO_SUCH_PATIENT
 */
export const readRecord = async (
  { store, names, now }: Reader,
  id: string,
): Promise<PatientRecord> => {
  const { heads, notCombined } = await personOfId(store, id)
  const keys = keysOf(heads)
  const [encounters, results, documents, statements, { parked, dropped, inPart }, held, feeds] =
    await Promise.all([
      section(store, heads, 'encounter'),
      section(store, heads, 'report'),
      section(store, heads, 'document'),
      statementSections(store, heads),
      store.countMissing(keys),
      store.countHeld(keys),
      store.feeds(sendersOf(heads)),
    ])
  const archive = await store.archiveOf(
    messagesOf(
      [encounters, results, documents, ...Object.values(statements)].flatMap(
        ({ entries }) => entries,
      ),
    ),
  )
  return recordOf(
    {
      asOf: now(),
      heads,
      notCombined,
      parked,
      dropped,
      inPart,
      held,
      feeds,
      sections: { encounters, results, documents },
      statements,
    },
    names,
    { archive },
  )
}

/**
 * More of one section.
 *
 * @throws ApiError NO_SUCH_PATIENT
 */
export const readEntries = async (
  { store }: Reader,
  id: string,
  { kind, before, limit }: PageRequest,
): Promise<{ entries: AnyEntry[]; more: boolean; before: string | null }> => {
  const { heads } = await personOfId(store, id)
  const page = await store.page(heads, kind, before, limit)
  const archive = await store.archiveOf(messagesOf(page.entries))
  return {
    entries: page.entries.map((entry) => entryOf(entry, { archive })),
    more: page.more,
    before: beforeOf(page),
  }
}

/** As it is stored. @throws ApiError NO_SUCH_PATIENT or NO_SUCH_ENTRY */
export const entryOfPerson = async (
  store: RecordStore,
  id: string,
  entryId: string,
): Promise<Entry> => {
  const { heads } = await personOfId(store, id)
  const entry = await store.entry(entryId)
  if (entry === null || !keysOf(heads).includes(entry.patient)) throw new ApiError('NO_SUCH_ENTRY')
  return entry
}

/**
 * One entry of a person.
 *
 * @throws ApiError NO_SUCH_PATIENT or NO_SUCH_ENTRY
 */
export const readEntry = async (
  { store }: Reader,
  id: string,
  entryId: string,
): Promise<AnyEntry> => {
  const entry = await entryOfPerson(store, id, entryId)
  return entryOf(entry, { archive: await store.archiveOf(messagesOf([entry])) })
}
