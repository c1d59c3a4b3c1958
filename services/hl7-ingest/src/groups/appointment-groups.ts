import { IngestError } from '../errors.ts'
import type { Context } from '../normalise/mapping.ts'
import { type Hl7Message, placeOf, type Segment } from '@tideway/hl7v2/lexer/message'
import { readPatientOf } from '../composites/patient/patient.ts'
import { limitShared, weightOf } from './shared-segments.ts'

const ofResources = new Set(['RGS', 'AIS', 'AIG', 'AIL', 'AIP'])
/**
 * What is about the appointment and no patient; anything else outside a patient's own group may be
 * one patient's, and is left unused.
 */
const ofSchedule = new Set(['MSH', 'SFT', 'UAC', 'EVN', 'SCH', 'TQ1', 'NTE', ...ofResources])

/**
 * A scheduling message cut into one a patient: the appointment and what it needs, and of the
 * patients only himself. A message about one patient stays whole. What is used of a piece counts as
 * used of the whole.
 *
 * @throws IngestError MISSING_FIELD at PID-3, SEVERAL_PATIENTS at a PID that comes again among
 *   others, or after what the appointment needs, or where patients and what they share are too many
 * @see HL7 v2.5.1 chapter 10.4, SIU_S12: { PID ... } { RGS ... }
 */
export const appointmentGroups = (message: Hl7Message, context: Context): Hl7Message[] => {
  const pids = message.segments.filter(({ name }) => name === 'PID')
  if (pids.length < 2) return [message]
  const keys = pids.map((pid) => readPatientOf(pid, null, context).key)
  if (new Set(keys).size === 1) return [message]
  const seen = new Set<string>()
  const again = pids.find((_, n) => seen.size === seen.add(keys[n] as string).size)
  if (again !== undefined) throw new IngestError('SEVERAL_PATIENTS', placeOf(again))
  const { before, patients, resources } = cut(message)
  limitShared(
    (patients.length - 1) * weightOf([...before, ...resources]),
    'SEVERAL_PATIENTS',
    pids[1] as Segment,
  )
  return patients.map((own) => {
    const group: Hl7Message = { ...message, segments: [] }
    for (const segment of [...before, ...own, ...resources])
      group.segments.push({ ...segment, message: group })
    return group
  })
}

const cut = ({ segments }: Hl7Message) => {
  const before: Segment[] = []
  const patients: Segment[][] = []
  const resources: Segment[] = []
  let into = before
  for (const segment of segments) {
    const { name } = segment
    if (name === 'PID') {
      if (into === resources) throw new IngestError('SEVERAL_PATIENTS', placeOf(segment))
      into = []
      patients.push(into)
    } else if (ofResources.has(name)) into = resources
    const isShared = into === before || into === resources
    if (!isShared || ofSchedule.has(name)) into.push(segment)
  }
  return { before, patients, resources }
}
