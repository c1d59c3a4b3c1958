import type { Trace } from './trace.ts'
import type { ArchivedMessage } from '@tideway/schemas/archive'
import type { ArchivePlace } from '@tideway/schemas/documents/archive-place'
import { locate, type Path, type Locator } from '@tideway/record/provenance/locate'
import { pieceAt } from '@tideway/record/provenance/piece-at'
import { messageText } from '@tideway/record/provenance/message-text'
import type { Node } from '@tideway/record/provenance/node'
import { messageLocator } from '@tideway/record/provenance/message-locator'
import type { Presented } from '../json/schema/answer.ts'
import type { SourceField, SourceMessage, SourceSegment } from '../json/source.ts'
import { excerptOf } from './excerpt.ts'
import { fieldText } from './fields.ts'

/**
 * A value in the answer, and the traces that may lead to its source, likeliest first. `place`: of
 * what was not used, which no value was made from.
 */
export type Wanted = {
  field: Path
  traces: readonly (Trace & { rest: Path })[]
  place?: string
}

type Piece = { field: string; node: Node; segment: Node; derived: string | null }

const piecesOf = ({ field, traces, place: unused }: Wanted, locator: Locator): Piece[] => {
  const piece = unused === undefined ? null : pieceAt(locator, unused)
  if (piece !== null)
    return [{ field: fieldText(field), node: piece, segment: locator.around(piece), derived: null }]
  for (const { place, record, said, path, rest } of traces) {
    const located = locate(locator, place, record, said, [...path, ...rest])
    if (located !== null)
      return located.pieces.map((node) => ({
        field: fieldText(field),
        node,
        segment: locator.around(node),
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
 * The source of values in one archived message: only the segments that hold them, because the rest
 * of the message may be about something withdrawn since, or another patient.
 */
export const sourceMessageOf = (
  { message }: ArchivedMessage,
  bytes: Buffer,
  archive: ArchivePlace,
  wanted: readonly Wanted[],
): Presented<SourceMessage> => {
  const characterSet = message.characterSet ?? 'utf-8'
  const { text, byteAt } = messageText(bytes, characterSet)
  const locator = messageLocator(text)
  const pieces = locator === null ? [] : wanted.flatMap((one) => piecesOf(one, locator))
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
