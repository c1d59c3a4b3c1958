import { IngestError } from '../errors.ts'
import type { Context } from '../normalise/mapping.ts'
import { type Hl7Message, placeOf, type Segment } from '@tideway/hl7v2/lexer/message'
import { readPatientOf } from '../composites/patient/patient.ts'
import { limitShared, weightOf } from './shared-segments.ts'

const ofResources = new Set(['RGS', 'AIS', 'AIG', 'AIL', 'AIP'])
/**
 * Segments about the appointment and not a patient. Anything else outside a patient group may
 * belong to one patient, and is left unused.
 */
const ofSchedule = new Set(['MSH', 'SFT', 'UAC', 'EVN', 'SCH', 'TQ1', 'NTE', ...ofResources])

/**
 * Splits a scheduling message into one per patient: the appointment with its resources, and that
 * patient only. A message about one patient is not split. Fields used in a part count as used in
 * the whole.
 *
 * @throws IngestError MISSING_FIELD at PID-3, SEVERAL_PATIENTS at a PID that is repeated among
 *   others or follows the resources, or if patients times shared segments exceed the limit
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
