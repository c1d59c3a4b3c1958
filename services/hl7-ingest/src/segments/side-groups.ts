import type { Hl7Message, Segment } from '../parse.ts'
import type { ObservationSegments } from './result-groups.ts'

/** What stands beside the patient and the visit in an ADT message, each with what belongs below it. */
export type SideGroups = {
  allergies: Segment[]
  diagnoses: Segment[]
  deaths: Segment[]
  contacts: Segment[]
  procedures: { pr1: Segment; roles: Segment[] }[]
  observations: ObservationSegments[]
  /** Those who care for the patient, and for the visit. */
  roles: { segment: Segment; ofVisit: boolean }[]
}

/** Segments of the patient and of the visit that a PRT may follow. HL7 v2.8 chapter 4.4.1. */
const participated = new Set(['PID', 'PD1', 'PV1', 'PV2'])

/**
 * A ROL belongs to what stands before it: the patient (after PID, PD1 or NK1), the visit (after PV1 or PV2), a procedure (after PR1).
 * One below anything else, such as an insurance, is of none of these, and ends up unused; so does an OBX below an order or a procedure.
 * A PRT belongs to the patient, the visit or the observation right before it. An OBX after an insurance is the patient's: that of VXU stands there.
 *
 * @see HL7 v2.5.1 chapter 3.3.1, ADT_A01; v2.7.1 chapter 4A.7.1, VXU_V04
 */
export const sideGroups = (message: Hl7Message): SideGroups => {
  const groups: SideGroups = { allergies: [], diagnoses: [], deaths: [], contacts: [], procedures: [], observations: [], roles: [] }
  let owner: Owner | null = null
  let last: ObservationSegments | null = null
  let above = ''
  for (const segment of message.segments) {
    if (segment.name === 'NTE' || segment.name === 'PRT') {
      joinBefore(segment, above, last, groups)
      continue
    }
    last = null
    above = segment.name
    if (above === 'ROL') takeRole(groups, segment, owner)
    else if (above === 'OBX') last = takeObservation(groups, segment, owner)
    else owner = owners.get(above) ?? null
    takeStatement(groups, segment)
  }
  return groups
}

const joinBefore = (segment: Segment, above: string, observation: ObservationSegments | null, { roles }: SideGroups): void => {
  if (observation !== null) (segment.name === 'NTE' ? observation.notes : observation.participants).push(segment)
  else if (segment.name === 'PRT' && participated.has(above)) roles.push({ segment, ofVisit: above.startsWith('PV') })
}

/** What a segment that may own others stands for. */
type Owner = 'patient' | 'visit' | 'payer' | 'procedure'
const owners: ReadonlyMap<string, Owner> = new Map([
  ...['PID', 'PD1', 'ARV', 'NK1'].map((name) => [name, 'patient'] as const),
  ...['PV1', 'PV2', 'DB1', 'AL1', 'DG1'].map((name) => [name, 'visit'] as const),
  ...['GT1', 'IN1', 'IN2', 'IN3'].map((name) => [name, 'payer'] as const),
  ['PR1', 'procedure'],
])

const takeRole = (groups: SideGroups, segment: Segment, owner: Owner | null): void => {
  if (owner === 'procedure') groups.procedures.at(-1)?.roles.push(segment)
  else if (owner === 'patient' || owner === 'visit') groups.roles.push({ segment, ofVisit: owner === 'visit' })
}

const takeObservation = (groups: SideGroups, obx: Segment, owner: Owner | null): ObservationSegments | null => {
  if (owner === null || owner === 'procedure') return null
  const observation: ObservationSegments = { obx, notes: [], participants: [] }
  groups.observations.push(observation)
  return observation
}

const takeStatement = (groups: SideGroups, segment: Segment): void => {
  const lists: Record<string, Segment[]> = { NK1: groups.contacts, AL1: groups.allergies, DG1: groups.diagnoses, PDA: groups.deaths }
  if (segment.name === 'PR1') groups.procedures.push({ pr1: segment, roles: [] })
  else lists[segment.name]?.push(segment)
}
