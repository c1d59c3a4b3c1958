import { type Hl7Message, type Segment, segmentOf } from '@tideway/hl7v2/lexer/message'
import type { ObservationSegments } from './result-groups.ts'
import { triggerOf } from '../segments/trigger.ts'

/** Clinical segments of a message, each with the segments that belong to it. */
export type ClinicalGroups = {
  allergies: Segment[]
  diagnoses: Segment[]
  deaths: Segment[]
  referrals: Segment[]
  contacts: Segment[]
  procedures: { pr1: Segment; roles: Segment[] }[]
  observations: ObservationSegments[]
  /** Care team of the patient, and of the visit. */
  roles: { segment: Segment; ofVisit: boolean }[]
  /** ARV of the patient, and of the visit. */
  restrictions: { segment: Segment; ofVisit: boolean }[]
}

/** Segments of the patient and of the visit that a PRT may follow. HL7 v2.8 chapter 4.4.1. */
const participated = new Set(['PID', 'PD1', 'PV1', 'PV2'])

/**
 * A ROL belongs to the segment before it: the patient (PID, PD1, NK1), the visit (PV1, PV2) or a
 * procedure (PR1). After anything else, such as an insurance, it is unused; so is an OBX after an
 * order or a procedure, except in A03, where the observations of the visit follow the procedures.
 * An ARV belongs to the visit after PV1 or PV2, else to the patient. It does not change what later
 * segments belong to, nor does a Z segment, one about the accident, the death or the bill, or one
 * that is not known. A PRT belongs to the patient, visit, procedure or observation before it. An
 * OBX after an insurance belongs to the patient, as in VXU.
 *
 * @see HL7 v2.5.1 chapter 3.3.1, ADT_A01, and 3.3.3, ADT_A03; v2.7.1 chapter 4A.7.1, VXU_V04
 */
export const clinicalGroups = (message: Hl7Message): ClinicalGroups => {
  const groups: ClinicalGroups = {
    allergies: [],
    diagnoses: [],
    deaths: [],
    referrals: [],
    contacts: [],
    procedures: [],
    observations: [],
    roles: [],
    restrictions: [],
  }
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
    if (above === 'OBX')
      last = takeObservation(
        groups,
        segment,
        owner === 'procedure' && isDischarge(message) ? 'visit' : owner,
      )
    else owner = ownerAfter(above, owner)
    takeStatement(groups, segment, owner)
  }
  return groups
}

const isDischarge = (message: Hl7Message): boolean =>
  segmentOf(message, 'MSH') !== null && triggerOf(message) === 'A03'

const joinBefore = (
  segment: Segment,
  above: string,
  observation: ObservationSegments | null,
  { roles, procedures }: ClinicalGroups,
): void => {
  if (observation !== null)
    (segment.name === 'NTE' ? observation.notes : observation.participants).push(segment)
  else if (segment.name === 'PRT' && above === 'PR1') procedures.at(-1)?.roles.push(segment)
  else if (segment.name === 'PRT' && participated.has(above))
    roles.push({ segment, ofVisit: above.startsWith('PV') })
}

/** What a segment that other segments belong to is about. */
type Owner = 'patient' | 'visit' | 'payer' | 'procedure'
const owners: ReadonlyMap<string, Owner> = new Map([
  ...['PID', 'PD1', 'NK1'].map((name) => [name, 'patient'] as const),
  ...['PV1', 'PV2', 'DB1', 'AL1', 'DG1'].map((name) => [name, 'visit'] as const),
  ...['GT1', 'IN1', 'IN2', 'IN3'].map((name) => [name, 'payer'] as const),
  ['PR1', 'procedure'],
])

/** Segments that begin something else, which what follows may belong to. */
const ends = new Set(
  'ORC OBR SPM SAC RXO RXE RXD RXG RXA FT1 PRB GOL PTH TXA SCH RGS AIS AIG AIL AIP MRG'.split(' '),
)

/** What later segments belong to; one that is owned, or not known, changes nothing. */
const ownerAfter = (name: string, before: Owner | null): Owner | null => {
  if (isOwned(name)) return before
  return owners.get(name) ?? (ends.has(name) ? null : before)
}

const takeRole = (groups: ClinicalGroups, segment: Segment, owner: Owner | null): void => {
  if (owner === 'procedure') groups.procedures.at(-1)?.roles.push(segment)
  else if (owner === 'patient' || owner === 'visit')
    groups.roles.push({ segment, ofVisit: owner === 'visit' })
}

const takeObservation = (
  groups: ClinicalGroups,
  obx: Segment,
  owner: Owner | null,
): ObservationSegments | null => {
  if (owner === null || owner === 'procedure') return null
  const observation: ObservationSegments = { obx, notes: [], participants: [] }
  groups.observations.push(observation)
  return observation
}

const lists = new Map<string, 'contacts' | 'allergies' | 'diagnoses' | 'deaths' | 'referrals'>([
  ['NK1', 'contacts'],
  ['AL1', 'allergies'],
  ['DG1', 'diagnoses'],
  ['PDA', 'deaths'],
  ['RF1', 'referrals'],
])

/** Segments that belong to another, and own none; so does a Z segment, wherever it stands. */
const owned = new Set(['ARV', 'ROL', 'DRG', 'ACC', 'UB1', 'UB2', 'PDA', 'RF1'])
const isOwned = (name: string) => name.startsWith('Z') || owned.has(name)

const takeStatement = (groups: ClinicalGroups, segment: Segment, owner: Owner | null): void => {
  const list = lists.get(segment.name)
  if (list !== undefined) groups[list].push(segment)
  else if (segment.name === 'PR1') groups.procedures.push({ pr1: segment, roles: [] })
  else if (segment.name === 'ROL') takeRole(groups, segment, owner)
  else if (segment.name === 'ARV') groups.restrictions.push({ segment, ofVisit: owner === 'visit' })
}
