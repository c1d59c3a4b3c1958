import type { Mappings } from '@tideway/hl7-ingest/normalise/load-mappings'
import { headerOf, readMessage } from '@tideway/hl7v2/lexer/header'
import { normalise } from '@tideway/hl7-ingest/normalise/normalise'
import { type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { messageIdOf } from '@tideway/schemas/public-id'
import type { Source } from '@tideway/schemas/source'
import { characterSetGuess, segmentEnds } from './bytes.ts'
import { countCodes, countUntranslated } from './codes.ts'
import { codeShown, type FeedCounts, count } from './counts.ts'
import { countFixes } from './fix-hints.ts'
import { countIdentifiers } from './identifiers.ts'
import { countTimes } from './times.ts'

/**
 * A message of the feed. `receivedAt` is in milliseconds since 1970 UTC; null if it is from a file.
 */
export type FeedMessage = { bytes: Buffer; source: Source; receivedAt: number | null }

const names = [
  'types',
  'characterSets',
  'segmentEnds',
  'offsets',
  'future',
  'clockHours',
  'defaultOffset',
  'zSegments',
  'nhsNumbers',
  'identifiers',
  'applications',
  'facilities',
  'codes',
  'untranslated',
  'fixes',
  'unused',
  'parked',
] as const

/** Counts of what a feed contains; no value of a person. */
export type FeedSummary = Record<(typeof names)[number], FeedCounts> & {
  messages: number
  notHl7: number
  /**
   * The id of the first message with each MSH-10; `sameAgain` and `reusedIds` count later ones with
   * the same and with other bytes.
   */
  controlIds: Map<string, string>
  sameAgain: number
  reusedIds: number
  noControlId: number
}

export const emptyFeed = (): FeedSummary => ({
  ...(Object.fromEntries(names.map((name) => [name, new Map()])) as Record<
    (typeof names)[number],
    FeedCounts
  >),
  messages: 0,
  notHl7: 0,
  controlIds: new Map(),
  sameAgain: 0,
  reusedIds: 0,
  noControlId: 0,
})

/** Adds a message to the counts. Changes nothing but `feed`. */
export const addMessage = (feed: FeedSummary, sent: FeedMessage, mappings: Mappings): void => {
  const { bytes, source, receivedAt } = sent
  feed.messages += 1
  const message = readMessage(bytes, source.hl7.characterSet)
  if (message === null) {
    feed.notHl7 += 1
    return
  }
  const header = headerOf(message)
  const msh = segmentOf(message, 'MSH') as Segment
  const structure = (msh.fields[9] ?? '').split(message.delimiters.component || '\0')[2] ?? ''
  count(feed.types, codeShown(header.type), codeShown(structure), codeShown(header.version))
  count(feed.applications, header.sendingApplication ?? '')
  count(feed.facilities, header.sendingFacility ?? '')
  count(
    feed.characterSets,
    codeShown(header.characterSetAsSent),
    characterSetGuess(bytes, message.characterSet),
  )
  count(feed.segmentEnds, segmentEnds(bytes))
  for (const { name } of message.segments) if (name.startsWith('Z')) count(feed.zSegments, name)
  countControlId(feed, header.controlId, messageIdOf(source.ods, bytes))
  countTimes(feed, message, source, receivedAt)
  countIdentifiers(feed, message, source)
  countCodes(feed, message, source)
  countFixes(feed, message, mappings)
  const { unused, untranslated, problem } = normalise(
    { source, bytes, receivedAt: (receivedAt ?? 0) * 1000 },
    mappings,
    { production: false },
  )
  countUntranslated(feed, message, untranslated)
  for (const field of unused) count(feed.unused, field)
  if (problem !== null)
    count(feed.parked, problem.code, problem.place.replace(/\[\d+\]/, ''), codeShown(header.type))
}

const countControlId = (feed: FeedSummary, controlId: string | null, messageId: string): void => {
  if (controlId === null) feed.noControlId += 1
  else {
    const first = feed.controlIds.get(controlId)
    if (first === undefined) feed.controlIds.set(controlId, messageId)
    else if (first === messageId) feed.sameAgain += 1
    else feed.reusedIds += 1
  }
}
