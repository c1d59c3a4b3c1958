import { ArchiveGap, bytesOf, readRecord } from '@tideway/object-store/archived-message'
import type { ObjectStore } from '@tideway/object-store/client'
import type { ArchivePlace } from '@tideway/schemas/documents/archive-place'
import type { Entry, EntryKind, Generation } from '@tideway/schemas/documents/entry'
import type { PatientHead } from '@tideway/schemas/documents/head'
import { type StatementKind, statementKinds } from '@tideway/schemas/documents/statement'
import type { CombinedPatients } from '@tideway/record/demographics/combine-patients'
import { firstSaying } from '@tideway/record/entries/facts'
import type { IdSeal } from '@tideway/schemas/id-seal'
import { entryIdOf, generationKeyOf, patientKeyOf } from '@tideway/schemas/public-id'
import type { FeedHabits } from '../completeness/known-feed.ts'
import type { LineView } from '../completeness/line-view.ts'
import { ApiError } from '../errors.ts'
import type { Subject } from './access.ts'
import { asTheyStand } from './as-they-stand.ts'
import { combinedOf, maxCarriers } from './combined-of.ts'
import { type Cursor, writeCursor } from './cursor.ts'
import { type KnownOfChart, knownOf } from './known-of-chart.ts'
import type { PurposeOfUse } from './purpose.ts'
import type { RecordStore } from './store.ts'
import { maxPage } from './take-page.ts'
import { type SourceText, type Withhold, withholdFrom } from './withhold.ts'

export type ChartSources = {
  store: RecordStore
  archive: Pick<ObjectStore, 'get'>
  ids: Pick<IdSeal, 'seal' | 'open'>
  /** How far the documents follow the log, as last looked at. Never waits. */
  line: () => LineView
  habitsOf: (source: string) => FeedHabits
}

/** A page of one section, and the cursor of the next; null if this is the last. */
export type SectionPage = { entries: readonly Entry[]; before: string | null }

/** The two ways to find a patient. */
export type PatientSearch =
  | { by: 'nhsNumber'; nhsNumber: string; birthDate: string }
  | { by: 'identifier'; organisation: string; identifier: string }

const maxFound = 50

const messagesOf = (entries: readonly Entry[]): string[] => [
  ...new Set(entries.flatMap(({ origins }) => origins.map(({ message }) => message))),
]

/** `_id` of the entry of each number that an entry refers to. */
const referredTo = ({ patient, data }: Entry): string[] => {
  if (data.kind === 'document')
    return data.reportId === null ? [] : [entryIdOf(patient, 'report', data.reportId)]
  if (data.kind !== 'report') return []
  const visit = firstSaying(data.header, 'encounterId')?.fields.encounterId ?? null
  return visit === null ? [] : [entryIdOf(patient, 'encounter', visit)]
}

const beforeOf = (
  entries: readonly Entry[],
  more: boolean,
  { seal }: ChartSources['ids'],
): string | null => {
  const last = entries.at(-1)
  return more && last !== undefined
    ? writeCursor({ sortAt: last.sortAt, entry: seal(last.id) })
    : null
}

/** The source patient with a number, then those who were given it later; none is not an error. */
const headsOfNumber = async (
  store: Pick<RecordStore, 'headOfKey'>,
  key: string,
): Promise<(PatientHead | null)[]> => {
  const first = await store.headOfKey(key)
  const later = first?.generations ?? []
  const others = later.map(({ generation }) => store.headOfKey(generationKeyOf(key, generation)))
  return [first, ...(await Promise.all(others))]
}

