import type { ArchivedMessage } from '@tideway/schemas/archive'
import type { ArchivePlace } from '@tideway/schemas/documents/archive-place'
import { locate, type Path, type Searched } from '@tideway/record/provenance/locate'
import { messageText } from '@tideway/record/provenance/message-text'
import type { Node } from '@tideway/record/provenance/node'
import { searchMessage } from '@tideway/record/provenance/search'
import type { Presented } from '../json/answer.ts'
import type { SourceField, SourceMessage, SourceSegment } from '../json/source.ts'
import { excerptOf } from './excerpt.ts'
import { fieldText } from './fields.ts'
import type { Trace } from './trace.ts'

/** A value that is shown, and the traces that may lead to where it stands, the likeliest first. */
export type Wanted = { field: Path; traces: readonly (Trace & { rest: Path })[] }

type Piece = { field: string; node: Node; segment: Node; derived: string | null }

const piecesOf = ({ field, traces }: Wanted, search: Searched): Piece[] => {
  for (const { place, record, said, path, rest } of traces) {
    const located = locate(search, place, record, said, [...path, ...rest])
    if (located !== null)
      return located.pieces.map((node) => ({
        field: fieldText(field),
        node,
        segment: search.around(node),
        derived: located.derived,
      }))
  }
  return []
}

const segmentOf = (
  segment: Node,
  pieces: readonly Piece[],
  bytesAt: (position: number) => number,
): Presented<SourceSegment> => {
  const { text, isAbridged, positionOf } = excerptOf(segment.text, segment.start)
  const fields = pieces.map(({ field, node, derived }): Presented<SourceField> => {
    const [start, end] = [positionOf(node.start), positionOf(node.end)]
    return {
      field,
      place: node.place,
      start,
      end,
      text: text.slice(start, end),
      firstByte: bytesAt(node.start),
      endByte: bytesAt(node.end),
      derived,
    }
  })
  return {
    place: segment.place,
    text,
    abridged: isAbridged,
    firstByte: bytesAt(segment.start),
    endByte: bytesAt(segment.end),
    fields: fields.toSorted((a, b) => a.start - b.start || b.end - a.end),
  }
}

/**
 * What one archived message holds of the values that are shown: the segments they stand in and no
 * other, because the rest of a message may be about something withdrawn since, or somebody else.
 */
export const sourceMessageOf = (
  { message }: ArchivedMessage,
  bytes: Buffer,
  archive: ArchivePlace,
  wanted: readonly Wanted[],
): Presented<SourceMessage> => {
  const characterSet = message.characterSet ?? 'utf-8'
  const { text, byteAt } = messageText(bytes, characterSet)
  const search = searchMessage(text)
  const pieces = search === null ? [] : wanted.flatMap((one) => piecesOf(one, search))
  const bySegment = Map.groupBy(pieces, ({ segment }) => segment.place)
  const segments = [...bySegment.values()].map((those) =>
    segmentOf((those[0] as Piece).segment, those, byteAt),
  )
  return {
    message: message.id,
    source: message.source,
    type: message.type,
    controlId: message.controlId,
    receivedAt: new Date(Math.floor(message.receivedAt / 1000)).toISOString(),
    archive,
    payload: message.payload?.object ?? null,
    characterSet,
    segments: segments.toSorted((a, b) => a.firstByte - b.firstByte),
  }
}
