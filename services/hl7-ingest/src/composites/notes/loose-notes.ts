import { isUnread } from '@tideway/hl7v2/lexer/fields'
import { type Hl7Message, placeOf, type Segment } from '@tideway/hl7v2/lexer/message'
import type { EventBody, NoteDetail } from '@tideway/schemas/events.generated'
import { limitShared, weightOf } from '../../groups/shared-segments.ts'
import type { Context, Hl7DraftEvent } from '../../normalise/mapping.ts'
import { readNotes, readNotesWithDetails } from '../../segments/nte.ts'

/** Segments whose notes are about the whole message, not about one order or result. */
const ofMessage = new Set(['MSH', 'SFT', 'UAC', 'EVN', 'PID', 'PD1', 'PV1', 'PV2', 'ROL'])

/** What a message is sent for; the notes of the patient are shown with each. */
const sentFor = new Set<EventBody['type']>([
  'ResultReported',
  'RequestReported',
  'DocumentReported',
  'MedicationPrescribed',
  'MedicationDispensed',
  'MedicationGiven',
  'ImmunizationReported',
  'AppointmentReported',
])

type Noted = EventBody & { notes: string[]; noteDetails?: NoteDetail[] | null }

const hasNotes = (body: EventBody): body is Noted => 'notes' in body && Array.isArray(body.notes)

/**
 * The events with the notes that their mapping did not read. A note below a segment that became an
 * event belongs to it. A note below the patient or the visit, such as `Sample received unlabelled`,
 * is shown with every report, request, medicine, dose, document and appointment of that patient.
 * Any other stays unused.
 *
 * @throws IngestError INVALID_FIELD where long notes are shared by very many events
 * @see HL7 v2.5.1 chapter 7.3.1, ORU_R01: NTE below PID
 */
export const withLooseNotes = (
  message: Hl7Message,
  drafts: readonly Hl7DraftEvent[],
  context: Context,
): readonly Hl7DraftEvent[] => {
  const loose = looseNotes(message)
  if (loose.length === 0) return drafts
  const byPlace = new Map(drafts.toReversed().map((draft) => [draft.place, draft]))
  const first: Added = new Map()
  const last: Added = new Map()
  let shared = 0
  for (const { notes, below, pid } of loose) {
    const own = byPlace.get(placeOf(below))
    if (own !== undefined && hasNotes(own.body)) {
      add(last, own, notes)
    } else if (ofMessage.has(below.name)) {
      const about = ofPatient(pid, drafts, byPlace)
      if (about.length > 1) shared += weightOf(notes) * about.length
      limitShared(shared, 'INVALID_FIELD', notes[0] as Segment)
      for (const draft of about) add(first, draft, notes)
    }
  }
  return drafts.map((draft) =>
    joined(draft, first.get(draft) ?? [], last.get(draft) ?? [], context),
  )
}

type Added = Map<Hl7DraftEvent, Segment[]>

const add = (to: Added, draft: Hl7DraftEvent, notes: readonly Segment[]): void =>
  void to.set(draft, [...(to.get(draft) ?? []), ...notes])

/** What the message was sent for, of the patient of a PID; nothing if it is not known whose. */
const ofPatient = (
  pid: Segment | null,
  drafts: readonly Hl7DraftEvent[],
  byPlace: ReadonlyMap<string, Hl7DraftEvent>,
): Hl7DraftEvent[] => {
  const keys = new Set(drafts.map(({ patientKey }) => patientKey))
  const key = keys.size === 1 ? [...keys][0] : keyOf(pid, byPlace)
  return drafts.filter(({ patientKey, body }) => patientKey === key && sentFor.has(body.type))
}

const keyOf = (pid: Segment | null, byPlace: ReadonlyMap<string, Hl7DraftEvent>) =>
  pid === null ? undefined : byPlace.get(placeOf(pid))?.patientKey

type Loose = { notes: Segment[]; below: Segment; pid: Segment | null }

/** Unread notes, with the segment they follow and the patient above them. */
const looseNotes = ({ segments }: Hl7Message): Loose[] => {
  const found: Loose[] = []
  let below: Segment | null = null
  let pid: Segment | null = null
  for (const segment of segments) {
    const { name } = segment
    if (name === 'NTE') {
      if (below === null || !isUnread(segment, 3)) continue
      const open = found.at(-1)
      if (open?.below === below) open.notes.push(segment)
      else found.push({ notes: [segment], below, pid })
    } else if (name !== 'PRT') {
      below = segment
      if (name === 'PID') pid = segment
    }
  }
  return found
}

const joined = (
  draft: Hl7DraftEvent,
  before: readonly Segment[],
  after: readonly Segment[],
  context: Context,
): Hl7DraftEvent => {
  const { body } = draft
  if (before.length + after.length === 0 || !hasNotes(body)) return draft
  if (!('noteDetails' in body)) {
    const all = [...readNotes(before), ...body.notes, ...readNotes(after)]
    return { ...draft, body: { ...body, notes: all } as EventBody }
  }
  const [head, tail] = [before, after].map((one) => readNotesWithDetails([one], context))
  const notes = [...(head?.notes ?? []), ...body.notes, ...(tail?.notes ?? [])]
  const details = [head?.noteDetails, body.noteDetails, tail?.noteDetails]
  return {
    ...draft,
    body: { ...body, notes, noteDetails: details.flatMap((one) => one ?? []) } as EventBody,
  }
}
