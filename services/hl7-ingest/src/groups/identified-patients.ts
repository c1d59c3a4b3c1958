import { type Hl7Message, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import { leaveSegment } from '@tideway/hl7v2/lexer/unused-parts'
import { IngestError } from '../errors.ts'
import { readPatientOf } from '../composites/patient/patient.ts'
import type { Context, Mapping } from '../normalise/mapping.ts'

/** Resources of an appointment follow its patients, and belong to none of them. */
const ofResources: ReadonlySet<string> = new Set(['RGS', 'AIS', 'AIG', 'AIL', 'AIP'])

/**
 * Segments that begin something of a patient. A sender that puts them before PID puts those of the
 * second patient among those of the first.
 */
const heads: ReadonlySet<string> = new Set('ORC OBR SPM SAC PV1 PV2 TXA RXA'.split(' '))

/** A PID, what stands below it, and why it identifies nobody. */
type Part = { segments: Segment[]; error: IngestError | null }

/**
 * The message without the parts of patients that nothing identifies: a PID without a number, and
 * what stands below it up to the next PID. They are listed as unused, and the message counts as
 * used in part: what stands below another PID is that patient's, whoever these are.
 *
 * The whole message if that is not certain: if nobody is identified, if the first patient of a
 * message about one is not, if all patients are needed, or if segments stand above their PID.
 *
 * @param patients  as `Mapping.patients`
 */
export const identifiedPatients = (
  message: Hl7Message,
  patients: Mapping['patients'],
  context: Context,
): Hl7Message => {
  const pids = message.segments.filter(({ name }) => name === 'PID')
  const isNeeded = patients === 'all' || segmentOf(message, 'MRG') !== null
  if (pids.length < 2 || isNeeded || hasHeadsAbove(message)) return message
  const parts = partsOf(message, pids, context)
  const nobodys = parts.filter(({ error }) => error !== null)
  const [first] = parts
  if (nobodys.length === 0 || nobodys.length === parts.length) return message
  if ((patients !== 'each' && first?.error !== null) || isBelowResources(message, nobodys))
    return message
  const left = new Set<number>()
  for (const { segments, error } of nobodys) {
    message.leftOut.add((error as IngestError).at)
    for (const segment of segments) {
      leaveSegment(segment)
      left.add(segment.base)
    }
  }
  const rest: Hl7Message = { ...message, segments: [] }
  for (const segment of message.segments)
    if (!left.has(segment.base)) rest.segments.push({ ...segment, message: rest })
  return rest
}

/** Whether `identifiedPatients` left out a patient: only then is PID-3 a place left out. */
export const hasUnidentified = ({ leftOut }: Hl7Message): boolean =>
  [...leftOut].some((place) => /^PID(\[\d+\])?-3$/.test(place))

/**
 * Whether an order, specimen, visit or document stands above its PID, which no structure of HL7
 * v2.5.1 allows: what stands above a further PID may then be of the patient below it.
 */
export const hasHeadsAbove = ({ segments }: Hl7Message): boolean => {
  const above = segments.slice(
    0,
    segments.findIndex(({ name }) => name === 'PID'),
  )
  const last = above.findLast(({ name }) => name !== 'NTE' && name !== 'PRT')
  return last !== undefined && heads.has(last.name)
}

const partsOf = (message: Hl7Message, pids: readonly Segment[], context: Context): Part[] => {
  const parts = pids.map((pid): Part => ({ segments: [], error: whyNobody(pid, context) }))
  let at = -1
  let isOfPatient = false
  for (const segment of message.segments) {
    if (segment.name === 'PID') at += 1
    isOfPatient = at !== -1 && (segment.name === 'PID' || isOfPatient)
    if (ofResources.has(segment.name)) isOfPatient = false
    if (isOfPatient) parts[at]?.segments.push(segment)
  }
  return parts
}

const whyNobody = (pid: Segment, context: Context): IngestError | null => {
  try {
    readPatientOf(pid, null, context)
    return null
  } catch (error) {
    if (error instanceof IngestError) return error
    throw error
  }
}

/** Resources below a patient who stands below resources may be of that patient's appointment. */
const isBelowResources = ({ segments }: Hl7Message, nobodys: readonly Part[]): boolean => {
  const first = segments.find(({ name }) => ofResources.has(name))
  return (
    first !== undefined && nobodys.some((part) => (part.segments[0] as Segment).base > first.base)
  )
}
