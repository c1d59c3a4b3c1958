import { textTable } from '../client/table.ts'
import { type FeedCounts, ranked } from './counts.ts'
import { defaultOffsetOf, defaultOffsetWords } from './default-offset.ts'
import type { FeedSummary } from './feed.ts'

/** One table of the report. The last column is the count. */
export type Section = { title: string; columns: readonly string[]; rows: string[][]; more: number }

const section = (
  title: string,
  columns: readonly string[],
  counts: FeedCounts,
  most: number,
): Section => {
  const all = ranked(counts)
  return {
    title,
    columns: [...columns, 'count'],
    rows: all.slice(0, most).map(({ parts, count }) => [...parts, String(count)]),
    more: Math.max(0, all.length - most),
  }
}

const ids = (feed: FeedSummary): FeedCounts =>
  new Map([
    ['first message with its id', feed.controlIds.size],
    ['same id, same bytes: sent again', feed.sameAgain],
    ['same id, OTHER bytes: not unique', feed.reusedIds],
    ['no id: refused', feed.noControlId],
  ])

/** The report of a feed for an interface team. */
export const reportOf = (feed: FeedSummary, most: number): Section[] =>
  [
    section(
      'Messages by type, and the structure MSH-9.3 names',
      ['type', 'structure', 'version'],
      feed.types,
      most,
    ),
    section('Senders: MSH-3', ['application'], feed.applications, most),
    section('Senders: MSH-4', ['facility'], feed.facilities, most),
    section('Character set', ['MSH-18', 'read as'], feed.characterSets, most),
    section('Segment ends', ['end'], feed.segmentEnds, most),
    section('MSH-10', ['message'], ids(feed), most),
    section('Offsets of times', ['field', 'offset'], feed.offsets, most),
    section('Times in the future', ['field'], feed.future, most),
    section(
      'Times without an offset, beside MSH-7 with one of another zone',
      ['field', 'verdict'],
      feed.defaultOffset,
      most,
    ),
    section('Receipt after MSH-7, whole hours', ['hours'], feed.clockHours, most),
    section('NHS numbers', ['field', 'validity'], feed.nhsNumbers, most),
    section(
      'Identifiers of the patient',
      ['field', 'authority', 'type', 'taken for', 'and yet'],
      feed.identifiers,
      most,
    ),
    section('Codes that no table of the file has (codes)', ['field', 'code'], feed.codes, most),
    section(
      'Local codes and units without a translation (translations)',
      ['field', 'system', 'code'],
      feed.untranslated,
      most,
    ),
    section('Fixes that would change something', ['fix', 'field'], feed.fixes, most),
    section('Z segments', ['segment'], feed.zSegments, most),
    section('Sent and not used', ['field'], feed.unused, most),
    section('Parked', ['code', 'place', 'type'], feed.parked, most),
  ].filter(({ rows }) => rows.length > 0)

export const reportText = (feed: FeedSummary, sections: readonly Section[]): string => {
  const tables = sections.map(({ title, columns, rows, more }) => {
    const table = textTable(
      columns.map((name) => ({ name, right: name === 'count' })),
      rows,
    )
    return `${title}\n${table}${more > 0 ? `\n  and ${more} more` : ''}`
  })
  const recommended = defaultOffsetWords(feed.defaultOffset)
  return [
    `${feed.messages} messages, ${feed.notHl7} not HL7`,
    ...tables,
    ...(recommended === null ? [] : [recommended]),
  ].join('\n\n')
}

export const reportJson = (feed: FeedSummary, sections: readonly Section[]) => ({
  messages: feed.messages,
  notHl7: feed.notHl7,
  recommended: { offsetOfMsh7IsDefault: defaultOffsetOf(feed.defaultOffset)?.value ?? null },
  sections: sections.map(({ title, columns, rows, more }) => ({
    title,
    more,
    rows: rows.map((row) =>
      Object.fromEntries(
        columns.map((name, index) => [name, name === 'count' ? Number(row[index]) : row[index]]),
      ),
    ),
  })),
})
