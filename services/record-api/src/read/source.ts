import type { ArchivePlace } from '@tideway/schemas/documents/archive-place'
import { ArchiveGap, bytesOf, readRecord } from '@tideway/object-store/archived-message'
import { publicId } from '@tideway/schemas/public-id'
import type { Path } from '@tideway/record/provenance/locate'
import { ApiError } from '../errors.ts'
import { entryOf } from '../json/record.ts'
import type { EntrySource, SourceMessage } from '../json/source.ts'
import { fieldText } from '../provenance/fields.ts'
import { sourceMessageOf, type Wanted } from '../provenance/source-message.ts'
import { askedOf } from '../provenance/wanted.ts'
import { entryOfPerson, type Reader } from './record.ts'

/** Messages read for one answer; each may be a whole archive object. */
const maxMessages = 20
const retryAfter = { headers: { 'retry-after': '10' } }

const readMessage = async (
  archive: Reader['archive'],
  id: string,
  place: ArchivePlace,
  wanted: readonly Wanted[],
): Promise<SourceMessage> => {
  try {
    const record = await readRecord(archive, place)
    if (record.message.id !== id) throw new ArchiveGap('another message is there')
    return sourceMessageOf(record, await bytesOf(archive, record.message), place, wanted)
  } catch (cause) {
    throw new ApiError('ARCHIVE_UNAVAILABLE', { cause })
  }
}

/**
 * The original text behind an entry, from the archive, each value that is shown with the piece it
 * was made from.
 *
 * @param field  of the entry as it is answered; null: everything that is shown now
 * @throws ApiError NO_SUCH_PATIENT, NO_SUCH_ENTRY, NO_SUCH_FIELD, WITHDRAWN, ARCHIVE_PENDING or
 *   ARCHIVE_UNAVAILABLE
 */
export const readSource = async (
  reader: Reader,
  patientId: string,
  entryId: string,
  field: Path | null,
): Promise<EntrySource> => {
  const { store, archive } = reader
  const entry = await entryOfPerson(store, patientId, entryId)
  const { byMessage, withdrawn } = askedOf(entry, entryOf(entry, { archive: new Map() }), field)
  const newestFirst = [...new Set(entry.origins.map(({ message }) => message).toReversed())].filter(
    (id) => byMessage.has(id),
  )
  const asked = newestFirst.slice(0, maxMessages)
  const places = await store.archiveOf(asked)
  if (asked.some((id) => !places.has(id))) throw new ApiError('ARCHIVE_PENDING', retryAfter)
  const messages: SourceMessage[] = []
  for (const id of asked)
    messages.push(
      await readMessage(archive, id, places.get(id) as ArchivePlace, byMessage.get(id) ?? []),
    )
  return {
    entry: entry.id,
    patient: publicId(entry.patient),
    field: field === null ? null : fieldText(field),
    messages,
    withdrawn,
    left: newestFirst.length - asked.length,
  }
}
