import type { Path } from '@tideway/record/provenance/locate'
import type { ArchivePlace } from '@tideway/schemas/documents/archive-place'
import { publicId } from '@tideway/schemas/public-id'
import type { Chart } from '../chart/open-chart.ts'
import { ApiError } from '../errors.ts'
import { answerOf, type Presented } from '../json/schema/answer.ts'
import { AnyEntry, entryOf } from '../json/any-entry.ts'
import { EntrySource, type SourceMessage } from '../json/source.ts'
import { fieldText } from '../provenance/fields.ts'
import { sourceMessageOf, type Wanted } from '../provenance/source-message.ts'
import { askedOf } from '../provenance/wanted.ts'

/** Messages read for one answer; each may be a whole archive object. */
const maxMessages = 20
const answer = answerOf<EntrySource>(EntrySource)
const answerEntry = answerOf<AnyEntry>(AnyEntry)
const retryAfter = { headers: { 'retry-after': '10' } }

const readMessage = async (
  chart: Chart,
  id: string,
  place: ArchivePlace,
  wanted: readonly Wanted[],
): Promise<Presented<SourceMessage>> => {
  try {
    const { archived, bytes } = await chart.sourceText(id, place)
    return sourceMessageOf(archived, bytes, place, wanted)
  } catch (cause) {
    throw new ApiError('ARCHIVE_UNAVAILABLE', { cause })
  }
}

const readMessages = async (
  chart: Chart,
  ids: readonly string[],
  places: ReadonlyMap<string, ArchivePlace>,
  wanted: ReadonlyMap<string, readonly Wanted[]>,
): Promise<Presented<SourceMessage>[]> => {
  if (ids.some((id) => !places.has(id))) throw new ApiError('ARCHIVE_PENDING', retryAfter)
  const messages: Presented<SourceMessage>[] = []
  for (const id of ids)
    messages.push(
      await readMessage(chart, id, places.get(id) as ArchivePlace, wanted.get(id) ?? []),
    )
  return messages
}

/**
 * The original text of what was sent about the source patient requested and is in no entry.
 *
 * @throws ApiError NO_SUCH_FIELD if there is nothing, ARCHIVE_PENDING or ARCHIVE_UNAVAILABLE
 */
export const readPatientSource = async (chart: Chart): Promise<EntrySource> => {
  const [requested] = chart.heads
  const told = requested?.notShownOfPatient ?? []
  if (requested === undefined || told.length === 0) throw new ApiError('NO_SUCH_FIELD')
  const placed = told.flatMap(({ message, places }) => places.map((place) => ({ message, place })))
  const wanted = Map.groupBy(
    placed.map(({ message, place }, index) => ({
      message,
      field: ['notShown', 'places', index],
      traces: [],
      place,
    })),
    ({ message }) => message,
  )
  const ids = [...wanted.keys()].toReversed()
  const messages = await readMessages(chart, ids, await chart.archivePlacesOf(ids), wanted)
  const source = { entry: null, field: 'notShown', messages, withdrawn: [], left: 0 }
  return answer({ ...source, patient: requested.id }, chart.sealId)
}

/**
 * The original text behind an entry, from the archive: each value that is shown, with the part of
 * the message it was made from.
 *
 * @param field  of the entry as answered; null: everything that is shown now
 * @throws ApiError NO_SUCH_ENTRY, NO_SUCH_FIELD, WITHDRAWN, ARCHIVE_PENDING or ARCHIVE_UNAVAILABLE
 */
export const readSource = async (
  chart: Chart,
  entryId: string,
  field: Path | null,
): Promise<EntrySource> => {
  const entry = await chart.entry(entryId)
  const { byMessage, withdrawn } = askedOf(
    entry,
    answerEntry(entryOf(entry, { archive: new Map() }), chart.sealId),
    field,
  )
  const newestFirst = [...new Set(entry.origins.map(({ message }) => message).toReversed())].filter(
    (id) => byMessage.has(id),
  )
  const ids = newestFirst.slice(0, maxMessages)
  const messages = await readMessages(chart, ids, await chart.archivePlaces([entry]), byMessage)
  return answer(
    {
      entry: entry.id,
      patient: publicId(entry.patient),
      field: field === null ? null : fieldText(field),
      messages,
      withdrawn,
      left: newestFirst.length - ids.length,
    },
    chart.sealId,
  )
}
