import type { ArchivePlace } from '@tideway/schemas/documents/archive-place'
import type {
  Entry,
  EntryKind,
  Generation,
  Origin as StoredOrigin,
} from '@tideway/schemas/documents/entry'
import { entryIdOf, publicId } from '@tideway/schemas/public-id'
import type { Version } from '@tideway/schemas/documents/version'
import { generationAt } from '@tideway/record/entries/generations/member-ids'
import { isAfterItsMessage } from '@tideway/record/entries/entry'
import { notShownIn } from '@tideway/record/entries/not-shown'
import { receivedOf } from '@tideway/record/entries/version'
import type { AllergyLines } from '@tideway/record/summary/allergy-lines'
import { type Static, Type } from 'typebox'
import type { Presented } from './schema/answer.ts'
import { Completeness } from '../completeness/completeness.ts'
import { entrySource, NotShown, notShownOf } from './not-shown.ts'
import { futureMark, instant, list, object, optional, text, publicIdText } from './schema/values.ts'

export const ArchivePlaceAnswer = object('ArchivePlace', 'Where a message is in the archive.', {
  object: text('Object store key of an Avro container object.'),
  position: Type.Integer({ minimum: 0, description: 'Index of the record in the object, from 0.' }),
})

export const Origin = object(
  'Origin',
  'A message that contributed to an entry, and where its bytes are.',
  {
    message: text('Message id; see GET /api/messages/{id}.'),
    segment: text('Segment in the message, counted from 1, e.g. OBR[1].'),
    source: text('ODS code of the sender.'),
    receivedAt: instant('When the message was received.'),
    archive: optional(ArchivePlaceAnswer, 'Absent until archived, within seconds.'),
  },
)

/** Fields of every kind of entry. */
export const entryFields = {
  id: publicIdText('Public id of the entry.'),
  organisation: text('ODS code of the organisation whose patient record it belongs to.'),
  patient: publicIdText('Public id of the source patient.'),
  receivedAt: instant('When the newest message that contributed was received.'),
  inFuture: futureMark(
    'The clinical time lies after every message about it, so it cannot be right or is planned; the entry is sorted by the newest message. Never on an appointment.',
  ),
  origins: list(Origin, 'Every message that contributed, oldest first.'),
  notShown: optional(
    NotShown,
    'What was sent with this and could not be used; absent if everything was.',
  ),
  completeness: optional(
    Completeness,
    'Of the record it is part of; only where the entry is answered by itself.',
  ),
  complete: optional(Type.Boolean(), 'True only if `completeness.state` is `complete`.'),
}

/** What the answer about some entries needs besides them. */
export type EntryContext = {
  /** Where the messages of the entries are archived, by message id. */
  archive: ReadonlyMap<string, ArchivePlace>
  /** What the heads of the person say of allergies; absent if not read. */
  allergies?: AllergyLines
  /** Generations of numbers used again that the entries refer to, by `_id` of the first. */
  families?: ReadonlyMap<string, readonly Generation[]>
}

/** Public id of the entry of a number that an entry of this time refers to. */
export const linkTo = (
  { patient }: Pick<Entry, 'patient'>,
  kind: EntryKind,
  key: string,
  at: string | null,
  { families }: EntryContext,
): string => {
  const first = entryIdOf(patient, kind, key)
  return publicId(generationAt(first, families?.get(first), at))
}

const timeOf = (microseconds: number): string =>
  new Date(Math.floor(microseconds / 1000)).toISOString()

export const receivedAtOf = (version: Version): string => timeOf(receivedOf(version))

export const organisationOf = (patientKey: string): string =>
  patientKey.slice(0, patientKey.indexOf('|'))

export const originOf = (
  { message, place, source, version }: StoredOrigin,
  { archive }: EntryContext,
): Presented<Static<typeof Origin>> => ({
  message,
  segment: place,
  source,
  receivedAt: receivedAtOf(version),
  archive: archive.get(message) ?? null,
})

/** When the newest message that contributed to an entry was received. */
export const newestReceivedAt = ({ origins }: Pick<Entry, 'origins'>): string =>
  timeOf(Math.max(0, ...origins.map(({ version }) => receivedOf(version))))

export const entryFieldsOf = (entry: Entry, context: EntryContext) => ({
  id: entry.id,
  organisation: organisationOf(entry.patient),
  patient: publicId(entry.patient),
  receivedAt: newestReceivedAt(entry),
  inFuture: isAfterItsMessage(entry) ? (true as const) : null,
  origins: entry.origins.map((origin) => originOf(origin, context)),
  notShown: notShownOf(notShownIn(entry), entrySource(publicId(entry.patient), entry.id)),
})
