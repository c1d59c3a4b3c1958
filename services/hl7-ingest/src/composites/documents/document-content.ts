import { text } from '@tideway/hl7v2/lexer/fields'
import type {
  Attachment,
  Coded,
  DocumentReported,
  NoteDetail,
  Observation,
} from '@tideway/schemas/events.generated'
import { readObservationStatus } from '@tideway/record/status/observation-status'
import type { Upload } from '@tideway/ingest/large-payloads'
import type { Context } from '../../normalise/mapping.ts'
import { placeOf, type Segment } from '@tideway/hl7v2/lexer/message'
import { readObservations } from '../results/observations.ts'
import type { ObservationSegments } from '../../groups/result-groups.ts'
import { leaveUnsaid } from './unsaid-content.ts'

export type DocumentContent = Pick<
  DocumentReported,
  | 'kind'
  | 'status'
  | 'statusAsSent'
  | 'statusSystem'
  | 'text'
  | 'sections'
  | 'attachment'
  | 'attachments'
  | 'observations'
  | 'notes'
  | 'noteDetails'
  | 'participants'
> & {
  bytes: Upload[]
  observedAt: string | null
  /** The OBX with that time. */
  timed: Segment | null
  /** The OBX that marks the document as another patient's; null if none does. */
  wrongPatient: Segment | null
}

/** OBX-11 of a retracted part, HL7 table 0085; W (wrong patient) retracts the whole document. */
const retracted = new Set(['D', 'X'])
const textTypes = new Set(['TX', 'FT', 'ST'])

/** ST with a unit, a range or a flag is a result, not a line of the document. */
const isText = ({ valueType, unit, range, flags }: Observation): boolean =>
  valueType === null ||
  (textTypes.has(valueType) &&
    (valueType !== 'ST' || (unit === null && range === null && flags.length === 0)))
const sameCode = (a: Coded | undefined, b: Coded): boolean =>
  a !== undefined && a.code === b.code && a.text === b.text
const named = ({ code, text: name }: Coded): boolean => code !== null || name !== null

/**
 * Content of a document: text joined from several OBX, attachments, and any other observations. A
 * retracted part is not read, so it is listed as unused.
 */
export const readDocumentContent = (
  segments: readonly ObservationSegments[],
  context: Context,
): DocumentContent => {
  const wrongPatient = segments.find(({ obx }) => text(obx, 11)?.toUpperCase() === 'W')?.obx ?? null
  const current = segments.filter(({ obx }) => !retracted.has(text(obx, 11)?.toUpperCase() ?? ''))
  const read = readObservations(current, context)
  const observations = read.map(({ observation }) => observation)
  const texts = observations.filter((one) => one.attachment === null && isText(one))
  const attachments = observations
    .map(({ attachment }) => attachment)
    .filter((one): one is Attachment => one !== null)
  const content = observations.filter((one) => one.attachment !== null || isText(one))
  const begun = texts
    .filter(({ code }, index) => named(code) && !sameCode(texts[index - 1]?.code, code))
    .map(({ code }) => code)
  const sections = begun.length > 1 ? begun : []
  const kind = content.map(({ code }) => code).find((code) => named(code)) ?? null
  leaveUnsaid(current, observations, content, [...sections, ...(kind === null ? [] : [kind])])
  const timed = observations.find(({ observedAt }) => observedAt !== null)
  return {
    kind,
    ...statusOf(
      wrongPatient,
      current.length === 0 ? segments[0] : undefined,
      content[0] ?? observations[0],
    ),
    text: textOf(texts),
    sections,
    attachment: attachments[0] ?? null,
    attachments: attachments.length > 1 ? attachments : [],
    observations: observations.filter((one) => one.attachment === null && !isText(one)),
    ...notesOf(content),
    participants: content.flatMap(({ participants }) => participants ?? []),
    bytes: read.map(({ bytes }) => bytes).filter((one) => one !== null),
    observedAt: timed?.observedAt ?? null,
    timed: current.find(({ obx }) => placeOf(obx) === timed?.place)?.obx ?? null,
    wrongPatient,
  }
}

const notesOf = (
  content: readonly Observation[],
): { notes: string[]; noteDetails: NoteDetail[] } => {
  const notes: string[] = []
  const noteDetails: NoteDetail[] = []
  for (const one of content) {
    noteDetails.push(...(one.noteDetails ?? []))
    notes.push(...one.notes)
  }
  return { notes, noteDetails }
}

/**
 * Parts with the same code are joined by line breaks; a new code starts with a blank line and its
 * name.
 */
const textOf = (texts: readonly Observation[]): string | null => {
  if (texts.every(({ value }) => value === null)) return null
  const isDivided = texts.some(({ code }) => !sameCode(texts[0]?.code, code))
  return texts
    .map(({ code, value }, index) => {
      const begins = isDivided && !sameCode(texts[index - 1]?.code, code)
      const heading = begins && code.text !== null ? `${code.text}\n` : ''
      return `${begins && index > 0 ? '\n' : ''}${heading}${value ?? ''}`
    })
    .join('\n')
}

/** Status of the wrong-patient segment, else the withdrawn part, else the first observation. */
const statusOf = (
  wrongPatient: Segment | null,
  withdrawn: ObservationSegments | undefined,
  first: Observation | undefined,
): Pick<Observation, 'status' | 'statusAsSent' | 'statusSystem'> => {
  const obx = wrongPatient ?? withdrawn?.obx
  if (obx !== undefined) return readObservationStatus(text(obx, 11), 'HL70085')
  const { status = null, statusAsSent = null, statusSystem = null } = first ?? {}
  return { status, statusAsSent, statusSystem }
}