/** What one reader may see of one person. Everything but the heads is read on demand. */
const chartOf = (
  sources: ChartSources,
  withhold: Withhold,
  line: LineView,
  { heads, notCombined, isKnown }: CombinedPatients & { isKnown: boolean },
) => {
  const { store, archive, ids } = sources
  const keys = heads.map(({ _id }) => _id)

  const page = async (
    kind: EntryKind,
    before: Cursor | null,
    limit: number,
  ): Promise<SectionPage> => {
    const start = before && { sortAt: before.sortAt, entries: ids.open(before.entry) }
    const { entries, more } = await store.page(heads, kind, start, limit)
    return {
      entries: withhold.entries(await asTheyStand(entries, store)),
      before: beforeOf(entries, more, ids),
    }
  }

  return {
    /** Ids in answers are those of the store, made public. */
    sealId: ids.seal,

    /** The source patients combined, the one requested first. */
    heads: withhold.heads(heads),

    /** A page of one section, newest first; `limit` is at most `maxPage`. */
    page,

    /**
     * The first page of every section of statements: in one read where there are few, as is usual,
     * else section by section.
     */
    async statements(): Promise<Record<StatementKind, SectionPage>> {
      const all = await store.statements(heads)
      const first = async (kind: StatementKind): Promise<[StatementKind, SectionPage]> => {
        const entries = all?.get(kind) ?? []
        if (all === null || entries.length > maxPage) return [kind, await page(kind, null, maxPage)]
        return [kind, { entries: withhold.entries(entries), before: null }]
      }
      return Object.fromEntries(await Promise.all(statementKinds.map(first))) as Record<
        StatementKind,
        SectionPage
      >
    },

    /**
     * @param publicId  of the entry
     * @throws ApiError NO_SUCH_ENTRY, also for an entry of another person
     */
    async entry(publicId: string): Promise<Entry> {
      const found = await store.entry(ids.open(publicId))
      const [entry] =
        found !== null && keys.includes(found.patient)
          ? withhold.entries(await asTheyStand([found], store))
          : []
      if (entry === undefined) throw new ApiError('NO_SUCH_ENTRY')
      return entry
    },

    /** What every answer says about whether it is complete. */
    known: (): Promise<KnownOfChart> =>
      knownOf(sources, withhold, line, {
        ...{ keys, heads, notCombined },
        personUnknown: isKnown ? 0 : 1,
      }),

    /** Where the messages behind some entries are archived, by message id. */
    archivePlaces: (entries: readonly Entry[]): Promise<Map<string, ArchivePlace>> =>
      store.archiveOf(messagesOf(entries)),

    /** Where messages that the heads name are archived, by message id. */
    archivePlacesOf: (messages: readonly string[]): Promise<Map<string, ArchivePlace>> =>
      store.archiveOf(messages),

    /**
     * Generations of the numbers that some entries refer to and that were used again, by `_id` of
     * the first.
     */
    families: (entries: readonly Entry[]): Promise<Map<string, Generation[]>> =>
      store.families([...new Set(entries.flatMap(referredTo))]),

    /**
     * A message of an entry as it was received.
     *
     * @throws ArchiveGap if the archive does not hold it there; what the object store throws
     */
    async sourceText(message: string, place: ArchivePlace): Promise<SourceText> {
      const archived = await readRecord(archive, place)
      if (archived.message.id !== message) throw new ArchiveGap('another message is there')
      return withhold.sourceText({ archived, bytes: await bytesOf(archive, archived.message) })
    },
  }
}

export type Chart = ReturnType<typeof chartOf>

const found = async (store: RecordStore, search: PatientSearch) => {
  if (search.by === 'identifier') {
    const key = patientKeyOf(search.organisation, search.identifier)
    const heads = (await headsOfNumber(store, key)).filter((head) => head !== null)
    return { keys: [key, ...heads.map(({ _id }) => _id)], heads, notCombined: 0 }
  }
  const heads = await store.headsOf(search.nhsNumber, search.birthDate, maxFound)
  // Without the day of birth, a search does not tell whether the number is known.
  const carriers = heads.length === 0 ? [] : await store.carriers(search.nhsNumber, maxCarriers)
  return {
    keys: heads.map(({ _id }) => _id),
    heads,
    notCombined: Math.max(0, carriers.length - heads.length),
  }
}

/** The only way from a request to a patient's data. */
export const chartsOf = (sources: ChartSources) => {
  const { store, ids } = sources
  return {
    /** Ids in answers are those of the store, made public. */
    sealId: ids.seal,

    /**
     * @param patient  public id of any source patient of the person
     * @throws ApiError NO_SUCH_PATIENT
     */
    async openChart(subject: Subject, patient: string, purpose: PurposeOfUse): Promise<Chart> {
      const line = sources.line()
      const requested = await store.head(ids.open(patient))
      if (requested === null) throw new ApiError('NO_SUCH_PATIENT')
      const combined = await combinedOf(store, requested)
      return chartOf(sources, withholdFrom(subject, purpose), line, combined)
    },

    /**
     * Source patients that match exactly, and what is known to be missing from what is found; none
     * is not an error.
     */
    async findPatients(
      subject: Subject,
      search: PatientSearch,
      purpose: PurposeOfUse,
    ): Promise<{ heads: PatientHead[]; known: KnownOfChart }> {
      const line = sources.line()
      const withhold = withholdFrom(subject, purpose)
      const { heads, ...about } = await found(store, search)
      const known = knownOf(sources, withhold, line, { heads, ...about, personUnknown: 0 })
      return { heads: withhold.heads(heads), known: await known }
    },
  }
}

export type Charts = ReturnType<typeof chartsOf>
