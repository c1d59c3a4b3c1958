/**
 * Paths at which the other converter has FHIR's word for an HL7 code: the codes as sent, and the
 * words in our events.
 */
type Worded = { sent: readonly string[]; field: string; ours: readonly string[] }

/** HL7 table 0001, PID-8. */
const genders: Record<string, Worded> = {
  male: { field: 'PID-8', sent: ['M'], ours: ['MALE'] },
  female: { field: 'PID-8', sent: ['F'], ours: ['FEMALE'] },
  other: { field: 'PID-8', sent: ['O'], ours: ['OTHER'] },
}

/** HL7 table 0004, PV1-2. */
const classes: Record<string, Worded> = {
  IMP: { field: 'PV1-2', sent: ['I'], ours: ['INPATIENT'] },
  AMB: { field: 'PV1-2', sent: ['O'], ours: ['OUTPATIENT'] },
  EMER: { field: 'PV1-2', sent: ['E'], ours: ['EMERGENCY'] },
  PRENC: { field: 'PV1-2', sent: ['P'], ours: ['PREADMIT'] },
}

/** HL7 table 0085, OBX-11; our events keep the code. */
const statuses: Record<string, Worded> = {
  final: { field: 'OBX-11', sent: ['F'], ours: ['F'] },
  preliminary: { field: 'OBX-11', sent: ['P', 'R', 'S'], ours: ['P', 'R', 'S'] },
  corrected: { field: 'OBX-11', sent: ['C'], ours: ['C'] },
  amended: { field: 'OBX-11', sent: ['A', 'B'], ours: ['A', 'B'] },
  registered: { field: 'OBX-11', sent: ['I', 'O'], ours: ['I', 'O'] },
  cancelled: { field: 'OBX-11', sent: ['X'], ours: ['X'] },
  'entered-in-error': { field: 'OBX-11', sent: ['D', 'W'], ours: ['D', 'W'] },
}

const tables: Record<string, Record<string, Worded>> = {
  'Patient.gender': genders,
  'Encounter.class.code': classes,
  'Observation.status': statuses,
}

/** Null if the path or the word is in no table here. */
export const wordedAt = (path: string, value: string): Worded | null =>
  tables[path]?.[value] ?? null
export const isWorded = (path: string): boolean => tables[path] !== undefined
