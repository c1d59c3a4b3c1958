/** Classes in which the patient lies in a bed. HL7 table 0004: I, E and B. */
const inBed: ReadonlySet<string | null> = new Set(['INPATIENT', 'EMERGENCY', 'OBSTETRICS'])

/** Classes in which he does not. HL7 table 0004: O, P, R, C and N. */
const notInBed: ReadonlySet<string | null> = new Set([
  'OUTPATIENT',
  'PREADMIT',
  'RECURRING',
  'COMMERCIAL',
  'NOT_APPLICABLE',
])

/**
 * How far an open encounter tells where the patient is: 2 lies in a bed, and where; 1 lies in a bed
 * somewhere, or in a class that is in no table has a bed; 0 came for something. Out-patient and
 * planned visits are seldom closed by their sender, so the newest of them says little beside a stay
 * that goes on.
 */
export const stayRank = ({
  patientClass,
  location,
}: {
  patientClass: string | null
  location: { bed?: string | null } | null
}): 0 | 1 | 2 => {
  if (!inBed.has(patientClass))
    return !notInBed.has(patientClass) && (location?.bed ?? null) !== null ? 1 : 0
  return location === null ? 1 : 2
}
