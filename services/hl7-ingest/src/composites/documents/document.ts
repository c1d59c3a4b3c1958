import { documentKey } from '@tideway/record/keys/clinical-keys'
import { optionalTime } from '../../datatypes/time-field.ts'
import { leaveUnread, type PartsRead } from '@tideway/hl7v2/lexer/unused-parts'
import {
  componentsOf,
  decoded,
  firstRepetition,
  markUnusable,
  raw,
  repetitions,
  text,
  wholeText,
} from '@tideway/hl7v2/lexer/fields'
import { type Coded, type DocumentReported, unsaid } from '@tideway/schemas/events.generated'
import { IngestError } from '../../errors.ts'
import { type Context, zoneOf } from '../../normalise/mapping.ts'
import { fieldPlace, type Segment } from '@tideway/hl7v2/lexer/message'
import { readCoded } from '../../datatypes/ce.ts'
import { documentTypes } from '../../tables/document-types.ts'
import { readOwnNumber } from '../../datatypes/ei.ts'
import { isoOf } from '@tideway/hl7v2/datatypes/timestamp'
import { readPractitioners } from '../../datatypes/xcn.ts'
import { assigned, scopeOf } from '../../keys/business-key.ts'
import { readConsent } from '../../segments/con.ts'
import type { DocumentContent } from './document-content.ts'
import { timeOf } from './document-time.ts'
import type { DocumentSegments } from '../../groups/document-groups.ts'
import { readNotesWithDetails } from '../../segments/nte.ts'
import { readParticipants } from '../../segments/prt.ts'
import { readAvailability, readCompletion } from '@tideway/record/status/document-status'
import { statusAs } from '@tideway/record/status/status-table'

/**
 * A document as its TXA describes it, with the numbers of its order.
 *
 * @throws IngestError MISSING_FIELD at TXA-12 if neither a number nor type and time identify the
 *   document
 * @see HL7 v2.5.1 chapter 9.6.1
 */
export const readDocument = (
  { orc, obr, txa, notes, participants, consents }: DocumentSegments,
  content: DocumentContent,
  patientKey: string,
  context: Context,
): DocumentReported => {
  const time = (field: number) => optionalTime(txa, field, context)
  const { bytes: _bytes, wrongPatient: _wrong, observedAt: _at, timed: _obx, ...held } = content
  const unique = readOwnNumber(txa, 12, context.source)
  const parent = readOwnNumber(txa, 13, context.source)
  const remarks = readNotesWithDetails([notes], context)
  const times = {
    activityAt: time(4),
    originatedAt: time(6),
    transcribedAt: time(7),
    editedAt: time(8),
  }
  const at = timeOf(times, content)
  const type = readType(txa, held.kind !== null)
  const fillerNumber = text(txa, 15) ?? numberIn(3, obr, orc)
  const placerNumber = text(txa, 14) ?? numberIn(2, obr, orc)
  const about = {
    type: type?.code ?? held.kind?.code ?? null,
    at,
    order: fillerNumber ?? placerNumber,
  }
  const scope = scopeOf(patientKey, context)
  const key = documentKey(assigned(unique, context), about, scope)
  const parentId = parent && documentKey(assigned(parent, context), about, scope)
  if (key === null) throw new IngestError('MISSING_FIELD', fieldPlace(txa, 12))
  return {
    ...unsaid.DocumentReported(),
    ...held,
    ...times,
    documentId: key,
    kind: held.kind ?? type,
    uniqueNumber: unique?.number ?? null,
    parentNumber: parent?.number ?? null,
    parentId: parentId === key ? null : parentId,
    title:
      wholeText(txa, 25) ??
      type?.text ??
      type?.alternateText ??
      held.kind?.text ??
      documentTypes.get(type?.code ?? '') ??
      null,
    at,
    documentType: type?.code ?? type?.alternateCode ?? null,
    presentation: text(txa, 3),
    fileName: wholeText(txa, 16),
    ...statusAs('completion', readCompletion(text(txa, 17), 'HL70271')),
    confidentiality: text(txa, 18),
    ...statusAs('availability', readAvailability(text(txa, 19), 'HL70273')),
    changeReason: wholeText(txa, 21),
    performers: readPractitioners(txa, 5),
    authors: readPractitioners(txa, 9),
    assignedAuthenticators: readPractitioners(txa, 10),
    transcriptionists: readPractitioners(txa, 11),
    authenticators: readPractitioners(txa, 22),
    authenticatedAt: signedAt(txa, context),
    copyTo: readPractitioners(txa, 23),
    fillerNumber,
    placerNumber,
    notes: [...remarks.notes, ...held.notes],
    noteDetails: [...remarks.noteDetails, ...held.noteDetails],
    participants: [
      ...participants.flatMap((prt) => readParticipants(prt, context)),
      ...held.participants,
    ],
    consents: consents.map((con) => readConsent(con, context)),
  }
}

/**
 * TXA-2. If the content has its own type, only the code is kept, and the text if no title was sent.
 */
const readType = (txa: Segment, isSaid: boolean): Coded | null => {
  if (isSaid)
    leaveUnread(
      txa,
      2,
      componentsOf(txa.message, firstRepetition(txa, 2) ?? ''),
      text(txa, 25) === null ? codeAndText : codeAlone,
    )
  return readCoded(txa, 2)
}
const codeAlone: PartsRead = [1]
const codeAndText: PartsRead = [1, 1]

const numberIn = (field: number, obr: Segment | null, orc: Segment | null): string | null =>
  (obr === null ? null : text(obr, field)) ?? (orc === null ? null : text(orc, field))

/** TXA-22.15, the time of the last signature. HL7 v2.5.1 chapter 2A.55, data type PPN. */
const signedAt = (txa: Segment, context: Context): string | null => {
  raw(txa, 22)
  const times = repetitions(txa, 22)
    .map((one) => decoded(txa.message, componentsOf(txa.message, one)[14]))
    .filter((one) => one !== null)
  const last = times.at(-1)
  if (last === undefined) return null
  const iso = isoOf(last, zoneOf(context))
  if (iso === null || times.length > 1) markUnusable(txa, 22)
  return iso
}
